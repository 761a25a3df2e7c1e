// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "tests/property/oracle_moves.h"
#include "tests/property/oracle_reach.h"
#include "tests/property/oracle_seeds.h"
#include "tests/property/oracle_stock.h"
#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

using graph::FactKind;
using model::TimeInterval;
using trace::Answer;
using trace::Balance;
using trace::Move;
using trace::OpenEnd;
using trace::OpenEndKind;
using trace::Position;
using trace::Touched;

trace::Part part_of(const History& history, const Reach& reach) {
    trace::Part part;
    for (const OrderedMove& ordered : reach.taken) {
        part.moves.push_back(ordered.move);
    }
    for (const Settled& settled : reach.settled) {
        trace::ReachedPosition reached;
        reached.position = settled.position;
        reached.possible = reach.labels.at(settled.position);
        const auto certain = reach.certain.find(settled.position);
        if (certain != reach.certain.end()) {
            reached.certain = certain->second;
        }
        reached.is_seed = reach.seeds.contains(settled.position);
        reached.hops = settled.hops;
        if (settled.explained_by.has_value()) {
            reached.explained_by = static_cast<std::uint32_t>(*settled.explained_by);
        }
        reached.stock =
            stock_at(history.log(), history.story(settled.position.item), settled.position);
        part.positions.push_back(reached);
    }
    return part;
}

// First and last times of whoever the answer touches.
class Touching {
public:
    void add(std::uint32_t id, const TimeInterval& time) {
        if (id == 0) {
            return;
        }
        const auto [entry, is_new] = by_id_.emplace(id, Touched{id, time.first, time.last});
        if (!is_new) {
            entry->second.first = std::min(entry->second.first, time.first);
            entry->second.last = std::max(entry->second.last, time.last);
        }
    }

    [[nodiscard]] std::vector<Touched> list() const {
        std::vector<Touched> touched;
        for (const auto& [id, entry] : by_id_) {
            touched.push_back(entry);
        }
        return touched;
    }

private:
    std::map<std::uint32_t, Touched> by_id_;
};

class Touches {
public:
    void add(const History& history, const Reach& reach, Sense sense) {
        for (const auto& [position, label] : reach.labels) {
            add(position, model::exactly(label));
            for (const Told* told : history.story(position.item).facts) {
                const bool is_in_time = sense == Sense::kForward ? told->time().last >= label
                                                                 : told->time().first <= label;
                if (told->position() == position && is_in_time) {
                    add(*told->event);
                }
            }
        }
        for (const OrderedMove& ordered : reach.taken) {
            const Move& move = ordered.move;
            if (move.kind != trace::MoveKind::kSameAs) {
                add(move.from, move.leave);
                add(move.to, move.arrive);
                add(history.log().event(move.leaving_event));
                add(history.log().event(move.arriving_event));
            }
        }
    }

    void add(const graph::FlowEvent& event) {
        operators_.add(event.custodian.value(), event.time);
        for (const graph::VehicleId vehicle : event.vehicles) {
            vehicles_.add(vehicle.value(), event.time);
        }
        for (const graph::PersonId person : event.people) {
            people_.add(person.value(), event.time);
        }
    }

    void list(Answer& answer) const {
        answer.operators = operators_.list();
        answer.sites = sites_.list();
        answer.vehicles = vehicles_.list();
        answer.people = people_.list();
    }

private:
    void add(const Position& position, const TimeInterval& time) {
        operators_.add(position.owner.value(), time);
        sites_.add(position.site.value(), time);
    }

    Touching operators_;
    Touching sites_;
    Touching vehicles_;
    Touching people_;
};

// Departures and arrivals that shipments join, directly or through others.
using Parcel = std::set<const Told*>;

std::vector<Parcel> parcels_of(const ItemStory& story) {
    std::vector<Parcel> parcels;
    for (const OwnMove& own : story.moves) {
        if (own.move.kind != trace::MoveKind::kShipment) {
            continue;
        }
        Parcel joined = {own.departure, own.arrival};
        std::erase_if(parcels, [&](Parcel& other) {
            const bool is_shared = other.contains(own.departure) || other.contains(own.arrival);
            if (is_shared) {
                joined.merge(other);
            }
            return is_shared;
        });
        parcels.push_back(std::move(joined));
    }
    return parcels;
}

void add_loss(
    const Parcel& parcel,
    const std::set<Position>& reached,
    std::map<graph::UnitId, Balance>& by_unit
) {
    const graph::UnitId unit = (*parcel.begin())->fact->unit;
    std::int64_t left = 0;
    std::int64_t arrived = 0;
    for (const Told* told : parcel) {
        const graph::Fact& fact = *told->fact;
        if (!fact.has_quantity || fact.unit != unit || !reached.contains(told->position())) {
            return;
        }
        (fact.kind == graph::FactKind::kDepart ? left : arrived) += fact.millionths;
    }
    by_unit[unit].shipped -= left - arrived;
    by_unit[unit].unexplained += left - arrived;
}

// Of one item, in one unit.
struct Held {
    std::map<graph::OperatorId, std::int64_t> by_owner;
    std::int64_t anybodys = 0;  // with neither owner nor site

    // Hands out what may be anybody's, or takes it from who has some: what is then below zero.
    [[nodiscard]] std::int64_t lack() {
        std::int64_t below_zero = 0;
        for (auto& [owner, amount] : by_owner) {
            if (anybodys > 0 && amount < 0) {
                const std::int64_t given = std::min(anybodys, -amount);
                amount += given;
                anybodys -= given;
            }
            if (anybodys < 0 && amount > 0) {
                const std::int64_t taken = std::min(-anybodys, amount);
                amount -= taken;
                anybodys += taken;
            }
            below_zero += std::max<std::int64_t>(-amount, 0);
        }
        return below_zero + std::max<std::int64_t>(-anybodys, 0);
    }
};

std::vector<Balance> total_of(const History& history, const std::set<Position>& reached) {
    std::map<graph::UnitId, Balance> by_unit;
    std::map<std::pair<graph::ItemId, graph::UnitId>, Held> held;
    for (const Position& position : reached) {
        const auto stock = stock_at(history.log(), history.story(position.item), position);
        for (const Balance& balance : stock.balances) {
            Balance& total = by_unit[balance.unit];
            total.unit = balance.unit;
            Held& here = held[{position.item, balance.unit}];
            const bool is_anybodys =
                position.owner == graph::OperatorId() && position.site == graph::SiteId();
            (is_anybodys ? here.anybodys : here.by_owner[position.owner]) += balance.on_hand;
            for (const auto column :
                 {&Balance::created,
                  &Balance::produced,
                  &Balance::received,
                  &Balance::shipped,
                  &Balance::in_transit,
                  &Balance::sold,
                  &Balance::used,
                  &Balance::destroyed,
                  &Balance::left,
                  &Balance::on_hand,
                  &Balance::unexplained}) {
                total.*column += balance.*column;
            }
        }
    }
    std::set<graph::ItemId> items;
    for (const Position& position : reached) {
        items.insert(position.item);
    }
    for (const graph::ItemId item : items) {
        for (const Parcel& parcel : parcels_of(history.story(item))) {
            add_loss(parcel, reached, by_unit);
        }
    }
    for (auto& [what, here] : held) {
        const std::int64_t lack = here.lack();
        by_unit[what.second].on_hand += lack;
        by_unit[what.second].unexplained -= lack;
    }
    std::vector<Balance> totals;
    for (const auto& [unit, balance] : by_unit) {
        totals.push_back(balance);
    }
    return totals;
}

void find_open_ends_at(const History& history, const Position& position, std::set<OpenEnd>& ends) {
    const ItemStory& story = history.story(position.item);
    for (const auto& [where, event] : story.unknown_suppliers) {
        if (where == position) {
            ends.insert({OpenEndKind::kUnknownSupplier, position, event});
        }
    }
    for (const auto& [where, event] : story.unconfirmed_suppliers) {
        if (where == position) {
            ends.insert({OpenEndKind::kUnconfirmedSupplier, position, event});
        }
    }
    if (stock_at(history.log(), story, position).status == trace::StockStatus::kNegative) {
        ends.insert({OpenEndKind::kNegativeStock, position, 0});
    }
    for (const Told* told : story.facts) {
        if (told->position() != position) {
            continue;
        }
        if (told->event->is_conflict) {
            ends.insert({OpenEndKind::kConflict, position, told->index});
        }
        if (told->time() == TimeInterval()) {
            ends.insert({OpenEndKind::kMissingTime, position, told->index});
        }
    }
    for (const Stay& stay : story.stays) {
        if (stay.end != nullptr && stay.end->fact->kind == FactKind::kPack &&
            stay.end->fact->item == story.item && stay.end->fact->other != stay.container()) {
            ends.insert({OpenEndKind::kTwoContainers, stay.end->position(), stay.end->index});
        }
    }
}

void find_open_ends_of(const Move& move, std::set<OpenEnd>& ends) {
    if (move.is_in_transit) {
        ends.insert({OpenEndKind::kInTransit, move.from, move.leaving_event});
    }
    if (move.is_skewed) {
        ends.insert({OpenEndKind::kSkewedClocks, move.to, move.arriving_event});
    }
    if (move.is_all_to_all) {
        ends.insert({OpenEndKind::kAllToAll, move.to, move.arriving_event});
    }
}

bool is_forbidden_by_a_block(const graph::Fact& fact) {
    return (fact.kind == FactKind::kDepart && !fact.is_return) || fact.kind == FactKind::kInput ||
           (fact.kind == FactKind::kSink && fact.sink == graph::SinkKind::kSold);
}

// What left a position: told by a fact, or in a container.
struct Leaving {
    Moment moment;
    graph::EventIndex event = 0;
    graph::ItemId carrier = {};
};

// The block that `leaving` ran against, if it left `position`.
std::optional<graph::EventIndex> block_against(
    const History& history, const Position& position, const Leaving& leaving
) {
    const Told* last = nullptr;
    const ItemStory& story = history.story(position.item);
    for (const Told* said : blocks_and_releases_of(history.log(), story, position)) {
        if (said->index != leaving.event && said->moment() < leaving.moment) {
            last = said;
        }
    }
    const bool is_blocked = last != nullptr && last->fact->kind == FactKind::kBlock;
    return is_blocked ? std::optional(last->index) : std::nullopt;
}

void find_violations_at(
    const History& history, const Position& position, std::set<trace::Violation>& violations
) {
    const ItemStory& story = history.story(position.item);
    std::vector<Leaving> outward;
    for (const Told* told : story.facts) {
        if (told->position() == position &&
            (is_forbidden_by_a_block(*told->fact) || told->is_late_departure)) {
            outward.push_back({told->moment(), told->index});
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_stated() && own.move.from == position && !own.arrival->fact->is_return) {
            outward.push_back({own.arrival->moment(), own.arrival->index});
        }
        if (own.is_ride() && own.move.from == position && !own.is_return) {
            const graph::EventIndex event = own.move.leaving_event;
            const auto log_index = history.log().event(event).log_index;
            outward.push_back({{own.move.leave, log_index, 0}, event, own.move.carrier});
        }
    }
    for (const Leaving& leaving : outward) {
        if (const auto block = block_against(history, position, leaving); block.has_value()) {
            violations.insert({position, leaving.event, *block, false});
            continue;
        }
        if (leaving.carrier != graph::ItemId()) {
            const Position around = {leaving.carrier, position.owner, position.site};
            if (const auto block = block_against(history, around, leaving); block.has_value()) {
                violations.insert({position, leaving.event, *block, false});
                continue;
            }
        }
        for (const Position& other : story.positions()) {
            const bool may_be_there = position.owner != graph::OperatorId() &&
                                      position.site == graph::SiteId() &&
                                      other.owner == position.owner;
            const auto block = block_against(history, other, leaving);
            if (may_be_there && block.has_value()) {
                violations.insert({position, leaving.event, *block, true});
            }
        }
    }
}

void finish(const History& history, const std::vector<const Reach*>& parts, Answer& answer) {
    std::set<Position> reached;
    std::set<OpenEnd> ends;
    std::set<trace::Violation> violations;
    for (const Reach* part : parts) {
        for (const auto& [position, label] : part->labels) {
            reached.insert(position);
        }
        for (const OrderedMove& ordered : part->taken) {
            find_open_ends_of(ordered.move, ends);
        }
    }
    for (const Position& position : reached) {
        find_open_ends_at(history, position, ends);
        find_violations_at(history, position, violations);
    }
    answer.total = total_of(history, reached);
    answer.open_ends.assign(ends.begin(), ends.end());
    answer.violations.assign(violations.begin(), violations.end());
}

// Forward from each source, from its birth.
Seeds births_of(const History& history, const Reach& back, const std::vector<Position>& sources) {
    Seeds seeds;
    for (const Position& source : sources) {
        seeds[source] = first_there(history, source).value_or(back.labels.at(source));
    }
    return seeds;
}

}  // namespace

std::optional<Answer> oracle_ask(const World& world, const trace::Question& question) {
    const Log log(world, question.as_of);
    const History history(log);
    Answer answer;
    answer.cut_off = log.cut_off();
    Touches touches;
    std::optional<Reach> back;
    std::optional<Reach> forward;
    std::vector<const Reach*> parts;
    if (question.direction != trace::Direction::kForward) {
        back = reach(history, seeds_of(history, question, Sense::kBackward), Sense::kBackward);
        answer.back = part_of(history, *back);
        answer.sources = sources_of(history, *back);
        touches.add(history, *back, Sense::kBackward);
        parts.push_back(&*back);
    }
    if (question.direction != trace::Direction::kBack) {
        const Seeds seeds = back.has_value() ? births_of(history, *back, answer.sources)
                                             : seeds_of(history, question, Sense::kForward);
        forward = reach(history, seeds, Sense::kForward);
        answer.forward = part_of(history, *forward);
        touches.add(history, *forward, Sense::kForward);
        parts.push_back(&*forward);
    }
    for (const Reach* part : parts) {
        if (part->labels.size() > question.positions_max) {
            return std::nullopt;
        }
    }
    for (const graph::EventIndex index : events_named(log, question)) {
        touches.add(log.event(index));
    }
    touches.list(answer);
    finish(history, parts, answer);
    return answer;
}

std::vector<trace::ItemStock> oracle_stock_of(
    const World& world, graph::ItemId item, model::MicrosUtc as_of
) {
    const Log log(world, as_of);
    Stories stories(log);
    const ItemStory& story = stories.of(item);
    std::vector<trace::ItemStock> stocks;
    for (const Position& position : story.positions()) {
        stocks.push_back({position, stock_at(log, story, position)});
    }
    return stocks;
}

}  // namespace suyuan::property
