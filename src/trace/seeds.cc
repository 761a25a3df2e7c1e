// SPDX-License-Identifier: Apache-2.0

#include "trace/seeds.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "trace/flows.h"
#include "trace/ledger.h"
#include "trace/positions.h"
#include "trace/question.h"
#include "trace/search.h"
#include "trace/sense.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

// One case for each kind of seed.
class Sower {
public:
    Sower(const Question& question, Positions& positions, Ledger& ledger, SeedBed& bed)
        : question_(question), positions_(positions), ledger_(ledger), bed_(bed) {}

    void operator()(const ItemSeed& seed) const {
        plant_items(seed, question_, positions_.flows(), bed_);
    }

    void operator()(const PaperSeed& /*seed*/) const { sow_events(); }

    void operator()(const VehicleSeed& /*seed*/) const { sow_events(); }

    void operator()(const PersonSeed& /*seed*/) const { sow_events(); }

    void operator()(const OperatorSeed& seed) const {
        sow_place({graph::Chain::kOwner, graph::Chain::kPeerOwner, seed.owner.value()});
    }

    void operator()(const SiteSeed& seed) const {
        sow_place({graph::Chain::kSite, graph::Chain::kPeerSite, seed.site.value()});
    }

private:
    void sow_events() const {
        Flows& flows = positions_.flows();
        plant_events(named_events(question_, flows.view()), flows, bed_);
    }

    void sow_place(const Place& place) const {
        plant_place(place, question_.window, positions_, ledger_, bed_);
    }

    const Question& question_;
    Positions& positions_;
    Ledger& ledger_;
    SeedBed& bed_;
};

}  // namespace

std::vector<SeedMoment> SeedBed::harvest() {
    std::ranges::sort(seeds_, {}, [this](const SeedMoment& seed) {
        return std::pair(seed.node, ticks(sense_, seed.moment));
    });
    const auto repeated = std::ranges::unique(seeds_, {}, &SeedMoment::node);
    seeds_.erase(repeated.begin(), repeated.end());
    return std::move(seeds_);
}

std::vector<graph::EventIndex> named_events(const Question& question, const View& view) {
    std::vector<graph::EventIndex> events;
    if (const auto* paper = std::get_if<PaperSeed>(&question.seed)) {
        events = view.events_of(graph::Chain::kPaper, paper->paper.value());
    } else if (const auto* vehicle = std::get_if<VehicleSeed>(&question.seed)) {
        events = view.events_of(graph::Chain::kVehicle, vehicle->vehicle.value());
    } else if (const auto* person = std::get_if<PersonSeed>(&question.seed)) {
        events = view.events_of(graph::Chain::kPerson, person->person.value());
    }
    std::erase_if(events, [&](graph::EventIndex event) {
        const model::TimeInterval& time = view.graph().event(event).time;
        return time.first > question.window.to || time.last < question.window.from;
    });
    return events;
}

std::vector<SeedMoment> find_seeds(
    Sense sense, const Question& question, Positions& positions, Ledger& ledger
) {
    SeedBed bed(sense, positions);
    std::visit(Sower(question, positions, ledger, bed), question.seed);
    return bed.harvest();
}

}  // namespace suyuan::trace
