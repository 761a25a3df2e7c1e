// SPDX-License-Identifier: Apache-2.0
//
// The main job: type a code, see where it came from, where it went, what is still where, and why.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "io/clock.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_cache.h"
#include "service/event_references.h"
#include "service/lookup.h"
#include "service/named_answer.h"
#include "service/seed.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {

struct TraceRequest {
    std::string text;              // any code, as typed
    std::optional<SeedKind> kind;  // to be taken for this; none: the first reading with events
    trace::Direction direction = trace::Direction::kFull;
    std::string owner;  // operator code: only the positions there; empty: all
    std::string site;   // site code, likewise
    // "2026-01-05T08:00:00+08:00", or a day "2026-01-05" of China Standard Time, whole; empty:
    // open.
    std::string from;
    std::string to;
    std::string as_of;              // record time, likewise (a day means its end); empty: now
    bool escalate = false;          // one thing stands for its lot
    std::size_t page_size = 1'000;  // positions
    std::string cursor;             // TracePage::next of the page before; empty: the first
};

// Some positions of an answer, back part first, and the moves that lead to them (back: that leave
// them). The lists of the answer (operators, open ends, ...) are paged along with the positions: a
// page has the same rows of each. Over all pages everything appears once.
struct TracePage {
    std::shared_ptr<const NamedAnswer> answer;
    std::size_t first = 0;  // row of the first position in the answer
    std::size_t count = 0;  // positions; fewer than `rows` where only lists go on
    std::size_t rows = 0;   // of every list
    std::size_t total = 0;  // positions in the answer
    std::string cursor;     // of this page: TraceRequest::cursor to see it again, or to explain
    std::string next;       // empty: that was all
    // Of the events behind the page's moves, open ends and violations.
    EventReferences events;

    // The page's rows of a list of the answer.
    template <typename Row>
    [[nodiscard]] std::span<const Row> rows_of(const std::vector<Row>& list) const noexcept {
        const std::size_t begin = std::min(first, list.size());
        return std::span(list).subspan(begin, std::min(rows, list.size() - begin));
    }
};

struct ExplainedStep {
    std::uint32_t move_number = 0;  // place in the part's moves
    trace::Move move;
    std::vector<EventReference> events;  // leaving, then arriving
    std::string sentence_zh;
    std::string sentence_en;
};

// "Why is this shop on the list?": the way from the seed, in the order of the search.
struct Explanation {
    std::shared_ptr<const NamedAnswer> answer;
    PartKind part = PartKind::kForward;
    trace::ReachedPosition position;
    trace::Position start;             // the seed's position where the way begins
    std::vector<ExplainedStep> steps;  // none: the position is the seed's own
    std::string summary_zh;
    std::string summary_en;
};

// Threads: every member from any thread. Lifetime: what it is made from outlives it.
// Of both parts of an answer together; more fail with kLimitExceeded. Ten times what an answer of
// 20,000 positions has; as JSON some 150 MB.
inline constexpr std::size_t kAnswerMovesMax = 250'000;

class Tracing {
public:
    // Some 5 MB of JSON. More are cut to it.
    static constexpr std::size_t kPageMax = 10'000;

    Tracing(const store::Store& store, const graph::EventGraph& graph, const io::Clock& clock)
        : store_(store), graph_(graph), clock_(clock) {}

    // Fails with kInvalidArgument for an empty text.
    [[nodiscard]] Result<Resolution> resolve(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view text,
        std::optional<SeedKind> kind
    ) const;

    // An answer given within the last seconds is given again. Fails with kInvalidArgument (times,
    // cursor, page size, ...), kNotFound (nothing bears this code, or no
    // event names it by then; the message says which and what looks similar), kConflict (the
    // cursor's answer is no longer to be had), kLimitExceeded, kCancelled.
    [[nodiscard]] Result<TracePage> trace(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request
    ) const;

    // In the scope of one operator: its own goods by their code, one step up and one step down
    // (own_view.h). In a territory's: goods, an operator or a site by their code, as far as it goes
    // and one step beyond (territory_view.h). kNotFound alike for what lies beyond and what is not
    // there.
    //
    // The whole answer, unpaged; `cursor` and `page_size` are ignored.
    [[nodiscard]] Result<std::shared_ptr<const NamedAnswer>> answer(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request
    ) const;

    // The page that holds everything of an answer: for files and pipes.
    [[nodiscard]] Result<TracePage> whole(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::shared_ptr<const NamedAnswer> answer
    ) const;

    // The records behind an answer in the order of their times: of facts at its positions, and of
    // its moves.
    [[nodiscard]] std::vector<graph::RecordId> records_of(const NamedAnswer& named) const;

    // Where those records are read.
    [[nodiscard]] const store::Store& store() const noexcept { return store_; }

    // `position` is position_key(); without a part, forward is looked in first. `request.cursor`,
    // if given, names the answer. Fails as trace(), and with kNotFound if the answer does not hold
    // the position.
    [[nodiscard]] Result<Explanation> explain(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request,
        std::string_view position,
        std::optional<PartKind> part
    ) const;

    // What is known of a position, for whoever does not see everything: with the facts at it that
    // they may see, of others their names. `key` is position_key(). kNotFound alike for a position
    // that a trace of its item does not show them, an edge, and one that is not there.
    [[nodiscard]] Result<PositionPage> position(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view key,
        const PageRequest& page
    ) const;

private:
    Result<trace::Question> to_question(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request,
        const Reading& reading
    ) const;
    Result<std::shared_ptr<const NamedAnswer>> find_answer(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request
    ) const;
    Result<std::shared_ptr<const NamedAnswer>> find_by_cursor(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request
    ) const;
    Result<std::shared_ptr<const NamedAnswer>> compute(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request
    ) const;
    Result<std::shared_ptr<const NamedAnswer>> compute_narrow(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const TraceRequest& request
    ) const;
    // Require an answer with its question and snapshot.
    Status answer_own(
        const policy::RequestContext& context, const policy::Scope& scope, NamedAnswer& named
    ) const;
    Status answer_territory(
        const policy::RequestContext& context, const policy::Scope& scope, NamedAnswer& named
    ) const;
    [[nodiscard]] std::shared_ptr<const NamedAnswer> finish(
        std::shared_ptr<NamedAnswer> named, std::string key
    ) const;
    Result<TracePage> make_page(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::shared_ptr<const NamedAnswer> answer,
        std::size_t first,
        std::size_t rows
    ) const;
    const store::Store& store_;
    const graph::EventGraph& graph_;
    const io::Clock& clock_;
    mutable AnswerCache cache_;
};

// An instant ("2026-01-05T08:00:00+08:00"), or a whole day at +08:00 ("2026-01-05"). Fails with
// kInvalidArgument, the message starting with `field`.
[[nodiscard]] Result<model::TimeInterval> parse_instant_or_day(
    std::string_view field, std::string_view text
);

}  // namespace suyuan::service
