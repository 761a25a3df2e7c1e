// SPDX-License-Identifier: Apache-2.0
//
// Worlds drawn by hand: `draft.at(2).depart(beef, farm, shop, 100)`. Owner n runs site n unless
// said otherwise.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "tests/property/world.h"
#include "trace/question.h"

namespace suyuan::property {

struct Place {
    std::uint32_t owner = 0;
    std::uint32_t site = 0;
};

inline constexpr Place kNowhere{};

using Amount = std::optional<std::int64_t>;

// One event being written. Lifetime: until the next event of the draft is begun.
class EventDraft {
public:
    explicit EventDraft(graph::FlowEvent& event) : event_(&event) {}

    EventDraft& create(graph::ItemId item, Place place, Amount amount = std::nullopt);
    EventDraft& depart(graph::ItemId item, Place from, Place to, Amount amount = std::nullopt);
    EventDraft& arrive(graph::ItemId item, Place from, Place to, Amount amount = std::nullopt);
    EventDraft& input(graph::ItemId item, Place place, Amount amount = std::nullopt);
    EventDraft& output(graph::ItemId item, Place place, Amount amount = std::nullopt);
    EventDraft& sink(
        graph::ItemId item, graph::SinkKind sink, Place place, Amount amount = std::nullopt
    );
    EventDraft& sight(graph::ItemId item, Place place);
    EventDraft& count(graph::ItemId item, Place place, std::int64_t amount);
    // As an aggregation event says it: the container is sighted too.
    EventDraft& pack(
        graph::ItemId child, graph::ItemId container, Place place, Amount amount = std::nullopt
    );
    EventDraft& unpack(
        graph::ItemId child, graph::ItemId container, Place place, Amount amount = std::nullopt
    );
    EventDraft& unpack_all(graph::ItemId container, Place place);
    EventDraft& block(graph::ItemId item, Place place);
    EventDraft& release(graph::ItemId item, Place place);
    EventDraft& clean_break(graph::ItemId item, Place place);
    EventDraft& part_of(graph::ItemId instance, graph::ItemId lot, Place place);
    EventDraft& same_as(graph::ItemId item, graph::ItemId other);
    EventDraft& not_same_as(graph::ItemId item, graph::ItemId other);

    EventDraft& paper(std::uint32_t paper);  // one that links
    EventDraft& vehicle(std::uint32_t vehicle);
    EventDraft& person(std::uint32_t person);
    EventDraft& process(std::uint32_t process);
    EventDraft& continuous();
    EventDraft& mapping(graph::ItemId output, std::vector<graph::ItemId> inputs);
    EventDraft& stated();                     // owners of the facts so far
    EventDraft& is_return();                  // departures and receipts so far
    EventDraft& in_unit(std::uint32_t unit);  // quantities of the facts so far
    EventDraft& step(graph::Step step);       // of departures and receipts so far
    EventDraft& observed();                   // packs so far

    [[nodiscard]] graph::FlowEvent& event() { return *event_; }

private:
    graph::Fact& add(graph::FactKind kind, graph::ItemId item, Place place, Amount amount);

    graph::FlowEvent* event_;
};

// Events get log indexes in the order of writing; record time = 1000 × log index.
class WorldDraft {
public:
    graph::ItemId product() { return item(model::CodeKind::kClass); }

    graph::ItemId lot() { return item(model::CodeKind::kLot); }

    graph::ItemId instance() { return item(model::CodeKind::kInstance); }

    graph::ItemId container() { return item(model::CodeKind::kContainer); }

    EventDraft at(model::MicrosUtc moment) { return during(moment, moment); }

    EventDraft during(model::MicrosUtc first, model::MicrosUtc last);

    EventDraft at_any_time() { return during(model::kBeginningOfTime, model::kEndOfTime); }

    // Takes back the record with this identity.
    void declare_error(std::uint64_t identity);

    [[nodiscard]] const World& world() const { return world_; }

private:
    graph::ItemId item(model::CodeKind kind);

    World world_{{}, {model::CodeKind::kForeign}};
};

[[nodiscard]] trace::Question back_from(graph::ItemId item);
[[nodiscard]] trace::Question forward_from(graph::ItemId item);
[[nodiscard]] trace::Question full_from(graph::ItemId item);

}  // namespace suyuan::property
