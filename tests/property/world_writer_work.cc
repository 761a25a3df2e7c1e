// SPDX-License-Identifier: Apache-2.0
//
// Stories of processes and containers.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/fact.h"
#include "tests/property/dice.h"
#include "tests/property/draft.h"
#include "tests/property/world_writer.h"

namespace suyuan::property {

using graph::ItemId;
using graph::SinkKind;

void WorldWriter::tell_transformation() {
    const Place place = some_place();
    auto event = next_event();
    std::vector<ItemId> inputs;
    std::vector<ItemId> outputs;
    for (std::int64_t count = dice_.between(0, 3); count > 0; --count) {
        inputs.push_back(goods());
        event.input(
            inputs.back(), dice_.chance(80) ? place : place_of(inputs.back()), some_amount()
        );
    }
    for (std::int64_t count = dice_.between(0, 3); count > 0; --count) {
        outputs.push_back(goods());
        event.output(outputs.back(), place, some_amount());
        put(outputs.back(), place);
    }
    if (!outputs.empty() && !inputs.empty() && dice_.chance(40)) {
        event.mapping(dice_.one_of(outputs), {dice_.one_of(inputs)});
        if (dice_.chance(30)) {
            event.mapping(dice_.one_of(outputs), {goods()});
        }
    }
}

// One process in several records, out of order as often as not.
void WorldWriter::tell_shared_process() {
    const Place place = some_place();
    const auto process = static_cast<std::uint32_t>(dice_.between(1, 2));
    const bool is_continuous = dice_.chance(75);
    for (std::int64_t records = dice_.between(2, 4); records > 0; --records) {
        auto event = next_event().process(process);
        const ItemId item = goods();
        if (dice_.chance(50)) {
            event.input(item, dice_.chance(80) ? place : place_of(item), some_amount());
        } else {
            event.output(item, place, some_amount());
            put(item, place);
            if (dice_.chance(20)) {
                event.mapping(item, {goods(), goods()});
            }
        }
        if (dice_.chance(25)) {
            event.input(goods(), place, some_amount());
        }
        if (is_continuous && dice_.chance(80)) {
            event.continuous();
        }
        shift_time(-3, 6);
    }
}

void WorldWriter::tell_relabelling() {
    const ItemId item = amount();
    const Place place = place_of(item);
    auto event = next_event().input(item, place, 10).output(item, place, 10);
    if (dice_.chance(30)) {
        event.output(goods(), place, some_amount());
    }
}

void WorldWriter::tell_rework() {
    const ItemId one = amount();
    const ItemId other = goods();
    const Place place = place_of(one);
    next_event().input(one, place, some_amount()).output(other, place, some_amount());
    pass_time();
    next_event().input(other, place, some_amount()).output(one, place, some_amount());
    pass_time();
    if (dice_.chance(50)) {
        next_event().input(one, place, some_amount()).output(other, place, some_amount());
    }
}

void WorldWriter::tell_pallet() {
    const ItemId pallet = container();
    const Place from = place_of(pallet);
    const Place to = some_place();
    const ItemId first = goods();
    const ItemId second = goods();
    auto packing = next_event().pack(first, pallet, from, some_amount());
    if (dice_.chance(50)) {
        packing.pack(second, pallet, from, some_amount());
    }
    pass_time();
    if (dice_.chance(15)) {
        next_event().pack(first, pallet, from, some_amount());
    }
    next_event().depart(pallet, from, to);
    pass_time();
    if (dice_.chance(75)) {
        next_event().arrive(pallet, from, to);
    }
    put(pallet, to);
    put(first, to);
    pass_time();
    if (dice_.chance(30)) {
        next_event().unpack(first, pallet, to, some_amount());
    } else if (dice_.chance(60)) {
        next_event().unpack_all(pallet, to);
    }
    if (dice_.chance(30)) {
        pass_time();
        next_event().depart(pallet, to, some_place());
    }
}

void WorldWriter::tell_nested_pallet() {
    const std::size_t first = dice_.below(containers_.size());
    const auto container_after = [&](std::size_t steps) {
        return containers_[(first + steps) % containers_.size()];
    };
    const ItemId outer = container_after(0);
    const ItemId middle = container_after(1);
    const ItemId thing = goods();
    const Place from = place_of(outer);
    const Place to = some_place();
    if (dice_.chance(90)) {  // three deep
        const ItemId inner = container_after(2);
        next_event().pack(thing, inner, from, some_amount()).pack(inner, middle, from);
        put(inner, to);
    } else {
        next_event().pack(thing, middle, from, some_amount());
    }
    pass_time(3);
    next_event().pack(middle, outer, from);
    pass_time(3);
    next_event().depart(outer, from, to);
    pass_time();
    if (dice_.chance(80)) {
        next_event().arrive(outer, from, to);
    }
    pass_time();
    if (dice_.chance(30)) {
        next_event().unpack(middle, outer, to);
    } else if (dice_.chance(50)) {
        next_event().unpack_all(outer, to);
    }
    put(outer, to);
    put(middle, to);
    put(thing, to);
}

void WorldWriter::tell_circle() {
    const ItemId one = container();
    const ItemId other = container();
    const Place place = place_of(one);
    next_event().pack(one, other, place);
    pass_time(3);
    next_event().pack(other, dice_.chance(70) ? one : container(), place);
    if (dice_.chance(60)) {
        next_event().pack(goods(), other, place, some_amount());
    }
    pass_time();
    next_event().depart(dice_.chance(50) ? one : other, place, some_place());
}

void WorldWriter::tell_two_containers() {
    const ItemId thing = dice_.one_of(instances_);
    const Place place = place_of(thing);
    next_event().pack(thing, container(), place);
    pass_time(4);
    next_event().pack(thing, container(), dice_.chance(70) ? place : some_place());
}

// The despatch lists the pallet and what is on it.
void WorldWriter::tell_carried_departure() {
    const ItemId pallet = container();
    const ItemId thing = goods();
    const Place from = place_of(pallet);
    const Place to = some_place();
    const Amount amount = some_amount();
    next_event().pack(thing, pallet, from, amount);
    pass_time(4);
    next_event().depart(pallet, from, to).depart(thing, from, to, amount);
    pass_time();
    if (dice_.chance(70)) {
        auto arrival = next_event().arrive(pallet, from, to);
        if (dice_.chance(60)) {
            arrival.arrive(thing, dice_.chance(50) ? from : kNowhere, to, amount);
        }
    }
    put(pallet, to);
    put(thing, to);
}

// A child that is never unpacked, but seen, sold or shipped without its container.
void WorldWriter::tell_lost_child() {
    const ItemId pallet = container();
    const ItemId thing = dice_.one_of(instances_);
    const Place from = place_of(pallet);
    const Place to = some_place();
    next_event().pack(thing, pallet, from);
    pass_time(4);
    next_event().depart(pallet, from, to);
    pass_time();
    next_event().arrive(pallet, from, to);
    pass_time();
    const Place elsewhere = dice_.chance(50) ? to : some_place();
    auto seen = next_event();
    switch (dice_.below(4)) {
        case 0:
            seen.sight(thing, elsewhere);
            break;
        case 1:
            seen.sink(thing, SinkKind::kSold, elsewhere, 1);
            break;
        case 2:
            seen.count(thing, elsewhere, 1);
            break;
        default:
            seen.depart(thing, elsewhere, some_place(), 1);
            break;
    }
    pass_time();
    next_event().depart(pallet, to, some_place());
    put(pallet, to);
    put(thing, elsewhere);
}

// One side's records tell of the pallet, the other's of the goods on it.
void WorldWriter::tell_pallet_on_one_side() {
    const ItemId pallet = container();
    const ItemId thing = dice_.chance(70) ? amount() : goods();
    const Place from = place_of(pallet);
    const Place to = some_place();
    const Place named{dice_.chance(20) ? 0 : to.owner, dice_.chance(40) ? 0 : to.site};
    auto packing = next_event().pack(thing, pallet, from, 10);
    if (dice_.chance(30)) {
        packing.pack(thing, container(), from, 5);
    }
    pass_time();
    if (dice_.chance(40)) {
        next_event().depart(pallet, from, named);
        for (std::int64_t receipts = dice_.between(1, 2); receipts > 0; --receipts) {
            pass_time();
            next_event().arrive(
                thing,
                {dice_.chance(40) ? 0 : from.owner, dice_.chance(60) ? 0 : from.site},
                to,
                dice_.one_of({5, 10})
            );
        }
    } else {
        for (std::int64_t shipments = dice_.between(1, 2); shipments > 0; --shipments) {
            next_event().depart(thing, from, named, dice_.one_of({5, 10}));
            pass_time();
        }
        next_event().arrive(pallet, {from.owner, dice_.chance(30) ? 0 : from.site}, to);
        put(pallet, to);
    }
    put(thing, to);
}

// Nobody says that it was emptied.
void WorldWriter::tell_crate_filled_again() {
    const ItemId crate = container();
    Place here = place_of(crate);
    for (std::int64_t trips = dice_.between(1, 2); trips > 0; --trips) {
        next_event().pack(dice_.chance(80) ? amount() : goods(), crate, here, some_amount());
        pass_time(4);
        const Place there = some_place();
        next_event().depart(crate, here, there);
        pass_time();
        next_event().arrive(crate, here, there);
        pass_time();
        here = there;
    }
    next_event().pack(amount(), crate, here, some_amount());
    pass_time();
    next_event().depart(crate, here, some_place());
    put(crate, here);
}

// Something is blocked, as goods, as what is around them or as the lot that they are of, and leaves
// all the same.
void WorldWriter::tell_blocked_cargo() {
    const ItemId crate = container();
    const Place here = place_of(crate);
    const ItemId instance = dice_.one_of(instances_);
    const ItemId lot = amount();
    const ItemId cargo = dice_.chance(50) ? instance : lot;
    if (dice_.chance(60)) {
        next_event().part_of(instance, lot, here);
    }
    next_event().pack(cargo, crate, here, 1);
    pass_time(4);
    const ItemId blocked = dice_.one_of({cargo, crate, lot});
    next_event().block(blocked, dice_.chance(50) ? kNowhere : here);
    pass_time(4);
    if (dice_.chance(20)) {
        next_event().release(blocked, here);
    }
    auto leaving = next_event();
    if (dice_.chance(20)) {
        leaving.sink(cargo, SinkKind::kSold, here, 1);
    } else {
        leaving.depart(crate, here, some_place());
    }
    if (dice_.chance(15)) {
        leaving.is_return();
    }
}

}  // namespace suyuan::property
