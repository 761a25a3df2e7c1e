// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/own_fields.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "codec/limits.h"

namespace suyuan::codec {
namespace {

constexpr std::string_view kGs1Context =
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
constexpr std::string_view kOurPrefix = "suyuan";

// Text that this module wrote.
Json read_own(std::string_view text) {
    Result<Json> value = parse_json(text, kOwnTextLimits);
    SUYUAN_ASSERT(value.has_value());
    return *std::move(value);
}

bool has_our_fields(const Json& event) {
    return std::ranges::any_of(event.members(), [](const JsonMember& member) {
        return member.name.starts_with("suyuan:");
    });
}

// The united context of a document: addresses first, then each prefix once.
class ContextUnion {
public:
    ContextUnion() { addresses_.push_back(Json::string(kGs1Context)); }

    // False if a prefix stands for something else here already: then nothing is added.
    [[nodiscard]] bool add(const Json& context) {
        const std::vector<Json> alone = {context};
        const std::vector<Json>& parts = context.is_array() ? context.items() : alone;
        if (!std::ranges::all_of(parts, [&](const Json& part) { return fits(part); })) {
            return false;
        }
        for (const Json& part : parts) {
            add_part(part);
        }
        return true;
    }

    void declare_ours() { add_part(our_declaration()); }

    [[nodiscard]] static Json our_declaration() {
        Json declaration = Json::object();
        declaration.set(kOurPrefix, Json::string(kSuyuanNamespace));
        return declaration;
    }

    [[nodiscard]] Json take() {
        std::vector<Json> parts = std::move(addresses_);
        if (!prefixes_.members().empty()) {
            parts.push_back(std::move(prefixes_));
        }
        return Json::array(std::move(parts));
    }

private:
    [[nodiscard]] bool fits(const Json& part) const {
        if (!part.is_object()) {
            return true;
        }
        return std::ranges::all_of(part.members(), [&](const JsonMember& member) {
            const Json* const there = prefixes_.find(member.name);
            return there == nullptr || *there == member.value;
        });
    }

    void add_part(const Json& part) {
        if (part.is_object()) {
            for (const JsonMember& member : part.members()) {
                prefixes_.set(member.name, member.value);
            }
        } else if (std::ranges::find(addresses_, part) == addresses_.end()) {
            addresses_.push_back(part);
        }
    }

    std::vector<Json> addresses_;
    Json prefixes_ = Json::object();
};

std::vector<Json> parts_of(Json context) {
    return context.is_array() ? context.take_items() : std::vector<Json>{std::move(context)};
}

// `context` for an event that carries fields of ours.
Json with_our_prefix(Json context) {
    const Namespaces names(Namespaces::standard(), &context);
    if (names.find(kOurPrefix)) {
        return context;
    }
    std::vector<Json> parts = parts_of(std::move(context));
    parts.push_back(ContextUnion::our_declaration());
    return Json::array(std::move(parts));
}

Json flags_of(const std::vector<std::string>& flags) {
    Json array = Json::array();
    for (const std::string& flag : flags) {
        array.push_back(Json::string(flag));
    }
    return array;
}

// What the event was submitted under, then its own context, which has the last word; what it
// repeats is left out before it.
Json whole_context(Json outer, const Json* own) {
    if (own == nullptr) {
        return outer;
    }
    std::vector<Json> last = parts_of(*own);
    std::vector<Json> parts = parts_of(std::move(outer));
    std::erase_if(parts, [&](const Json& part) {
        return std::ranges::find(last, part) != last.end();
    });
    if (parts.empty()) {
        return *own;
    }
    std::ranges::move(last, std::back_inserter(parts));
    return Json::array(std::move(parts));
}

}  // namespace

Json restore_event(
    std::string_view payload, const std::vector<PersonValues>& people, const EpcisAddition& addition
) {
    Json event = read_own(payload);
    Json context = addition.context.empty() ? Json() : read_own(addition.context);
    const Namespaces outer(Namespaces::standard(), &context);
    put_person_values(event, people, Namespaces(outer, event.find("@context")));
    if (!addition.record_time.empty()) {
        event.set("recordTime", Json::string(addition.record_time));
    }
    if (!addition.hash_id.empty()) {
        event.set("suyuan:hashId", Json::string(addition.hash_id));
    }
    if (!addition.flags.empty()) {
        event.set("suyuan:flags", flags_of(addition.flags));
    }
    if (context.is_null()) {
        return event;
    }
    const Json* const own = event.find("@context");
    context = whole_context(std::move(context), own);
    // One that stands alone already stays as it was submitted.
    if (own == nullptr || !(context == *own)) {
        event.set(
            "@context", has_our_fields(event) ? with_our_prefix(std::move(context)) : context
        );
    }
    return event;
}

Json query_document(
    std::vector<Json> events, const std::vector<std::string>& contexts, std::string_view created
) {
    SUYUAN_ASSERT(contexts.size() == events.size());
    ContextUnion united;
    if (std::ranges::any_of(events, has_our_fields)) {
        united.declare_ours();
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (contexts[i].empty()) {
            continue;
        }
        Json context = read_own(contexts[i]);
        if (!united.add(context)) {
            const Json* const own = events[i].find("@context");
            events[i].set("@context", whole_context(std::move(context), own));
        }
    }
    Json results_body = Json::object();
    results_body.set("eventList", Json::array(std::move(events)));
    Json results = Json::object();
    results.set("queryName", Json::string("SimpleEventQuery"));
    results.set("resultsBody", std::move(results_body));
    Json body = Json::object();
    body.set("queryResults", std::move(results));
    Json document = Json::object();
    document.set("@context", united.take());
    document.set("type", Json::string("EPCISQueryDocument"));
    document.set("schemaVersion", Json::string("2.0"));
    document.set("creationDate", Json::string(created));
    document.set("epcisBody", std::move(body));
    return document;
}

}  // namespace suyuan::codec
