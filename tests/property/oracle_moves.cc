// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_moves.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::FactKind;
using graph::ItemId;
using trace::Move;
using trace::MoveKind;
using trace::Position;

// Unordered.
std::pair<ItemId, ItemId> pair_of(const graph::Fact& fact) {
    return std::minmax(fact.item, fact.other);
}

bool has_mapping(const graph::FlowEvent& event, ItemId output) {
    return std::ranges::any_of(event.mappings, [&](const graph::FactMapping& mapping) {
        return mapping.output == output;
    });
}

bool is_mapped(const graph::FlowEvent& event, ItemId output, const Told& input) {
    return std::ranges::any_of(event.mappings, [&](const graph::FactMapping& mapping) {
        const auto is_named = [&](ItemId item) {
            return std::ranges::count(mapping.inputs, item) > 0;
        };
        return mapping.output == output &&
               (is_named(input.fact->item) || (input.is_inherited() && is_named(input.own_of)));
    });
}

std::size_t count_items(const std::vector<const Told*>& facts) {
    std::set<ItemId> items;
    for (const Told* told : facts) {
        items.insert(told->fact->item);
    }
    return items.size();
}

}  // namespace

History::History(const Log& log) : log_(&log), teller_(log) {
    for (std::uint32_t id = 1; id < log.world().kinds.size(); ++id) {
        stories_.emplace(ItemId(id), teller_.of(ItemId(id)));
    }
    add_own_moves();
    add_parts();
    add_processes();
}

std::vector<OrderedMove> History::moves(const std::set<Position>& seeds) const {
    std::vector<OrderedMove> all = moves_;
    const auto same = same_things(seeds);
    all.insert(all.end(), same.begin(), same.end());
    std::ranges::stable_sort(all, [](const OrderedMove& a, const OrderedMove& b) {
        return a.key() < b.key();
    });
    return all;
}

void History::add(const Move& move, std::size_t leaving_place, std::size_t arriving_place) {
    moves_.push_back(
        {move,
         log_->event(move.leaving_event).log_index,
         log_->event(move.arriving_event).log_index,
         leaving_place,
         arriving_place}
    );
}

void History::add_own_moves() {
    for (const auto& [item, story] : stories_) {
        for (const OwnMove& own : story.moves) {
            const std::size_t leaving_place =
                own.departure == nullptr ? own.pack_order : own.departure->place;
            add(own.move, leaving_place, own.arrival == nullptr ? 0 : own.arrival->place);
        }
    }
}

void History::add_parts() {
    for (const Told& told : log_->facts()) {
        if (told.fact->kind != FactKind::kPartOf) {
            continue;
        }
        Move move;
        move.kind = MoveKind::kPartOf;
        move.from = {told.fact->other, told.fact->owner, told.fact->site};
        move.to = told.position();
        move.leave = told.time();
        move.arrive = told.time();
        move.leaving_event = told.index;
        move.arriving_event = told.index;
        add(move, told.place, told.place);
    }
}

std::map<std::pair<ItemId, ItemId>, graph::EventIndex> History::claims() const {
    std::map<std::pair<ItemId, ItemId>, std::uint64_t> taken_back;
    for (const Told& told : log_->facts()) {
        if (told.fact->kind == FactKind::kNotSameAs) {
            std::uint64_t& latest = taken_back[pair_of(*told.fact)];
            latest = std::max(latest, told.event->log_index);
        }
    }
    std::map<std::pair<ItemId, ItemId>, graph::EventIndex> claims;
    for (const graph::EventIndex index : log_->records()) {  // in log order: the first one stays
        for (const graph::Fact& fact : log_->event(index).facts) {
            const auto pair = pair_of(fact);
            const bool holds = fact.kind == FactKind::kSameAs && fact.item != fact.other &&
                               taken_back[pair] <= log_->event(index).log_index;
            if (holds) {
                claims.emplace(pair, index);
                claims.emplace(std::pair(pair.second, pair.first), index);
            }
        }
    }
    return claims;
}

std::set<ItemId> History::with_the_same(std::set<ItemId> items) const {
    const auto claimed = claims();
    for (std::size_t before = 0; before != items.size();) {
        before = items.size();
        for (const auto& [pair, event] : claimed) {
            if (items.contains(pair.first)) {
                items.insert(pair.second);
            }
        }
    }
    return items;
}

std::vector<OrderedMove> History::same_things(const std::set<Position>& seeds) const {
    const auto claimed = claims();
    std::set<Position> positions = seeds;
    for (const auto& [item, story] : stories_) {
        positions.merge(story.positions());
    }
    for (const OrderedMove& part : moves_) {  // a lot is where its instances came from
        if (part.move.kind == MoveKind::kPartOf) {
            positions.insert(part.move.from);
        }
    }
    for (std::size_t before = 0; before != positions.size();) {  // one such move after another
        before = positions.size();
        for (const Position& position : std::set(positions)) {
            for (const auto& [pair, event] : claimed) {
                if (pair.first == position.item) {
                    positions.insert({pair.second, position.owner, position.site});
                }
            }
        }
    }
    std::vector<OrderedMove> moves;
    for (const Position& position : positions) {
        for (const auto& [pair, event] : claimed) {
            if (pair.first == position.item) {
                Move move;
                move.kind = MoveKind::kSameAs;
                move.is_timeless = true;
                move.from = position;
                move.to = {pair.second, position.owner, position.site};
                move.leaving_event = event;
                move.arriving_event = event;
                const std::uint64_t log_index = log_->event(event).log_index;
                moves.push_back({move, log_index, log_index, 0, 0});
            }
        }
    }
    return moves;
}

void History::add_processes() {
    std::map<std::pair<graph::ProcessId, graph::EventIndex>, std::vector<const Told*>> processes;
    const auto add = [&](const Told& told) {
        if (told.fact->kind == FactKind::kInput || told.fact->kind == FactKind::kOutput) {
            const graph::ProcessId process = told.event->process;
            const bool is_shared = process != graph::ProcessId();
            processes[{process, is_shared ? 0 : told.index}].push_back(&told);
        }
    };
    for (const Told& told : log_->facts()) {
        add(told);
    }
    for (const auto& [item, story] : stories_) {
        for (const Told* told : story.inherited) {
            add(*told);
        }
    }
    for (const auto& [process, facts] : processes) {
        add_process(facts);
    }
}

void History::add_process(const std::vector<const Told*>& facts) {
    const auto inputs = of_kind(facts, FactKind::kInput);
    const auto outputs = of_kind(facts, FactKind::kOutput);
    // Any record of the process may say so, also one whose facts are neither inputs nor outputs.
    const graph::ProcessId process = facts.front()->event->process;
    const bool is_continuous = std::ranges::any_of(log_->records(), [&](graph::EventIndex index) {
        const graph::FlowEvent& record = log_->event(index);
        const bool is_of_process = process == graph::ProcessId() ? index == facts.front()->index
                                                                 : record.process == process;
        return is_of_process && record.is_continuous;
    });
    const bool is_many_to_many = count_items(inputs) > 1 && count_items(outputs) > 1;
    for (const Told* input : inputs) {
        for (const Told* output : outputs) {
            const ItemId made = output->fact->item;
            const bool is_of_one_event = input->index == output->index;
            const bool is_given = has_mapping(*output->event, made);
            if (!is_of_one_event && !is_continuous &&
                !possibly_in_order(input->time(), output->time())) {
                continue;
            }
            if (is_given && !is_mapped(*output->event, made, *input)) {
                continue;
            }
            Move move;
            move.kind = MoveKind::kProcess;
            move.from = input->position();
            move.to = output->position();
            move.leave = input->time();
            move.arrive =
                possibly_in_order(input->time(), output->time()) ? output->time() : input->time();
            move.is_certain =
                !input->is_doubtful &&
                (is_of_one_event || certainly_in_order(input->time(), output->time()));
            move.is_all_to_all = is_many_to_many && !is_given;
            move.leaving_event = input->index;
            move.arriving_event = output->index;
            add(move, input->place, output->place);
        }
    }
}

}  // namespace suyuan::property
