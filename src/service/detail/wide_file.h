// SPDX-License-Identifier: Apache-2.0
//
// The file that a wide sheet is written to.

#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/result.h"
#include "codec/csv.h"
#include "codec/xlsx_writer.h"
#include "service/wide_sheet.h"

namespace suyuan::service::detail {

// A word of the sheet, in the manner of a title: "Critical Tracking Event".
[[nodiscard]] std::string title_case(std::string_view words);

// Titles in English and Chinese, and rows, in a file of either format. Threads: one at a time.
class WideFile {
public:
    // Fails with kUnavailable.
    static Result<WideFile> create(WideFormat format, const std::filesystem::path& path);

    // In the order of the sheet's columns. Fails with kUnavailable, kLimitExceeded.
    Status write(std::span<const std::string> cells);

    // Nothing may be called after it. Fails with kUnavailable.
    Status finish();

private:
    explicit WideFile(std::variant<codec::CsvWriter, codec::XlsxWriter> writer)
        : writer_(std::move(writer)) {}

    std::variant<codec::CsvWriter, codec::XlsxWriter> writer_;
};

}  // namespace suyuan::service::detail
