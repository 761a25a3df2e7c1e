// SPDX-License-Identifier: Apache-2.0
//
// Stories of handling: what is told in steps, opened, used up with what is in it, and told of
// without its owner or place.

#include <cstdint>
#include <optional>

#include "graph/fact.h"
#include "tests/property/dice.h"
#include "tests/property/draft.h"
#include "tests/property/world_writer.h"

namespace suyuan::property {

using graph::ItemId;
using graph::SinkKind;
using graph::Step;

// One movement, told as often as it has steps, mostly under one paper.
void WorldWriter::tell_in_steps() {
    const ItemId item = anything();
    const Place from = place_of(item);
    const Place to = some_place();
    const Amount amount = some_amount();
    const auto paper = static_cast<std::uint32_t>(dice_.between(1, 4));
    const bool has_paper = dice_.chance(75);
    const auto tell = [&](EventDraft event, Step step) {
        event.step(step);
        if (has_paper) {
            event.paper(paper);
        }
        pass_time(2);
    };
    tell(next_event().depart(item, from, to, amount), Step::kShipping);
    if (dice_.chance(60)) {
        const Place named = dice_.chance(80) ? to : some_place();
        tell(
            next_event().depart(item, from, named, dice_.chance(70) ? amount : some_amount()),
            dice_.chance(80) ? Step::kDeparting : Step::kConsigning
        );
    }
    for (const Step step : {Step::kArriving, Step::kReceiving, Step::kAccepting}) {
        if (dice_.chance(60)) {
            tell(
                next_event().arrive(
                    item, dice_.chance(30) ? kNowhere : from, to, dice_.chance(70) ? amount : 10
                ),
                step
            );
        }
    }
    put(item, to);
}

// A crate leaves, comes back untold, is filled or not, and leaves once more in another word.
void WorldWriter::tell_second_trip() {
    const ItemId crate = container();
    const Place from = place_of(crate);
    const Place to = some_place();
    const bool have_papers = dice_.chance(65);
    std::uint32_t paper = 1;
    for (const Step step : {Step::kShipping, Step::kDeparting}) {
        if (dice_.chance(85)) {
            next_event().pack(goods(), crate, from, some_amount());
            pass_time(2);
        }
        auto trip = next_event().depart(crate, from, to);
        trip.step(step);
        if (have_papers || dice_.chance(20)) {
            trip.paper(paper++);
        }
        pass_time(4);
        if (dice_.chance(30)) {
            next_event().sight(crate, dice_.chance(50) ? from : to);
        }
    }
    if (dice_.chance(70)) {
        next_event().arrive(crate, from, to).step(Step::kArriving);
    }
    put(crate, to);
}

// What was made is commissioned too, before or after.
void WorldWriter::tell_commissioned_output() {
    const ItemId item = goods();
    const Place place = place_of(item);
    const Amount amount = some_amount();
    auto making = next_event().output(item, place, amount);
    if (dice_.chance(60)) {
        making.input(goods(), place, some_amount());
    }
    for (std::int64_t creations = dice_.between(1, 2); creations > 0; --creations) {
        shift_time(-4, 2);
        next_event().create(item, place, dice_.chance(90) ? amount : some_amount());
    }
}

// The pallet arrives, and then the goods on it are received.
void WorldWriter::tell_received_after_arrival() {
    const ItemId pallet = container();
    const ItemId thing = goods();
    const Place from = place_of(pallet);
    const Place to = some_place();
    const Amount amount = some_amount();
    const auto paper = static_cast<std::uint32_t>(dice_.between(1, 4));
    next_event().pack(thing, pallet, from, amount);
    pass_time(4);
    next_event().depart(pallet, from, to);
    pass_time();
    next_event().arrive(pallet, from, to).step(Step::kArriving).paper(paper);
    pass_time(2);
    auto receipt =
        next_event().arrive(thing, dice_.chance(85) ? kNowhere : from, to, amount).paper(paper);
    if (dice_.chance(90)) {
        receipt.step(dice_.chance(80) ? Step::kReceiving : Step::kArriving);
    }
    put(pallet, to);
    put(thing, to);
}

// Some is taken out, or somebody looks inside, and the rest travels on.
void WorldWriter::tell_part_unpacked() {
    const ItemId crate = container();
    const ItemId thing = dice_.chance(90) ? amount() : goods();
    const Place from = place_of(crate);
    const Place to = some_place();
    next_event().pack(
        thing, crate, from, dice_.one_of<Amount>({10, 20, std::nullopt, std::nullopt})
    );
    pass_time(4);
    if (dice_.chance(70)) {
        auto look = next_event().pack(thing, crate, from, dice_.one_of({10, 20}));
        if (dice_.chance(90)) {
            look.observed();
        }
        pass_time(2);
    }
    if (dice_.chance(80)) {
        next_event().unpack(thing, crate, from, dice_.one_of({0, 5, 5, 10}));
        pass_time(4);
    }
    next_event().depart(crate, from, to);
    pass_time();
    next_event().arrive(crate, from, to);
    put(crate, to);
    put(thing, to);
    if (dice_.chance(40)) {
        pass_time();
        next_event().unpack(thing, crate, to, dice_.one_of({5, 10}));
    }
}

// A pail goes into the kettle, or to the bin, with all that is in it.
void WorldWriter::tell_container_used_up() {
    const ItemId pail = container();
    const ItemId thing = goods();
    const Place place = place_of(pail);
    next_event().pack(thing, pail, place, some_amount());
    ItemId used = pail;
    if (dice_.chance(30)) {
        pass_time(2);
        used = container();
        next_event().pack(pail, used, place);
    }
    pass_time(4);
    auto event = next_event();
    if (dice_.chance(50)) {
        const ItemId made = goods();
        event.input(used, place).output(made, place, some_amount());
        if (dice_.chance(40)) {
            event.mapping(made, {dice_.one_of({used, thing, goods()})});
        }
        if (dice_.chance(25)) {
            event.process(static_cast<std::uint32_t>(dice_.between(1, 2)));
        }
    } else {
        event.sink(
            used,
            dice_.one_of({SinkKind::kSold, SinkKind::kUsed, SinkKind::kDestroyed, SinkKind::kLeft}),
            place
        );
    }
    if (dice_.chance(15)) {
        event.input(thing, place, some_amount());
    }
    if (dice_.chance(50)) {
        pass_time(4);
        next_event().depart(pail, place, some_place());
    }
}

// A crate is blocked; what is in it is sold, or leaves with it.
void WorldWriter::tell_blocked_crate() {
    const ItemId crate = container();
    const ItemId thing = goods();
    const Place place = place_of(crate);
    next_event().pack(thing, crate, place, some_amount());
    pass_time(4);
    next_event().block(crate, dice_.chance(50) ? kNowhere : place);
    pass_time(4);
    if (dice_.chance(40)) {
        next_event().release(crate, dice_.chance(50) ? kNowhere : place);
        pass_time(4);
    }
    auto leaving = next_event();
    if (dice_.chance(60)) {
        leaving.sink(thing, SinkKind::kSold, place, some_amount());
    } else {
        leaving.depart(dice_.chance(50) ? thing : crate, place, some_place());
    }
}

// Whoever keeps the records of a site says no owner, and keeps what is another's.
void WorldWriter::tell_owner_by_default() {
    const ItemId item = goods();
    Place from = some_place();
    Place to = some_place();
    from.site = from.site == 0 ? 1 : from.site;
    to.site = to.site == 0 ? 1 : to.site;
    const bool has_paper = dice_.chance(40);
    const bool is_site_said = !has_paper || dice_.chance(50);
    const auto paper = static_cast<std::uint32_t>(dice_.between(1, 4));
    const auto other_than = [](std::uint32_t owner) { return 1 + owner % 3; };
    Place named = to;
    Place origin = from;
    if (dice_.chance(65)) {
        named = {other_than(to.owner), is_site_said ? to.site : 0};
    } else {
        origin = {other_than(from.owner), is_site_said ? from.site : 0};
    }
    auto departure = next_event().depart(item, from, named, 10);
    if (has_paper) {
        departure.paper(paper);
    }
    if (dice_.chance(15)) {
        departure.stated();
    }
    pass_time();
    if (dice_.chance(20)) {  // nobody says that it came
        next_event().sink(item, SinkKind::kSold, to, 5);
    } else {
        auto arrival = next_event().arrive(item, origin, to, 10);
        if (has_paper) {
            arrival.paper(paper);
        }
        if (dice_.chance(15)) {
            arrival.stated();
        }
    }
    put(item, to);
}

// A record with neither owner nor site.
void WorldWriter::tell_of_nobody() {
    const ItemId item = amount();
    const Place place = some_place();
    if (dice_.chance(70)) {
        next_event().create(item, place, 10);
        pass_time();
    }
    auto event = next_event();
    if (dice_.chance(70)) {
        event.input(item, kNowhere, some_amount());
        event.output(goods(), dice_.chance(50) ? kNowhere : place, some_amount());
    } else {
        event.create(item, kNowhere, some_amount());
    }
    pass_time();
    if (dice_.chance(50)) {
        next_event().sink(item, SinkKind::kSold, some_place(), 5);
    }
}

}  // namespace suyuan::property
