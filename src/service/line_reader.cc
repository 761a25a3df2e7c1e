// SPDX-License-Identifier: Apache-2.0

#include "service/line_reader.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "codec/table_row.h"
#include "io/clock.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/detail/line_json.h"
#include "service/detail/line_row.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"
#include "service/person_ids.h"

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
    R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"suyuan":"https://ns.suyuan.example/epcis/","sheet":"https://ns.suyuan.example/sheet/"}])";
// Types of papers that the CBV has no word for.
constexpr std::string_view kQuarantineType = "https://ns.suyuan.example/btt/quarantine_certificate";
constexpr std::string_view kCustomsType = "https://ns.suyuan.example/btt/customs_declaration";

// What the wide sheet says of a place begins with who it is: "name, phone, address".
std::string_view name_in(std::string_view description) {
    const std::size_t end = std::min(description.find(", "), description.find("，"));
    return without_blanks(description.substr(0, end));
}

}  // namespace

LineFault LineReader::Row::fault_at(Column column, Sentence reason) const {
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
    return fault;
}

void LineReader::Row::refuse(Column column, Sentence reason) {
    line_.faults.push_back(fault_at(column, std::move(reason)));
}

void LineReader::Row::warn(Column column, const std::optional<Sentence>& reason) {
    if (!reason) {
        return;
    }
    LineFault warning = fault_at(column, *reason);
    if (column == Column::kPerson || column == Column::kPhone) {
        warning.value.clear();  // it is told to more people than the row is
    }
    line_.warnings.push_back(std::move(warning));
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
    // The wide sheet names places: who runs one, the register says.
    const bool is_placed = sheet().kind == SheetKind::kWide && !cell(kSite).empty();
    if (reader_.defaults_.operator_code.empty() && !is_placed) {
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

// The wide sheet describes a place as "name, site, address"; if nobody is known there, without the
// name.
std::string_view LineReader::Row::operator_name(Column description, Column site_name) const {
    const std::string_view text = cell(description);
    const std::string_view name = name_in(text);
    const std::string_view site = cell(site_name);
    const bool is_of_site =
        !site.empty() && text.starts_with(site) && !text.starts_with(format("{}, {}", site, site));
    return is_of_site ? std::string_view() : name;
}

std::string LineReader::Row::required(Column column) {
    const std::string_view text = cell(column);
    if (text.empty()) {
        refuse(column, "不能空着。", "must not be empty");
    }
    return std::string(text);
}

Counterpart LineReader::Row::counterpart(const detail::CounterpartColumns& columns) {
    Counterpart other;
    const std::string_view name = cell(columns.name);
    const bool has_site = sheet().kind == SheetKind::kWide && !cell(columns.site).empty();
    // Who has no column for it writes the code where the name stands.
    const bool is_code = model::check_social_credit_code(name).verdict == model::Verdict::kValid;
    if (!cell(columns.owner).empty()) {
        other.owner = party(columns.owner);
    } else if (is_code) {
        other.owner = party(columns.name);
    } else if (!name.empty() && !has_site) {
        other.owner = partner_code(operator_, half_width(name));
    }
    if (!name.empty() && !is_code && !other.owner.empty()) {
        model::Operator mention;
        mention.code = other.owner;
        mention.name = std::string(
            sheet().kind == SheetKind::kWide ? operator_name(columns.name, columns.site_name) : name
        );
        if (!mention.name.empty()) {
            line_.mentions.operators.push_back(std::move(mention));
        }
    }
    other.site = site(columns.site, other.owner);
    return other;
}

// A name is a value of a person, kept apart and erasable; its id must not tell it.
std::string LineReader::Row::people(std::string_view whose) {
    const std::string_view text = cell(kPerson);
    if (text.empty()) {
        return {};
    }
    Members person;
    if (is_staff_id(text)) {
        person.text("id", text);
    } else {
        SUYUAN_ASSERT(reader_.defaults_.people != nullptr);
        const auto id = reader_.defaults_.people->id_of(whose, text);
        if (!id) {
            reader_.failure_ = id.error();
            return {};
        }
        person.text("id", *id).text("name", text);
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

LineTime LineReader::Row::time() {
    const std::string text = required(kTime);
    return text.empty() ? LineTime() : take(kTime, read_line_time(text));
}

std::string LineReader::Row::paper_of(
    Column column, std::string_view type, std::string_view issuer
) {
    const std::string number = half_width(cell(column));
    if (number.empty()) {
        return {};
    }
    const bool is_code = sheet().kind == SheetKind::kWide && number.find(':') != std::string::npos;
    return Members()
        .text("type", type)
        .text("bizTransaction", is_code ? model::canonical_uri(number) : paper_code(issuer, number))
        .object();
}

// The paper that the goods came with, and what they were tested and passed by. What an authority
// issued is numbered as whoever handed it over names it.
std::string LineReader::Row::papers(std::string_view issuer) {
    std::string list;
    const auto add = [&](const std::string& entry) {
        list += (list.empty() || entry.empty() ? "" : ",") + entry;
    };
    add(paper_of(kDocument, reference_type(), issuer));
    add(paper_of(kTestReport, "testres", issuer));
    add(paper_of(kCertificate, "cert", issuer));
    add(paper_of(kQuarantine, kQuarantineType, issuer));
    add(paper_of(kCustoms, kCustomsType, issuer));
    return list.empty() ? list : "[" + list + "]";
}

void LineReader::Row::add_goods(
    Members& event,
    const Goods& goods,
    std::string_view things,
    std::string_view amounts,
    bool may_be_zero
) {
    const auto amount = quantity(goods.is_one_thing, may_be_zero);
    note(goods.code);
    note(amount ? format("{} {}", model::format_decimal(amount->amount), amount->unit) : "");
    if (goods.is_one_thing) {
        std::string list = "[";
        append_json_string(list, goods.code);
        event.json(things, list + "]");
    } else {
        Members element;
        element.text("epcClass", goods.code);
        if (amount) {
            element.json("quantity", model::format_decimal(amount->amount))
                .text("uom", amount->unit);
        }
        event.json(amounts, list_of(element.object()));
    }
    event.json("sheet:inferredLot", goods.is_inferred ? "true" : "")
        .text("sheet:specification", cell(kSpecification))
        .text("sheet:shelfLife", cell(kShelfLife));
}

void LineReader::Row::begin_event(Members& event, std::string_view type) {
    note(time_.moment);
    note(time_.is_day ? "day" : "");
    event.text("type", type)
        .text("eventTime", time_.moment)
        .text("eventTimeZoneOffset", "+08:00")
        .text("suyuan:timePrecision", time_.is_day ? "day" : "");
}

void LineReader::Row::end_event(Members& event, std::string_view issuer) {
    const std::string plates = vehicles();
    note(site_);
    note(role_);
    note(half_width(cell(kDocument)));
    note(plates);
    add_key_data(event);
    event.text("suyuan:owner", operator_)
        .json("bizTransactionList", papers(issuer))
        .json("suyuan:vehicles", plates);
    if (line_.faults.empty()) {
        identify(event);
    }
    line_.events.push_back(event.json("suyuan:people", people(operator_)).object());
}

void LineReader::Row::inbound(const detail::CounterpartColumns& columns) {
    operator_ = operator_code();
    time_ = time();
    const Counterpart supplier = counterpart(columns);
    std::string issuer = supplier.owner.empty() ? operator_ : supplier.owner;
    if (issuer.empty()) {
        issuer = supplier.site;  // on the wide sheet places may be all that is named
    }
    const Goods what = goods({.producer = issuer, .supplier = supplier.owner});
    Members event;
    begin_event(event, "ObjectEvent");
    event.text("action", "OBSERVE").text("bizStep", "receiving");
    add_goods(event, what, "epcList", "quantityList", false);
    site_ = own_site();
    note(supplier.owner);
    note(supplier.site);
    event.json("bizLocation", place_json(site_))
        .json("sourceList", party_list("source", supplier.owner, supplier.site))
        .json("destinationList", party_list("destination", operator_, site_));
    end_event(event, issuer);
}

// To a buyer it is a shipment; to nobody in particular, a sale over the counter.
void LineReader::Row::outbound(const detail::CounterpartColumns& columns) {
    operator_ = operator_code();
    time_ = time();
    const Counterpart buyer = counterpart(columns);
    const Goods what = goods({.producer = operator_, .supplier = {}});
    const bool is_sale = buyer.owner.empty() && buyer.site.empty();
    Members event;
    begin_event(event, "ObjectEvent");
    event.text("action", "OBSERVE").text("bizStep", is_sale ? "retail_selling" : "shipping");
    add_goods(event, what, "epcList", "quantityList", false);
    site_ = own_site();
    note(buyer.owner);
    note(buyer.site);
    event.json("bizLocation", place_json(site_));
    if (!is_sale) {
        event.json("sourceList", party_list("source", operator_, site_))
            .json("destinationList", party_list("destination", buyer.owner, buyer.site));
    }
    end_event(event, operator_.empty() ? site_ : operator_);
}

void LineReader::Row::processing(Column number_column) {
    operator_ = operator_code();
    time_ = time();
    const std::string number = half_width(required(number_column));
    const std::string role = half_width(required(kRole));
    const bool is_input = role == "投入" || role == "投料" || role == "input";
    if (!role.empty() && !is_input && role != "产出" && role != "output") {
        refuse(kRole, "请写“投入”或“产出”。", R"(write "input" or "output")");
    }
    role_ = is_input ? "input" : "output";
    const Goods what = goods({.producer = operator_, .supplier = {}});
    site_ = own_site();
    Members event;
    begin_event(event, "TransformationEvent");
    const bool is_code = sheet().kind == SheetKind::kWide && number.find(':') != std::string::npos;
    event.text(
        "transformationID",
        is_code ? model::canonical_uri(number)
                : process_code(operator_.empty() ? site_ : operator_, number)
    );
    add_goods(
        event,
        what,
        is_input ? "inputEPCList" : "outputEPCList",
        is_input ? "inputQuantityList" : "outputQuantityList",
        false
    );
    event.json("bizLocation", place_json(site_));
    end_event(event, operator_);
}

void LineReader::Row::stock_count() {
    operator_ = operator_code();
    time_ = time();
    const Goods what = goods({.producer = operator_, .supplier = {}});
    Members event;
    begin_event(event, "ObjectEvent");
    event.text("action", "OBSERVE").text("bizStep", "stock_taking");
    add_goods(event, what, "epcList", "quantityList", true);
    site_ = own_site();
    event.json("bizLocation", place_json(site_));
    end_event(event, operator_);
}

LineReader::Row::Row(LineReader& reader, const codec::TableRow& row) : reader_(reader), row_(row) {
    if (!std::ranges::all_of(row.cells, is_clean)) {
        std::ranges::transform(row.cells, std::back_inserter(clean_), clean_text);
    }
}

Line LineReader::Row::finish() && {
    if (row_.faults.empty() && (says_nothing() || says_titles())) {
        line_.is_skipped = true;
        return std::move(line_);
    }
    take_faults_of_file();
    check_cells();
    switch (sheet().kind) {
        case SheetKind::kInbound:
            inbound({});
            break;
        case SheetKind::kOutbound:
            outbound({});
            break;
        case SheetKind::kProcessing:
            processing(kDocument);
            break;
        case SheetKind::kStockCount:
            stock_count();
            break;
        case SheetKind::kWide:
            wide();
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
        case SheetKind::kChain:
            SUYUAN_UNREACHABLE();
    }
    if (!line_.faults.empty()) {
        line_.events.clear();
        line_.rows = {};
        line_.mentions = {};
    }
    return std::move(line_);
}

Result<LineDefaults> read_line_defaults(
    const std::string& operator_text, const std::string& site_text
) {
    LineDefaults defaults;
    defaults.declared_at = model::format_instant(io::SystemClock().now_us());
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
