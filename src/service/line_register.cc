// SPDX-License-Identifier: Apache-2.0
//
// The rows of sheets that hold master data.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "model/registry.h"
#include "service/check_digits.h"
#include "service/detail/line_row.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"

namespace suyuan::service {

using enum Column;

namespace {

// In the words that people use, and as a licence is headed.
std::string_view licence_kind(std::string_view told, std::string_view number) {
    if (told.empty()) {
        return model::licence_kind_of(number);
    }
    if (told.find("食品生产") != std::string_view::npos) {
        return model::kFoodProduction;
    }
    return told.find("食品经营") != std::string_view::npos ? model::kFoodTrade : told;
}

// "sites[0].latitude: It should be ..." -> "latitude".
std::string_view field_in(std::string_view message) {
    const auto begin = message.find("].");
    const auto end = message.find(": ");
    return begin == std::string_view::npos || end == std::string_view::npos || end < begin
               ? std::string_view()
               : message.substr(begin + 2, end - begin - 2);
}

// The column that holds a field of the register; the first of the sheet if it is none's.
Column column_of(const Sheet& sheet, std::string_view field) {
    struct Name {
        std::string_view field;
        Column column;
    };

    constexpr std::array kNames = {
        Name{"operator_code", kOperator},
        Name{"from", kOperator},
        Name{"to", kLinked},
        Name{"plate", kVehicle},
        Name{"id", kPerson},
    };
    const auto* const named = std::ranges::find(kNames, field, &Name::field);
    const auto column = named == kNames.end() ? parse_column(field) : std::optional(named->column);
    return column && sheet.find(*column) != nullptr ? *column : sheet.columns.front().column;
}

}  // namespace

std::string LineReader::Row::region() {
    const std::string_view text = cell(kRegion);
    if (text.empty()) {
        return {};
    }
    model::IdentifierCheck check = model::check_region_code(text);
    if (check.verdict == model::Verdict::kMalformed) {
        refuse(kRegion, std::move(check.reason));
    }
    return check.normal;
}

model::DayRange LineReader::Row::days() {
    model::DayRange range;
    if (!cell(kValidFrom).empty()) {
        range.first = take(kValidFrom, read_first_day(cell(kValidFrom)));
    }
    if (!cell(kValidTo).empty()) {
        range.last = take(kValidTo, read_last_day(cell(kValidTo)));
    }
    return range;
}

// Told, not dropped: the register keeps no days of these rows.
void LineReader::Row::refuse_days(std::string_view zh, std::string_view en) {
    for (const Column column : {kValidFrom, kValidTo}) {
        if (!cell(column).empty()) {
            refuse(column, zh, en);
        }
    }
}

void LineReader::Row::register_operator() {
    model::Operator row;
    row.code = required(kOperator).empty() ? std::string() : party(kOperator);
    row.name = required(kName);
    row.kind = std::string(cell(kKind));
    row.region = region();
    refuse_days(
        "经营主体没有起止日期：请去掉此列，许可证的起止日期写在“许可证”表。",
        "an operator has no first and last day: leave the column out; those of its licences are on "
        "the licences sheet"
    );
    line_.rows.operators.push_back(std::move(row));
}

void LineReader::Row::register_site() {
    operator_ = cell(kOperator).empty() ? reader_.defaults_.operator_code : party(kOperator);
    model::Site row;
    row.code = required(kSite).empty() ? std::string() : site(kSite, operator_);
    row.name = required(kName);
    row.operator_code = operator_;
    row.region = region();
    refuse_days(
        "场所没有起止日期：请去掉此列，谁从何时起经营它写在“关联”表（关系：经营）。",
        "a site has no first and last day: leave the column out; who runs it since when is on the "
        "links sheet (kind: runs)"
    );
    row.address = std::string(cell(kAddress));
    row.latitude = half_width(cell(kLatitude));
    row.longitude = half_width(cell(kLongitude));
    row.capacity = std::string(cell(kCapacity));
    line_.rows.sites.push_back(std::move(row));
}

void LineReader::Row::register_product() {
    model::Product row;
    const model::IdentifierCheck gtin = model::check_gtin(required(kGtin));
    if (!cell(kGtin).empty() && gtin.verdict != model::Verdict::kValid) {
        refuse(kGtin, gtin.reason);
    }
    row.gtin = gtin.normal;
    row.name = required(kName);
    row.producer = party(kProducer);
    row.category = std::string(cell(kCategory));
    if (!cell(kUnit).empty()) {
        row.unit = take(kUnit, in_unit({.millionths = 0}, cell(kUnit))).unit;
    }
    row.shelf_life_days = half_width(cell(kShelfLife));
    line_.rows.products.push_back(std::move(row));
}

void LineReader::Row::register_licence() {
    model::Licence row;
    row.number = half_width(required(kNumber));
    row.kind = licence_kind(cell(kKind), row.number);
    row.operator_code = operator_code();
    const model::DayRange valid = days();
    row.valid_from = valid.first;
    row.valid_to = valid.last;
    warn(kNumber, licence_fault(row.number));
    line_.rows.licences.push_back(std::move(row));
}

void LineReader::Row::register_link() {
    struct KindName {
        std::string_view zh;
        model::LinkKind kind;
    };

    constexpr std::array kKinds = {
        KindName{"经营", model::LinkKind::kRuns},
        KindName{"供货", model::LinkKind::kSupplies},
        KindName{"开办", model::LinkKind::kHosts},
    };
    const std::string kind = required(kKind);
    const auto* const named = std::ranges::find(kKinds, kind, &KindName::zh);
    const auto known =
        named == kKinds.end() ? model::parse_link_kind(kind) : std::optional(named->kind);
    if (!kind.empty() && !known) {
        refuse(
            kKind,
            "请写“经营”（主体经营场所）、“供货”（主体供货给主体）或“开办”（市场开办者的摊位）。",
            R"(write "runs" (a site), "supplies" (an operator) or "hosts" (a market's stall))"
        );
    }
    model::Link row;
    row.kind = known.value_or(model::LinkKind::kRuns);
    row.from = required(kOperator).empty() ? std::string() : party(kOperator);
    if (!required(kLinked).empty()) {
        row.to = row.kind == model::LinkKind::kSupplies ? party(kLinked) : site(kLinked, row.from);
    }
    const model::DayRange valid = days();
    row.valid_from = valid.first;
    row.valid_to = valid.last;
    line_.rows.links.push_back(std::move(row));
}

void LineReader::Row::register_paper() {
    model::RegisteredPaper row;
    row.issuer = party(kIssuer);
    row.holder = cell(kHolder).empty() ? reader_.defaults_.operator_code : party(kHolder);
    const std::string number = half_width(required(kNumber));
    const bool is_code = number.find(':') != std::string::npos;
    row.number = is_code ? model::canonical_uri(number)
                         : paper_code(row.issuer.empty() ? row.holder : row.issuer, number);
    row.kind = std::string(cell(kKind));
    const model::DayRange valid = days();
    row.valid_from = valid.first;
    row.valid_to = valid.last;
    line_.rows.papers.push_back(std::move(row));
}

void LineReader::Row::register_vehicle() {
    const model::IdentifierCheck plate = model::check_plate(required(kVehicle));
    if (!cell(kVehicle).empty() && plate.verdict == model::Verdict::kMalformed) {
        refuse(kVehicle, plate.reason);
    }
    model::Vehicle row;
    row.plate = plate.normal;
    row.operator_code =
        cell(kOperator).empty() ? reader_.defaults_.operator_code : party(kOperator);
    line_.rows.vehicles.push_back(std::move(row));
}

void LineReader::Row::tell_titles(const model::PersonAtWork& row) {
    if (const auto other = find_twin(format("title\n{}\n{}", row.id, row.valid_from), row.title)) {
        refuse(
            kTitle,
            Sentence{
                format("第 {} 行说此人从同一天起是另一岗位：请改起始日期，或去掉一行。", *other),
                format(
                    "row {} says that the person has another title from the same day on: change "
                    "the first day, or take one away",
                    *other
                )
            }
        );
    }
}

void LineReader::Row::register_person() {
    model::PersonAtWork row;
    row.id = required(kPerson);
    if (!row.id.empty() && !is_staff_id(row.id)) {
        refuse(
            kPerson,
            "工号会永久保留，不能是姓名、身份证号或手机号：请写单位内部的编号。",
            "it stays for ever, and may be no name, identity number or phone: give the number that "
            "the person has within the business"
        );
    }
    row.operator_code =
        cell(kOperator).empty() ? reader_.defaults_.operator_code : party(kOperator);
    row.name = std::string(cell(kName));
    row.phone = half_width(cell(kPhone));
    row.title = std::string(cell(kTitle));
    const model::DayRange valid = days();
    row.valid_from = valid.first;
    row.valid_to = valid.last;
    if (!row.title.empty()) {
        tell_titles(row);
    }
    warn(kPerson, identity_fault(row.id));
    warn(kPhone, mobile_fault(row.phone));
    line_.rows.people.push_back(std::move(row));
}

void LineReader::Row::check_register() {
    if (!line_.faults.empty()) {
        return;
    }
    if (const auto checked = model::check_registry(line_.rows); !checked) {
        Sentence reason = sentence_of(checked.error());
        const std::string field(field_in(reason.en));
        if (!field.empty()) {
            reason.en.erase(0, reason.en.find(": ") + 2);
        }
        refuse(column_of(sheet(), field), std::move(reason));
    }
}

void LineReader::Row::register_row() {
    switch (sheet().kind) {
        case SheetKind::kOperators:
            register_operator();
            break;
        case SheetKind::kSites:
            register_site();
            break;
        case SheetKind::kProducts:
            register_product();
            break;
        case SheetKind::kLicences:
            register_licence();
            break;
        case SheetKind::kLinks:
            register_link();
            break;
        case SheetKind::kPapers:
            register_paper();
            break;
        case SheetKind::kVehicles:
            register_vehicle();
            break;
        case SheetKind::kPeople:
            register_person();
            break;
        case SheetKind::kInbound:
        case SheetKind::kOutbound:
        case SheetKind::kProcessing:
        case SheetKind::kStockCount:
        case SheetKind::kWide:
        case SheetKind::kChain:
            SUYUAN_UNREACHABLE();
    }
    check_register();
}

}  // namespace suyuan::service
