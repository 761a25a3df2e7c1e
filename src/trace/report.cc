// SPDX-License-Identifier: Apache-2.0

#include "trace/report.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/account.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/ledger.h"
#include "trace/parcels.h"
#include "trace/positions.h"
#include "trace/search.h"
#include "trace/touched.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

// What a block forbids.
bool moves_on(const graph::Fact& fact) noexcept {
    return (fact.kind == FactKind::kDepart && !fact.is_return) || fact.kind == FactKind::kInput ||
           (fact.kind == FactKind::kSink && fact.sink == graph::SinkKind::kSold);
}

// The taken moves in the order of the answer, as places in Reach::taken.
std::vector<std::uint32_t> order_moves(const Reach& reach) {
    struct Key {
        model::MicrosUtc first = 0;  // most moves differ by it
        std::uint32_t place = 0;
    };

    std::vector<Key> keys;
    keys.reserve(reach.taken.size());
    for (const TakenMove& taken : reach.taken) {
        keys.push_back({taken.move.move.leave.first, static_cast<std::uint32_t>(keys.size())});
    }
    std::ranges::sort(keys, [&](const Key& a, const Key& b) {
        if (a.first != b.first) {
            return a.first < b.first;
        }
        const auto order = compare_moves(reach.taken[a.place].move, reach.taken[b.place].move);
        return order == 0 ? a.place < b.place : order < 0;
    });
    std::vector<std::uint32_t> places;
    places.reserve(keys.size());
    for (const Key& key : keys) {
        places.push_back(key.place);
    }
    return places;
}

// Open ends, violations and the sum, over every reached position once.
class WholeReport {
public:
    WholeReport(const Positions& positions, Ledger& ledger, Answer& answer)
        : positions_(positions), ledger_(ledger), answer_(answer) {}

    void run(const std::vector<const Reach*>& parts);

private:
    [[nodiscard]] std::vector<NodeIndex> reached_nodes(const std::vector<const Reach*>& parts
    ) const;
    void add_node(NodeIndex node);
    void add_facts(NodeIndex node, const SpotEntry& spot);
    // `carrier`: in which it leaves, or none.
    void add_violation(NodeIndex node, const TimeKey& key, graph::ItemId carrier = {});
    void add_violations(NodeIndex node, const SpotEntry& spot);
    void add_suppliers(NodeIndex node, const std::vector<FlowMark>& marks, OpenEndKind kind);
    void add_item(NodeIndex node);
    void add_move(const Move& move);
    void add_total(const Balance& balance);
    void add_losses(const std::vector<NodeIndex>& nodes);
    void add_shortages();

    void add_end(OpenEndKind kind, const Position& position, graph::EventIndex event) {
        answer_.open_ends.push_back({kind, position, event});
    }

    const Positions& positions_;
    Ledger& ledger_;
    Answer& answer_;

    // What an owner has of an item at one of its positions.
    struct Holding {
        graph::ItemId item;
        graph::UnitId unit;
        bool is_anybodys = false;  // with neither owner nor site
        graph::OperatorId owner;
        std::int64_t millionths = 0;

        [[nodiscard]] auto key() const { return std::tuple(item, unit, is_anybodys, owner); }
    };

    std::vector<Holding> holdings_;
};

std::vector<NodeIndex> WholeReport::reached_nodes(const std::vector<const Reach*>& parts) const {
    std::vector<NodeIndex> nodes;
    for (const Reach* part : parts) {
        for (const ReachedNode& reached : part->reached) {
            const bool is_known =
                part != parts.front() && parts.front()->place_of(reached.node) != kNone;
            if (!is_known) {
                nodes.push_back(reached.node);
            }
        }
    }
    return nodes;
}

void WholeReport::add_total(const Balance& balance) {
    auto sum = std::ranges::lower_bound(answer_.total, balance.unit, {}, &Balance::unit);
    if (sum == answer_.total.end() || sum->unit != balance.unit) {
        sum = answer_.total.insert(sum, Balance{.unit = balance.unit});
    }
    add_balance(*sum, balance);
}

// What arrived counts as shipped, and what did not is explained by nobody.
void WholeReport::add_losses(const std::vector<NodeIndex>& nodes) {
    std::vector<const ItemFlow*> flows(positions_.item_count());
    std::vector<std::vector<bool>> reached(positions_.item_count());
    for (const NodeIndex node : nodes) {
        const std::uint32_t item = positions_.item_of(node);
        const ItemFlow& flow = positions_.flow_of(node);
        flows[item] = &flow;
        reached[item].resize(flow.spots.size());
        if (const SpotEntry* spot = positions_.spot_of(node); spot != nullptr) {
            reached[item][static_cast<std::size_t>(spot - flow.spots.data())] = true;
        }
    }
    for (std::size_t item = 0; item < flows.size(); ++item) {
        if (flows[item] == nullptr) {
            continue;
        }
        for (const Loss& loss : losses_of(*flows[item], reached[item])) {
            add_total({
                .unit = loss.unit,
                .shipped = difference_of(0, loss.millionths),
                .unexplained = loss.millionths,
            });
        }
    }
}

// What one owner lacks is on no other's shelf: it is explained by nobody. What is told of with
// neither owner nor site may be anybody's.
void WholeReport::add_shortages() {
    std::ranges::sort(holdings_, {}, &Holding::key);
    for (auto begin = holdings_.begin(); begin != holdings_.end();) {
        const Holding first = *begin;
        const auto goods = [](const Holding& holding) {
            return std::tuple(holding.item, holding.unit);
        };
        std::int64_t anybodys = 0;
        std::int64_t had = 0;      // by the owners that have some
        std::int64_t missing = 0;  // to the others
        while (begin != holdings_.end() && goods(*begin) == goods(first)) {
            const Holding owners = *begin;
            std::int64_t sum = 0;
            for (; begin != holdings_.end() && begin->key() == owners.key(); ++begin) {
                sum = sum_of(sum, begin->millionths);
            }
            if (owners.is_anybodys) {
                anybodys = sum;
            } else if (sum < 0) {
                missing = difference_of(missing, sum);
            } else {
                had = sum_of(had, sum);
            }
        }
        const std::int64_t lack =
            anybodys < 0
                ? sum_of(
                      missing, std::max<std::int64_t>(difference_of(0, sum_of(anybodys, had)), 0)
                  )
                : std::max<std::int64_t>(difference_of(missing, anybodys), 0);
        if (lack > 0) {
            add_total({
                .unit = first.unit,
                .on_hand = lack,
                .unexplained = difference_of(0, lack),
            });
        }
    }
}

// Of something that moves on from here.
void WholeReport::add_violation(NodeIndex node, const TimeKey& key, graph::ItemId carrier) {
    const Position& position = positions_.at(node);
    const Blocks& blocks = ledger_.blocks_of(position.item);
    if (const TimedFact* block = blocks.in_force_before(spot_of(position), key)) {
        answer_.violations.push_back({position, key.event, block->event()});
        return;
    }
    if (carrier.value() != 0) {
        const TimedFact* block = ledger_.blocks_of(carrier).in_force_before(spot_of(position), key);
        if (block != nullptr) {
            answer_.violations.push_back({position, key.event, block->event()});
            return;
        }
    }
    if (blocks.empty() || position.owner.value() == 0 || position.site.value() != 0) {
        return;
    }
    for (const SpotEntry& other : std::ranges::equal_range(
             positions_.flow_of(node).spots,
             position.owner,
             {},
             [](const SpotEntry& entry) { return entry.spot.owner; }
         )) {
        if (const TimedFact* block = blocks.in_force_before(other.spot, key)) {
            answer_.violations.push_back({position, key.event, block->event(), true});
        }
    }
}

void WholeReport::add_violations(NodeIndex node, const SpotEntry& spot) {
    const ItemFlow& flow = positions_.flow_of(node);
    const bool is_covered = !ledger_.blocks_of(flow.item).empty();
    for (const FlowMove& entry : flow.leaving(spot)) {
        const Move& move = entry.move;
        if (move.kind == MoveKind::kRide && !entry.is_return &&
            (is_covered || !ledger_.blocks_of(move.carrier).empty())) {
            add_violation(node, key_of_ride(move.leave, move.leaving_event), move.carrier);
        }
    }
    if (!is_covered) {
        return;
    }
    for (const std::uint32_t place : flow.facts_at(spot)) {
        const TimedFact& fact = flow.facts[place];
        if (moves_on(fact.fact) || fact.is_late_departure) {
            add_violation(node, fact.key);
        }
    }
    for (const FlowMove& entry : flow.leaving(spot)) {
        if (entry.move.kind == MoveKind::kStated && !entry.is_return) {
            add_violation(node, key_of_stated(entry));
        }
    }
}

void WholeReport::add_facts(NodeIndex node, const SpotEntry& spot) {
    const ItemFlow& flow = positions_.flow_of(node);
    const graph::EventGraph& graph = positions_.flows().view().graph();
    const model::TimeInterval everything;
    for (const std::uint32_t place : flow.facts_at(spot)) {
        const TimedFact& fact = flow.facts[place];
        if (graph.is_odd(fact.event()) && graph.event(fact.event()).is_conflict) {
            add_end(OpenEndKind::kConflict, positions_.at(node), fact.event());
        }
        if (fact.time() == everything) {
            add_end(OpenEndKind::kMissingTime, positions_.at(node), fact.event());
        }
    }
}

void WholeReport::add_suppliers(
    NodeIndex node, const std::vector<FlowMark>& marks, OpenEndKind kind
) {
    const Position& position = positions_.at(node);
    for (const FlowMark& mark :
         std::ranges::equal_range(marks, spot_of(position), {}, &FlowMark::spot)) {
        add_end(kind, position, mark.event);
    }
}

void WholeReport::add_node(NodeIndex node) {
    const Stock& stock = ledger_.of(node).stock;
    const Position& position = positions_.at(node);
    for (const Balance& balance : stock.balances) {
        add_total(balance);
        holdings_.push_back(
            {position.item,
             balance.unit,
             spot_of(position) == Spot(),
             position.owner,
             balance.on_hand}
        );
    }
    if (stock.status == StockStatus::kNegative) {
        add_end(OpenEndKind::kNegativeStock, positions_.at(node), 0);
    }
    if (const SpotEntry* spot = positions_.spot_of(node); spot != nullptr) {
        add_facts(node, *spot);
        add_violations(node, *spot);
        const ItemFlow& flow = positions_.flow_of(node);
        add_suppliers(node, flow.unknown_suppliers, OpenEndKind::kUnknownSupplier);
        add_suppliers(node, flow.unconfirmed_suppliers, OpenEndKind::kUnconfirmedSupplier);
    }
}

void WholeReport::add_item(NodeIndex node) {
    const ItemFlow& flow = positions_.flow_of(node);
    for (const FlowMark& mark : flow.two_containers) {
        const Position position = {flow.item, mark.spot.owner, mark.spot.site};
        add_end(OpenEndKind::kTwoContainers, position, mark.event);
    }
}

void WholeReport::add_move(const Move& move) {
    if (move.is_in_transit) {
        add_end(OpenEndKind::kInTransit, move.from, move.leaving_event);
    }
    if (move.is_skewed) {
        add_end(OpenEndKind::kSkewedClocks, move.to, move.arriving_event);
    }
    if (move.is_all_to_all) {
        add_end(OpenEndKind::kAllToAll, move.to, move.arriving_event);
    }
}

void WholeReport::run(const std::vector<const Reach*>& parts) {
    std::vector<bool> is_item_known(positions_.item_count());
    const std::vector<NodeIndex> nodes = reached_nodes(parts);
    for (const NodeIndex node : nodes) {
        add_node(node);
        if (!is_item_known[positions_.item_of(node)]) {
            is_item_known[positions_.item_of(node)] = true;
            add_item(node);
        }
    }
    add_losses(nodes);
    add_shortages();
    for (const Reach* part : parts) {
        for (const TakenMove& taken : part->taken) {
            add_move(taken.move.move);
        }
    }
    sort_unique(answer_.open_ends);
    sort_unique(answer_.violations);
}

}  // namespace

Part part_of(const Reach& reach, const Positions& positions, Ledger& ledger) {
    Part part;
    const std::vector<std::uint32_t> order = order_moves(reach);
    std::vector<std::uint32_t> place_in_answer(order.size());
    part.moves.reserve(order.size());
    for (const std::uint32_t place : order) {
        place_in_answer[place] = static_cast<std::uint32_t>(part.moves.size());
        part.moves.push_back(reach.taken[place].move.move);
    }
    part.positions.reserve(reach.reached.size());
    for (const ReachedNode& node : reach.reached) {
        ReachedPosition& reached = part.positions.emplace_back();
        reached.position = positions.at(node.node);
        reached.possible = node.label;
        reached.certain = node.certain;
        reached.is_seed = node.is_seed;
        reached.hops = node.hops;
        if (node.explained_by != kNone) {
            reached.explained_by = place_in_answer[node.explained_by];
        }
        reached.stock = ledger.of(node.node).stock;
    }
    return part;
}

void report_whole(
    const std::vector<const Reach*>& parts,
    const std::vector<graph::EventIndex>& named,
    const Positions& positions,
    Ledger& ledger,
    Answer& answer
) {
    TouchedBook touched(positions.flows().view());
    for (const Reach* part : parts) {
        touched.add(*part, positions);
    }
    for (const graph::EventIndex event : named) {
        touched.add_event(event);
    }
    touched.write(answer);
    WholeReport(positions, ledger, answer).run(parts);
}

}  // namespace suyuan::trace
