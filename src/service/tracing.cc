// SPDX-License-Identifier: Apache-2.0

#include "service/tracing.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "io/clock.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/detail/trace_parts.h"
#include "service/event_references.h"
#include "service/inner_scope.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/nothing_found.h"
#include "service/seed.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

// "<digest>.<row>"
struct Cursor {
    std::string_view digest;
    std::size_t row = 0;
};

std::string cursor_text(const NamedAnswer& answer, std::size_t row) {
    return format("{}.{}", answer.digest, row);
}

Result<Cursor> parse_cursor(std::string_view text) {
    constexpr std::size_t kDigestChars = 64;
    Cursor cursor;
    const std::size_t dot = text.find('.');
    bool is_good = dot == kDigestChars;
    if (is_good) {
        cursor.digest = text.substr(0, dot);
        const std::string_view row = text.substr(dot + 1);
        const auto [rest, error] = std::from_chars(row.data(), row.data() + row.size(), cursor.row);
        is_good = error == std::errc() && rest == row.data() + row.size();
    }
    if (!is_good) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "cursor：不是某次结果给出的，请从头开始", "cursor: not one that an answer gave"
            }
        );
    }
    return cursor;
}

// Rows that pages go through: the longest of the answer's lists.
std::size_t row_count(const NamedAnswer& named) {
    const trace::Answer& answer = named.answer;
    return std::max({
        named.position_count(),
        answer.sources.size(),
        answer.operators.size(),
        answer.sites.size(),
        answer.vehicles.size(),
        answer.people.size(),
        answer.open_ends.size(),
        answer.violations.size(),
    });
}

Failure other_question() {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            "cursor：它属于另一次追溯，请去掉 cursor 重新追溯",
            "cursor: it belongs to another question; ask without a cursor"
        }
    );
}

}  // namespace

Result<Resolution> Tracing::resolve(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view text,
    std::optional<SeedKind> kind
) const {
    return resolve_seed(context, scope, store_, graph_, {text, kind});
}

Result<std::shared_ptr<const NamedAnswer>> Tracing::compute(
    const policy::RequestContext& context, const policy::Scope& scope, const TraceRequest& request
) const {
    if (!scope.sees_everything()) {
        return compute_narrow(context, scope, request);
    }
    const std::int64_t start_us = clock_.monotonic_us();
    const graph::Snapshot snapshot = graph_.snapshot();
    SUYUAN_TRY(auto resolution, resolve(context, scope, request.text, request.kind));
    if (resolution.readings.empty()) {
        return nothing_bears(request.text, resolution.suggestions);
    }
    auto named = std::make_shared<NamedAnswer>();
    named->principal = detail::asker_of(context, scope);
    named->text = request.text;
    named->reading = resolution.readings.front();
    resolution.readings.erase(resolution.readings.begin());
    named->others = std::move(resolution.readings);
    SUYUAN_TRY(named->question, to_question(context, scope, request, named->reading));
    if (!named->reading.has_events) {
        return no_event_names(named->reading, request);
    }
    std::string key = detail::cache_key(*named, snapshot);
    if (auto known = cache_.find(key); known && start_us - known->made_at_us < detail::kReuseUs) {
        return known;
    }
    SUYUAN_TRY(named->answer, trace::ask(context, scope, graph_, snapshot, named->question));
    SUYUAN_TRY_VOID(detail::check_size(named->answer));
    if (detail::is_empty(named->answer)) {
        return no_event_names(named->reading, request);
    }
    SUYUAN_TRY(
        named->names,
        NameBook::fetch(context, scope, store_, names_needed(named->question, named->answer))
    );
    named->took_us = clock_.monotonic_us() - start_us;
    return finish(std::move(named), std::move(key));
}

std::shared_ptr<const NamedAnswer> Tracing::finish(
    std::shared_ptr<NamedAnswer> named, std::string key
) const {
    named->digest =
        answer_digest(named->reading.code, named->question, named->answer, named->names);
    const auto index = [](PartKind kind, const std::optional<trace::Part>& part) {
        return part ? PartIndex(kind, *part) : PartIndex();
    };
    named->back_index = index(PartKind::kBack, named->answer.back);
    named->forward_index = index(PartKind::kForward, named->answer.forward);
    named->made_at_us = clock_.monotonic_us();
    cache_.put(std::move(key), named);
    return named;
}

Result<std::shared_ptr<const NamedAnswer>> Tracing::find_by_cursor(
    const policy::RequestContext& context, const policy::Scope& scope, const TraceRequest& request
) const {
    SUYUAN_TRY(const Cursor cursor, parse_cursor(request.cursor));
    if (auto known = cache_.find_digest(detail::asker_of(context, scope), cursor.digest)) {
        const bool is_same =
            request.text.empty() ||
            (known->text == request.text && known->question.direction == request.direction);
        return is_same ? Result<std::shared_ptr<const NamedAnswer>>(known) : other_question();
    }
    // Forgotten. Asked again, the same digest means the same answer.
    if (!request.text.empty()) {
        SUYUAN_TRY(auto again, compute(context, scope, request));
        if (again->digest == cursor.digest) {
            return again;
        }
    }
    return fail(
        ErrorCode::kConflict,
        Sentence{
            "cursor：它所属的结果已不在，重新追溯的结果也已不同；请去掉 cursor 重新开始",
            "cursor: the answer that it belongs to is no longer to be had, and asked again it is "
            "another one; start again without a cursor"
        }
    );
}

Result<std::shared_ptr<const NamedAnswer>> Tracing::find_answer(
    const policy::RequestContext& context, const policy::Scope& scope, const TraceRequest& request
) const {
    return request.cursor.empty() ? compute(context, scope, request)
                                  : find_by_cursor(context, scope, request);
}

Result<TracePage> Tracing::make_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::shared_ptr<const NamedAnswer> answer,
    std::size_t first,
    std::size_t rows
) const {
    TracePage page;
    page.total = answer->position_count();
    page.first = first;
    page.rows = rows;
    page.count = std::min(rows, page.total - std::min(first, page.total));
    page.cursor = cursor_text(*answer, first);
    if (first + rows < row_count(*answer)) {
        page.next = cursor_text(*answer, first + rows);
    }
    page.answer = std::move(answer);
    std::vector<graph::EventIndex> events;
    for (std::size_t row = first; row < first + page.count; ++row) {
        const PlaceInAnswer at = page.answer->at(row);
        for (const std::uint32_t move : page.answer->index(at.part).moves_of(at.place)) {
            const trace::Part& part = *page.answer->part(at.part);
            std::ranges::copy(events_behind(part.moves[move]), std::back_inserter(events));
        }
    }
    for (const trace::OpenEnd& open_end : page.rows_of(page.answer->answer.open_ends)) {
        if (open_end.kind != trace::OpenEndKind::kNegativeStock) {
            events.push_back(open_end.event);
        }
    }
    for (const trace::Violation& violation : page.rows_of(page.answer->answer.violations)) {
        events.push_back(violation.event);
        events.push_back(violation.block_event);
    }
    // Of a narrow scope's answer every event is one that it may see: answer_cut.h.
    const policy::Scope reading = scope.sees_everything() ? scope : inner_scope();
    SUYUAN_TRY(page.events, fetch_references(context, reading, store_, graph_, std::move(events)));
    return page;
}

Result<TracePage> Tracing::trace(
    const policy::RequestContext& context, const policy::Scope& scope, const TraceRequest& request
) const {
    if (request.page_size == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"每页行数：至少一行", "page size: a page has at least one row"}
        );
    }
    std::size_t first = 0;
    if (!request.cursor.empty()) {
        SUYUAN_TRY(const Cursor cursor, parse_cursor(request.cursor));
        first = cursor.row;
    }
    SUYUAN_TRY(auto answer, find_answer(context, scope, request));
    if (first != 0 && first >= row_count(*answer)) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "cursor：不是某次结果给出的，请从头开始", "cursor: not one that an answer gave"
            }
        );
    }
    const std::size_t rows = std::min(request.page_size, kPageMax);
    return make_page(context, scope, std::move(answer), first, rows);
}

Result<std::shared_ptr<const NamedAnswer>> Tracing::answer(
    const policy::RequestContext& context, const policy::Scope& scope, const TraceRequest& request
) const {
    return compute(context, scope, request);
}

Result<TracePage> Tracing::whole(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::shared_ptr<const NamedAnswer> answer
) const {
    const std::size_t rows = row_count(*answer);
    return make_page(context, scope, std::move(answer), 0, rows);
}

}  // namespace suyuan::service
