// SPDX-License-Identifier: Apache-2.0

#include "service/line_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
#include "model/identifiers.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/detail/line_json.h"
#include "service/detail/line_row.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"

namespace suyuan::service {

namespace {

using codec::append_json_string;

using detail::Counterpart;
using detail::Goods;
using detail::list_of;
using detail::Members;
using detail::party_list;
using detail::place_json;
using enum Column;

constexpr std::string_view kContext =
    R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"suyuan":"https://ns.suyuan.example/epcis/"}])";

bool is_one_thing(model::CodeKind kind) {
    return kind == model::CodeKind::kInstance || kind == model::CodeKind::kContainer;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) {
        return static_cast<unsigned char>(letter) < 0x80U;
    });
}

}  // namespace

void LineReader::Row::refuse(Column column, Sentence reason) {
    const auto at = reader_.columns_.place(column);
    const ColumnTitle* const title = sheet().find(column);
    LineFault fault;
    fault.place = at.value_or(row_.cells.size());
    fault.value = std::string(cell(column));
    fault.reason = std::move(reason);
    if (at && *at < reader_.titles_.size()) {
        fault.column = reader_.titles_[*at];
    } else if (title != nullptr) {
        fault.column = title->zh;
    }
    line_.faults.push_back(std::move(fault));
}

std::string LineReader::Row::party(Column column) {
    const std::string_view text = cell(column);
    return text.empty() ? std::string() : take(column, read_line_party(text));
}

std::string LineReader::Row::site(Column column, std::string_view whose) {
    const std::string_view text = cell(column);
    return text.empty() ? std::string() : take(column, read_line_site(text, whose));
}

std::string LineReader::Row::operator_code() {
    if (!cell(kOperator).empty()) {
        return party(kOperator);
    }
    if (reader_.defaults_.operator_code.empty()) {
        refuse(
            kOperator,
            "不知道是谁的台账：请填经营主体的统一社会信用代码，或导入时指定。",
            "whose line this is, nobody says: give the operator's USCC, or name it at import"
        );
    }
    return reader_.defaults_.operator_code;
}

std::string LineReader::Row::own_site() {
    return cell(kSite).empty() ? reader_.defaults_.site : site(kSite, operator_);
}

std::string LineReader::Row::required(Column column) {
    const std::string_view text = cell(column);
    if (text.empty()) {
        refuse(column, "不能空着。", "must not be empty");
    }
    return std::string(text);
}

// Producer, name and lot number together are a lot's identity where no code is.
std::string LineReader::Row::lot_without_code(std::string_view default_producer) {
    std::string lot = half_width(cell(kLot));
    if (lot.empty() && !cell(kProducedOn).empty()) {
        lot = take(kProducedOn, read_line_day(cell(kProducedOn)));
    }
    const std::string_view gtin = cell(kGtin);
    if (!gtin.empty()) {
        const model::IdentifierCheck check = model::check_gtin(gtin);
        if (check.verdict != model::Verdict::kValid) {
            refuse(kGtin, check.reason);
            return {};
        }
        if (!cell(kGoods).empty()) {
            model::Product mention;
            mention.gtin = check.normal;
            mention.name = std::string(cell(kGoods));
            line_.mentions.products.push_back(std::move(mention));
        }
        return lot.empty() ? model::canonical_uri(format("https://id.gs1.org/01/{}", check.normal))
                           : model::lot_uri(check.normal, lot);
    }
    if (cell(kGoods).empty() || lot.empty()) {
        refuse(
            cell(kGoods).empty() ? kGoods : kLot,
            "分不清是哪一批：请填追溯码，或商品条码和批号，或品名和批号（没有批号写生产日期）。",
            "which lot it is cannot be told: give the trace code, or GTIN and lot, or name and lot "
            "(its production date where it has no number)"
        );
        return {};
    }
    std::string producer(default_producer);
    if (const std::string_view text = cell(kProducer); !text.empty()) {
        const auto code = read_line_party(text);
        producer = code ? *code : half_width(text);
    }
    return lot_code({.producer = producer, .goods = half_width(cell(kGoods)), .lot = lot});
}

Goods LineReader::Row::goods(std::string_view default_producer) {
    const std::string_view text = cell(kCode);
    if (text.empty()) {
        return {.code = lot_without_code(default_producer)};
    }
    const std::vector<std::string> candidates = model::candidate_uris(text);
    const model::Code code = model::parse_code(candidates.empty() ? text : candidates.front());
    if (code.kind == model::CodeKind::kForeign && code.uri.find(':') == std::string::npos) {
        // A scheme's own number: a URI of its text, so that an event may name it.
        return {.code = format("https://ns.suyuan.example/code/{}", uri_part(code.uri))};
    }
    return {.code = code.uri, .is_one_thing = is_one_thing(code.kind)};
}

std::optional<model::Quantity> LineReader::Row::quantity(bool is_one_thing, bool may_be_zero) {
    const std::string_view text = cell(kQuantity);
    if (is_one_thing) {
        if (!text.empty() && half_width(text) != "1") {
            refuse(
                kQuantity,
                "一物一码，数量只能是 1 或不填。",
                "the code is of one thing: its amount is 1, or nothing"
            );
        }
        return std::nullopt;
    }
    if (text.empty()) {
        refuse(kQuantity, "不能空着。", "must not be empty");
        return std::nullopt;
    }
    const auto faults = line_.faults.size();
    const model::Decimal amount = take(kQuantity, read_line_amount(text));
    if (line_.faults.size() == faults && amount.millionths == 0 && !may_be_zero) {
        refuse(kQuantity, "数量不能是 0。", "the amount must not be 0");
    }
    auto quantity = in_unit(amount, cell(kUnit));
    if (!quantity) {
        refuse(kUnit, sentence_of(quantity.error()));
        return std::nullopt;
    }
    return *std::move(quantity);
}

Counterpart LineReader::Row::counterpart() {
    Counterpart other;
    const std::string_view name = cell(kPartnerName);
    if (!cell(kPartner).empty()) {
        other.owner = party(kPartner);
    } else if (!name.empty()) {
        other.owner = partner_code(operator_, half_width(name));
    }
    if (!name.empty() && !other.owner.empty()) {
        model::Operator mention;
        mention.code = other.owner;
        mention.name = std::string(name);
        line_.mentions.operators.push_back(std::move(mention));
    }
    other.site = site(kPartnerSite, other.owner);
    return other;
}

// A name is a value of a person, kept apart and erasable; its id must not tell it.
std::string LineReader::Row::people(std::string_view whose) {
    const std::string_view text = cell(kPerson);
    if (text.empty()) {
        return {};
    }
    Members person;
    if (is_ascii(text)) {
        person.text("id", text);
    } else {
        const std::string digest = crypto::to_hex(crypto::sha256(format("{}\n{}", whose, text)));
        person.text("id", "person-" + digest.substr(0, 16)).text("name", text);
    }
    return list_of(person.object());
}

std::string LineReader::Row::vehicles() {
    const std::string_view text = cell(kVehicle);
    if (text.empty()) {
        return {};
    }
    const model::IdentifierCheck plate = model::check_plate(text);
    if (plate.verdict == model::Verdict::kMalformed) {
        refuse(kVehicle, plate.reason);
        return {};
    }
    std::string list = "[";
    append_json_string(list, plate.normal);
    return list + "]";
}

std::string LineReader::Row::paper(std::string_view issuer) {
    const std::string_view number = cell(kDocument);
    if (number.empty()) {
        return {};
    }
    return list_of(Members()
                       .text("type", "desadv")
                       .text("bizTransaction", paper_code(issuer, half_width(number)))
                       .object());
}

std::string LineReader::Row::identity(std::string_view issuer) {
    const std::string_view document = cell(kDocument);
    const std::string_view number = cell(kLine);
    std::string text = format("{}\n{}\n", operator_, sheet().key);
    if (!document.empty() && !number.empty()) {
        text += format("{}\n{}\n{}", issuer, half_width(document), half_width(number));
        return format(
            "https://ns.suyuan.example/line/{}", crypto::to_hex(crypto::sha256(text)).substr(0, 40)
        );
    }
    for (const ColumnTitle& column : sheet().columns) {
        text += half_width(cell(column.column));
        text.push_back('\n');
    }
    const crypto::Digest digest = crypto::sha256(text);
    std::uint64_t start = 0;
    std::memcpy(&start, digest.data(), sizeof start);
    return format(
        "https://ns.suyuan.example/line/{}-{}",
        crypto::to_hex(digest).substr(0, 40),
        reader_.equal_before(start) + 1
    );
}

void LineReader::Row::add_goods(
    Members& event,
    const Goods& goods,
    std::string_view things,
    std::string_view amounts,
    bool may_be_zero
) {
    const auto amount = quantity(goods.is_one_thing, may_be_zero);
    if (goods.is_one_thing) {
        std::string list = "[";
        append_json_string(list, goods.code);
        event.json(things, list + "]");
    } else if (amount) {
        event.json(
            amounts,
            list_of(Members()
                        .text("epcClass", goods.code)
                        .json("quantity", model::format_decimal(amount->amount))
                        .text("uom", amount->unit)
                        .object())
        );
    }
}

void LineReader::Row::begin_event(Members& event, std::string_view type, std::string_view issuer) {
    const std::string text = required(kTime);
    const LineTime time = text.empty() ? LineTime() : take(kTime, read_line_time(text));
    event.text("type", type)
        .text("eventID", identity(issuer))
        .text("eventTime", time.moment)
        .text("eventTimeZoneOffset", "+08:00")
        .text("suyuan:timePrecision", time.is_day ? "day" : "");
}

void LineReader::Row::end_event(Members& event, std::string_view issuer) {
    event.text("suyuan:owner", operator_)
        .json("bizTransactionList", paper(issuer))
        .json("suyuan:vehicles", vehicles())
        .json("suyuan:people", people(operator_));
    line_.event = event.object();
}

void LineReader::Row::inbound() {
    operator_ = operator_code();
    const Counterpart supplier = counterpart();
    const std::string issuer = supplier.owner.empty() ? operator_ : supplier.owner;
    const Goods what = goods(issuer);
    Members event;
    begin_event(event, "ObjectEvent", issuer);
    event.text("action", "OBSERVE").text("bizStep", "receiving");
    add_goods(event, what, "epcList", "quantityList", false);
    const std::string here = own_site();
    event.json("bizLocation", place_json(here))
        .json("sourceList", party_list("source", supplier.owner, supplier.site))
        .json("destinationList", party_list("destination", operator_, here));
    end_event(event, issuer);
}

// To a buyer it is a shipment; to nobody in particular, a sale over the counter.
void LineReader::Row::outbound() {
    operator_ = operator_code();
    const Counterpart buyer = counterpart();
    const Goods what = goods(operator_);
    const bool is_sale = buyer.owner.empty() && buyer.site.empty();
    Members event;
    begin_event(event, "ObjectEvent", operator_);
    event.text("action", "OBSERVE").text("bizStep", is_sale ? "retail_selling" : "shipping");
    add_goods(event, what, "epcList", "quantityList", false);
    const std::string here = own_site();
    event.json("bizLocation", place_json(here));
    if (!is_sale) {
        event.json("sourceList", party_list("source", operator_, here))
            .json("destinationList", party_list("destination", buyer.owner, buyer.site));
    }
    end_event(event, operator_);
}

void LineReader::Row::processing() {
    operator_ = operator_code();
    const std::string number = required(kDocument);
    const std::string role = half_width(required(kRole));
    const bool is_input = role == "投入" || role == "投料" || role == "input";
    if (!role.empty() && !is_input && role != "产出" && role != "output") {
        refuse(kRole, "请写“投入”或“产出”。", "write \"input\" or \"output\"");
    }
    const Goods what = goods(operator_);
    Members event;
    begin_event(event, "TransformationEvent", operator_);
    event.text("transformationID", process_code(operator_, half_width(number)));
    add_goods(
        event,
        what,
        is_input ? "inputEPCList" : "outputEPCList",
        is_input ? "inputQuantityList" : "outputQuantityList",
        false
    );
    event.json("bizLocation", place_json(own_site()));
    end_event(event, operator_);
}

void LineReader::Row::stock_count() {
    operator_ = operator_code();
    const Goods what = goods(operator_);
    Members event;
    begin_event(event, "ObjectEvent", operator_);
    event.text("action", "OBSERVE").text("bizStep", "stock_taking");
    add_goods(event, what, "epcList", "quantityList", true);
    event.json("bizLocation", place_json(own_site()));
    end_event(event, operator_);
}

Line LineReader::Row::finish() && {
    for (const codec::TableFault& fault : row_.faults) {
        const std::size_t at = fault.column == 0 ? row_.cells.size() : fault.column - 1;
        line_.faults.push_back({
            .column = at < reader_.titles_.size() ? reader_.titles_[at] : std::string(),
            .place = at,
            .value = at < row_.cells.size() ? row_.cells[at] : std::string(),
            .reason = fault.reason,
        });
    }
    switch (sheet().kind) {
        case SheetKind::kInbound:
            inbound();
            break;
        case SheetKind::kOutbound:
            outbound();
            break;
        case SheetKind::kProcessing:
            processing();
            break;
        case SheetKind::kStockCount:
            stock_count();
            break;
        case SheetKind::kOperators:
        case SheetKind::kSites:
        case SheetKind::kProducts:
        case SheetKind::kLicences:
        case SheetKind::kLinks:
        case SheetKind::kPapers:
        case SheetKind::kVehicles:
        case SheetKind::kPeople:
            register_row();
            break;
    }
    if (!line_.faults.empty()) {
        line_.event.clear();
        line_.rows = {};
        line_.mentions = {};
    }
    return std::move(line_);
}

Result<LineDefaults> read_line_defaults(
    const std::string& operator_text, const std::string& site_text
) {
    LineDefaults defaults;
    if (!operator_text.empty()) {
        auto code = read_line_party(operator_text);
        if (!code) {
            const Sentence reason = sentence_of(code.error());
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{format("经营主体：{}", reason.zh), format("operator: {}", reason.en)}
            );
        }
        defaults.operator_code = *std::move(code);
    }
    if (!site_text.empty()) {
        auto code = read_line_site(site_text, defaults.operator_code);
        if (!code) {
            const Sentence reason = sentence_of(code.error());
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{format("场所：{}", reason.zh), format("site: {}", reason.en)}
            );
        }
        defaults.site = *std::move(code);
    }
    return defaults;
}

LineReader::LineReader(ColumnMap columns, std::vector<std::string> titles, LineDefaults defaults)
    : columns_(columns), titles_(std::move(titles)), defaults_(std::move(defaults)) {}

Line LineReader::read(const codec::TableRow& row) {
    return Row(*this, row).finish();
}

std::string line_document(const std::vector<std::string>& events) {
    std::string text = R"({"@context":)";
    text += kContext;
    // The moment of creation is no part of what is stored.
    text +=
        R"(,"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{"eventList":[)";
    for (std::size_t i = 0; i < events.size(); ++i) {
        text += i == 0 ? "" : ",";
        text += events[i];
    }
    return text + "]}}";
}

}  // namespace suyuan::service
