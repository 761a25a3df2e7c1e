// SPDX-License-Identifier: Apache-2.0
//
// The sheets (台账模板) that small businesses fill in: which columns they have, what they are
// called, and which column of a file is which.
//
// Source of the columns: the record fields of the Food Safety Law, articles 50, 51 and 53
// (docs/guides/files.md).

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::service {

enum class SheetKind : std::uint8_t {
    kInbound,     // 进货
    kOutbound,    // 出货
    kProcessing,  // 加工
    kStockCount,  // 盘点
    kWide,        // FSMA 204 宽表: every critical tracking event in one
    kOperators,   // 经营主体
    kSites,       // 场所
    kProducts,    // 产品
    kLicences,    // 许可证
    kLinks,       // 关联
    kPapers,      // 单证
    kVehicles,    // 车辆
    kPeople,      // 从业人员
    kChain,       // FoodChain-Lab 工作簿: chain_workbook.h; no columns here
};

// What a column holds, in any sheet.
enum class Column : std::uint8_t {
    kDocument,     // number of the paper that the line is from
    kLine,         // the line's number on it
    kTime,         // day, or day and time, local (+08:00)
    kOperator,     // whose line it is: USCC or party id
    kSite,         // where: GLN or site id
    kCode,         // trace code of the goods, as scanned; makes the next four needless
    kGtin,         // 商品条码
    kGoods,        // name of the goods
    kLot,          // 批号
    kProducedOn,   // 生产日期
    kProducer,     // who made or grew them: USCC or party id
    kQuantity,     // decimal
    kUnit,         // 千克, 箱, ...
    kPartner,      // supplier or buyer: USCC or party id
    kPartnerName,  // supplier's or buyer's name
    kPartnerSite,  // where it came from or went to
    kVehicle,      // plate
    kPerson,       // person at work, by id
    kRole,         // of a processing line: input or output
    kName,         // of an operator, site or product
    kKind,         // of an operator
    kRegion,       // GB/T 2260 code
    kAddress,
    kLatitude,
    kLongitude,
    kNumber,     // of a licence or paper
    kValidFrom,  // first day of a dated row
    kValidTo,    // its last day
    kIssuer,     // of a paper: USCC or party id
    kHolder,     // of a paper: likewise
    kLinked,     // what a link leads to: operator or site
    kCapacity,   // of a site, as its operator puts it
    kCategory,   // of a product
    kShelfLife,  // of a product, days
    kPhone,
    kGoodsCode,      // 商品编码: a GTIN, or the operator's own number of the goods
    kSpecification,  // 规格
    kTestReport,     // number of a test report
    kCertificate,    // of a certificate of conformity (合格证)
    kQuarantine,     // of a quarantine certificate
    kCustoms,        // of a customs declaration
    kCorrection,     // of a line that was sent before: void, or correct
    kRowInFile,      // of a mended row: its number in the file that it was refused from
    kSource,         // whom goods that leave or are used came from: USCC, party id or name
    // Of the wide sheet alone (docs/formats/fsma-204.md).
    kStep,           // which critical tracking event
    kSiteText,       // where, in words
    kProcess,        // number of the transformation
    kFromOperator,   // immediate previous source
    kFromSite,       //
    kFromText,       // its name
    kToOperator,     // immediate subsequent recipient
    kToSite,         //
    kToText,         // its name
    kLotSource,      // who assigned the traceability lot code
    kLotReference,   // where that can be asked for
    kReferenceType,  // of the reference document
    kCommodity,      // commodity and variety
    kFarm,           // where it was harvested
    kField,          // growing area
    kHarvestedOn,    // day
    kHarvester,      // name and phone of the business
    kCooledAt,       // where
    kCooledOn,       // day
    // Ours, beside what FSMA 204 asks for.
    kSiteName,      // what the register calls the place
    kFromSiteName,  //
    kToSiteName,    //
    kEventId,       // of the event that the row retells: its eventID, else its hash
    // Of the register.
    kTitle,  // 岗位 of a person at work
};

inline constexpr std::size_t kColumnCount = 68;

// As the API names it: "produced_on".
[[nodiscard]] std::string_view to_string(Column column) noexcept;
[[nodiscard]] std::optional<Column> parse_column(std::string_view key) noexcept;

struct ColumnTitle {
    Column column = Column::kDocument;
    std::string_view zh;  // as the template has it
    std::string_view en;
    std::string_view others;  // further spellings, separated by '|'
    bool is_required = false;
};

struct Sheet {
    SheetKind kind = SheetKind::kInbound;
    std::string_view key;  // "inbound", as --sheet takes it
    std::string_view zh;
    std::string_view en;
    std::span<const ColumnTitle> columns;

    [[nodiscard]] const ColumnTitle* find(Column column) const noexcept;
};

// In the order of SheetKind.
[[nodiscard]] std::span<const Sheet> sheets() noexcept;

[[nodiscard]] const Sheet& sheet_of(SheetKind kind) noexcept;

// By key; nullptr if there is none.
[[nodiscard]] const Sheet* find_sheet(std::string_view key) noexcept;

// "this title of the file is that column", for files with titles of their own.
struct TitleChoice {
    std::string title;   // as the file has it
    std::string column;  // key or title of a column, Chinese or English; empty: it is none
};

// Where in a row each column of the sheet stands.
class ColumnMap {
public:
    explicit ColumnMap(const Sheet& sheet) : sheet_(&sheet) {}

    [[nodiscard]] const Sheet& sheet() const noexcept { return *sheet_; }

    // From 0.
    [[nodiscard]] std::optional<std::size_t> place(Column column) const noexcept {
        return places_[static_cast<std::size_t>(column)];
    }

    void put(Column column, std::size_t place) noexcept {
        places_[static_cast<std::size_t>(column)] = place;
    }

    // Whether a column stands there.
    [[nodiscard]] bool is_used(std::size_t place) const noexcept;

    // The required columns that the file does not have.
    [[nodiscard]] std::vector<Column> missing() const;

    // Without blanks around, full-width ones too; empty if the column is not in the file.
    [[nodiscard]] std::string_view cell(std::span<const std::string> cells, Column column)
        const noexcept;

private:
    const Sheet* sheet_;
    std::array<std::optional<std::size_t>, kColumnCount> places_;
};

// Reads a row of titles. Without a kind it is the sheet whose required columns are all there and
// of which most columns are. Blanks, case, full-width forms, a "*" and anything in brackets do not
// matter. A choice wins over the title's own meaning. Fails with kInvalidArgument: no sheet fits
// (what is missing is named), several fit as well as each other (they are named), a column stands
// twice, a choice names no title or no column.
//
// Beside the columns of the sheet it knows kRowInFile (in sheets of events), as the workbook of
// faults has it, and in the sheets of operators and sites kValidFrom and kValidTo, to be told that
// such rows have no days.
[[nodiscard]] Result<ColumnMap> map_columns(
    std::span<const std::string> titles,
    std::optional<SheetKind> kind,
    const std::vector<TitleChoice>& choices
);

// The titles of a file that the map puts nowhere and the sender did not say are none: what stands
// in their columns is not read.
[[nodiscard]] std::vector<std::string> unused_titles(
    const ColumnMap& map,
    std::span<const std::string> titles,
    const std::vector<TitleChoice>& choices
);

// The best guess for titles that map_columns() refuses: what is known of the sheet asked for, or of
// the likeliest. nullopt: no title is any sheet's, or several sheets are as likely.
[[nodiscard]] std::optional<ColumnMap> guess_columns(
    std::span<const std::string> titles, std::optional<SheetKind> kind
);

// Whether a line of it is an event; else it is a row of the register.
[[nodiscard]] constexpr bool is_of_events(SheetKind kind) noexcept {
    return kind <= SheetKind::kWide;
}

// Without blanks around, full-width and no-break ones too.
[[nodiscard]] std::string_view without_blanks(std::string_view text);

// What is compared of a title: see map_columns().
[[nodiscard]] std::string plain_title(std::string_view title);

// ASCII in full width (U+FF01..U+FF5E) and the ideographic space, as Chinese input methods make
// them, in half width.
[[nodiscard]] std::string half_width(std::string_view text);

}  // namespace suyuan::service
