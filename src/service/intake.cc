// SPDX-License-Identifier: Apache-2.0

#include "service/intake.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/alias_claims.h"
#include "service/inner_scope.h"
#include "service/intake_warnings.h"
#include "service/log_writer.h"
#include "service/master_data.h"
#include "service/site_directory.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// The part of a pointer that names the event: "/epcisBody/eventList/3" of ".../3/action"; empty if
// it points at no event of a document.
std::string_view event_part(std::string_view pointer) {
    constexpr std::string_view kList = "/eventList/";
    if (const auto list = pointer.find(kList); list != std::string_view::npos) {
        return pointer.substr(0, pointer.find('/', list + kList.size()));
    }
    constexpr std::string_view kSingle = "/epcisBody/event";
    const bool is_single = pointer == kSingle || pointer.starts_with("/epcisBody/event/");
    return is_single ? kSingle : std::string_view();
}

std::uint64_t count_events(const codec::EpcisDocument& document) {
    if (document.kind == codec::EpcisDocumentKind::kBareEvent) {
        return 1;
    }
    std::set<std::string_view> refused;
    for (const codec::EpcisProblem& problem : document.problems) {
        if (const std::string_view event = event_part(problem.pointer); !event.empty()) {
            refused.insert(event);
        }
    }
    return document.events.size() + refused.size();
}

// An error whose message starts with its pointer, taken apart again.
codec::EpcisProblem to_problem(const Error& error) {
    Sentence told = sentence_of(error);
    codec::EpcisProblem problem;
    const auto colon = told.en.find(": ");
    if (told.en.starts_with('/') && colon != std::string::npos) {
        problem.pointer = told.en.substr(0, colon);
        for (std::string* const text : {&told.en, &told.zh}) {
            if (text->starts_with(problem.pointer + ": ")) {
                text->erase(0, colon + 2);
            }
        }
    }
    problem.reason = std::move(told.en);
    problem.reason_zh = std::move(told.zh);
    return problem;
}

void count(store::CommitOutcome outcome, CaptureReport& report) {
    switch (outcome) {
        case store::CommitOutcome::kStored:
            ++report.stored_count;
            break;
        case store::CommitOutcome::kDuplicate:
            ++report.duplicate_count;
            break;
        case store::CommitOutcome::kConflict:
            ++report.stored_count;
            ++report.conflict_count;
            break;
        case store::CommitOutcome::kPossibleDuplicate:
            ++report.stored_count;
            ++report.possible_duplicate_count;
            break;
    }
}

CapturedEvent to_captured(const codec::EpcisEvent& event, const store::Receipt& receipt) {
    return {
        .pointer = event.pointer,
        .event_id = event.event.event_id,
        .hash_id = event.hash_id,
        .receipt = receipt,
    };
}

// Where an event says it is: for declarations, which have no facts that would say it.
std::string stated_site(const model::Event& event) {
    for (const std::string* place : {&event.biz_location, &event.read_point}) {
        if (!place->empty()) {
            return model::canonical_uri(*place);
        }
    }
    for (const auto* parties : {&event.sources, &event.destinations}) {
        const auto found = std::ranges::find(*parties, "location", &model::EventParty::type);
        if (found != parties->end()) {
            return model::canonical_uri(found->id);
        }
    }
    return {};
}

std::string stated_owner(const model::Event& event) {
    if (!event.owner.empty()) {
        return model::canonical_uri(event.owner);
    }
    for (const auto* parties : {&event.sources, &event.destinations}) {
        const auto found = std::ranges::find(*parties, "owning_party", &model::EventParty::type);
        if (found != parties->end()) {
            return model::canonical_uri(found->id);
        }
    }
    return {};
}

// The day on which an event happened where it happened; empty if it does not say.
std::string local_day(const model::Event& event) {
    constexpr std::size_t kDayBytes = 10;
    return event.precision == model::TimePrecision::kUnknown
               ? std::string()
               : model::format_instant(event.event_time, event.offset_minutes).substr(0, kDayBytes);
}

// The name behind a place in a list of FlowNames; empty for "unknown".
std::string name_at(const std::vector<std::string>& names, std::uint32_t place) {
    return place == 0 ? std::string() : names[place - 1];
}

}  // namespace

Result<std::string> Intake::territory_of(
    const policy::RequestContext& context, const store::NewRecord& record
) {
    std::string site;
    std::string owner;
    const graph::Interpretation& interpretation = record.interpretation;
    if (interpretation.event.facts.empty()) {
        site = stated_site(record.event);
        owner = stated_owner(record.event);
    } else {
        const graph::Fact& fact = interpretation.event.facts.front();
        site = name_at(interpretation.names.sites, fact.site.value());
        owner = name_at(interpretation.names.operators, fact.owner.value());
    }
    if (!site.empty()) {
        SUYUAN_TRY(SiteFacts facts, sites_.find(context, inner_scope(), site));
        if (!facts.region.empty()) {
            return std::move(facts.region);
        }
    }
    if (owner.empty() || owner.starts_with("site:")) {
        return std::string();
    }
    return sites_.region_of(context, inner_scope(), owner);
}

Result<store::NewRecord> Intake::to_record(
    const policy::RequestContext& context,
    const codec::EpcisEvent& event,
    std::string_view document_context
) {
    std::optional<Error> failure;
    const std::string day = local_day(event.event);
    const auto site_operator = [&](std::string_view site) -> std::optional<std::string> {
        auto facts = sites_.find(context, inner_scope(), site);
        if (!facts) {
            failure = std::move(facts).error();
            return std::nullopt;
        }
        const std::string_view runs_it = facts->operator_on(day);
        return runs_it.empty() ? std::nullopt : std::optional<std::string>(runs_it);
    };
    store::NewRecord record;
    record.event = event.event;
    record.interpretation = graph::interpret(event.event, site_operator);
    if (failure) {
        return Failure(*std::move(failure));
    }
    record.payload = event.payload;
    record.context = document_context;
    record.hash_id = event.hash_id;
    for (const codec::PersonValues& person : event.people) {
        record.people.push_back({.person = person.person, .values = person.values});
    }
    SUYUAN_TRY(record.territory, territory_of(context, record));
    // An id of a person stands for the person, whatever became of the values.
    record.data_class =
        event.event.people.empty() ? policy::DataClass::kInternal : policy::DataClass::kPersonal;
    return record;
}

Status Intake::store_batch(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const Batch& batch,
    CaptureReport& report
) {
    SUYUAN_TRY_VOID(context.check_alive());
    std::vector<store::NewRecord> records;
    records.reserve(batch.events.size());
    for (const codec::EpcisEvent& event : batch.events) {
        auto record = to_record(context, event, batch.document_context);
        if (!record) {
            return Failure(std::move(record).error());
        }
        if (const auto equal = batch.earlier.find(event.hash_id); equal != batch.earlier.end()) {
            record->equal_before = equal->second;
        }
        if (batch.checks_digits) {
            warn_of_codes(record->interpretation.names, event.pointer, report.warnings);
            warn_of_numbers(event, report.warnings);
        }
        records.push_back(*std::move(record));
    }
    SUYUAN_TRY(
        const store::Committed committed,
        writer_.commit(context, scope, records, batch.idempotency_key)
    );
    for (std::size_t place = 0; place < batch.events.size(); ++place) {
        const store::Receipt& receipt = committed.receipts[place];
        count(receipt.outcome, report);
        report.events.push_back(to_captured(batch.events[place], receipt));
    }
    return {};
}

Status Intake::store_events(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const codec::EpcisDocument& document,
    const CaptureOptions& options,
    CaptureReport& report
) {
    // A key stands for one document: half of it could not be answered again.
    const bool is_one_batch =
        options.behaviour == ErrorBehaviour::kRollback || !options.idempotency_key.empty();
    const std::size_t batch_max = is_one_batch ? document.events.size() : kBatchMax;
    const std::uint64_t refused_count = report.event_count - document.events.size();
    report.events.reserve(document.events.size());
    NamelessCounts nameless;
    auto left = std::span(document.events);
    while (!left.empty()) {
        const auto events = left.first(std::min(batch_max, left.size()));
        const Batch batch = {
            .events = events,
            .document_context = document.context,
            .idempotency_key = options.idempotency_key,
            .earlier = nameless,
            .checks_digits = options.checks_digits,
        };
        if (auto stored = store_batch(context, scope, batch, report); !stored) {
            return stored;
        }
        for (const codec::EpcisEvent& event : events) {
            nameless[event.hash_id] += event.event.event_id.empty() ? 1U : 0U;
        }
        left = left.subspan(events.size());
        if (options.progress) {
            options.progress(refused_count + report.events.size(), report.event_count);
        }
    }
    SUYUAN_TRY_VOID(warn_of_void_events(context, scope, store_, report.events, report.warnings));
    return warn_of_declarations(context, scope, store_, document.events, report.warnings);
}

Result<CaptureReport> Intake::capture(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view text,
    const CaptureOptions& options
) {
    codec::EpcisOptions reading;
    reading.accepts_query_documents = options.accepts_query_documents;
    SUYUAN_TRY(const codec::EpcisDocument document, codec::read_epcis(text, reading));
    return capture_document(context, scope, document, options);
}

// First, so that the events find their sites. A commit that fails later does not take it back:
// whoever sends the document again sends the same rows.
Result<std::uint64_t> Intake::put_master_data(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const model::RegistryRows& rows
) {
    const std::uint64_t row_count = rows.count();
    if (row_count > 0) {
        auto stored = put_registry(context, scope, rows);
        if (!stored) {
            return Failure(std::move(stored).error());
        }
    }
    return row_count;
}

Result<CaptureReport> Intake::capture_document(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const codec::EpcisDocument& document,
    const CaptureOptions& options
) {
    if (document.kind != codec::EpcisDocumentKind::kCapture && !options.accepts_query_documents) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "/type: 应为 EPCISDocument；单个事件请单独提交",
                "/type: must be EPCISDocument; a bare event is posted alone",
            }
        );
    }
    CaptureReport report;
    report.event_count = count_events(document);
    report.problems = document.problems;
    auto master_data = read_master_data(document.envelope);
    if (!master_data) {
        report.problems.push_back(to_problem(master_data.error()));
    }
    if (!report.problems.empty() && options.behaviour == ErrorBehaviour::kRollback) {
        report.is_rolled_back = true;
        return report;
    }
    if (master_data) {
        SUYUAN_TRY(report.registry_row_count, put_master_data(context, scope, master_data->rows));
        if (options.checks_digits) {
            report.warnings = std::move(master_data->warnings);
        }
    }
    SUYUAN_TRY_VOID(store_events(context, scope, document, options, report));
    return report;
}

Result<CapturedEvent> Intake::capture_event(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view text,
    std::string_view idempotency_key
) {
    SUYUAN_TRY(const codec::EpcisDocument document, codec::read_epcis(text, {}));
    if (document.kind != codec::EpcisDocumentKind::kBareEvent) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"/type: 应为单个事件的类型", "/type: must be the type of one event"}
        );
    }
    CaptureOptions options;
    options.idempotency_key = idempotency_key;
    options.accepts_query_documents = true;
    SUYUAN_TRY(CaptureReport report, capture_document(context, scope, document, options));
    if (report.is_rolled_back) {
        const codec::EpcisProblem& problem = report.problems.front();
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format(
                    "{}: {}",
                    problem.pointer,
                    problem.reason_zh.empty() ? problem.reason : problem.reason_zh
                ),
                format("{}: {}", problem.pointer, problem.reason)
            }
        );
    }
    return std::move(report.events.front());
}

Status Intake::put_registry(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const model::RegistryRows& rows
) {
    auto outcome = store_.put_registry(context, scope, rows);
    // Also after a failure, which may leave open whether the rows are there.
    sites_.forget();
    if (!outcome) {
        return outcome;
    }
    for (const std::string& claims : alias_documents(rows.aliases)) {
        if (auto captured = capture(context, scope, claims, {}); !captured) {
            return Failure(std::move(captured).error());
        }
    }
    return {};
}

std::string problems_json(const std::vector<codec::EpcisProblem>& problems) {
    codec::Json list = codec::Json::array();
    for (const codec::EpcisProblem& problem : problems) {
        codec::Json entry = codec::Json::object();
        entry.set("pointer", codec::Json::string(problem.pointer));
        entry.set("reason", codec::Json::string(problem.reason));
        if (!problem.reason_zh.empty()) {
            entry.set("reason_zh", codec::Json::string(problem.reason_zh));
        }
        list.push_back(std::move(entry));
    }
    return codec::write_json(list);
}

}  // namespace suyuan::service
