// SPDX-License-Identifier: Apache-2.0

#include "policy/detail/toml_guard.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/format.h"
#include "base/result.h"
#include "policy/detail/policy_source.h"

namespace suyuan::policy::detail {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr bool stands_outside(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-=[], \t\r").find(c) != std::string_view::npos;
}

// The place after the text that begins at `at`; past the end of the line if it is not closed.
std::size_t end_of_text(std::string_view line, std::size_t at) {
    const char quote = line[at];
    for (std::size_t i = at + 1; i < line.size(); ++i) {
        if (line[i] == quote) {
            return i + 1;
        }
        if (line[i] == '\\' && quote == '"') {
            ++i;
        }
    }
    return line.size() + 1;
}

std::string shown(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7F ? std::string(1, c) : format("0x{:02X}", byte);
}

Status check_line(std::string_view line, std::string_view file, std::size_t number) {
    std::size_t at = 0;
    while (at < line.size() && line[at] != '#') {
        if (line[at] == '"' || line[at] == '\'') {
            const bool is_long = line.substr(at, 3) == std::string(3, line[at]);
            at = end_of_text(line, at);
            if (is_long || at > line.size()) {
                return refuse(
                    file,
                    number,
                    {"文字须在本行内以引号结束，不用三引号。",
                     "A text ends on its line; there are no texts over several lines."}
                );
            }
        } else if (stands_outside(line[at])) {
            ++at;
        } else {
            return refuse(
                file,
                number,
                {format("引号和注释之外不能有“{}”；请加引号或删去。", shown(line[at])),
                 format(
                     "\"{}\" cannot stand outside of quotes and comments; quote it or take it out.",
                     shown(line[at])
                 )}
            );
        }
    }
    return {};
}

}  // namespace

Status check_toml_text(std::string_view text, std::string_view file) {
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        SUYUAN_TRY_VOID(check_line(text.substr(0, end), file, number));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

}  // namespace suyuan::policy::detail
