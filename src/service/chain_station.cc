// SPDX-License-Identifier: Apache-2.0
//
// Stations of a FoodChain-Lab workbook: operators, and sites.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "model/identifiers.h"
#include "model/registry.h"
#include "service/chain_reader.h"
#include "service/chain_workbook.h"
#include "service/detail/chain_row.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"

namespace suyuan::service {

using detail::joined;
using enum ChainColumn;

// None if nothing is said of the place itself.
std::optional<model::Site> ChainReader::Row::site_of(const std::string& id, const Station& station)
    const {
    // In what we write district and state are the site's name and its region once more.
    const bool is_ours = titles_.place(kSiteName).has_value();
    const std::string address = joined(
        {joined({cell(kStreet), cell(kStreetNumber)}, " "),
         joined({cell(kPostalCode), cell(kCity)}, " "),
         is_ours ? std::string_view() : cell(kDistrict),
         is_ours ? std::string_view() : cell(kState),
         cell(kCountry)},
        ", "
    );
    model::Site site;
    site.code = station.site;
    site.operator_code = station.operator_code;
    site.address = address;
    site.latitude = half_width(cell(kLatitude));
    site.longitude = half_width(cell(kLongitude));
    const std::string_view name = cell(kSiteName);
    if (joined({address, site.latitude, site.longitude, name}, "").empty()) {
        return std::nullopt;
    }
    site.name = cell(kName).empty() ? id : cell(kName);
    if (!name.empty()) {
        site.name = name;
    }
    return site;
}

// What nobody registered is a stub: of a station without a name the operator, of one without an
// address the site. `is_theirs`: its codes are the register's own, whose names stay.
void ChainReader::Row::register_station(
    const std::string& id, const Station& station, bool is_theirs
) {
    model::RegistryRows rows;
    const std::string name(cell(kName));
    std::string region;
    if (!cell(kRegion).empty()) {
        model::IdentifierCheck check = model::check_region_code(cell(kRegion));
        if (check.verdict == model::Verdict::kMalformed) {
            refuse(kRegion, std::move(check.reason.zh), std::move(check.reason.en));
        }
        region = check.normal;
    }
    if (!name.empty() && !station.operator_code.empty()) {
        rows.operators.push_back(
            {.code = station.operator_code,
             .name = name,
             .region = region,
             .kind = std::string(cell(kBusiness))}
        );
    }
    if (auto site = site_of(id, station)) {
        site->region = region;
        rows.sites.push_back(*std::move(site));
    }
    if (const auto checked = model::check_registry(rows); !checked && line_.faults.empty()) {
        Sentence reason = sentence_of(checked.error());
        const bool is_longitude = reason.en.find("longitude") != std::string::npos;
        const bool is_latitude = reason.en.find("latitude") != std::string::npos;
        const ChainColumn column = is_latitude ? kLatitude : (is_longitude ? kLongitude : kName);
        refuse(column, std::move(reason.zh), std::move(reason.en));
    }
    (is_theirs ? line_.mentions : line_.rows) = std::move(rows);
}

Line ChainReader::Row::station() {
    const std::string id = required(kCompanyId);
    Station station;
    station.row = row_.number;
    station.operator_code = partner_code(reader_.namespace_, half_width(id));
    const bool has_operator = !cell(kOperatorCode).empty();
    if (has_operator) {
        station.operator_code = take(kOperatorCode, read_line_party(cell(kOperatorCode)));
    } else if (titles_.place(kSiteName) && !cell(kSiteCode).empty()) {
        station.operator_code.clear();  // we knew nobody there
    }
    if (cell(kSiteCode).empty()) {
        station.site = site_code(station.operator_code, half_width(id));
    } else {
        station.site = take(kSiteCode, read_line_site(cell(kSiteCode), station.operator_code));
    }
    register_station(id, station, has_operator || !cell(kSiteCode).empty());
    if (!id.empty()) {
        station.is_bad = !line_.faults.empty();
        const auto [known, is_new] = reader_.stations_.try_emplace(id, std::move(station));
        if (!is_new) {
            refuse_twice(kCompanyId, known->second);
        }
    }
    return finish();
}

}  // namespace suyuan::service
