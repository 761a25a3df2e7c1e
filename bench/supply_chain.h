// SPDX-License-Identifier: Apache-2.0
//
// A made-up food supply chain, told event by event in the order of time: farms and ports, cold
// stores, wholesalers, processors that mix, distributors with pallets and crates, shops that sell
// and send back.
//
// Deterministic: the same seed makes the same events. No event depends on how many are asked for.

#pragma once

#include <cstddef>
#include <cstdint>
#include <queue>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"

namespace suyuan::bench {

enum class Tier : std::uint8_t {
    kSource,
    kColdStore,
    kWholesale,
    kProcessor,
    kDistributor,
    kShop,
};
inline constexpr std::size_t kTiers = 6;

// Small, quick and the same everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() noexcept;
    // From 0 to size - 1.
    std::uint32_t below(std::uint32_t size) noexcept;

    bool chance(std::uint32_t in_a_thousand) noexcept { return below(1'000) < in_a_thousand; }

    // Few large, many small: from 0 to size - 1.
    std::uint32_t skewed(std::uint32_t size) noexcept;

private:
    std::uint64_t state_;
};

class SupplyChain {
public:
    // `event_target` sets how large the world is: about one operator a hundred events.
    SupplyChain(std::size_t event_target, std::uint64_t seed);

    // The next event. Valid until the next call. Kinds of new items are declared to the graph.
    const graph::FlowEvent& next(graph::EventGraph& graph);

    [[nodiscard]] const std::vector<graph::ItemId>& lots() const noexcept { return lots_; }

    // Lots that go into much, such as salt.
    [[nodiscard]] const std::vector<graph::ItemId>& staples() const noexcept { return staples_; }

private:
    enum class Act : std::uint8_t { kHarvest, kArrive, kMoveOn, kProcess, kSell };

    // Something that will happen.
    struct Task {
        model::MicrosUtc time = 0;
        std::uint64_t order = 0;  // among tasks of one time
        Act act = Act::kHarvest;
        graph::ItemId lot;
        std::int64_t millionths = 0;
        std::uint32_t at = 0;    // operator, who runs the site of the same number
        std::uint32_t from = 0;  // of an arrival
        std::uint32_t paper = 0;
        graph::ItemId container;  // 0: loose
        bool is_back = false;     // a return

        friend bool operator>(const Task& a, const Task& b) noexcept {
            return a.time != b.time ? a.time > b.time : a.order > b.order;
        }
    };

    // What a processor has in stock.
    struct Ingredient {
        graph::ItemId lot;
        std::int64_t millionths = 0;
    };

    struct Tiers {
        std::uint32_t first = 0;
        std::uint32_t size = 0;
    };

    void act(const Task& task);
    void harvest(const Task& task);
    void arrive(const Task& task);
    void move_on(const Task& task);
    void process(const Task& task);
    void sell(const Task& task);
    void ship(const Task& task, std::uint32_t to, std::int64_t millionths);
    void pack(const Task& task, graph::ItemId container, std::int64_t millionths);

    graph::FlowEvent& begin(const Task& task, std::uint32_t submitter);
    graph::Fact& add(graph::FactKind kind, graph::ItemId item, std::uint32_t at);
    graph::Fact& add(
        graph::FactKind kind, graph::ItemId item, std::uint32_t at, std::int64_t millionths
    );
    void plan(Task task, model::MicrosUtc after);
    [[nodiscard]] Tier tier_of(std::uint32_t at) const noexcept;
    std::uint32_t someone(Tier tier) noexcept;
    // One of the few that somebody deals with.
    std::uint32_t partner(std::uint32_t of, Tier tier) noexcept;
    graph::ItemId new_item(model::CodeKind kind);
    model::MicrosUtc hours(std::uint32_t most) noexcept;

    Dice dice_;
    std::vector<Tiers> tiers_;
    std::vector<std::vector<Ingredient>> ingredients_;  // by operator
    std::vector<graph::ItemId> crates_;                 // used again and again
    std::priority_queue<Task, std::vector<Task>, std::greater<>> tasks_;
    std::vector<graph::FlowEvent> told_;  // made and not handed out yet
    std::size_t handed_out_ = 0;
    std::vector<graph::ItemId> lots_;
    std::vector<graph::ItemId> staples_;
    std::vector<model::CodeKind> new_kinds_;
    graph::FlowEvent event_;
    model::MicrosUtc next_harvest_ = 0;
    model::MicrosUtc harvest_every_ = 0;
    std::uint64_t tasks_planned_ = 0;
    std::uint32_t items_ = 0;
    std::uint32_t declared_items_ = 0;
    std::uint32_t papers_ = 0;
    std::uint32_t processes_ = 0;
    std::uint64_t log_index_ = 0;
};

}  // namespace suyuan::bench
