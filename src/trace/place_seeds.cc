// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 6: what was with an operator or at a site.
//
// Facts name most of it. The rest came inside containers, which facts name: so what they held while
// they came and went is looked into, and what that held, and so on.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/ledger.h"
#include "trace/positions.h"
#include "trace/question.h"
#include "trace/seeds.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::ItemId;

class PlaceSower {
public:
    PlaceSower(
        const Place& place, const Window& window, Positions& positions, Ledger& ledger, SeedBed& bed
    )
        : place_(place), window_(window), positions_(positions), ledger_(ledger), bed_(bed) {}

    void run();

private:
    void look_at(ItemId item) {
        const auto place = static_cast<std::uint32_t>(known_.size());
        if (known_.insert(item.value(), place) == place) {
            waiting_.push_back(item);
        }
    }

    void find_named();
    void look_into(const ItemFlow& flow);
    void sow(const ItemFlow& flow, const SpotEntry& spot);
    [[nodiscard]] std::optional<model::MicrosUtc> emptied_before_window(const Position& position);

    const Place& place_;
    const Window& window_;
    Positions& positions_;
    Ledger& ledger_;
    SeedBed& bed_;
    IdMap known_;
    std::vector<ItemId> waiting_;
};

void PlaceSower::find_named() {
    const View& view = positions_.flows().view();
    for (const graph::Chain chain : {place_.facts, place_.peers}) {
        view.visit_facts(chain, place_.id, [&](const graph::FactRow& row, graph::FactIndex) {
            look_at(row.fact.item);
        });
    }
}

// What the item held on its moves from or to the place, and when it was used or sold there. In a
// circle of containers a child may ride moves that its container has only without it, so there
// everything counts.
void PlaceSower::look_into(const ItemFlow& flow) {
    const Contents& contents = positions_.flows().contents_of(flow.item);
    if (contents.entries().empty()) {
        return;
    }
    if (flow.is_circular) {
        for (const Contents::Entry& entry : contents.entries()) {
            look_at(entry.child);
        }
        return;
    }
    const auto look_at_those_in_at = [&](const model::TimeInterval& time) {
        contents.visit_meeting(time, [&](const Contents::Entry& inside) { look_at(inside.child); });
    };
    for (const FlowMove& entry : flow.moves) {
        if (place_.has(spot_of(entry.move.from)) || place_.has(spot_of(entry.move.to))) {
            look_at_those_in_at(entry.move.leave);
        }
    }
    for (const TimedFact& fact : flow.facts) {
        if (is_handed_on(fact.fact.kind) && place_.has(spot_of(fact.position()))) {
            look_at_those_in_at(fact.time());
        }
    }
}

// The last moment before the window at which the position was emptied.
std::optional<model::MicrosUtc> PlaceSower::emptied_before_window(const Position& position) {
    if (window_.from == model::kBeginningOfTime) {
        return std::nullopt;
    }
    const std::vector<model::MicrosUtc>& emptyings = ledger_.of(positions_.of(position)).emptyings;
    const auto after = std::ranges::lower_bound(emptyings, window_.from);
    return after == emptyings.begin() ? std::nullopt : std::optional(*std::prev(after));
}

void PlaceSower::sow(const ItemFlow& flow, const SpotEntry& spot) {
    const Position position = {flow.item, spot.spot.owner, spot.spot.site};
    const std::optional<model::MicrosUtc> emptied = emptied_before_window(position);
    const auto is_in_window = [&](model::MicrosUtc first) {
        return first <= window_.to && (!emptied || first > *emptied);
    };
    const bool is_meant =
        std::ranges::any_of(
            flow.facts_at(spot),
            [&](std::uint32_t place) { return is_in_window(flow.facts[place].key.first); }
        ) ||
        std::ranges::any_of(
            flow.reaching(spot),
            [&](std::uint32_t place) {
                const Move& move = flow.moves[place].move;
                return move.kind == MoveKind::kRide && is_in_window(move.arrive.first);
            }
        ) ||
        std::ranges::any_of(flow.leaving(spot), [&](const FlowMove& entry) {
            return entry.move.kind == MoveKind::kStated && is_in_window(entry.move.leave.first);
        });
    if (is_meant) {
        bed_.plant(position, bed_.start_of({spot.first, spot.last}, window_));
    }
}

void PlaceSower::run() {
    find_named();
    while (!waiting_.empty() && positions_.flows().work().step()) {
        const ItemFlow& flow = positions_.flows().of(waiting_.back());
        waiting_.pop_back();
        for (const SpotEntry& spot : flow.spots) {
            if (place_.has(spot.spot)) {
                sow(flow, spot);
            }
        }
        look_into(flow);
    }
}

}  // namespace

void plant_place(
    const Place& place, const Window& window, Positions& positions, Ledger& ledger, SeedBed& bed
) {
    PlaceSower(place, window, positions, ledger, bed).run();
}

}  // namespace suyuan::trace
