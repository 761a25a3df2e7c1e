// SPDX-License-Identifier: Apache-2.0
//
// Writes a random world's events: short stories of things that happen in trade, and plain noise,
// told about so few items and places that the stories meet.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/dice.h"
#include "tests/property/draft.h"
#include "tests/property/world.h"

namespace suyuan::property {

class WorldWriter {
public:
    explicit WorldWriter(std::uint64_t seed);

    [[nodiscard]] World write();

private:
    using ItemId = graph::ItemId;
    using Story = void (WorldWriter::*)();

    // Goods on the move (world_writer_goods.cc).
    void tell_birth();
    void tell_shipment();
    void tell_split_shipment();
    void tell_linked_shipment();
    void tell_return();
    void tell_selling_out();
    void tell_unreceived();
    void tell_purchases();
    void tell_slow_clock();
    void tell_thing_bought_on();
    void tell_counted_seller();
    void tell_shipped_to_no_site_said();
    void tell_sight();
    void tell_count();
    void tell_sink();
    void tell_block();
    void tell_bought_although_blocked();
    void tell_clean_break();
    void tell_part_of();
    void tell_same_as();
    void tell_noise();

    // What is told in steps, opened, used up, or without owner or place
    // (world_writer_handling.cc).
    void tell_in_steps();
    void tell_second_trip();
    void tell_commissioned_output();
    void tell_received_after_arrival();
    void tell_part_unpacked();
    void tell_container_used_up();
    void tell_blocked_crate();
    void tell_owner_by_default();
    void tell_of_nobody();

    // Processes and containers (world_writer_work.cc).
    void tell_transformation();
    void tell_shared_process();
    void tell_pallet_on_one_side();
    void tell_crate_filled_again();
    void tell_blocked_cargo();
    void tell_relabelling();
    void tell_rework();
    void tell_pallet();
    void tell_nested_pallet();
    void tell_circle();
    void tell_two_containers();
    void tell_carried_departure();
    void tell_lost_child();

    [[nodiscard]] std::vector<Story> some_stories();
    void tell_births();

    // Records about records (world_writer.cc).
    void add_declarations();
    void add_versions_in_conflict();
    void add_doubles();
    void shuffle_log();
    void stretch_time();
    void number_records();

    // An event a little after the last one, at a moment, on a day or at any time.
    EventDraft next_event();

    // Moves the story's clock on (or back, but never before the first day).
    void pass_time(std::int64_t most = 6) { shift_time(0, most); }

    void shift_time(std::int64_t least, std::int64_t most) {
        now_ = std::max<std::int64_t>(0, now_ + dice_.between(least, most) / haste_);
    }

    Place some_place();
    Place place_of(ItemId item);

    void put(ItemId item, Place place) { places_[item] = place; }

    Amount some_amount();
    ItemId goods();   // a lot, class or instance
    ItemId amount();  // a lot or class

    ItemId container() { return dice_.one_of(containers_); }

    ItemId anything();
    void decorate(EventDraft draft);

    Dice dice_;
    World world_;
    std::vector<ItemId> amounts_;
    std::vector<ItemId> instances_;
    std::vector<ItemId> containers_;
    std::map<ItemId, Place> places_;
    std::size_t owners_ = 3;
    std::size_t sites_ = 3;
    std::int64_t now_ = 10;
    std::int64_t haste_ = 1;   // great: everything happens at once
    unsigned vagueness_ = 10;  // percent of events whose time is a day or unknown
};

}  // namespace suyuan::property
