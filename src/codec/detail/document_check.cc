// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/document_check.h"

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "codec/detail/checker.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/problems.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "codec/limits.h"

namespace suyuan::codec {
namespace {

constexpr std::string_view kOurPrefix = "suyuan";

void check_prefix_count(std::size_t count, const Path& place, Problems& problems) {
    if (count > kPrefixesMax) {
        problems.add(
            place,
            in_both(
                "最多声明 {} 个前缀，这里有 {} 个。",
                "Declare at most {} prefixes instead of {}.",
                kPrefixesMax,
                count
            )
        );
    }
}

void check_prefixes(const Json& context, const Path& place, Problems& problems) {
    if (context.is_string()) {
        if (!is_uri(context.text())) {
            problems.add(
                place,
                in_both(
                    "应为 context 的 URI，而不是 {}。",
                    "Write the URI of a context instead of {}.",
                    quoted(context)
                )
            );
        }
        return;
    }
    if (!context.is_object()) {
        problems.add(
            place,
            in_both(
                "应为 context 的 URI 或前缀对象，而不是 {}。",
                "Write the URI of a context, or an object of prefixes, instead of {}.",
                quoted(context)
            )
        );
        return;
    }
    const Json* const ours = context.find(kOurPrefix);
    const bool is_taken =
        ours != nullptr && !(ours->is_string() && ours->text() == kSuyuanNamespace);
    if (is_taken) {
        problems.add(
            place.member(kOurPrefix),
            in_both(
                "请换一个前缀：suyuan 只代表 \"{}\"。",
                "Use another prefix: suyuan stands for \"{}\" only.",
                kSuyuanNamespace
            )
        );
    }
}

class DocumentChecker {
public:
    DocumentChecker(const Json& document, Checker& check) : document_(document), check_(check) {}

    void check_capture() {
        constexpr std::array<std::string_view, 10> kMembers = {
            "@context",
            "id",
            "type",
            "schemaVersion",
            "creationDate",
            "instanceIdentifier",
            "sender",
            "receiver",
            "epcisHeader",
            "epcisBody",
        };
        check_.only_members_and_extensions(document_, kMembers, root_);
        check_.required(document_, "schemaVersion", "\"2.0\"", root_);
        check_.required(document_, "creationDate", "\"2026-01-05T08:00:00+08:00\"", root_);
        check_common();
        for (const std::string_view name : {"instanceIdentifier", "sender", "receiver"}) {
            if (const Json* const value = document_.find(name); value != nullptr) {
                check_.text(*value, root_.member(name));
            }
        }
        if (const Json* const header = document_.find("epcisHeader"); header != nullptr) {
            check_header(*header, root_.member("epcisHeader"));
        }
    }

    void check_query() {
        constexpr std::array<std::string_view, 6> kMembers = {
            "@context", "id", "type", "schemaVersion", "creationDate", "epcisBody"
        };
        check_.only_members_and_extensions(document_, kMembers, root_);
        check_common();
        check_results();
    }

private:
    void check_common() {
        if (const Json* const id = document_.find("id"); id != nullptr) {
            check_.uri(*id, root_.member("id"));
        }
        if (const Json* const date = document_.find("creationDate"); date != nullptr) {
            check_.instant(*date, root_.member("creationDate"));
        }
        if (const Json* const version = document_.find("schemaVersion"); version != nullptr) {
            check_version(*version, root_.member("schemaVersion"));
        }
    }

    // Digits and dots, of major version 2: earlier ones had no binding for JSON.
    void check_version(const Json& version, const Path& place) {
        const std::string text = version.is_string() ? version.text() : std::string();
        const bool is_dotted = text.find_first_not_of("0123456789.") == std::string::npos &&
                               text.find("..") == std::string::npos && !text.ends_with('.');
        if (!is_dotted || (text != "2" && !text.starts_with("2."))) {
            check_.refuse(
                place,
                in_both(
                    "应为 \"2.0\"（有 JSON 格式的标准版本），而不是 {}。",
                    "Write \"2.0\", the version of the standard with a JSON binding, instead of "
                    "{}.",
                    quoted(version)
                )
            );
        }
    }

    void check_results() {
        constexpr std::array<std::string_view, 1> kBody = {"queryResults"};
        constexpr std::array<std::string_view, 3> kResults = {
            "queryName", "subscriptionID", "resultsBody"
        };
        constexpr std::array<std::string_view, 2> kResultsBody = {"eventList", "vocabularyList"};
        // That these are objects is known: the event list was found in them.
        const Json& body = *document_.find("epcisBody");
        const Json& results = *body.find("queryResults");
        const Json& results_body = *results.find("resultsBody");
        const Path body_place = root_.member("epcisBody");
        const Path results_place = body_place.member("queryResults");
        const Path results_body_place = results_place.member("resultsBody");
        check_.only_members_and_extensions(body, kBody, body_place);
        check_.only_members_and_extensions(results, kResults, results_place);
        check_.only_members_and_extensions(results_body, kResultsBody, results_body_place);
        check_.required(results, "queryName", "\"SimpleEventQuery\"", results_place);
        for (const std::string_view name : {"queryName", "subscriptionID"}) {
            if (const Json* const value = results.find(name); value != nullptr) {
                check_.text(*value, results_place.member(name));
            }
        }
        check_vocabularies(results_body, results_body_place);
    }

    void check_header(const Json& header, const Path& place) {
        constexpr std::array<std::string_view, 1> kMembers = {"epcisMasterData"};
        if (!check_.is_object(header, place)) {
            return;
        }
        check_.only_members_and_extensions(header, kMembers, place);
        const Json* const data = header.find("epcisMasterData");
        const Path data_place = place.member("epcisMasterData");
        if (data != nullptr && check_.is_object(*data, data_place)) {
            check_vocabularies(*data, data_place);
        }
    }

    void check_vocabularies(const Json& owner, const Path& place) {
        const Json* const list = owner.find("vocabularyList");
        const Path list_place = place.member("vocabularyList");
        if (list == nullptr || !check_.is_array(*list, list_place)) {
            return;
        }
        for (std::size_t i = 0; i < list->items().size(); ++i) {
            check_vocabulary(list->items()[i], list_place.item(i));
        }
    }

    void check_vocabulary(const Json& vocabulary, const Path& place) {
        if (!check_.is_object(vocabulary, place)) {
            return;
        }
        if (const Json* const type = check_.required(
                vocabulary, "type", "\"urn:epcglobal:epcis:vtype:Location\"", place
            );
            type != nullptr) {
            check_.uri(*type, place.member("type"));
        }
        const Json* const elements = vocabulary.find("vocabularyElementList");
        const Path elements_place = place.member("vocabularyElementList");
        if (elements == nullptr || !check_.is_array(*elements, elements_place)) {
            return;
        }
        for (std::size_t i = 0; i < elements->items().size(); ++i) {
            check_element(elements->items()[i], elements_place.item(i));
        }
    }

    void check_element(const Json& element, const Path& place) {
        if (!check_.is_object(element, place)) {
            return;
        }
        check_id(element, place);
        const Json* const attributes = element.find("attributes");
        const Path attributes_place = place.member("attributes");
        if (attributes != nullptr && check_.is_array(*attributes, attributes_place)) {
            for (std::size_t i = 0; i < attributes->items().size(); ++i) {
                check_attribute(attributes->items()[i], attributes_place.item(i));
            }
        }
        if (const Json* const children = element.find("children"); children != nullptr) {
            check_.uris(*children, place.member("children"));
        }
    }

    void check_attribute(const Json& attribute, const Path& place) {
        if (!check_.is_object(attribute, place)) {
            return;
        }
        check_id(attribute, place);
        const Json* const value = attribute.find("attribute");
        const bool good =
            value == nullptr || value->is_string() || value->is_number() || value->is_object();
        if (!good) {
            check_.refuse(
                place.member("attribute"),
                in_both(
                    "应为字符串、数字或对象，而不是 {}。",
                    "Write a string, a number or an object instead of {}.",
                    quoted(*value)
                )
            );
        }
    }

    void check_id(const Json& object, const Path& place) {
        if (const Json* const id =
                check_.required(object, "id", "\"urn:epc:id:sgln:0614141.07346.0\"", place);
            id != nullptr) {
            check_.uri(*id, place.member("id"));
        }
    }

    const Json& document_;
    Checker& check_;
    Path root_;
};

}  // namespace

Sentence add_context() {
    constexpr std::string_view kExample =
        "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"]";
    return in_both("请补上 \"@context\"，例如 {}。", "Add \"@context\", such as {}.", kExample);
}

void check_context(const Json& context, const Path& place, Problems& problems) {
    if (!context.is_array()) {
        check_prefixes(context, place, problems);
        check_prefix_count(context.is_object() ? context.members().size() : 0, place, problems);
        return;
    }
    std::size_t prefixes = 0;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < context.items().size(); ++i) {
        const Json& part = context.items()[i];
        const Path at = place.item(i);
        check_prefixes(part, at, problems);
        prefixes += part.is_object() ? part.members().size() : 0;
        if (!seen.insert(write_json(part)).second) {
            problems.add(
                at,
                Sentence{
                    "请删除：数组里已经有这个 context。",
                    "Remove it: the array already holds this context."
                }
            );
        }
    }
    check_prefix_count(prefixes, place, problems);
}

void check_document(
    const Json& document, EpcisDocumentKind kind, const Namespaces& names, Problems& problems
) {
    const Path root;
    const Path context_place = root.member("@context");
    if (const Json* const context = document.find("@context"); context != nullptr) {
        check_context(*context, context_place, problems);
    } else {
        problems.add(context_place, add_context());
    }
    Checker check(names, problems);
    DocumentChecker checker(document, check);
    if (kind == EpcisDocumentKind::kQuery) {
        checker.check_query();
    } else {
        checker.check_capture();
    }
}

}  // namespace suyuan::codec
