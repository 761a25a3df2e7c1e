// SPDX-License-Identifier: Apache-2.0

#include "service/events.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/register_export.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// What stands around the register and around the events in a document.
constexpr std::string_view kBeginHeader =
    R"(,"epcisHeader":{"epcisMasterData":{"vocabularyList":[)";
constexpr std::string_view kEndHeader = "]}}";
constexpr std::string_view kBeginBody = R"(,"epcisBody":{"eventList":[)";
constexpr std::string_view kEndBody = "]}}";

}  // namespace

codec::Json restore(const store::StoredEvent& stored, ContextPlace place) {
    std::vector<codec::PersonValues> people;
    people.reserve(stored.people.size());
    for (const store::PersonValues& person : stored.people) {
        people.push_back({.person = person.person, .values = person.values});
    }
    codec::EpcisAddition addition;
    addition.record_time = model::format_instant_millis(stored.record_time);
    addition.hash_id = stored.hash_id;
    if (place == ContextPlace::kInEvent) {
        addition.context = stored.context;
    }
    if (stored.is_conflict) {
        addition.flags.emplace_back("conflict");
    }
    if (stored.is_void) {
        addition.flags.emplace_back("void");
    }
    if (stored.is_possible_duplicate) {
        addition.flags.emplace_back("possible_duplicate");
    }
    codec::Json event = codec::restore_event(stored.payload, people, addition);
    if (addition.flags.empty()) {
        // What another store once said of it (the event was exported there) is not ours to repeat.
        event.erase("suyuan:flags");
    }
    return event;
}

Result<EventsPage> Events::find(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::EventQuery& query
) const {
    store::EventQuery bounded = query;
    bounded.page_size = std::clamp<std::size_t>(query.page_size, 1, kPageMax);
    SUYUAN_TRY(store::EventPage found, store_.find_events(context, scope, bounded));
    std::vector<codec::Json> events;
    std::vector<std::string> contexts;
    EventsPage page;
    for (store::StoredEvent& stored : found.events) {
        events.push_back(restore(stored, ContextPlace::kInDocument));
        contexts.push_back(std::move(stored.context));
        page.submitters.push_back(std::move(stored.submitter));
    }
    page.event_count = events.size();
    page.document = codec::query_document(
        std::move(events), contexts, model::format_instant_millis(clock_.now_us())
    );
    page.next = std::move(found.next);
    return page;
}

Result<std::vector<EventVersion>> Events::by_id(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
) const {
    SUYUAN_TRY(std::vector<store::StoredEvent> found, store_.events_by_id(context, scope, id));
    if (found.empty()) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{format("没有编号为 {} 的事件", id), format("no event has the id {}", id)}
        );
    }
    std::vector<EventVersion> versions;
    for (store::StoredEvent& stored : found) {
        codec::Json event = restore(stored, ContextPlace::kInEvent);
        versions.push_back({.event = std::move(event), .stored = std::move(stored)});
    }
    return versions;
}

Result<EventVersion> Events::by_record(
    const policy::RequestContext& context, const policy::Scope& scope, graph::RecordId record
) const {
    SUYUAN_TRY(
        std::vector<store::StoredEvent> found,
        store_.events_by_record(context, scope, std::span(&record, 1))
    );
    if (found.empty()) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("没有 {} 号记录", record.value()),
                format("there is no record {}", record.value())
            }
        );
    }
    codec::Json event = restore(found.front(), ContextPlace::kInEvent);
    return EventVersion{.event = std::move(event), .stored = std::move(found.front())};
}

Status Events::write_page(
    const store::EventPage& page, const Layout& layout, bool is_first, const Write& write
) {
    for (const store::StoredEvent& stored : page.events) {
        std::string text(is_first ? std::string_view() : layout.separator);
        text += codec::write_json(restore(stored, ContextPlace::kInEvent));
        text += layout.ending;
        if (auto written = write(text); !written) {
            return written;
        }
        is_first = false;
    }
    return {};
}

Result<std::uint64_t> Events::write_events(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const Layout& layout,
    const Write& write,
    const Progress& progress
) const {
    store::EventQuery query;
    query.page_size = kPageMax;
    std::uint64_t count = 0;
    do {
        SUYUAN_TRY(store::EventPage page, store_.find_events(context, scope, query));
        if (auto written = write_page(page, layout, count == 0, write); !written) {
            return Failure(std::move(written).error());
        }
        count += page.events.size();
        if (progress) {
            progress(count);
        }
        query.page_token = std::move(page.next);
    } while (!query.page_token.empty() && !context.is_cancelled());
    SUYUAN_TRY_VOID(context.check_alive());
    return count;
}

std::string Events::begin_document() const {
    codec::Json frame =
        codec::query_document({}, {}, model::format_instant_millis(clock_.now_us()));
    frame.set("type", codec::Json::string("EPCISDocument"));
    frame.erase("epcisBody");
    std::string text = codec::write_json(frame);
    SUYUAN_ASSERT(text.ends_with('}'));
    text.pop_back();
    return text;
}

Result<std::uint64_t> Events::write_register(
    const policy::RequestContext& context, const policy::Scope& scope, const Write& write_vocabulary
) const {
    const auto take = [&](const model::RegistryRows& rows) -> Status {
        for (const std::string& vocabulary : write_vocabularies(rows)) {
            SUYUAN_TRY_VOID(write_vocabulary(vocabulary));
        }
        return {};
    };
    return for_each_registry_page(context, scope, store_, take);
}

// Nothing, if nothing is registered.
Result<std::uint64_t> Events::write_header(
    const policy::RequestContext& context, const policy::Scope& scope, const Write& write
) const {
    bool is_first = true;
    const auto write_vocabulary = [&](std::string_view vocabulary) -> Status {
        std::string text(is_first ? kBeginHeader : std::string_view(","));
        text += vocabulary;
        is_first = false;
        return write(text);
    };
    SUYUAN_TRY(const std::uint64_t rows, write_register(context, scope, write_vocabulary));
    if (!is_first) {
        SUYUAN_TRY_VOID(write(kEndHeader));
    }
    return rows;
}

Result<Exported> Events::export_lines(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const ExportRequest& request,
    const Write& write,
    const Progress& progress
) const {
    Exported exported;
    if (request.registry_scope) {
        const std::string begin = begin_document();
        const auto write_line = [&](std::string_view vocabulary) -> Status {
            std::string line = begin;
            line += kBeginHeader;
            line += vocabulary;
            line += kEndHeader;
            line += kBeginBody;
            line += kEndBody;
            line += '\n';
            return write(line);
        };
        SUYUAN_TRY(
            exported.registry_rows, write_register(context, *request.registry_scope, write_line)
        );
    }
    SUYUAN_TRY(
        exported.events,
        write_events(context, scope, {.separator = "", .ending = "\n"}, write, progress)
    );
    return exported;
}

Result<Exported> Events::export_all(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const ExportRequest& request,
    const Write& write,
    const Progress& progress
) const {
    if (request.format == ExportFormat::kJsonLines) {
        return export_lines(context, scope, request, write, progress);
    }
    Exported exported;
    SUYUAN_TRY_VOID(write(begin_document()));
    if (request.registry_scope) {
        SUYUAN_TRY(exported.registry_rows, write_header(context, *request.registry_scope, write));
    }
    SUYUAN_TRY_VOID(write(kBeginBody));
    SUYUAN_TRY(
        exported.events,
        write_events(context, scope, {.separator = ",\n", .ending = ""}, write, progress)
    );
    SUYUAN_TRY_VOID(write(kEndBody));
    return exported;
}

}  // namespace suyuan::service
