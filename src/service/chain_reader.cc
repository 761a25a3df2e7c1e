// SPDX-License-Identifier: Apache-2.0

#include "service/chain_reader.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "codec/table_row.h"
#include "crypto/sha256.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "service/chain_workbook.h"
#include "service/detail/chain_row.h"
#include "service/detail/line_json.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"
#include "service/wording.h"

namespace suyuan::service {
namespace {

using detail::list_of;
using detail::Members;
using detail::party_list;
using detail::place_json;
using enum ChainColumn;

// The event time where nothing is said: it has to have one, and it means nothing.
constexpr std::string_view kNoTime = "2000-01-01T00:00:00+08:00";

// Of a digest, as the number of a paper: enough to keep those of a station apart.
constexpr std::size_t kDigitsApart = 16;

std::string moment_text(model::MicrosUtc moment) {
    return model::format_instant(moment, kLocalOffsetMinutes);
}

std::string joined_lines(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        all += text + "\n";
    }
    return all;
}

// Whose goods and papers a station's are: of the place, where nobody is known there.
const std::string& maker_of(const auto& station) {
    return station.operator_code.empty() ? station.site : station.operator_code;
}

void add_time(Members& event, const model::TimeInterval& time, bool is_day) {
    const bool is_known = time.first != model::kBeginningOfTime && time.last != model::kEndOfTime;
    event.text("eventTime", is_known ? moment_text(time.first) : std::string(kNoTime))
        .text("eventTimeZoneOffset", "+08:00");
    if (!is_known) {
        event.text("suyuan:timePrecision", "unknown");
    } else if (is_day) {
        event.text("suyuan:timePrecision", "day");
    } else {
        event.text("suyuan:latestTime", moment_text(time.last));
    }
}

}  // namespace

void ChainReader::Row::refuse_at(std::size_t place, Sentence reason) {
    LineFault fault;
    fault.place = place;
    fault.column = place < titles_.titles.size() ? titles_.titles[place] : std::string();
    fault.value = place < cells_.size() ? cells_[place] : std::string();
    fault.reason = std::move(reason);
    line_.faults.push_back(std::move(fault));
}

std::string ChainReader::Row::required(ChainColumn column) {
    const std::string_view text = cell(column);
    if (text.empty()) {
        refuse(column, "不能空着。", "must not be empty");
    }
    return std::string(text);
}

Line ChainReader::Row::finish() {
    if (!line_.faults.empty()) {
        line_.events.clear();
        line_.rows = {};
        line_.mentions = {};
    }
    return std::move(line_);
}

ChainDate ChainReader::Row::date(ChainColumn day, ChainColumn month, ChainColumn year) {
    ChainDateRead read = read_chain_date(cell(day), cell(month), cell(year));
    if (read.fault) {
        const std::array columns = {day, month, year};
        refuse(
            columns[read.fault->part],
            std::move(read.fault->reason.zh),
            std::move(read.fault->reason.en)
        );
    }
    return read.date;
}

const ChainReader::Station* ChainReader::Row::station_of(ChainColumn column) {
    const std::string id = required(column);
    const auto found = reader_.stations_.find(id);
    if (id.empty()) {
        return nullptr;
    }
    if (found == reader_.stations_.end()) {
        refuse(
            column,
            "Stations 表里没有这个 Company_ID。",
            "the sheet Stations has no such Company_ID"
        );
        return nullptr;
    }
    if (found->second.is_bad) {
        refuse(
            column,
            format("Stations 表第 {} 行（这个站点）有误，请先改正。", found->second.row),
            format("row {} of Stations, which tells of it, is wrong: mend it", found->second.row)
        );
    }
    return &found->second;
}

std::optional<model::Quantity> ChainReader::Row::quantity_in(
    ChainColumn amount_column, ChainColumn unit_column
) {
    const auto faults = line_.faults.size();
    const model::Decimal amount = take(amount_column, read_line_amount(cell(amount_column)));
    if (line_.faults.size() != faults || cell(unit_column).empty()) {
        return std::nullopt;  // an amount of nobody knows what is kept as text
    }
    auto quantity = in_unit(amount, cell(unit_column));
    if (!quantity) {
        Sentence reason = sentence_of(quantity.error());
        refuse(unit_column, std::move(reason.zh), std::move(reason.en));
        return std::nullopt;
    }
    return *std::move(quantity);
}

std::optional<model::Quantity> ChainReader::Row::quantity() {
    if (!cell(kDeliveryAmount).empty()) {
        return quantity_in(kDeliveryAmount, kDeliveryUnit);
    }
    return cell(kAmount).empty() ? std::nullopt : quantity_in(kAmount, kUnit);
}

// As ["title: value", ...]; empty if there is nothing.
std::string ChainReader::Row::additional() const {
    std::string list;
    const auto add = [&](std::string_view title, std::string_view value) {
        if (!value.empty()) {
            list += list.empty() ? "" : ",";
            codec::append_json_string(list, format("{}: {}", title, value));
        }
    };
    const std::string lot_size = detail::joined({cell(kLotAmount), cell(kLotUnit)}, " ");
    add("Lot size", lot_size);
    if (cell(kUnit).empty()) {
        add("Unit weigt/vol./pck.", cell(kAmount));
    }
    if (cell(kDeliveryUnit).empty()) {
        add("Delivery_Amount", cell(kDeliveryAmount));
    }
    for (const std::size_t at : titles_.additional) {
        if (at < cells_.size()) {
            add(titles_.titles[at], without_blanks(cells_[at]));
        }
    }
    return list.empty() ? list : "[" + list + "]";
}

void ChainReader::Row::add_goods(
    Members& event,
    const Delivery& delivery,
    const std::optional<model::Quantity>& amount,
    std::string_view things,
    std::string_view amounts
) {
    if (delivery.is_one_thing) {
        std::string list = "[";
        codec::append_json_string(list, delivery.item);
        event.json(things, list + "]");
        return;
    }
    Members goods;
    goods.text("epcClass", delivery.item);
    if (amount) {
        goods.json("quantity", model::format_decimal(amount->amount)).text("uom", amount->unit);
    }
    event.json(amounts, list_of(goods.object()));
}

void ChainReader::Row::begin(
    Members& event, std::string_view type, std::string_view what, std::string_view id
) {
    event.text("type", type)
        .text(
            "eventID",
            line_code(crypto::sha256(format("{}\n{}\n{}", reader_.namespace_, what, half_width(id)))
            )
        );
}

std::string ChainReader::Row::event_of(
    const Delivery& delivery, std::string_view id, bool is_departure, const ChainDate& date
) {
    const Station& here = is_departure ? *delivery.from : *delivery.to;
    std::string paper = half_width(id);
    if (delivery.key != paper) {
        paper = crypto::to_hex(crypto::sha256(delivery.key)).substr(0, kDigitsApart);
    }
    Members event;
    begin(event, "ObjectEvent", is_departure ? "departure" : "arrival", delivery.key);
    add_time(event, date.time, date.is_day);
    event.text("action", "OBSERVE").text("bizStep", is_departure ? "shipping" : "receiving");
    add_goods(event, delivery, quantity(), "epcList", "quantityList");
    event.json("bizLocation", place_json(here.site))
        .json("sourceList", party_list("source", delivery.from->operator_code, delivery.from->site))
        .json(
            "destinationList",
            party_list("destination", delivery.to->operator_code, delivery.to->site)
        )
        .json(
            "bizTransactionList",
            list_of(Members()
                        .text("type", "desadv")
                        .text("bizTransaction", paper_code(maker_of(*delivery.from), paper))
                        .object())
        )
        .text("suyuan:owner", here.operator_code)
        .text("sheet:lotNumber", cell(kLot))
        .json("sheet:additionalFields", additional());
    return event.object();
}

// Which goods they are: those of the code, or the delivery's own.
void ChainReader::Row::tell_goods(
    Delivery& delivery, std::string_view id, std::string_view product
) {
    for (const ChainColumn column : {kDepartureEvent, kArrivalEvent}) {
        if (!cell(column).empty()) {
            delivery.originals.emplace_back(cell(column));
        }
    }
    const std::string number = half_width(id);
    if (cell(kItemCode).empty()) {
        const std::string lot = half_width(cell(kLot));
        delivery.item = lot_code(
            {.producer = maker_of(*delivery.from),
             .goods = std::string(product),
             .lot = lot.empty() ? number : format("{}·{}", lot, number)}
        );
        delivery.key = number;
        return;
    }
    const model::Code code = take(kItemCode, read_line_code(cell(kItemCode)));
    delivery.item = code.uri;
    delivery.is_one_thing =
        code.kind == model::CodeKind::kInstance || code.kind == model::CodeKind::kContainer;
    // We number the deliveries of each answer anew; their events stay the same.
    delivery.key = number;
    if (!delivery.originals.empty()) {
        delivery.key = format(
            "{}\n{}{}\n{}\n{}\n{}\n{} {}",
            code.uri,
            joined_lines(delivery.originals),
            delivery.from->operator_code,
            delivery.from->site,
            delivery.to->operator_code,
            delivery.to->site,
            cell(kAmount),
            cell(kUnit)
        );
        // One pallet of the same goods after the other.
        const std::uint32_t twins = reader_.twins_[delivery.key]++;
        delivery.key += twins == 0 ? std::string() : format("\n{}", twins + 1);
    }
}

Line ChainReader::Row::delivery() {
    const std::string id = required(kDeliveryId);
    Delivery delivery;
    delivery.row = row_.number;
    delivery.from = station_of(kStation);
    delivery.to = station_of(kRecipient);
    const std::string product = half_width(required(kProduct));
    const ChainDate departure = date(kDepartureDay, kDepartureMonth, kDepartureYear);
    const ChainDate arrival = date(kArrivalDay, kArrivalMonth, kArrivalYear);
    delivery.departure = departure.time;
    delivery.arrival = arrival.time;
    if (delivery.arrival.last < delivery.departure.first) {
        refuse(
            kArrivalDay,
            "到货早于发货：请核对两个日期。",
            "it arrives before it leaves: look at both dates"
        );
    }
    const auto amount = quantity();
    if (amount && amount->amount.millionths == 0) {
        refuse(kAmount, "数量不能是 0。", "the amount must not be 0");
    }
    if (line_.faults.empty()) {
        tell_goods(delivery, id, product);
    }
    if (line_.faults.empty()) {
        line_.originals = delivery.originals;
        line_.events.push_back(event_of(delivery, id, true, departure));
        line_.events.push_back(event_of(delivery, id, false, arrival));
    }
    if (!id.empty()) {
        delivery.is_bad = !line_.faults.empty();
        const auto [known, is_new] = reader_.deliveries_.try_emplace(id, std::move(delivery));
        if (!is_new) {
            refuse_twice(kDeliveryId, known->second);
        }
    }
    return finish();
}

const ChainReader::Delivery* ChainReader::Row::delivery_of(ChainColumn column) {
    const std::string id = required(column);
    const auto found = reader_.deliveries_.find(id);
    if (id.empty()) {
        return nullptr;
    }
    if (found == reader_.deliveries_.end()) {
        refuse(
            column,
            "Deliveries 表里没有这个 DeliveryID。",
            "the sheet Deliveries has no such DeliveryID"
        );
        return nullptr;
    }
    if (found->second.is_bad) {
        refuse(
            column,
            format("Deliveries 表第 {} 行（这次交货）有误，请先改正。", found->second.row),
            format("row {} of Deliveries, which tells of it, is wrong: mend it", found->second.row)
        );
        return nullptr;
    }
    return &found->second;
}

void ChainReader::Row::check_link(const Delivery& from, const Delivery& into) {
    if (&from == &into) {
        refuse(kInto, "不能由自己做成。", "a delivery is not made of itself");
    } else if (from.to != into.from) {
        refuse(
            kInto,
            "前一次交货的收货站点不是后一次交货的发货站点：连不起来。",
            "the recipient of the one is not the station of the other: they do not meet"
        );
    } else if (into.departure.last < from.arrival.first) {
        refuse(
            kInto,
            "后一次交货在前一次到货之前就已发出：请核对日期。",
            "it left before the other arrived: look at the dates of both"
        );
    }
}

// Some time between the arrival of the one and the departure of the other.
std::string ChainReader::Row::link_event(const Delivery& from, const Delivery& into) {
    model::TimeInterval time = {from.arrival.first, into.departure.last};
    if (from.arrival.last <= into.departure.first) {
        time = {from.arrival.last, into.departure.first};
    }
    Members event;
    begin(event, "TransformationEvent", "link", format("{}\n{}", from.key, into.key));
    add_time(event, time, false);
    add_goods(event, from, std::nullopt, "inputEPCList", "inputQuantityList");
    add_goods(event, into, std::nullopt, "outputEPCList", "outputQuantityList");
    event.json("bizLocation", place_json(into.from->site))
        .text("suyuan:owner", into.from->operator_code);
    return event.object();
}

Line ChainReader::Row::link() {
    const Delivery* const from = delivery_of(kFrom);
    const Delivery* const into = delivery_of(kInto);
    if (from == nullptr || into == nullptr) {
        return finish();
    }
    check_link(*from, *into);
    if (line_.faults.empty()) {
        // The same goods went on: nothing was made of them.
        line_.is_skipped = from->item == into->item;
        if (!line_.is_skipped) {
            line_.events.push_back(link_event(*from, *into));
            if (!from->originals.empty() && !into->originals.empty()) {
                line_.originals = from->originals;
                line_.originals.insert(
                    line_.originals.end(), into->originals.begin(), into->originals.end()
                );
            }
        }
    }
    return finish();
}

ChainReader::ChainReader(const LineDefaults& defaults)
    : namespace_(
          defaults.operator_code.empty() ? std::string(kChainKey)
                                         : partner_code(defaults.operator_code, kChainKey)
      ) {}

Result<Line> ChainReader::read(
    const ChainSheet& sheet, const ChainTitles& titles, const codec::TableRow& row
) {
    if (stations_.size() > kChainStationsMax || deliveries_.size() > kChainDeliveriesMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "这样的工作簿最多 {} 个站点、{} 次交货。",
                    kChainStationsMax,
                    kChainDeliveriesMax
                ),
                format(
                    "such a workbook has at most {} stations and {} deliveries",
                    kChainStationsMax,
                    kChainDeliveriesMax
                )
            }
        );
    }
    Row work(*this, titles, row);
    if (sheet.key == kCompanyId) {
        return work.station();
    }
    return sheet.key == kDeliveryId ? work.delivery() : work.link();
}

}  // namespace suyuan::service
