// SPDX-License-Identifier: Apache-2.0
//
// Stories of goods: they come into being, are shipped, sold, counted, blocked.

#include <algorithm>
#include <cstdint>

#include "graph/fact.h"
#include "tests/property/dice.h"
#include "tests/property/draft.h"
#include "tests/property/world_writer.h"

namespace suyuan::property {

using graph::ItemId;
using graph::SinkKind;

void WorldWriter::tell_birth() {
    const ItemId item = anything();
    const Place place = place_of(item);
    auto event = next_event().create(item, place, some_amount());
    if (dice_.chance(30)) {
        event.stated();
    }
    if (dice_.chance(40)) {
        event.create(goods(), place, some_amount()).in_unit(1);
    }
}

void WorldWriter::tell_shipment() {
    const ItemId item = anything();
    const Place from = place_of(item);
    const Place to = some_place();
    const Amount amount = some_amount();
    Place named = to;
    named.owner = dice_.chance(20) ? 0 : to.owner;
    named.site = dice_.chance(30) ? 0 : to.site;
    auto departure = next_event().depart(item, from, named, amount);
    if (dice_.chance(20)) {
        departure.stated();
    }
    pass_time();
    Place origin = from;
    origin.owner = dice_.chance(30) ? 0 : from.owner;
    origin.site = dice_.chance(50) ? 0 : from.site;
    auto arrival = next_event().arrive(item, origin, to, dice_.chance(70) ? amount : some_amount());
    if (dice_.chance(20)) {
        arrival.stated();
    }
    put(item, to);
}

void WorldWriter::tell_split_shipment() {
    const ItemId item = goods();
    const Place from = place_of(item);
    const Place to = some_place();
    next_event().depart(item, from, {to.owner, 0}, 20);
    for (std::int64_t parts = dice_.between(1, 3); parts > 0; --parts) {
        pass_time();
        const Place there{to.owner, dice_.chance(50) ? to.site : some_place().site};
        next_event().arrive(item, from, there, 5);
        put(item, there);
    }
}

// Tied by a paper, and so whatever the clocks say.
void WorldWriter::tell_linked_shipment() {
    const ItemId item = anything();
    const Place from = place_of(item);
    const Place to = some_place();
    const auto paper = static_cast<std::uint32_t>(dice_.between(1, 4));
    next_event().depart(item, from, dice_.chance(40) ? kNowhere : to, some_amount()).paper(paper);
    if (dice_.chance(70)) {
        shift_time(-12, -3);  // the receiver's clock is slow
    } else {
        shift_time(0, 6);
    }
    const auto receipts = dice_.between(1, 2);
    for (std::int64_t i = 0; i < receipts; ++i) {
        auto event =
            next_event().arrive(item, dice_.chance(60) ? kNowhere : from, to, some_amount());
        event.paper(paper);
        if (dice_.chance(15)) {
            event.paper(static_cast<std::uint32_t>(dice_.between(1, 4)));
        }
    }
    put(item, to);
}

void WorldWriter::tell_return() {
    const ItemId item = goods();
    const Place from = place_of(item);
    const Place to = some_place();
    const Amount amount = some_amount();
    next_event().depart(item, from, to, amount);
    pass_time();
    next_event().arrive(item, from, to, amount);
    if (dice_.chance(40)) {
        pass_time();
        next_event().block(item, dice_.chance(50) ? kNowhere : to);
    }
    pass_time();
    auto back = next_event().depart(item, to, from, amount);
    if (dice_.chance(70)) {
        back.is_return();
    }
    pass_time();
    if (dice_.chance(70)) {
        next_event().arrive(item, to, from, amount);
    }
    put(item, from);
}

// All of it goes, and then more comes and goes: what the certain reach must not confuse.
void WorldWriter::tell_selling_out() {
    const ItemId item = amount();
    const Place place = some_place();
    const Place next = some_place();
    next_event().create(item, place, 10);
    pass_time();
    if (dice_.chance(50)) {
        next_event().sink(item, SinkKind::kSold, place, 10);
    } else {
        next_event().depart(item, place, next, 10);
    }
    if (dice_.chance(60)) {
        pass_time(5);
        next_event().arrive(item, kNowhere, place, 5);
        pass_time();
        next_event().depart(item, place, next, 5);
    }
    put(item, place);
}

void WorldWriter::tell_unreceived() {
    const ItemId item = anything();
    const Place from = place_of(item);
    const Place to = some_place();
    if (dice_.chance(30)) {
        next_event().arrive(item, dice_.chance(50) ? kNowhere : some_place(), to, some_amount());
        put(item, to);
        return;
    }
    next_event().depart(item, from, dice_.chance(20) ? kNowhere : to, some_amount());
    if (dice_.chance(60)) {  // but it is sold there
        pass_time();
        next_event().sink(item, SinkKind::kSold, to, some_amount());
    }
    put(item, to);
}

// Each buyer keeps a ledger of what it bought; none says where its supplier stood, or not always.
void WorldWriter::tell_purchases() {
    const ItemId item = anything();
    Place from = place_of(item);
    for (std::int64_t buyers = dice_.between(1, 3); buyers > 0; --buyers) {
        const Place to = some_place();
        const Place said{dice_.chance(10) ? 0 : from.owner, dice_.chance(60) ? 0 : from.site};
        auto receipt = next_event().arrive(item, said, to, some_amount());
        if (dice_.chance(30)) {
            receipt.stated();
        }
        pass_time();
        from = dice_.chance(80) ? to : some_place();
    }
    put(item, from);
}

// No paper ties them, and the receiver's clock is slow: most often by the same, delivery by
// delivery.
void WorldWriter::tell_slow_clock() {
    const ItemId item = goods();
    const Place from = place_of(item);
    const Place to = some_place();
    const std::int64_t slow = dice_.one_of({1, 1, 2, 3, 4, 5});
    for (std::int64_t deliveries = dice_.between(1, 3); deliveries > 0; --deliveries) {
        const Amount amount = some_amount();
        now_ += slow;
        next_event().depart(item, from, {to.owner, dice_.chance(50) ? 0 : to.site}, amount);
        now_ = std::max<std::int64_t>(0, now_ - slow);
        next_event().arrive(
            item,
            {from.owner, dice_.chance(50) ? 0 : from.site},
            to,
            dice_.chance(80) ? amount : some_amount()
        );
        shift_time(1, 12);
    }
    put(item, to);
}

// What the seller's one named site holds is counted after some was sold from no site said.
void WorldWriter::tell_counted_seller() {
    const ItemId item = amount();
    const Place seller = some_place();
    next_event().arrive(item, {1 + seller.owner % 3, 0}, seller, 20);
    for (std::int64_t sales = dice_.between(1, 2); sales > 0; --sales) {
        pass_time();
        next_event().arrive(item, {seller.owner, 0}, some_place(), 5);
    }
    pass_time();
    next_event().count(item, seller, 10);
    put(item, seller);
}

// The shipment names no place, and the receipt another supplier: nothing ties them.
void WorldWriter::tell_shipped_to_no_site_said() {
    const ItemId item = amount();
    const Place from = some_place();
    Place to = some_place();
    to.owner = to.owner == 0 ? 1 : to.owner;
    next_event().depart(item, from, {to.owner, 0}, 10);
    pass_time();
    if (dice_.chance(60)) {
        next_event().arrive(item, {1 + from.owner % 3, 0}, to, 10);
        pass_time();
    } else {
        next_event().create(item, to, some_amount());
    }
    put(item, to);
}

// A thing goes from hand to hand, and back; each buyer says who sold it, not always where.
void WorldWriter::tell_thing_bought_on() {
    const ItemId item = dice_.chance(80) ? dice_.one_of(instances_) : container();
    Place from = some_place();
    const Place first = from;
    next_event().arrive(item, {1 + first.owner % 3, 0}, first, 1);
    for (std::int64_t buyers = dice_.between(1, 4); buyers > 0; --buyers) {
        pass_time();
        const Place to = dice_.chance(30) ? first : some_place();
        const bool is_site_said = dice_.chance(25);
        next_event().arrive(
            item,
            {is_site_said && dice_.chance(50) ? 0 : from.owner, is_site_said ? from.site : 0},
            to,
            1
        );
        from = to;
    }
    put(item, from);
}

void WorldWriter::tell_sight() {
    const ItemId item = anything();
    Place place = dice_.chance(50) ? some_place() : place_of(item);
    if (dice_.chance(40)) {  // the same site, as somebody else's
        place = {1 + place_of(item).owner % 3, place_of(item).site};
    }
    auto event = next_event().sight(item, place);
    if (dice_.chance(30)) {
        event.stated();
    }
}

void WorldWriter::tell_count() {
    const ItemId item = goods();
    auto event = next_event().count(item, place_of(item), dice_.one_of({0, 5, 10, 10, -5}));
    if (dice_.chance(25)) {
        event.in_unit(1);
    }
}

void WorldWriter::tell_sink() {
    const ItemId item = anything();
    for (std::int64_t ends = dice_.between(1, 3); ends > 0; --ends) {
        const auto kind =
            dice_.one_of({SinkKind::kSold, SinkKind::kUsed, SinkKind::kDestroyed, SinkKind::kLeft});
        auto event = next_event().sink(item, kind, place_of(item), some_amount());
        if (dice_.chance(15)) {
            event.in_unit(1);
        }
        pass_time();
    }
}

void WorldWriter::tell_block() {
    const ItemId item = goods();
    Place place = place_of(item);
    place.owner = dice_.chance(30) ? 0 : place.owner;
    place.site = dice_.chance(30) ? 0 : place.site;
    auto event = next_event().block(item, place);
    if (dice_.chance(30)) {
        event.sink(item, SinkKind::kSold, place_of(item), some_amount());
    }
    pass_time();
    if (dice_.chance(40)) {
        next_event().release(item, dice_.chance(70) ? place : some_place());
        pass_time();
    }
    if (dice_.chance(70)) {
        auto later = next_event();
        if (dice_.chance(50)) {
            later.sink(item, SinkKind::kSold, place_of(item), some_amount());
        } else {
            later.depart(item, place_of(item), some_place(), some_amount());
        }
    }
}

// Only the buyers tell, and often not from where.
void WorldWriter::tell_bought_although_blocked() {
    const ItemId item = goods();
    const Place from = some_place();
    if (dice_.chance(70)) {
        next_event().create(item, from, some_amount());
        pass_time();
    }
    next_event().block(item, dice_.chance(15) ? Place{from.owner, 0} : from);
    pass_time();
    if (dice_.chance(20)) {
        next_event().release(item, from);
        pass_time();
    }
    for (std::int64_t buyers = dice_.between(1, 2); buyers > 0; --buyers) {
        auto bought = next_event().arrive(
            item, {from.owner, dice_.chance(70) ? 0 : from.site}, some_place(), some_amount()
        );
        if (dice_.chance(10)) {
            bought.is_return();
        }
        pass_time();
    }
}

void WorldWriter::tell_clean_break() {
    const ItemId item = amount();
    next_event().clean_break(item, place_of(item));
}

void WorldWriter::tell_part_of() {
    const ItemId instance = dice_.one_of(instances_);
    auto event = next_event().part_of(instance, amount(), place_of(instance));
    if (dice_.chance(50)) {
        event.create(instance, place_of(instance), 1);
    }
}

void WorldWriter::tell_same_as() {
    const ItemId item = anything();
    const ItemId other = anything();
    next_event().same_as(item, other);
    if (dice_.chance(80)) {
        next_event().not_same_as(other, item);
    }
    if (dice_.chance(20)) {
        next_event().same_as(other, anything());
    }
}

// Any facts whatever, of a few items, in one event.
void WorldWriter::tell_noise() {
    auto event = next_event();
    for (std::int64_t facts = dice_.between(1, 4); facts > 0; --facts) {
        const ItemId item = anything();
        const Place place = dice_.chance(50) ? place_of(item) : some_place();
        switch (dice_.below(10)) {
            case 0:
                event.create(item, place, some_amount());
                break;
            case 1:
            case 2:
                event.depart(
                    item, place, dice_.chance(30) ? kNowhere : some_place(), some_amount()
                );
                break;
            case 3:
            case 4:
                event.arrive(
                    item, dice_.chance(30) ? kNowhere : some_place(), place, some_amount()
                );
                break;
            case 5:
                event.input(item, place, some_amount());
                break;
            case 6:
                event.output(item, place, some_amount());
                break;
            case 7:
                event.pack(item, container(), place, some_amount());
                break;
            case 8:
                event.unpack(item, container(), place, some_amount());
                break;
            default:
                event.sight(item, place);
                break;
        }
    }
    if (dice_.chance(20)) {
        event.stated();
    }
    if (dice_.chance(20)) {
        event.step(dice_.one_of({graph::Step::kShipping, graph::Step::kReceiving}));
    }
    if (dice_.chance(20)) {
        event.process(static_cast<std::uint32_t>(dice_.between(1, 2)));
    }
}

}  // namespace suyuan::property
