// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "codec/csv.h"
#include "codec/detail/formula_guard.h"

namespace suyuan::codec {
namespace {

constexpr std::size_t kPendingBytesMax = std::size_t{64} << 10;

}  // namespace

CsvWriter::CsvWriter(PushBytes push, char separator)
    : push_(std::move(push)), separator_(separator), pending_("\xef\xbb\xbf") {}

Status CsvWriter::write_row(std::span<const std::string> cells) {
    bool is_first = true;
    for (const std::string& cell : cells) {
        if (!std::exchange(is_first, false)) {
            pending_ += separator_;
        }
        write_cell(cell);
    }
    pending_ += "\r\n";
    return pending_.size() < kPendingBytesMax ? Status() : finish();
}

void CsvWriter::write_cell(std::string_view cell) {
    const std::array<char, 5> special = {separator_, '"', '\r', '\n', '\t'};
    const bool is_quoted = cell.find_first_of(std::string_view(special.data(), special.size())) !=
                               std::string_view::npos ||
                           cell.starts_with(' ') || cell.ends_with(' ');
    if (is_quoted) {
        pending_ += '"';
    }
    if (detail::needs_guard(cell)) {
        pending_ += '\'';
    }
    for (const char c : cell) {
        pending_.append(c == '"' ? 2 : 1, c);
    }
    if (is_quoted) {
        pending_ += '"';
    }
}

Status CsvWriter::finish() {
    SUYUAN_TRY_VOID(push_(pending_));
    pending_.clear();
    return {};
}

}  // namespace suyuan::codec
