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
#include "base/result.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "model/registry.h"
#include "service/detail/line_row.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"

namespace suyuan::service {

using enum Column;

void LineReader::Row::register_operator() {
    model::Operator row;
    row.code = required(kOperator).empty() ? std::string() : party(kOperator);
    row.name = required(kName);
    row.kind = std::string(cell(kKind));
    row.region = half_width(cell(kRegion));
    line_.rows.operators.push_back(std::move(row));
}

void LineReader::Row::register_site() {
    operator_ = cell(kOperator).empty() ? reader_.defaults_.operator_code : party(kOperator);
    model::Site row;
    row.code = required(kSite).empty() ? std::string() : site(kSite, operator_);
    row.name = required(kName);
    row.operator_code = operator_;
    row.region = half_width(cell(kRegion));
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

std::string LineReader::Row::day(Column column) {
    return cell(column).empty() ? std::string() : take(column, read_line_day(cell(column)));
}

void LineReader::Row::register_licence() {
    model::Licence row;
    row.number = half_width(required(kNumber));
    row.kind = cell(kKind).empty() ? model::licence_kind_of(row.number) : cell(kKind);
    row.operator_code = operator_code();
    row.valid_from = day(kValidFrom);
    row.valid_to = day(kValidTo);
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
            "write \"runs\" (a site), \"supplies\" (an operator) or \"hosts\" (a market's stall)"
        );
    }
    model::Link row;
    row.kind = known.value_or(model::LinkKind::kRuns);
    row.from = required(kOperator).empty() ? std::string() : party(kOperator);
    if (!required(kLinked).empty()) {
        row.to = row.kind == model::LinkKind::kSupplies ? party(kLinked) : site(kLinked, row.from);
    }
    row.valid_from = day(kValidFrom);
    row.valid_to = day(kValidTo);
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
    row.valid_from = day(kValidFrom);
    row.valid_to = day(kValidTo);
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

void LineReader::Row::register_person() {
    model::PersonAtWork row;
    row.id = required(kPerson);
    row.operator_code =
        cell(kOperator).empty() ? reader_.defaults_.operator_code : party(kOperator);
    row.name = std::string(cell(kName));
    row.phone = half_width(cell(kPhone));
    line_.rows.people.push_back(std::move(row));
}

void LineReader::Row::check_register() {
    if (!line_.faults.empty()) {
        return;
    }
    if (const auto checked = model::check_registry(line_.rows); !checked) {
        refuse(sheet().columns.front().column, sentence_of(checked.error()));
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
            SUYUAN_UNREACHABLE();
    }
    check_register();
}

}  // namespace suyuan::service
