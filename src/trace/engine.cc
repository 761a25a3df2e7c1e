// SPDX-License-Identifier: Apache-2.0

#include "trace/engine.h"

#include <optional>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "trace/account.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/item_flow.h"
#include "trace/ledger.h"
#include "trace/links.h"
#include "trace/positions.h"
#include "trace/question.h"
#include "trace/report.h"
#include "trace/search.h"
#include "trace/seeds.h"
#include "trace/sense.h"
#include "trace/sources.h"
#include "trace/view.h"
#include "trace/work.h"

namespace suyuan::trace {
namespace {

// One question from its seeds to its answer.
class Asking {
public:
    Asking(
        const policy::RequestContext& context,
        const graph::EventGraph& graph,
        const graph::Snapshot& snapshot,
        const Question& question
    )
        : question_(question),
          view_(graph, snapshot, question.as_of),
          work_(context, question.moves_max),
          flows_(view_, work_),
          positions_(flows_),
          ledger_(positions_),
          links_(positions_) {}

    Result<Answer> run();

private:
    [[nodiscard]] Result<Reach> search(Sense sense, const std::vector<SeedMoment>& seeds);
    [[nodiscard]] std::vector<SeedMoment> births(
        const Reach& back, const std::vector<NodeIndex>& sources
    ) const;

    const Question& question_;
    View view_;
    Work work_;
    Flows flows_;
    Positions positions_;
    Ledger ledger_;
    Links links_;
};

Result<Reach> Asking::search(Sense sense, const std::vector<SeedMoment>& seeds) {
    SUYUAN_TRY_VOID(work_.status());
    SUYUAN_TRY(
        Reach reach, search_possible(sense, seeds, positions_, links_, question_.positions_max)
    );
    SUYUAN_TRY_VOID(search_certain(seeds, positions_, ledger_, reach));
    return reach;
}

// Sources start from the first that is known of them.
std::vector<SeedMoment> Asking::births(const Reach& back, const std::vector<NodeIndex>& sources)
    const {
    std::vector<SeedMoment> seeds;
    for (const NodeIndex source : sources) {
        const SpotEntry* spot = positions_.spot_of(source);
        const bool is_present = spot != nullptr && spot->is_present;
        seeds.push_back(
            {source, is_present ? spot->first : back.reached[back.place_of(source)].label}
        );
    }
    return seeds;
}

Result<Answer> Asking::run() {
    Answer answer;
    answer.snapshot = view_.snapshot();
    answer.cut_off = view_.cut_off();
    std::optional<Reach> back;
    std::optional<Reach> forward;
    if (question_.direction != Direction::kForward) {
        const auto seeds = find_seeds(Sense::kBackward, question_, positions_, ledger_);
        SUYUAN_TRY(back, search(Sense::kBackward, seeds));
        const std::vector<NodeIndex> sources = find_sources(*back, positions_, links_);
        for (const NodeIndex source : sources) {
            answer.sources.push_back(positions_.at(source));
        }
        if (question_.direction == Direction::kFull) {
            SUYUAN_TRY(forward, search(Sense::kForward, births(*back, sources)));
        }
    } else {
        const auto seeds = find_seeds(Sense::kForward, question_, positions_, ledger_);
        SUYUAN_TRY(forward, search(Sense::kForward, seeds));
    }
    std::vector<const Reach*> parts;
    if (back) {
        answer.back = part_of(*back, positions_, ledger_);
        parts.push_back(&*back);
    }
    if (forward) {
        answer.forward = part_of(*forward, positions_, ledger_);
        parts.push_back(&*forward);
    }
    report_whole(parts, named_events(question_, view_), positions_, ledger_, answer);
    SUYUAN_TRY_VOID(work_.status());
    return answer;
}

}  // namespace

Result<Answer> ask(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const graph::EventGraph& graph,
    const graph::Snapshot& snapshot,
    const Question& question
) {
    // Scopes that see a part only come with accounts; decide() makes none today.
    SUYUAN_ASSERT(scope.sees_everything());
    return Asking(context, graph, snapshot, question).run();
}

std::vector<ItemStock> stock_of(
    const graph::EventGraph& graph,
    const graph::Snapshot& snapshot,
    graph::ItemId item,
    model::MicrosUtc as_of
) {
    const View view(graph, snapshot, as_of);
    Work work;
    Flows flows(view, work);
    const ItemFlow& flow = flows.of(item);
    const Blocks blocks = blocks_over(flows, item);
    std::vector<ItemStock> stocks;
    stocks.reserve(flow.spots.size());
    for (const SpotEntry& spot : flow.spots) {
        ItemStock& stock = stocks.emplace_back();
        stock.position = {item, spot.spot.owner, spot.spot.site};
        stock.stock = account_of(flow, spot).stock;
        stock.stock.is_blocked = !blocks.empty() && blocks.is_blocked(spot.spot);
    }
    return stocks;
}

}  // namespace suyuan::trace
