// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/id_map.h"
#include "trace/positions.h"
#include "trace/search.h"
#include "trace/view.h"

namespace suyuan::trace {

// Gathers who and what is touched, and when. Lifetime: borrows the view.
class TouchedBook {
public:
    explicit TouchedBook(const View& view) : view_(view) {}

    void add(const Reach& reach, const Positions& positions);
    void add_event(graph::EventIndex event);

    // Each by id.
    void write(Answer& answer);

private:
    class List {
    public:
        void add(std::uint32_t id, const model::TimeInterval& time);
        [[nodiscard]] std::vector<Touched> sorted();

    private:
        IdMap place_of_id_;
        std::vector<Touched> touched_;
    };

    void add_position(const Reach& reach, const ReachedNode& node, const Positions& positions);
    void add_move(const Move& move);

    const View& view_;
    List operators_;
    List sites_;
    List vehicles_;
    List people_;
    IdMap events_;  // those that were added
};

}  // namespace suyuan::trace
