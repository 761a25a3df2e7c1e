// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/merged_cells.h"
#include "codec/detail/shared_strings.h"
#include "codec/detail/workbook_parts.h"
#include "codec/detail/xml_parser.h"
#include "codec/table_row.h"

namespace suyuan::codec::detail {

// A worksheet part, told as rows: a pause after each that has text.
//
// Lifetime: borrows strings, styles and merged ranges.
class SheetRows : public XmlHandler {
public:
    SheetRows(
        const SharedStrings& strings,
        const StylesPart& styles,
        DateSystem date_system,
        const TableLimits& limits,
        MergedFill merged
    )
        : strings_(strings),
          styles_(styles),
          date_system_(date_system),
          limits_(limits),
          merged_(std::move(merged)) {}

    // Requires wants_pause().
    [[nodiscard]] TableRow take_row();

    // The row that was begun last, for messages; 0: none yet.
    [[nodiscard]] std::uint64_t row_number() const noexcept { return row_number_; }

    Status start_element(std::string_view name, const XmlAttributes& attributes) override;
    Status end_element(std::string_view name) override;
    Status text(std::string_view piece) override;

    [[nodiscard]] bool wants_pause() const override { return is_row_ready_; }

private:
    enum class Type : std::uint8_t {
        kNumber,
        kSharedString,
        kText,
        kBoolean,
        kError,
        kDate,
    };

    Status start_row(const XmlAttributes& attributes);
    Status start_cell(const XmlAttributes& attributes);
    Status end_cell();
    Status end_shared_string();
    void end_boolean();
    void take(CellText value);
    Status place_cell();
    void add_fault(Sentence reason);
    [[nodiscard]] Failure fail_here(ErrorCode code, const Sentence& reason) const;

    const SharedStrings& strings_;
    const StylesPart& styles_;
    DateSystem date_system_;
    TableLimits limits_;
    MergedFill merged_;

    // Where the parser is.
    bool is_sheet_data_ = false;
    bool is_row_ = false;
    bool is_cell_ = false;
    bool is_value_ = false;     // within <v>, or <t> of an inline string
    bool is_phonetic_ = false;  // within <rPh>

    std::uint64_t row_number_ = 0;
    bool is_row_ready_ = false;
    TableRow row_;
    std::size_t row_bytes_ = 0;

    std::uint32_t column_ = 0;  // of the cell at work or the last one; 0: none yet
    Type type_ = Type::kNumber;
    DateKind date_kind_ = DateKind::kNone;
    std::string value_;
};

}  // namespace suyuan::codec::detail
