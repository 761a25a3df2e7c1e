// SPDX-License-Identifier: Apache-2.0

#include "bench/supply_chain.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"

namespace suyuan::bench {
namespace {

using graph::Fact;
using graph::FactKind;
using graph::ItemId;

constexpr model::MicrosUtc kHour = 3'600 * model::kMicrosPerSecond;
constexpr model::MicrosUtc kYear = 365 * model::kMicrosPerDay;
constexpr model::MicrosUtc kStart = 1'767'225'600 * model::kMicrosPerSecond;  // 2026-01-01
constexpr std::int64_t kKilogram = 1'000'000;
constexpr graph::UnitId kKilograms{1};

// Events that one harvested lot leads to, about.
constexpr std::size_t kEventsPerHarvest = 60;
// Of a thousand operators, by tier.
constexpr std::array<std::uint32_t, kTiers> kShares = {250, 20, 40, 60, 80, 550};

}  // namespace

std::uint64_t Dice::next() noexcept {
    // SplitMix64.
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

std::uint32_t Dice::below(std::uint32_t size) noexcept {
    return static_cast<std::uint32_t>((next() >> 32) * size >> 32);
}

std::uint32_t Dice::skewed(std::uint32_t size) noexcept {
    return std::min({below(size), below(size), below(size)});
}

SupplyChain::SupplyChain(std::size_t event_target, std::uint64_t seed) : dice_(seed) {
    const auto operators =
        static_cast<std::uint32_t>(std::max<std::size_t>(event_target / 100, 100));
    std::uint32_t first = 1;
    for (const std::uint32_t share : kShares) {
        const std::uint32_t size = std::max(operators * share / 1'000, 2U);
        tiers_.push_back({first, size});
        first += size;
    }
    ingredients_.resize(first);
    const std::size_t crates = std::max<std::size_t>(event_target / 1'000, 10);
    for (std::size_t i = 0; i < crates; ++i) {
        crates_.push_back(new_item(model::CodeKind::kContainer));
    }
    const std::size_t harvests = std::max<std::size_t>(event_target / kEventsPerHarvest, 10);
    harvest_every_ = kYear / static_cast<std::int64_t>(harvests);
    next_harvest_ = kStart;
}

ItemId SupplyChain::new_item(model::CodeKind kind) {
    new_kinds_.push_back(kind);
    return ItemId(++items_);
}

model::MicrosUtc SupplyChain::hours(std::uint32_t most) noexcept {
    return static_cast<std::int64_t>(1 + dice_.below(most)) * kHour +
           static_cast<std::int64_t>(dice_.below(3'600)) * model::kMicrosPerSecond;
}

Tier SupplyChain::tier_of(std::uint32_t at) const noexcept {
    std::size_t tier = kTiers - 1;
    while (tiers_[tier].first > at) {
        --tier;
    }
    return static_cast<Tier>(tier);
}

std::uint32_t SupplyChain::someone(Tier tier) noexcept {
    const Tiers& who = tiers_[static_cast<std::size_t>(tier)];
    return who.first + dice_.skewed(who.size);
}

std::uint32_t SupplyChain::partner(std::uint32_t of, Tier tier) noexcept {
    constexpr std::uint32_t kPartners = 12;
    const Tiers& who = tiers_[static_cast<std::size_t>(tier)];
    Dice choice((std::uint64_t{of} << 8) + dice_.skewed(kPartners));
    return who.first + choice.skewed(who.size);
}

void SupplyChain::plan(Task task, model::MicrosUtc after) {
    task.time += after;
    task.order = ++tasks_planned_;
    tasks_.push(task);
}

graph::FlowEvent& SupplyChain::begin(const Task& task, std::uint32_t submitter) {
    graph::FlowEvent& event = told_.emplace_back();
    event.log_index = ++log_index_;
    event.record = graph::RecordId(log_index_);
    event.record_time = task.time;
    event.submitter = graph::OperatorId(submitter);
    event.identity = log_index_;
    event.content = log_index_;
    event.time = model::exactly(task.time);
    if (dice_.chance(50)) {
        event.time = model::day_of(task.time, 480);
    }
    return event;
}

Fact& SupplyChain::add(FactKind kind, ItemId item, std::uint32_t at) {
    Fact& fact = told_.back().facts.emplace_back();
    fact.kind = kind;
    fact.item = item;
    fact.owner = graph::OperatorId(at);
    fact.site = graph::SiteId(at);
    fact.owner_is_stated = true;
    return fact;
}

Fact& SupplyChain::add(FactKind kind, ItemId item, std::uint32_t at, std::int64_t millionths) {
    Fact& fact = add(kind, item, at);
    fact.has_quantity = true;
    fact.unit = kKilograms;
    fact.millionths = millionths;
    return fact;
}

void SupplyChain::harvest(const Task& task) {
    const bool is_staple = dice_.chance(2);
    Task lot = task;
    lot.lot = new_item(model::CodeKind::kLot);
    lot.at = someone(Tier::kSource);
    lot.millionths = (200 + static_cast<std::int64_t>(dice_.skewed(20'000))) * kKilogram;
    if (is_staple) {
        lot.millionths = 500'000 * kKilogram;
        staples_.push_back(lot.lot);
    }
    lots_.push_back(lot.lot);
    begin(lot, lot.at).people = {graph::PersonId(lot.at)};
    add(FactKind::kCreate, lot.lot, lot.at, lot.millionths);
    if (is_staple) {
        for (std::uint32_t i = 0; i < 40; ++i) {
            ship(lot, someone(Tier::kProcessor), lot.millionths / 50);
        }
        return;
    }
    lot.act = Act::kMoveOn;
    plan(lot, hours(48));
}

void SupplyChain::pack(const Task& task, ItemId container, std::int64_t millionths) {
    begin(task, task.at);
    add(FactKind::kPack, task.lot, task.at, millionths).other = container;
    add(FactKind::kSight, container, task.at);
}

// Loose, on a pallet of its own or in a crate that was used before; now and then a receipt is
// missing.
void SupplyChain::ship(const Task& task, std::uint32_t to, std::int64_t millionths) {
    Task leg = task;
    leg.act = Act::kArrive;
    leg.from = task.at;
    leg.at = to;
    leg.millionths = millionths;
    leg.paper = dice_.chance(600) ? ++papers_ : 0;
    leg.container = ItemId();
    const Tier tier = tier_of(task.at);
    if (!task.is_back && tier >= Tier::kWholesale) {
        if (dice_.chance(150)) {
            leg.container = new_item(model::CodeKind::kContainer);
        } else if (dice_.chance(50)) {
            leg.container = crates_[dice_.below(static_cast<std::uint32_t>(crates_.size()))];
        }
    }
    if (leg.container.value() != 0) {
        pack(task, leg.container, millionths);
    }
    graph::FlowEvent& event = begin(task, task.at);
    event.vehicles = {graph::VehicleId(1 + task.at % 977)};
    if (leg.paper != 0) {
        event.papers = {graph::PaperId(leg.paper)};
        event.linking_papers = event.papers;
    }
    const ItemId moved = leg.container.value() != 0 ? leg.container : task.lot;
    Fact& fact = leg.container.value() != 0 ? add(FactKind::kDepart, moved, task.at)
                                            : add(FactKind::kDepart, moved, task.at, millionths);
    fact.peer_owner = graph::OperatorId(to);
    fact.peer_site = graph::SiteId(to);
    fact.is_return = task.is_back;
    if (!dice_.chance(10)) {
        plan(leg, hours(30));
    }
}

void SupplyChain::arrive(const Task& task) {
    const bool is_boxed = task.container.value() != 0;
    graph::FlowEvent& event = begin(task, task.at);
    event.people = {graph::PersonId(task.at)};
    if (task.paper != 0) {
        event.papers = {graph::PaperId(task.paper)};
        event.linking_papers = event.papers;
    }
    Fact& fact = is_boxed ? add(FactKind::kArrive, task.container, task.at)
                          : add(FactKind::kArrive, task.lot, task.at, task.millionths);
    fact.peer_owner = graph::OperatorId(task.from);
    if (is_boxed) {
        begin(task, task.at);
        add(FactKind::kUnpack, task.lot, task.at, task.millionths).other = task.container;
        add(FactKind::kSight, task.container, task.at);
    }
    Task next = task;
    next.container = ItemId();
    next.act = Act::kMoveOn;
    if (tier_of(task.at) == Tier::kProcessor) {
        ingredients_[task.at].push_back({task.lot, task.millionths});
        next.act = Act::kProcess;
    } else if (tier_of(task.at) == Tier::kShop && !task.is_back) {
        next.act = Act::kSell;
    }
    plan(next, hours(72));
}

void SupplyChain::move_on(const Task& task) {
    const Tier tier = tier_of(task.at);
    if (tier >= Tier::kShop || task.millionths < kKilogram) {
        return;
    }
    const bool is_made = tier == Tier::kProcessor;
    Tier next = static_cast<Tier>(static_cast<std::uint8_t>(tier) + 1);
    if (tier == Tier::kWholesale && dice_.chance(500)) {
        next = Tier::kDistributor;
    }
    const std::uint32_t most = is_made || tier == Tier::kDistributor ? 8 : 3;
    const std::uint32_t parts = 1 + dice_.skewed(most);
    for (std::uint32_t i = 0; i < parts; ++i) {
        ship(task, partner(task.at, next), task.millionths / parts);
    }
}

// When enough lies ready, part of it becomes one to three new lots.
void SupplyChain::process(const Task& task) {
    std::vector<Ingredient>& stock = ingredients_[task.at];
    const std::size_t wanted = 2 + dice_.skewed(6);
    if (stock.size() < wanted) {
        return;
    }
    begin(task, task.at).process =
        dice_.chance(200) ? graph::ProcessId(++processes_) : graph::ProcessId();
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < wanted; ++i) {
        Ingredient& used = stock[stock.size() - 1 - i];
        const std::int64_t amount =
            std::max(used.millionths / 4, std::min(used.millionths, 50 * kKilogram));
        add(FactKind::kInput, used.lot, task.at, amount);
        used.millionths -= amount;
        sum += amount;
    }
    std::erase_if(stock, [](const Ingredient& entry) { return entry.millionths < kKilogram; });
    const std::uint32_t made = 1 + dice_.below(3);
    for (std::uint32_t i = 0; i < made; ++i) {
        Task lot = task;
        lot.act = Act::kMoveOn;
        lot.lot = new_item(model::CodeKind::kLot);
        lot.millionths = sum / (made + 1);
        lots_.push_back(lot.lot);
        add(FactKind::kOutput, lot.lot, task.at, lot.millionths);
        plan(lot, hours(48));
    }
    plan(task, hours(72));
}

void SupplyChain::sell(const Task& task) {
    if (dice_.chance(10)) {
        Task back = task;
        back.is_back = true;
        ship(back, task.from, task.millionths);
        return;
    }
    const std::int64_t sold = dice_.chance(700) ? task.millionths : task.millionths / 2;
    begin(task, task.at);
    add(FactKind::kSink, task.lot, task.at, sold).sink = graph::SinkKind::kSold;
    if (sold < task.millionths) {
        Task rest = task;
        rest.millionths -= sold;
        plan(rest, hours(48));
    }
}

void SupplyChain::act(const Task& task) {
    switch (task.act) {
        case Act::kHarvest:
            harvest(task);
            return;
        case Act::kArrive:
            arrive(task);
            return;
        case Act::kMoveOn:
            move_on(task);
            return;
        case Act::kProcess:
            process(task);
            return;
        case Act::kSell:
            sell(task);
            return;
    }
}

const graph::FlowEvent& SupplyChain::next(graph::EventGraph& graph) {
    while (handed_out_ == told_.size()) {
        told_.clear();
        handed_out_ = 0;
        if (tasks_.empty() || next_harvest_ <= tasks_.top().time) {
            Task harvest_task;
            harvest_task.time = next_harvest_;
            next_harvest_ += harvest_every_;
            act(harvest_task);
        } else {
            const Task task = tasks_.top();
            tasks_.pop();
            act(task);
        }
    }
    for (; declared_items_ < items_; ++declared_items_) {
        graph.declare_item(ItemId(declared_items_ + 1), new_kinds_[declared_items_]);
    }
    event_ = std::move(told_[handed_out_++]);
    return event_;
}

}  // namespace suyuan::bench
