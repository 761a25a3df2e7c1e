// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_reach.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "model/instant.h"
#include "tests/property/oracle_moves.h"
#include "tests/property/oracle_seeds.h"
#include "tests/property/oracle_stock.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using model::MicrosUtc;
using trace::Move;
using trace::Position;

// Whence the search comes and where it goes.
const Position& near_end(const Move& move, Sense sense) {
    return sense == Sense::kForward ? move.from : move.to;
}

const Position& far_end(const Move& move, Sense sense) {
    return sense == Sense::kForward ? move.to : move.from;
}

// The label that a move gives its far end, if it may be taken with `label` at its near end.
std::optional<MicrosUtc> possible_label(const Move& move, MicrosUtc label, Sense sense) {
    if (move.is_timeless) {
        return label;
    }
    if (sense == Sense::kForward) {
        return label <= move.leave.last ? std::optional(std::max(label, move.arrive.first))
                                        : std::nullopt;
    }
    return move.arrive.first <= label ? std::optional(std::min(label, move.leave.last))
                                      : std::nullopt;
}

std::optional<MicrosUtc> certain_label(const Move& move, MicrosUtc label, Sense sense) {
    if (!move.is_certain || move.from == move.to) {
        return std::nullopt;
    }
    if (move.is_timeless) {
        return label;
    }
    if (sense == Sense::kForward) {
        return label <= move.leave.first ? std::optional(std::max(label, move.arrive.last))
                                         : std::nullopt;
    }
    return move.arrive.last <= label ? std::optional(std::min(label, move.leave.first))
                                     : std::nullopt;
}

bool is_better(MicrosUtc label, MicrosUtc than, Sense sense) {
    return sense == Sense::kForward ? label < than : label > than;
}

void find_labels(Reach& found, const std::vector<OrderedMove>& moves, Sense sense) {
    found.labels = found.seeds;
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (const OrderedMove& ordered : moves) {
            const Move& move = ordered.move;
            const auto near = found.labels.find(near_end(move, sense));
            const auto label = near == found.labels.end()
                                   ? std::nullopt
                                   : possible_label(move, near->second, sense);
            if (!label.has_value()) {
                continue;
            }
            const auto [far, is_new] = found.labels.emplace(far_end(move, sense), *label);
            if (!is_new && is_better(*label, far->second, sense)) {
                far->second = *label;
                has_changed = true;
            }
            has_changed = has_changed || is_new;
        }
    }
}

void find_taken(Reach& found, const std::vector<OrderedMove>& moves, Sense sense) {
    for (const OrderedMove& ordered : moves) {
        const Move& move = ordered.move;
        const auto near = found.labels.find(near_end(move, sense));
        if (move.from != move.to && near != found.labels.end() &&
            found.labels.contains(far_end(move, sense)) &&
            possible_label(move, near->second, sense).has_value()) {
            found.taken.push_back(ordered);
        }
    }
}

// Every moment at which something certainly is at (or, backward, leaves) a position: all of them,
// not only the best, because an emptying stops some and lets others pass.
using Arrivals = std::set<std::pair<Position, MicrosUtc>>;

bool is_stopped(
    const std::vector<MicrosUtc>& emptied, const Move& move, MicrosUtc label, Sense sense
) {
    if (move.is_timeless) {
        return false;
    }
    return std::ranges::any_of(emptied, [&](MicrosUtc moment) {
        return sense == Sense::kForward ? label <= moment && move.leave.first > moment
                                        : move.arrive.last <= moment && label > moment;
    });
}

void find_certain(
    Reach& found, const History& history, const std::vector<OrderedMove>& moves, Sense sense
) {
    std::map<Position, std::vector<MicrosUtc>> emptied;
    for (const auto& [position, label] : found.labels) {
        emptied[position] = emptyings(history.log(), history.story(position.item), position);
    }
    Arrivals arrivals(found.seeds.begin(), found.seeds.end());
    for (std::size_t before = 0; before != arrivals.size();) {
        before = arrivals.size();
        for (const OrderedMove& ordered : moves) {
            const Move& move = ordered.move;
            const Position& near = near_end(move, sense);
            const auto first = arrivals.lower_bound({near, model::kBeginningOfTime});
            for (auto at = first; at != arrivals.end() && at->first == near; ++at) {
                const auto label = certain_label(move, at->second, sense);
                if (label.has_value() && !is_stopped(emptied[near], move, at->second, sense)) {
                    arrivals.emplace(far_end(move, sense), *label);
                }
            }
        }
    }
    for (const auto& [position, label] : arrivals) {
        const auto [best, is_new] = found.certain.emplace(position, label);
        if (!is_new && is_better(label, best->second, sense)) {
            best->second = label;
        }
    }
}

// ~label: the latest first, without overflow.
// Settles position after position in the order (label, hops, position), each explained by the first
// settled position from which a move gives it its label.
void settle(Reach& found, Sense sense) {
    std::map<Position, Settled> waiting;
    for (const auto& [position, moment] : found.seeds) {
        if (found.labels.at(position) == moment) {
            waiting[position] = {position, 0, std::nullopt};
        }
    }
    std::set<Position> done;
    const auto key = [&](const std::pair<const Position, Settled>& entry) {
        const MicrosUtc label = found.labels.at(entry.first);
        return std::tuple(
            sense == Sense::kForward ? label : ~label, entry.second.hops, entry.first
        );
    };
    while (!waiting.empty()) {
        const auto next = std::ranges::min_element(waiting, [&](const auto& a, const auto& b) {
            return key(a) < key(b);
        });
        const Settled settled = next->second;
        waiting.erase(next);
        done.insert(settled.position);
        found.settled.push_back(settled);
        for (std::size_t i = 0; i < found.taken.size(); ++i) {
            const Move& move = found.taken[i].move;
            const Position& far = far_end(move, sense);
            if (near_end(move, sense) == settled.position && !done.contains(far) &&
                possible_label(move, found.labels.at(settled.position), sense) ==
                    found.labels.at(far)) {
                waiting.emplace(far, Settled{far, settled.hops + 1, i});
            }
        }
    }
}

}  // namespace

Reach reach(const History& history, const Seeds& seeds, Sense sense) {
    Reach found;
    found.seeds = seeds;
    std::set<Position> seed_positions;
    for (const auto& [position, moment] : seeds) {
        seed_positions.insert(position);
    }
    const auto moves = history.moves(seed_positions);
    find_labels(found, moves, sense);
    find_taken(found, moves, sense);
    find_certain(found, history, moves, sense);
    settle(found, sense);
    return found;
}

namespace {

bool is_made_of_nothing(const History& history, const Told& output) {
    const graph::ProcessId process = output.event->process;
    return std::ranges::none_of(history.log().facts(), [&](const Told& told) {
        const bool is_of_it = process == graph::ProcessId() ? told.index == output.index
                                                            : told.event->process == process;
        return told.fact->kind == graph::FactKind::kInput && is_of_it;
    });
}

// Where something came into being, or from nobody knows where, at `label` or before.
bool is_origin(
    const History& history, const Reach& back, const Position& position, model::MicrosUtc label
) {
    const bool is_part = std::ranges::any_of(back.taken, [&](const OrderedMove& ordered) {
        return ordered.move.kind == trace::MoveKind::kPartOf && ordered.move.to == position;
    });
    const ItemStory& story = history.story(position.item);
    return std::ranges::any_of(
               story.facts,
               [&](const Told* told) {
                   const graph::FactKind kind = told->fact->kind;
                   return told->position() == position && told->time().first <= label &&
                          ((kind == graph::FactKind::kCreate && !is_part) ||
                           (kind == graph::FactKind::kOutput && is_made_of_nothing(history, *told))
                          );
               }
           ) ||
           std::ranges::any_of(story.unknown_suppliers, [&](const auto& mark) {
               return mark.first == position &&
                      history.log().event(mark.second).time.first <= label;
           });
}

}  // namespace

std::vector<Position> sources_of(const History& history, const Reach& back) {
    std::set<Position> origins;
    for (const auto& [position, label] : back.labels) {
        if (is_origin(history, back, position, label)) {
            origins.insert(position);
        }
    }
    std::set<std::pair<Position, Position>> leads;
    for (const auto& [position, label] : back.labels) {
        leads.emplace(position, position);
    }
    for (const OrderedMove& ordered : back.taken) {
        leads.emplace(ordered.move.from, ordered.move.to);
    }
    for (const auto& [middle, middle_label] : back.labels) {
        for (const auto& [from, from_label] : back.labels) {
            for (const auto& [to, to_label] : back.labels) {
                if (leads.contains({from, middle}) && leads.contains({middle, to})) {
                    leads.emplace(from, to);
                }
            }
        }
    }
    std::vector<Position> sources;
    for (const auto& [position, label] : back.labels) {
        // Whatever leads here is led to from here: it is of the same group.
        const bool is_fed_by_its_group_alone =
            std::ranges::all_of(back.labels, [&](const auto& other) {
                return !leads.contains({other.first, position}) ||
                       (leads.contains({position, other.first}) && !origins.contains(other.first));
            });
        if (is_fed_by_its_group_alone || origins.contains(position)) {
            sources.push_back(position);
        }
    }
    return sources;
}

}  // namespace suyuan::property
