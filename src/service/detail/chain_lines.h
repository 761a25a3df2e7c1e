// SPDX-License-Identifier: Apache-2.0
//
// A FoodChain-Lab workbook as lines: its worksheets one after the other.

#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "codec/table_file.h"
#include "codec/table_row.h"
#include "service/chain_reader.h"
#include "service/chain_workbook.h"
#include "service/detail/line_source.h"
#include "service/file_import.h"
#include "service/line_reader.h"

namespace suyuan::service::detail {

// Whether the file is such a workbook and is meant as one: another sheet or worksheet chosen means
// that it is not. Leaves the reader at any worksheet. Fails as TableReader does.
[[nodiscard]] Result<bool> is_chain_workbook(
    codec::TableReader& reader, const FileImportOptions& options
);

// Requires is_chain_workbook(). Shows the worksheet that is asked for, the stations without one.
[[nodiscard]] Result<FilePreview> preview_chain(
    codec::TableReader reader, const FileImportOptions& options
);

class ChainLines final : public LineSource {
public:
    // Requires is_chain_workbook(). Fails with kInvalidArgument for chosen columns.
    static Result<std::unique_ptr<LineSource>> open(
        codec::TableReader reader, const FileImportOptions& options, const LineDefaults& defaults
    );

    ChainLines(codec::TableReader reader, const LineDefaults& defaults);

    [[nodiscard]] std::string sheet() const override { return std::string(kChainKey); }

    void place(FileProgress& progress) const noexcept override;

    // Additional fields of stations and links; those of deliveries stay with their events.
    [[nodiscard]] std::vector<std::string> unused_titles() const override;

private:
    static constexpr std::size_t kSheetCount = 3;

    Result<std::optional<Entry>> next() override;

    codec::TableReader reader_;
    ChainReader lines_;
    std::array<ChainTitles, kSheetCount> titles_;
    std::array<LineTable, kSheetCount> tables_;
    std::optional<codec::TableRow> first_row_;  // read while the titles were looked for
    std::size_t next_sheet_ = 0;                // to be begun
    bool is_in_sheet_ = false;
};

}  // namespace suyuan::service::detail
