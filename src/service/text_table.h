// SPDX-License-Identifier: Apache-2.0
//
// Columns of text that line up on a terminal, Chinese included.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace suyuan::service {

// Columns that a terminal needs for UTF-8 text.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

// The text without control characters, which could command a terminal: each becomes U+FFFD, a line
// break or tab a blank. Bytes that are no UTF-8 become U+FFFD too.
[[nodiscard]] std::string printable(std::string_view text);

// Lines of equal columns under headings. Cells are made printable, and cut to a width.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> headings);

    // Requires as many cells as headings.
    void add(const std::vector<std::string>& cells);

    [[nodiscard]] bool is_empty() const noexcept { return rows_.empty(); }

    // Every line ends with a line break and has no blanks before it.
    [[nodiscard]] std::string text() const;

private:
    // Half a terminal: longer codes are cut in the table and whole in every other format.
    static constexpr std::size_t kCellWidthMax = 40;

    void widen(const std::vector<std::string>& cells);
    void append_line(const std::vector<std::string>& cells, std::string& out) const;

    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> widths_;
};

}  // namespace suyuan::service
