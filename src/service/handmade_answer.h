// SPDX-License-Identifier: Apache-2.0
//
// A small answer made by hand: cucumbers of lot L1 go from a farm to a market, and on to a stall.
//
//   farm (Green Farm) --shipment 40 kg--> market (Market Ltd) --in transit 10 kg--> stall (nobody
//   known)

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/tracing.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {

inline constexpr model::MicrosUtc kMorning = 1'767'571'200'000'000;  // 2026-01-05 08:00 at +08:00
inline constexpr model::MicrosUtc kHour = 3'600 * model::kMicrosPerSecond;
inline constexpr std::int64_t kOne = 1'000'000;

// The ids that a store happened to give.
struct HandmadeIds {
    std::uint32_t lot = 1;
    std::uint32_t farm = 1;
    std::uint32_t market = 2;
    std::uint32_t stall = 3;
    std::uint32_t kilogram = 1;
};

inline NameBook handmade_names(const HandmadeIds& ids) {
    using store::NameKind;
    NameBook names;
    model::Code code;
    code.kind = model::CodeKind::kLot;
    code.uri = "https://id.gs1.org/01/06901234500012/10/L1";
    code.gtin = "06901234500012";
    code.lot = "L1";
    names.put(store::ItemName{graph::ItemId(ids.lot), code, "黄瓜"});
    const std::string site = "https://id.gs1.org/414/690123450002";
    names.put(NameKind::kSite, {ids.farm, site + "1", "绿园基地"});
    names.put(NameKind::kSite, {ids.market, site + "2", "黄瓜批发行", "410105"});
    names.put(NameKind::kSite, {ids.stall, site + "3", ""});
    names.put(NameKind::kOperator, {ids.farm, "91110000802100433B", "绿园农业公司"});
    names.put(NameKind::kOperator, {ids.market, "914403001922038216", "=黄瓜, \"批发\"公司"});
    names.put(NameKind::kOperator, {ids.stall, "site:" + site + "3", ""});
    names.put({"410000", "河南省", "", "", ""});
    names.put({"410105", "金水区", "410000", "", ""});
    names.put(NameKind::kUnit, {ids.kilogram, "KGM", ""});
    return names;
}

inline trace::Position handmade_position(const HandmadeIds& ids, std::uint32_t place) {
    return {graph::ItemId(ids.lot), graph::OperatorId(place), graph::SiteId(place)};
}

inline std::vector<trace::Move> handmade_moves(const HandmadeIds& ids) {
    const auto move = [&](std::uint32_t from, std::uint32_t to, std::int64_t kilograms) {
        trace::Move one;
        one.from = handmade_position(ids, from);
        one.to = handmade_position(ids, to);
        one.has_quantity = true;
        one.unit = graph::UnitId(ids.kilogram);
        one.millionths = kilograms * kOne;
        return one;
    };
    trace::Move shipment = move(ids.farm, ids.market, 40);
    shipment.leave = model::exactly(kMorning);
    shipment.arrive = model::exactly(kMorning + (2 * kHour));
    shipment.leaving_event = 1;
    shipment.arriving_event = 2;
    trace::Move transit = move(ids.market, ids.stall, 10);
    transit.kind = trace::MoveKind::kInTransit;
    transit.leave = model::day_of(kMorning + (24 * kHour), 480);
    transit.arrive = transit.leave;
    transit.is_certain = false;
    transit.is_in_transit = true;
    transit.leaving_event = 3;
    transit.arriving_event = 3;
    return {shipment, transit};
}

inline trace::Balance handmade_stock(const HandmadeIds& ids) {
    trace::Balance stock;
    stock.unit = graph::UnitId(ids.kilogram);
    stock.received = 40 * kOne;
    stock.in_transit = 10 * kOne;
    stock.on_hand = 30 * kOne;
    return stock;
}

inline trace::Part handmade_part(const HandmadeIds& ids) {
    const auto reached = [&](std::uint32_t place, std::uint32_t hops, model::MicrosUtc possible) {
        trace::ReachedPosition one;
        one.position = handmade_position(ids, place);
        one.hops = hops;
        one.possible = possible;
        one.is_seed = hops == 0;
        return one;
    };
    trace::Part part;
    part.moves = handmade_moves(ids);
    part.positions = {
        reached(ids.farm, 0, kMorning - kHour),
        reached(ids.market, 1, kMorning + (2 * kHour)),
        reached(ids.stall, 2, part.moves[1].arrive.first),
    };
    part.positions[0].certain = kMorning - kHour;
    part.positions[0].stock.status = trace::StockStatus::kClosed;
    part.positions[1].certain = kMorning + (2 * kHour);
    part.positions[1].explained_by = 0;
    part.positions[1].stock.status = trace::StockStatus::kOnHand;
    part.positions[1].stock.is_blocked = true;
    part.positions[1].stock.balances = {handmade_stock(ids)};
    part.positions[2].explained_by = 1;
    part.positions[2].stock.status = trace::StockStatus::kInTransit;
    return part;
}

inline trace::Answer handmade_trace(const HandmadeIds& ids) {
    const trace::Position market = handmade_position(ids, ids.market);
    trace::Answer answer;
    answer.forward = handmade_part(ids);
    answer.operators = {
        {ids.farm, kMorning - kHour, kMorning},
        {ids.market, kMorning + (2 * kHour), kMorning + (24 * kHour)},
    };
    answer.sites = answer.operators;
    answer.total = {handmade_stock(ids)};
    answer.open_ends = {{trace::OpenEndKind::kInTransit, market, 3}};
    answer.violations = {{market, 3, 2}};
    answer.cut_off = kMorning + (48 * kHour);
    return answer;
}

inline NamedAnswer handmade_answer(const HandmadeIds& ids = {}) {
    NamedAnswer named;
    named.principal = "local";
    named.text = "L1";
    named.reading.kind = SeedKind::kLot;
    named.reading.id = ids.lot;
    named.reading.code = "https://id.gs1.org/01/06901234500012/10/L1";
    named.reading.name = "黄瓜";
    named.reading.has_events = true;
    named.reading.seed = trace::ItemSeed{{graph::ItemId(ids.lot)}, {}, {}};
    named.question.direction = trace::Direction::kForward;
    named.question.seed = named.reading.seed;
    named.answer = handmade_trace(ids);
    named.names = handmade_names(ids);
    named.digest = answer_digest(named.reading.code, named.question, named.answer, named.names);
    named.took_us = 1'500;
    named.forward_index = PartIndex(PartKind::kForward, *named.part(PartKind::kForward));
    return named;
}

// All of it on one page, with the events that its moves name.
inline TracePage handmade_page(NamedAnswer named = handmade_answer()) {
    TracePage page;
    page.total = named.position_count();
    page.count = page.total;
    page.rows = page.total;
    page.cursor = named.digest + ".0";
    for (std::uint32_t event = 1; event <= 3; ++event) {
        EventReference reference;
        reference.record = graph::RecordId(event + 100);
        reference.hash_id = "ni:///sha-256;00" + std::to_string(event) + "?ver=CBV2.0";
        reference.biz_step = event == 2 ? "receiving" : "shipping";
        reference.papers = {"urn:epcglobal:cbv:bt:6901234500005:FH-" + std::to_string(event / 3)};
        reference.time = model::exactly(kMorning);
        reference.record_time = kMorning + kHour;
        page.events.emplace(event, reference);
    }
    page.answer = std::make_shared<const NamedAnswer>(std::move(named));
    return page;
}

}  // namespace suyuan::service
