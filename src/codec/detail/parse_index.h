// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace suyuan::codec::detail {

// Decimal digits and nothing else, as a number that fits.
[[nodiscard]] inline std::optional<std::uint32_t> parse_index(std::string_view text) noexcept {
    std::uint32_t value = 0;
    const auto outcome = std::from_chars(text.data(), text.data() + text.size(), value);
    if (outcome.ec != std::errc() || outcome.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace suyuan::codec::detail
