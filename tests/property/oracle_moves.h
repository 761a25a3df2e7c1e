// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md sections 3.4 and 4, and all moves of a world together.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {

// A move in the order of the answer.
struct OrderedMove {
    trace::Move move;
    std::uint64_t leaving_log_index = 0;
    std::uint64_t arriving_log_index = 0;
    std::size_t leaving_place = 0;  // of the fact in its event; of a ride: of its pack
    std::size_t arriving_place = 0;

    [[nodiscard]] auto key() const {
        return std::tuple(
            move.leave.first,
            move.leave.last,
            move.from,
            move.to,
            move.kind,
            move.arrive.first,
            move.arrive.last,
            leaving_log_index,
            arriving_log_index,
            move.carrier,
            leaving_place,
            arriving_place,
            !move.is_in_transit,
            !move.is_certain
        );
    }
};

// Everything that happened, item by item and all together.
class History {
public:
    explicit History(const Log& log);

    [[nodiscard]] const Log& log() const { return *log_; }

    [[nodiscard]] const ItemStory& story(graph::ItemId item) const { return stories_.at(item); }

    [[nodiscard]] const std::map<graph::ItemId, ItemStory>& stories() const { return stories_; }

    // Every move that there is, in the order of the answer. What is the same thing is so at the
    // positions of a seed too.
    [[nodiscard]] std::vector<OrderedMove> moves(const std::set<trace::Position>& seeds) const;

    // And everything that is said to be the same thing, one after another.
    [[nodiscard]] std::set<graph::ItemId> with_the_same(std::set<graph::ItemId> items) const;

private:
    [[nodiscard]] std::vector<OrderedMove> same_things(const std::set<trace::Position>& seeds
    ) const;
    void add(const trace::Move& move, std::size_t leaving_place, std::size_t arriving_place);
    void add_own_moves();
    void add_parts();
    void add_processes();
    void add_process(const std::vector<const Told*>& facts);
    // Pairs both ways, and the event of the first claim that holds.
    [[nodiscard]] std::map<std::pair<graph::ItemId, graph::ItemId>, graph::EventIndex> claims(
    ) const;

    const Log* log_;
    Stories teller_;
    std::map<graph::ItemId, ItemStory> stories_;
    std::vector<OrderedMove> moves_;  // but for those of what is the same thing
};

}  // namespace suyuan::property
