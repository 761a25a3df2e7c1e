// SPDX-License-Identifier: Apache-2.0
//
// Where a question starts: docs/tracing.md section 6.

#pragma once

#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "trace/item_flow.h"
#include "trace/ledger.h"
#include "trace/positions.h"
#include "trace/question.h"
#include "trace/search.h"

namespace suyuan::trace {

// Each position once, with the earliest (backward: latest) of its moments.
[[nodiscard]] std::vector<SeedMoment> find_seeds(
    Sense sense, const Question& question, Positions& positions, Ledger& ledger
);

// The effective events that a seed names: those of a paper, vehicle or person that possibly meet
// the window.
[[nodiscard]] std::vector<graph::EventIndex> named_events(
    const Question& question, const View& view
);

// Collects seeds. Lifetime: borrows the positions.
class SeedBed {
public:
    SeedBed(Sense sense, Positions& positions) : sense_(sense), positions_(positions) {}

    [[nodiscard]] bool is_forward() const noexcept { return sense_ == Sense::kForward; }

    // The end of a time that the search starts from.
    [[nodiscard]] model::MicrosUtc start_of(const model::TimeInterval& time) const noexcept {
        return is_forward() ? time.first : time.last;
    }

    // That, within a window.
    [[nodiscard]] model::MicrosUtc start_of(const model::TimeInterval& time, const Window& window)
        const noexcept {
        return is_forward() ? std::max(window.from, time.first) : std::min(window.to, time.last);
    }

    void plant(const Position& position, model::MicrosUtc moment) {
        seeds_.push_back({positions_.of(position), moment});
    }

    [[nodiscard]] std::vector<SeedMoment> harvest();

private:
    Sense sense_;
    Positions& positions_;
    std::vector<SeedMoment> seeds_;
};

// Items with their instances and contents.
void plant_items(const ItemSeed& seed, const Question& question, Flows& flows, SeedBed& bed);

// The facts of events, of what their containers held, and where their departures went.
void plant_events(const std::vector<graph::EventIndex>& events, Flows& flows, SeedBed& bed);

// What was with an owner or at a site.
struct Place {
    graph::Chain facts = graph::Chain::kOwner;      // where facts name it
    graph::Chain peers = graph::Chain::kPeerOwner;  // where departures do
    std::uint32_t id = 0;

    [[nodiscard]] bool has(const Spot& spot) const noexcept {
        return facts == graph::Chain::kOwner ? spot.owner.value() == id : spot.site.value() == id;
    }
};

void plant_place(
    const Place& place, const Window& window, Positions& positions, Ledger& ledger, SeedBed& bed
);

}  // namespace suyuan::trace
