// SPDX-License-Identifier: Apache-2.0

#include "province/book.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "province/calendar.h"
#include "province/codes.h"
#include "province/dice.h"
#include "province/faults.h"
#include "province/life.h"
#include "province/roster.h"

namespace suyuan::province {
namespace {

using model::Event;
using model::EventAction;
using model::EventKind;
using model::ItemRole;
using model::MicrosUtc;

constexpr std::uint32_t kContainersMax = 64;  // of one life
constexpr std::int64_t kMillionthsPerMilli = 1'000;

void add_goods(Event& event, ItemRole role, const std::vector<Goods>& goods) {
    for (const Goods& entry : goods) {
        model::EventItem& item = event.items.emplace_back();
        item.role = role;
        item.code = entry.code;
        item.is_class = entry.milli != 0;
        if (item.is_class) {
            item.quantity =
                model::Quantity{{entry.milli * kMillionthsPerMilli}, std::string(entry.unit)};
        }
    }
}

void add_party(std::vector<model::EventParty>& parties, const Holding& holding) {
    parties.push_back({"owning_party", holding.owner});
    if (!holding.custodian.empty()) {
        parties.push_back({"possessing_party", holding.custodian});
    }
    parties.push_back({"location", holding.site});
}

std::string gln_of(const Holding& holding) {
    return gln(holding.site_number);
}

}  // namespace

Book::Book(const Roster& roster, const Cover& cover)
    : roster_(roster), cover_(cover), dice_({cover.seed, cover.life, 0xB00C}) {
    life_.number = cover.life;
}

std::string Book::next_number() {
    return format("{}-{:07}-{:02}", day_digits(cover_.day), cover_.life, ++number_count_);
}

std::string Book::next_note() {
    return "DN" + next_number();
}

std::string Book::next_container() {
    SUYUAN_ASSERT(container_count_ < kContainersMax);
    return container_uri(cover_.life * kContainersMax + container_count_++);
}

Event Book::begin(EventKind kind, EventAction action, MicrosUtc when, std::string_view step) {
    Event event;
    event.kind = kind;
    event.action = action;
    event.event_time = when + static_cast<MicrosUtc>(dice_.below(60)) * model::kMicrosPerSecond;
    event.offset_minutes = kOffsetMinutes;
    event.biz_step = step;
    return event;
}

Event Book::observe_at(MicrosUtc when, const Holding& at, std::string_view step) {
    Event event = begin(EventKind::kObject, EventAction::kObserve, when, step);
    event.biz_location = at.site;
    event.owner = at.owner;
    event.custodian = at.custodian;
    return event;
}

void Book::end(Event event, bool is_double) {
    event.event_id = format(
        "https://ns.suyuan.example/province/{}/{}/{}", cover_.seed, cover_.life, ++event_count_
    );
    life_.reports.push_back({std::move(event), is_double});
}

void Book::create(
    MicrosUtc when, const Holding& at, const std::vector<Goods>& goods, Papers papers
) {
    if (is_over(when)) {
        return;
    }
    Event event = observe_at(when, at, "commissioning");
    event.action = EventAction::kAdd;
    event.disposition = "active";
    event.papers = std::move(papers);
    event.people = {roster_.person(at.owner_number, dice_)};
    add_goods(event, ItemRole::kObject, goods);
    end(std::move(event));
}

Event Book::shipment(
    MicrosUtc when, const Holding& from, const Holding& to, const std::vector<Goods>& goods
) {
    Event event = begin(EventKind::kObject, EventAction::kObserve, when, "shipping");
    event.disposition = "in_transit";
    event.read_point = from.site;
    add_party(event.sources, from);
    add_party(event.destinations, to);
    event.vehicles = {roster_.vehicle(from.owner_number, dice_)};
    event.people = {roster_.person(from.owner_number, dice_)};
    add_goods(event, ItemRole::kObject, goods);
    return event;
}

Event Book::receipt(
    MicrosUtc when, const Holding& from, const Holding& to, const std::vector<Goods>& goods
) {
    Event event = begin(EventKind::kObject, EventAction::kObserve, when, "receiving");
    event.disposition = "in_progress";
    event.biz_location = to.site;
    if (!from.owner.empty()) {
        add_party(event.sources, from);
    }
    add_party(event.destinations, to);
    event.people = {roster_.person(to.owner_number, dice_)};
    add_goods(event, ItemRole::kObject, goods);
    return event;
}

void Book::ship(
    MicrosUtc when,
    const Holding& from,
    const Holding& to,
    const std::vector<Goods>& goods,
    std::string_view note
) {
    if (is_over(when)) {
        return;
    }
    Event event = shipment(when, from, to, goods);
    event.papers = {{"desadv", paper_uri(gln_of(from), note)}};
    end(std::move(event));
}

void Book::receive(
    MicrosUtc when,
    const Holding& from,
    const Holding& to,
    const std::vector<Goods>& goods,
    std::string_view note
) {
    if (is_over(when)) {
        return;
    }
    Event event = receipt(when, from, to, goods);
    const Holding& issuer = from.owner.empty() ? to : from;
    event.papers = {{"desadv", paper_uri(gln_of(issuer), note)}};
    end(std::move(event));
}

bool Book::happens(std::uint32_t in_a_thousand, Fault fault) {
    if (!dice_.chance(in_a_thousand)) {
        return false;
    }
    ++life_.faults.at(static_cast<std::size_t>(fault));
    return true;
}

void Book::write_receipt(Event receipt, const Delivery& way, std::vector<Goods>& goods) {
    const FaultRates rates = way.is_faultless ? kNoFaults : cover_.rates;
    if (happens(rates.missing_receipt, Fault::kMissingReceipt)) {
        return;
    }
    const bool has_amount = goods.front().milli != 0;
    if (has_amount && happens(rates.quantity_mismatch, Fault::kQuantityMismatch)) {
        for (Goods& entry : goods) {
            const std::int64_t lost = entry.milli / 1'000 * dice_.between(5, 40);
            entry.milli -= entry.unit.empty() ? lost / 1'000 * 1'000 : lost;
        }
        receipt.items.clear();
        add_goods(receipt, ItemRole::kObject, goods);
    }
    if (happens(rates.clock_skew, Fault::kClockSkew)) {
        receipt.event_time = way.leaves - dice_.between(5, 90) * kMinute;
    } else if (happens(rates.day_only, Fault::kDayOnly)) {
        receipt.event_time = model::day_of(receipt.event_time, kOffsetMinutes).first;
        receipt.precision = model::TimePrecision::kDay;
    }
    const bool is_double = happens(rates.double_report, Fault::kDoubleReport);
    if (is_double) {
        end(receipt);
    }
    end(std::move(receipt), is_double);
}

std::vector<Goods> Book::deliver(
    const Delivery& way, const Holding& from, const Holding& to, const std::vector<Goods>& goods
) {
    std::vector<Goods> arrived = goods;
    if (is_over(way.leaves)) {
        for (Goods& entry : arrived) {
            entry.milli = 0;
        }
        return arrived;
    }
    const char* const type = way.is_return ? "rma" : "desadv";
    const std::string note = way.is_return ? "RT" + next_number() : next_note();
    const model::Paper paper{type, paper_uri(gln_of(from), note)};
    Event sent = shipment(way.leaves, from, to, goods);
    sent.papers = {paper};
    if (way.is_return) {
        sent.disposition = "returned";
    }
    end(std::move(sent));
    if (is_over(way.arrives)) {
        for (Goods& entry : arrived) {
            entry.milli = 0;
        }
        return arrived;
    }
    Event received = receipt(way.arrives, from, to, goods);
    received.papers = {paper};
    if (way.is_return) {
        received.disposition = "returned";
    }
    write_receipt(std::move(received), way, arrived);
    return arrived;
}

void Book::make(
    MicrosUtc when,
    const Holding& at,
    const std::vector<Goods>& inputs,
    const std::vector<Goods>& outputs,
    std::string_view step
) {
    if (is_over(when)) {
        return;
    }
    Event event = begin(EventKind::kTransformation, EventAction::kNone, when, step);
    event.biz_location = at.site;
    event.owner = at.owner;
    event.custodian = at.custodian;
    event.people = {roster_.person(at.owner_number, dice_)};
    add_goods(event, ItemRole::kInput, inputs);
    add_goods(event, ItemRole::kOutput, outputs);
    const std::string licence = Roster::licence(roster_.business(at.owner_number));
    event.papers = {{"prodorder", paper_uri(gln_of(at), "PO" + next_number())}};
    if (licence.starts_with("SC")) {
        event.papers.push_back({"cert", paper_uri(gln_of(at), licence)});
    }
    end(std::move(event));
}

void Book::pack(
    MicrosUtc when, const Holding& at, const std::string& container, const std::vector<Goods>& goods
) {
    aggregate(when, at, EventAction::kAdd, container, goods);
}

void Book::unpack(
    MicrosUtc when, const Holding& at, const std::string& container, const std::vector<Goods>& goods
) {
    aggregate(when, at, EventAction::kDelete, container, goods);
}

void Book::aggregate(
    MicrosUtc when,
    const Holding& at,
    EventAction action,
    const std::string& container,
    const std::vector<Goods>& goods
) {
    if (is_over(when)) {
        return;
    }
    Event event = observe_at(when, at, action == EventAction::kAdd ? "packing" : "unpacking");
    event.kind = EventKind::kAggregation;
    event.action = action;
    add_goods(event, ItemRole::kParent, {{container, {}, 0}});
    add_goods(event, ItemRole::kChild, goods);
    end(std::move(event));
}

void Book::sell(MicrosUtc when, const Holding& at, const Goods& goods) {
    if (is_over(when) || goods.milli == 0) {
        return;
    }
    Event event = observe_at(when, at, "retail_selling");
    event.disposition = "retail_sold";
    add_goods(event, ItemRole::kObject, {goods});
    end(std::move(event));
}

void Book::use_up(MicrosUtc when, const Holding& at, const Goods& goods) {
    if (is_over(when) || goods.milli == 0) {
        return;
    }
    Event event = observe_at(when, at, "other");
    event.sink = "used";
    event.people = {roster_.person(at.owner_number, dice_)};
    add_goods(event, ItemRole::kObject, {goods});
    end(std::move(event));
}

void Book::destroy(MicrosUtc when, const Holding& at, const Goods& goods) {
    if (is_over(when) || goods.milli == 0) {
        return;
    }
    Event event = observe_at(when, at, "destroying");
    event.action = EventAction::kDelete;
    event.disposition = "destroyed";
    event.papers = {{"cert", paper_uri(gln_of(at), "DP" + next_number())}};
    add_goods(event, ItemRole::kObject, {goods});
    end(std::move(event));
}

void Book::count(MicrosUtc when, const Holding& at, const Goods& goods) {
    if (is_over(when) || goods.milli == 0) {
        return;
    }
    Event event = observe_at(when, at, "stock_taking");
    event.people = {roster_.person(at.owner_number, dice_)};
    add_goods(event, ItemRole::kObject, {goods});
    end(std::move(event));
}

void Book::test(MicrosUtc when, const Holding& at, const Goods& goods, std::string_view report) {
    if (is_over(when)) {
        return;
    }
    Event event = observe_at(when, at, "inspecting");
    event.papers = {{"testres", paper_uri(gln_of(at), report)}};
    add_goods(event, ItemRole::kObject, {goods});
    end(std::move(event));
}

void Book::hold(MicrosUtc when, const Holding& at, const Goods& goods) {
    if (is_over(when)) {
        return;
    }
    Event event = observe_at(when, at, "holding");
    event.disposition = "recalled";
    add_goods(event, ItemRole::kObject, {goods});
    end(std::move(event));
}

Life Book::close() {
    return std::exchange(life_, Life{});
}

}  // namespace suyuan::province
