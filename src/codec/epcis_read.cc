// SPDX-License-Identifier: Apache-2.0
//
// Documents: what kind it is, what stands around the events, then each event.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/checker.h"
#include "codec/detail/document_check.h"
#include "codec/detail/event_fields.h"
#include "codec/detail/event_reader.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/own_fields.h"
#include "codec/detail/prehash.h"
#include "codec/detail/problems.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "model/event.h"

namespace suyuan::codec {
namespace {

Failure refuse_document(std::string_view pointer, const Sentence& reason) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{format("{}: {}", pointer, reason.zh), format("{}: {}", pointer, reason.en)}
    );
}

Result<EpcisDocumentKind> kind_of(const Json& document, const EpcisOptions& options) {
    if (!document.is_object()) {
        return refuse_document(
            "",
            Sentence{
                "应为 EPCISDocument，即一个 JSON 对象。", "Write an EPCISDocument, a JSON object."
            }
        );
    }
    const std::string_view type = document.string_or("type");
    if (type == "EPCISDocument") {
        return EpcisDocumentKind::kCapture;
    }
    if (type == "EPCISQueryDocument") {
        if (!options.accepts_query_documents) {
            return refuse_document(
                "/type",
                Sentence{
                    "请提交 EPCISDocument：EPCISQueryDocument 是查询结果，不能用来采集。",
                    "Send an EPCISDocument: an EPCISQueryDocument is an answer, not a capture."
                }
            );
        }
        return EpcisDocumentKind::kQuery;
    }
    if (kind_of_type(type)) {
        return EpcisDocumentKind::kBareEvent;
    }
    return refuse_document(
        "/type",
        Sentence{
            "应为 \"EPCISDocument\"，或单个事件的类型，例如 \"ObjectEvent\"。",
            R"(Write "EPCISDocument", or the type of a single event, such as "ObjectEvent".)"
        }
    );
}

// The steps from the document to its events.
std::vector<std::string_view> steps_to_events(EpcisDocumentKind kind) {
    switch (kind) {
        case EpcisDocumentKind::kCapture:
            return {"epcisBody", "eventList"};
        case EpcisDocumentKind::kQuery:
            return {"epcisBody", "queryResults", "resultsBody", "eventList"};
        case EpcisDocumentKind::kBareEvent:
            break;
    }
    return {};
}

// Takes the events out of the document and leaves the rest of it.
Result<std::vector<Json>> take_events(Json& document, EpcisDocumentKind kind) {
    Json* owner = nullptr;
    Json* value = &document;
    std::string pointer;
    std::string_view last;
    for (const std::string_view step : steps_to_events(kind)) {
        pointer.append("/").append(step);
        owner = value;
        value = owner->find(step);
        last = step;
        if (value == nullptr) {
            return refuse_document(pointer, in_both("请补上 {}。", "Add {}.", step));
        }
    }
    if (!value->is_array()) {
        return refuse_document(pointer, Sentence{"应为事件的数组。", "Write an array of events."});
    }
    std::vector<Json> events = value->take_items();
    owner->erase(last);
    return events;
}

// Reads the events of one document, which share its context.
class EventListReader {
public:
    EventListReader(const Namespaces& names, Problems& problems)
        : names_(names), problems_(problems) {}

    void read(Json event, const Path& place) {
        const Json* const own_context = event.find("@context");
        if (own_context == nullptr) {
            read_with(names_, std::move(event), place);
            return;
        }
        const std::size_t problems_before = problems_.count();
        check_context(*own_context, place.member("@context"), problems_);
        if (problems_.count() == problems_before) {
            const Namespaces names(names_, own_context);
            read_with(names, std::move(event), place);
        }
    }

    [[nodiscard]] std::vector<EpcisEvent> take() { return std::move(events_); }

private:
    void read_with(const Namespaces& names, Json json, const Path& place) {
        Checker check(names, problems_);
        std::optional<model::Event> event = read_event(json, place, check);
        if (!event) {
            return;
        }
        EpcisEvent result;
        result.event = *std::move(event);
        result.hash_id = hash_id_of(json, names);
        result.pointer = place.text();
        if (has_person_values(json, names)) {
            result.people = take_person_values(json, names);
        }
        result.payload = write_json(json);
        events_.push_back(std::move(result));
    }

    const Namespaces& names_;
    Problems& problems_;
    std::vector<EpcisEvent> events_;
};

void read_events(
    std::vector<Json> events, EpcisDocumentKind kind, const Path& root, EventListReader& reader
) {
    const std::vector<std::string_view> steps = steps_to_events(kind);
    std::vector<Path> paths;
    paths.reserve(steps.size());  // Each borrows the one before.
    const Path* last = &root;
    for (const std::string_view step : steps) {
        paths.push_back(last->member(step));
        last = &paths.back();
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        // Moved out, so that the tree shrinks as the events grow.
        reader.read(std::move(events[i]), last->item(i));
    }
}

}  // namespace

Result<EpcisDocument> read_epcis(std::string_view text, const EpcisOptions& options) {
    SUYUAN_TRY(Json json, parse_json(text, options.limits, Duplicates::kEventIdMayRepeat));
    EpcisDocument document;
    SUYUAN_TRY(document.kind, kind_of(json, options));
    if (const Json* const context = json.find("@context"); context != nullptr) {
        document.context = write_json(*context);
    }
    const Path root;
    Problems problems;
    if (document.kind == EpcisDocumentKind::kBareEvent) {
        if (document.context.empty()) {
            problems.add(root.member("@context"), add_context());
        }
        const bool is_spoiled = problems.count() > 0;
        EventListReader reader(Namespaces::standard(), problems);
        reader.read(std::move(json), root);
        document.events = is_spoiled ? std::vector<EpcisEvent>() : reader.take();
    } else {
        SUYUAN_TRY(std::vector<Json> events, take_events(json, document.kind));
        const Namespaces names(Namespaces::standard(), json.find("@context"));
        check_document(json, document.kind, names, problems);
        document.envelope = write_json(json);
        const bool is_spoiled = problems.count() > 0;
        EventListReader reader(names, problems);
        read_events(std::move(events), document.kind, root, reader);
        document.events = is_spoiled ? std::vector<EpcisEvent>() : reader.take();
    }
    document.problems = problems.take();
    return document;
}

}  // namespace suyuan::codec
