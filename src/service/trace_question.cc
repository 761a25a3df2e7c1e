// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/event_references.h"
#include "service/named_answer.h"
#include "service/seed.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

Result<trace::Window> to_window(const TraceRequest& request) {
    trace::Window window;
    if (!request.from.empty()) {
        SUYUAN_TRY(const auto from, parse_instant_or_day("from", request.from));
        window.from = from.first;
    }
    if (!request.to.empty()) {
        SUYUAN_TRY(const auto to, parse_instant_or_day("to", request.to));
        window.to = to.last;
    }
    if (window.from > window.to) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"from：晚于 to，请核对", "from: is later than \"to\""}
        );
    }
    return window;
}

Sentence about(std::string_view field, const Error& error) {
    const Sentence reason = sentence_of(error);
    return {format("{}：{}", field, reason.zh), format("{}: {}", field, reason.en)};
}

// The id that a typed operator or site code has.
Result<std::uint32_t> find_place(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    store::NameKind kind,
    std::string_view text
) {
    std::vector<std::string> codes = model::candidate_uris(text);
    codes.emplace_back(text);  // the stub of a site: "site:<uri>"
    for (const std::string& code : codes) {
        SUYUAN_TRY(const auto id, store.find_name(context, scope, kind, code));
        if (id) {
            return *id;
        }
    }
    const std::string_view field = kind == store::NameKind::kSite ? "site" : "owner";
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format("{}：没有事件提到“{}”", field, text),
            format("{}: no event names \"{}\"", field, text)
        }
    );
}

}  // namespace

Result<trace::Question> Tracing::to_question(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const TraceRequest& request,
    const Reading& reading
) const {
    trace::Question question;
    question.direction = request.direction;
    question.seed = reading.seed;
    question.escalate = request.escalate;
    SUYUAN_TRY(question.window, to_window(request));
    if (!request.as_of.empty()) {
        SUYUAN_TRY(const auto as_of, parse_instant_or_day("as_of", request.as_of));
        question.as_of = as_of.last;
    }
    if (request.owner.empty() && request.site.empty()) {
        return question;
    }
    auto* items = std::get_if<trace::ItemSeed>(&question.seed);
    if (items == nullptr) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format(
                    "owner 和 site 只用于货物的编码，而“{}”是 {}",
                    request.text,
                    to_string(reading.kind)
                ),
                format(
                    "owner and site narrow a code of goods only, and \"{}\" is taken for a {}",
                    request.text,
                    to_string(reading.kind)
                )
            }
        );
    }
    if (!request.owner.empty()) {
        SUYUAN_TRY(
            const auto owner,
            find_place(context, scope, store_, store::NameKind::kOperator, request.owner)
        );
        items->owner = graph::OperatorId(owner);
    }
    if (!request.site.empty()) {
        SUYUAN_TRY(
            const auto site,
            find_place(context, scope, store_, store::NameKind::kSite, request.site)
        );
        items->site = graph::SiteId(site);
    }
    return question;
}

Result<model::TimeInterval> parse_instant_or_day(std::string_view field, std::string_view text) {
    constexpr std::size_t kDayChars = 10;
    if (text.size() == kDayChars) {
        const auto day = model::parse_day(text, kLocalOffsetMinutes);
        if (!day) {
            return fail(ErrorCode::kInvalidArgument, about(field, day.error()));
        }
        return model::day_of(*day, kLocalOffsetMinutes);
    }
    const auto instant = model::parse_instant(text);
    if (!instant) {
        return fail(ErrorCode::kInvalidArgument, about(field, instant.error()));
    }
    return model::exactly(instant->moment);
}

std::vector<graph::RecordId> Tracing::records_of(const NamedAnswer& named) const {
    std::set<graph::EventIndex> events;
    for (const PartKind kind : {PartKind::kBack, PartKind::kForward}) {
        const trace::Part* const part = named.part(kind);
        if (part == nullptr) {
            continue;
        }
        for (const trace::ReachedPosition& reached : part->positions) {
            const trace::Position& at = reached.position;
            graph_.visit_facts(
                graph::Chain::kItem,
                at.item.value(),
                named.answer.snapshot,
                [&](graph::FactIndex /*index*/, const graph::FactRow& row) {
                    if (row.fact.owner == at.owner && row.fact.site == at.site) {
                        events.insert(row.event);
                    }
                }
            );
        }
        for (const trace::Move& move : part->moves) {
            for (const graph::EventIndex event : events_behind(move)) {
                events.insert(event);
            }
        }
    }
    std::vector<graph::EventIndex> ordered(events.begin(), events.end());
    std::ranges::stable_sort(ordered, {}, [&](graph::EventIndex event) {
        return graph_.event(event).time.first;
    });
    std::vector<graph::RecordId> records;
    records.reserve(ordered.size());
    for (const graph::EventIndex event : ordered) {
        records.push_back(graph_.event(event).record);
    }
    return records;
}

}  // namespace suyuan::service
