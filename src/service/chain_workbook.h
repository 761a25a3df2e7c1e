// SPDX-License-Identifier: Apache-2.0
//
// The all-in-one workbook of FoodChain-Lab: which worksheets and columns it has.
//
// Three worksheets: stations, deliveries, and which delivery went into which. Titles stand in two
// rows: a group ("Delivery Date Departure") over its parts ("Day", "Month", "Year"). The spelling
// "weigt" is FoodChain-Lab's. Behind "Additional Fields ->" everybody adds columns of their own;
// those that we write and read again are marked as such (docs/formats/foodchain-lab.md).

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::service {

// Sheet::key of such a workbook.
inline constexpr std::string_view kChainKey = "foodchain-lab";

enum class ChainColumn : std::uint8_t {
    kCompanyId,
    kName,
    kStreet,
    kStreetNumber,
    kPostalCode,
    kCity,
    kDistrict,
    kState,
    kCountry,
    kBusiness,
    kLatitude,
    kLongitude,
    kRegion,        // ours: GB/T 2260 code
    kOperatorCode,  // ours: who the station is
    kSiteCode,      // ours: where it is
    kSiteName,      // ours: what that is called
    kDeliveryId,
    kStation,
    kProduct,
    kLot,
    kLotAmount,
    kLotUnit,
    kDepartureDay,
    kDepartureMonth,
    kDepartureYear,
    kArrivalDay,
    kArrivalMonth,
    kArrivalYear,
    kAmount,
    kUnit,
    kRecipient,
    kDeliveryAmount,  // of the whole delivery: goes before the amount of a unit
    kDeliveryUnit,
    kItemCode,        // ours: what a trace calls the goods
    kDepartureEvent,  // ours: the eventID, else the hash, of the event that tells of it
    kArrivalEvent,    // ours: likewise; empty of what is in transit
    kFrom,
    kInto,
};

inline constexpr std::size_t kChainColumnCount = 38;

struct ChainTitle {
    ChainColumn column = ChainColumn::kCompanyId;
    std::string_view group;  // over several columns; empty: none
    std::string_view title;
    bool is_additional = false;  // behind "Additional Fields ->"
    bool is_ours = false;        // no column of FoodChain-Lab
};

struct ChainSheet {
    std::string_view worksheet;
    std::span<const ChainTitle> columns;
    ChainColumn key = ChainColumn::kCompanyId;  // the column by which the worksheet is known
};

// Stations, deliveries, links, in this order.
[[nodiscard]] std::span<const ChainSheet, 3> chain_sheets() noexcept;

inline constexpr std::string_view kChainMarker = "Additional Fields ->";

// Which column of a worksheet is which.
struct ChainTitles {
    std::vector<std::string> titles;  // of both rows: "Delivery Date Departure · Day"
    std::array<std::optional<std::size_t>, kChainColumnCount> places;
    std::vector<std::size_t> additional;  // places of columns that we do not know

    [[nodiscard]] std::optional<std::size_t> place(ChainColumn column) const noexcept {
        return places[static_cast<std::size_t>(column)];
    }

    // Without blanks around; empty if the worksheet has no such column.
    [[nodiscard]] std::string_view cell(std::span<const std::string> cells, ChainColumn column)
        const noexcept;
};

// Whether what follows the first row of titles is the second of them: it has no key, and names
// parts of groups.
[[nodiscard]] bool is_second_title_row(
    const ChainSheet& sheet, std::span<const std::string> first, std::span<const std::string> second
);

// `second` may be empty.
[[nodiscard]] ChainTitles read_chain_titles(
    const ChainSheet& sheet, std::span<const std::string> first, std::span<const std::string> second
);

// The workbook with its titles and nothing else, to be filled in. Fails as XlsxWriter does.
[[nodiscard]] Status write_chain_template(const std::filesystem::path& path);

}  // namespace suyuan::service
