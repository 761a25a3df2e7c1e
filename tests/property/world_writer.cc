// SPDX-License-Identifier: Apache-2.0

#include "tests/property/world_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "tests/property/dice.h"
#include "tests/property/draft.h"
#include "tests/property/world.h"

namespace suyuan::property {
namespace {

constexpr std::size_t kEventsMax = 40;
constexpr std::int64_t kDay = 10;  // a "day" of these worlds, in their ticks

}  // namespace

WorldWriter::WorldWriter(std::uint64_t seed) : dice_(seed) {
    world_.kinds.push_back(model::CodeKind::kForeign);
    const auto add = [&](model::CodeKind kind, std::int64_t count, std::vector<ItemId>& list) {
        for (std::int64_t i = 0; i < count; ++i) {
            list.emplace_back(static_cast<std::uint32_t>(world_.kinds.size()));
            world_.kinds.push_back(kind);
        }
    };
    add(model::CodeKind::kLot, dice_.between(2, 4), amounts_);
    add(model::CodeKind::kClass, dice_.between(0, 1), amounts_);
    add(model::CodeKind::kInstance, dice_.between(1, 2), instances_);
    add(model::CodeKind::kContainer, dice_.between(1, 4), containers_);
    owners_ = 1 + dice_.below(3);
    sites_ = 1 + dice_.below(4);
    haste_ = dice_.one_of({1, 1, 1, 1, 20});
    vagueness_ = dice_.one_of({0U, 10U, 10U, 40U});
}

// Every kind of story, or a few only, which then meet the more.
std::vector<WorldWriter::Story> WorldWriter::some_stories() {
    const std::vector<Story> all = {
        &WorldWriter::tell_birth,
        &WorldWriter::tell_shipment,
        &WorldWriter::tell_split_shipment,
        &WorldWriter::tell_linked_shipment,
        &WorldWriter::tell_return,
        &WorldWriter::tell_selling_out,
        &WorldWriter::tell_unreceived,
        &WorldWriter::tell_sight,
        &WorldWriter::tell_count,
        &WorldWriter::tell_sink,
        &WorldWriter::tell_block,
        &WorldWriter::tell_clean_break,
        &WorldWriter::tell_part_of,
        &WorldWriter::tell_counted_seller,
        &WorldWriter::tell_counted_seller,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_shared_process,
        &WorldWriter::tell_shipped_to_no_site_said,
        &WorldWriter::tell_shipped_to_no_site_said,
        &WorldWriter::tell_same_as,
        &WorldWriter::tell_noise,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_shared_process,
        &WorldWriter::tell_relabelling,
        &WorldWriter::tell_rework,
        &WorldWriter::tell_pallet,
        &WorldWriter::tell_nested_pallet,
        &WorldWriter::tell_circle,
        &WorldWriter::tell_two_containers,
        &WorldWriter::tell_carried_departure,
        &WorldWriter::tell_lost_child,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_crate_filled_again,
        &WorldWriter::tell_clean_break,
        &WorldWriter::tell_blocked_cargo,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_sink,
        &WorldWriter::tell_nested_pallet,
        &WorldWriter::tell_counted_seller,
        &WorldWriter::tell_counted_seller,
        &WorldWriter::tell_sink,
        &WorldWriter::tell_crate_filled_again,
        &WorldWriter::tell_blocked_cargo,
        &WorldWriter::tell_blocked_cargo,
        &WorldWriter::tell_blocked_cargo,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_shared_process,
        &WorldWriter::tell_sink,
        &WorldWriter::tell_circle,
        &WorldWriter::tell_nested_pallet,
        &WorldWriter::tell_block,
        &WorldWriter::tell_linked_shipment,
        &WorldWriter::tell_linked_shipment,
        &WorldWriter::tell_purchases,
        &WorldWriter::tell_purchases,
        &WorldWriter::tell_nested_pallet,
        &WorldWriter::tell_slow_clock,
        &WorldWriter::tell_slow_clock,
        &WorldWriter::tell_slow_clock,
        &WorldWriter::tell_thing_bought_on,
        &WorldWriter::tell_thing_bought_on,
        &WorldWriter::tell_same_as,
        &WorldWriter::tell_return,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_carried_departure,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_transformation,
        &WorldWriter::tell_in_steps,
        &WorldWriter::tell_in_steps,
        &WorldWriter::tell_second_trip,
        &WorldWriter::tell_second_trip,
        &WorldWriter::tell_slow_clock,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_received_after_arrival,
        &WorldWriter::tell_part_unpacked,
        &WorldWriter::tell_commissioned_output,
        &WorldWriter::tell_commissioned_output,
        &WorldWriter::tell_commissioned_output,
        &WorldWriter::tell_received_after_arrival,
        &WorldWriter::tell_received_after_arrival,
        &WorldWriter::tell_received_after_arrival,
        &WorldWriter::tell_part_unpacked,
        &WorldWriter::tell_part_unpacked,
        &WorldWriter::tell_part_unpacked,
        &WorldWriter::tell_container_used_up,
        &WorldWriter::tell_container_used_up,
        &WorldWriter::tell_blocked_crate,
        &WorldWriter::tell_owner_by_default,
        &WorldWriter::tell_owner_by_default,
        &WorldWriter::tell_owner_by_default,
        &WorldWriter::tell_of_nobody,
        &WorldWriter::tell_of_nobody,
        &WorldWriter::tell_nested_pallet,
        &WorldWriter::tell_bought_although_blocked,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_pallet_on_one_side,
        &WorldWriter::tell_in_steps,
        &WorldWriter::tell_nested_pallet,
        &WorldWriter::tell_counted_seller,
    };
    if (dice_.chance(80)) {
        return all;
    }
    std::vector<Story> few;
    for (std::int64_t count = dice_.between(2, 5); count > 0; --count) {
        few.push_back(dice_.one_of(all));
    }
    return few;
}

// In some worlds most things have a beginning.
void WorldWriter::tell_births() {
    const unsigned born = dice_.one_of({0U, 30U, 80U});
    for (const auto* items : {&amounts_, &instances_, &containers_}) {
        for (const ItemId item : *items) {
            if (dice_.chance(born)) {
                next_event().create(item, place_of(item), some_amount());
                pass_time(1);
            }
        }
    }
}

World WorldWriter::write() {
    tell_births();
    const std::vector<Story> told = some_stories();
    const std::int64_t stories = dice_.between(3, 30);
    for (std::int64_t i = 0; i < stories || world_.events.size() < 3; ++i) {
        (this->*dice_.one_of(told))();
        shift_time(-8, 10);  // stories overlap
    }
    add_doubles();
    add_versions_in_conflict();
    if (world_.events.size() > kEventsMax - 3) {
        world_.events.resize(kEventsMax - 3);
    }
    shuffle_log();
    add_declarations();
    stretch_time();
    number_records();
    return std::move(world_);
}

EventDraft WorldWriter::next_event() {
    graph::FlowEvent event;
    event.time = model::exactly(now_);
    if (dice_.chance(vagueness_)) {
        const std::int64_t day = (now_ / kDay) * kDay;
        event.time =
            dice_.chance(25) ? model::TimeInterval() : model::TimeInterval{day, day + kDay - 1};
    }
    event.submitter = graph::OperatorId(static_cast<std::uint32_t>(dice_.between(1, 3)));
    // Unlike any other's so far; made alike later, where two records shall be.
    event.identity = dice_.chance(5) ? 0 : world_.events.size() + 1;
    event.content = dice_.chance(5) ? 0 : world_.events.size() + 1;
    world_.events.push_back(event);
    EventDraft draft(world_.events.back());
    decorate(draft);
    return draft;
}

void WorldWriter::decorate(EventDraft draft) {
    if (dice_.chance(12)) {
        draft.vehicle(static_cast<std::uint32_t>(dice_.between(1, 2)));
    }
    if (dice_.chance(12)) {
        draft.person(static_cast<std::uint32_t>(dice_.between(1, 2)));
    }
    if (dice_.chance(8)) {
        draft.event().papers.emplace_back(static_cast<std::uint32_t>(dice_.between(1, 4)));
    }
    if (dice_.chance(8)) {
        draft.paper(static_cast<std::uint32_t>(dice_.between(1, 4)));
    }
    if (dice_.chance(10)) {
        draft.event().custodian =
            graph::OperatorId(static_cast<std::uint32_t>(dice_.between(1, 5)));
    }
}

Place WorldWriter::some_place() {
    const auto owner = static_cast<std::uint32_t>(1 + dice_.below(owners_));
    const auto site = static_cast<std::uint32_t>(1 + dice_.below(sites_));
    // Mostly one operator a site, as in life; now and then two, or nobody knows.
    const std::uint32_t usual = 1 + (site - 1) % static_cast<std::uint32_t>(owners_);
    return {dice_.chance(6) ? 0 : (dice_.chance(70) ? usual : owner), dice_.chance(6) ? 0 : site};
}

Place WorldWriter::place_of(ItemId item) {
    if (!places_.contains(item) || dice_.chance(10)) {
        places_[item] = some_place();
    }
    return places_[item];
}

Amount WorldWriter::some_amount() {
    if (dice_.chance(20)) {
        return std::nullopt;
    }
    return dice_.chance(8) ? dice_.one_of({std::int64_t{0}, std::int64_t{-5}})
                           : dice_.one_of({std::int64_t{5}, std::int64_t{10}, std::int64_t{20}});
}

graph::ItemId WorldWriter::amount() {
    return dice_.one_of(amounts_);
}

graph::ItemId WorldWriter::goods() {
    return dice_.chance(30) ? dice_.one_of(instances_) : amount();
}

graph::ItemId WorldWriter::anything() {
    return dice_.chance(25) ? container() : goods();
}

// Some records are taken back, before or after they are recorded.
void WorldWriter::add_declarations() {
    for (std::size_t count = dice_.below(3); count > 0; --count) {
        graph::FlowEvent declaration;
        const graph::FlowEvent& said = dice_.one_of(world_.events);
        declaration.identity = dice_.chance(10) ? 0 : said.identity;
        declaration.submitter = said.submitter;
        declaration.content = dice_.chance(20) ? said.content : 0;
        declaration.is_error_declaration = true;
        declaration.time = said.time;
        const auto place = static_cast<std::ptrdiff_t>(dice_.below(world_.events.size() + 1));
        world_.events.insert(world_.events.begin() + place, declaration);
    }
}

// Other content under the same identity.
void WorldWriter::add_versions_in_conflict() {
    for (std::size_t count = dice_.below(2); count > 0; --count) {
        graph::FlowEvent version = dice_.one_of(world_.events);
        version.identity = version.identity == 0 ? 900 : version.identity;
        version.content = 1000 + world_.events.size();
        for (graph::Fact& fact : version.facts) {
            fact.millionths += fact.has_quantity ? 5 : 0;
            fact.site = dice_.chance(20) ? graph::SiteId(some_place().site) : fact.site;
        }
        version.is_conflict = true;
        world_.events.push_back(version);
    }
}

// One happening reported by two, or two alike by one.
void WorldWriter::add_doubles() {
    for (std::size_t count = dice_.below(4); count > 0; --count) {
        graph::FlowEvent again = dice_.one_of(world_.events);
        again.identity = 2000 + world_.events.size();
        if (dice_.chance(75)) {
            again.submitter = graph::OperatorId(1 + again.submitter.value() % 3);
        }
        world_.events.push_back(again);
    }
}

// The log is roughly in the order of time; some records come late, in some worlds many.
void WorldWriter::shuffle_log() {
    const unsigned lateness = dice_.one_of({0U, 10U, 10U, 60U});
    std::vector<std::pair<std::int64_t, graph::FlowEvent>> ordered;
    for (graph::FlowEvent& event : world_.events) {
        const std::int64_t said = event.time.first == model::kBeginningOfTime
                                      ? dice_.between(10, now_ + 10)
                                      : event.time.first;
        const std::int64_t late = dice_.chance(lateness) ? dice_.between(0, 60) : 0;
        ordered.emplace_back(said + late, std::move(event));
    }
    std::ranges::stable_sort(ordered, {}, &std::pair<std::int64_t, graph::FlowEvent>::first);
    world_.events.clear();
    for (auto& [place, event] : ordered) {
        world_.events.push_back(std::move(event));
    }
}

// From ticks to microseconds.
void WorldWriter::stretch_time() {
    for (graph::FlowEvent& event : world_.events) {
        if (event.time != model::TimeInterval()) {
            event.time = {event.time.first * kTick, event.time.last * kTick};
        }
    }
}

void WorldWriter::number_records() {
    model::MicrosUtc record_time = 1000;
    for (std::size_t i = 0; i < world_.events.size(); ++i) {
        graph::FlowEvent& event = world_.events[i];
        event.log_index = i + 1;
        event.record = graph::RecordId(i + 1);
        record_time += dice_.chance(30) ? 0 : 10;
        event.record_time = record_time;
    }
}

}  // namespace suyuan::property
