// SPDX-License-Identifier: Apache-2.0

#include "service/chain_workbook.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/result.h"
#include "codec/xlsx_writer.h"
#include "service/detail/chain_export.h"
#include "service/line_sheet.h"

namespace suyuan::service {
namespace {

using enum ChainColumn;

constexpr std::string_view kDeparture = "Delivery Date Departure";
constexpr std::string_view kArrival = "Delivery Date Arrival";
constexpr std::string_view kLotSize = "Lot size";
constexpr std::string_view kUnitAmount = "Unit weigt/vol./pck.";

// clang-format off: tables read by column.
constexpr std::array kStationColumns = {
    ChainTitle{kCompanyId, "", "Company_ID"},
    ChainTitle{kName, "", "Name"},
    ChainTitle{kStreet, "", "Street"},
    ChainTitle{kStreetNumber, "", "Street Number"},
    ChainTitle{kPostalCode, "", "Postal Code"},
    ChainTitle{kCity, "", "City"},
    ChainTitle{kDistrict, "", "District"},
    ChainTitle{kState, "", "State"},
    ChainTitle{kCountry, "", "Country"},
    ChainTitle{kBusiness, "", "Type of business"},
    ChainTitle{kLatitude, "", "Latitude", true},
    ChainTitle{kLongitude, "", "Longitude", true},
    ChainTitle{kRegion, "", "Region code", true, true},
    ChainTitle{kOperatorCode, "", "Operator code", true, true},
    ChainTitle{kSiteCode, "", "Site code", true, true},
    ChainTitle{kSiteName, "", "Site name", true, true},
};
constexpr std::array kDeliveryColumns = {
    ChainTitle{kDeliveryId, "", "DeliveryID"},
    ChainTitle{kStation, "", "Station"},
    ChainTitle{kProduct, "", "Product Name"},
    ChainTitle{kLot, "", "Lot Number"},
    ChainTitle{kLotAmount, kLotSize, "Quantity"},
    ChainTitle{kLotUnit, kLotSize, "Type / Unit"},
    ChainTitle{kDepartureDay, kDeparture, "Day"},
    ChainTitle{kDepartureMonth, kDeparture, "Month"},
    ChainTitle{kDepartureYear, kDeparture, "Year"},
    ChainTitle{kArrivalDay, kArrival, "Day"},
    ChainTitle{kArrivalMonth, kArrival, "Month"},
    ChainTitle{kArrivalYear, kArrival, "Year"},
    ChainTitle{kAmount, kUnitAmount, "Quantity"},
    ChainTitle{kUnit, kUnitAmount, "Type / Unit"},
    ChainTitle{kRecipient, "", "Recipient"},
    ChainTitle{kDeliveryAmount, "", "Delivery_Amount", true},
    ChainTitle{kDeliveryUnit, "", "Delivery_Unit", true},
    ChainTitle{kItemCode, "", "Item code", true, true},
    ChainTitle{kDepartureEvent, "", "Departure event", true, true},
    ChainTitle{kArrivalEvent, "", "Arrival event", true, true},
};
constexpr std::array kLinkColumns = {
    ChainTitle{kFrom, "", "From DeliveryID"},
    ChainTitle{kInto, "", "Into DeliveryID"},
};

constexpr std::array<ChainSheet, 3> kSheets = {{
    {"Stations", kStationColumns, kCompanyId},
    {"Deliveries", kDeliveryColumns, kDeliveryId},
    {"Deliveries2Deliveries", kLinkColumns, kFrom},
}};
// clang-format on

std::string_view cell_at(std::span<const std::string> cells, std::size_t at) {
    return at < cells.size() ? std::string_view(cells[at]) : std::string_view();
}

bool is_marker(std::string_view title) {
    return plain_title(title).starts_with("additionalfields");
}

bool is_part_title(const ChainSheet& sheet, std::string_view title) {
    const std::string plain = plain_title(title);
    return std::ranges::any_of(sheet.columns, [&](const ChainTitle& column) {
        return !column.group.empty() && plain_title(column.title) == plain;
    });
}

const ChainTitle* find_title(
    const ChainSheet& sheet, std::string_view group, std::string_view title
) {
    const std::string plain_group = plain_title(group);
    const std::string plain = plain_title(title);
    const auto found = std::ranges::find_if(sheet.columns, [&](const ChainTitle& column) {
        return plain_title(column.title) == plain && plain_title(column.group) == plain_group;
    });
    return found == sheet.columns.end() ? nullptr : &*found;
}

}  // namespace

std::span<const ChainSheet, 3> chain_sheets() noexcept {
    return kSheets;
}

std::string_view ChainTitles::cell(std::span<const std::string> cells, ChainColumn column)
    const noexcept {
    const auto at = place(column);
    return at && *at < cells.size() ? without_blanks(cells[*at]) : std::string_view();
}

bool is_second_title_row(
    const ChainSheet& sheet, std::span<const std::string> first, std::span<const std::string> second
) {
    const ChainTitles titles = read_chain_titles(sheet, first, {});
    if (!titles.cell(second, sheet.key).empty()) {
        return false;
    }
    const auto marker = std::ranges::find_if(first, is_marker);
    const auto additional = static_cast<std::size_t>(marker - first.begin());
    bool has_parts = false;
    for (std::size_t at = 0; at < second.size(); ++at) {
        const bool is_part = is_part_title(sheet, second[at]);
        if (!second[at].empty() && !is_part && at < additional) {
            return false;
        }
        has_parts = has_parts || !second[at].empty();
    }
    return has_parts;
}

ChainTitles read_chain_titles(
    const ChainSheet& sheet, std::span<const std::string> first, std::span<const std::string> second
) {
    ChainTitles read;
    std::string_view group;
    for (std::size_t at = 0; at < std::max(first.size(), second.size()); ++at) {
        const std::string_view above = cell_at(first, at);
        const std::string_view below = cell_at(second, at);
        group = above.empty() && !below.empty() ? group : above;
        const bool is_alone = below.empty() || is_marker(group);
        const std::string_view title = below.empty() ? above : below;
        const std::string_view over = is_alone ? std::string_view() : group;
        read.titles.push_back(over.empty() ? std::string(title) : format("{} · {}", over, title));
        const ChainTitle* const known = find_title(sheet, over, title);
        auto* const place =
            known == nullptr ? nullptr : &read.places[static_cast<std::size_t>(known->column)];
        if (place != nullptr && !*place) {
            *place = at;
        } else if (!title.empty() && !is_marker(title)) {
            read.additional.push_back(at);
        }
    }
    return read;
}

std::vector<codec::XlsxColumn> detail::chain_columns(const ChainSheet& sheet, bool with_ours) {
    constexpr double kWidth = 14;
    std::vector<codec::XlsxColumn> columns;
    std::string_view group;
    bool is_marked = false;
    for (const ChainTitle& title : sheet.columns) {
        if (title.is_additional && !std::exchange(is_marked, true)) {
            columns.push_back({.header = std::string(kChainMarker), .width = kWidth});
        }
        if (title.is_ours && !with_ours) {
            continue;
        }
        if (title.group.empty()) {
            columns.push_back({.header = std::string(title.title), .width = kWidth});
        } else {
            const bool is_first = group != title.group;
            columns.push_back(
                {.header = is_first ? std::string(title.group) : std::string(),
                 .width = kWidth,
                 .below = std::string(title.title)}
            );
        }
        group = title.group;
    }
    return columns;
}

Status write_chain_template(const std::filesystem::path& path) {
    SUYUAN_TRY(auto writer, codec::XlsxWriter::create(path));
    for (const ChainSheet& sheet : kSheets) {
        SUYUAN_TRY_VOID(writer.add_sheet(sheet.worksheet, detail::chain_columns(sheet, false)));
    }
    return writer.finish();
}

}  // namespace suyuan::service
