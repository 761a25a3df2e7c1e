// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/utf8.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace suyuan::codec::detail {
namespace {

// What a lead byte asks for: length (0: it is none) and the range of the second byte, which is
// where overlong forms, surrogates and the end of Unicode are decided (Unicode 15, table 3-7).
struct Lead {
    std::size_t length = 0;
    unsigned char second_min = 0x80;
    unsigned char second_max = 0xbf;
};

Lead lead_of(unsigned char byte) noexcept {
    if (byte < 0x80) {
        return {1};
    }
    if (byte >= 0xc2 && byte <= 0xdf) {
        return {2};
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return {
            3,
            static_cast<unsigned char>(byte == 0xe0 ? 0xa0 : 0x80),
            static_cast<unsigned char>(byte == 0xed ? 0x9f : 0xbf)
        };
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        return {
            4,
            static_cast<unsigned char>(byte == 0xf0 ? 0x90 : 0x80),
            static_cast<unsigned char>(byte == 0xf4 ? 0x8f : 0xbf)
        };
    }
    return {};
}

// The bytes of the first character that are there and fit.
std::size_t fitting(std::string_view text, const Lead& lead) noexcept {
    const std::size_t available = std::min(lead.length, text.size());
    std::size_t count = std::min<std::size_t>(available, 1);
    for (; count < available; ++count) {
        const auto byte = static_cast<unsigned char>(text[count]);
        const unsigned char min = count == 1 ? lead.second_min : 0x80;
        const unsigned char max = count == 1 ? lead.second_max : 0xbf;
        if (byte < min || byte > max) {
            break;
        }
    }
    return count;
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) noexcept {
    constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080U;
    std::size_t at = 0;
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & kHighBits) != 0) {
            break;
        }
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
        ++at;
    }
    return at;
}

std::size_t utf8_prefix(std::string_view text) noexcept {
    std::size_t at = 0;
    while (true) {
        at += ascii_prefix(text.substr(at));
        if (at == text.size()) {
            return at;
        }
        const Lead lead = lead_of(static_cast<unsigned char>(text[at]));
        if (lead.length == 0 || fitting(text.substr(at), lead) < lead.length) {
            return at;
        }
        at += lead.length;
    }
}

bool is_cut_utf8(std::string_view text) noexcept {
    if (text.empty()) {
        return false;
    }
    const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
    return text.size() < lead.length && fitting(text, lead) == text.size();
}

void append_utf8(std::string& text, std::uint32_t code_point) {
    const auto tail = [&](unsigned shift) {
        text += static_cast<char>(0x80U | ((code_point >> shift) & 0x3fU));
    };
    if (code_point < 0x80) {
        text += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        text += static_cast<char>(0xc0U | (code_point >> 6U));
        tail(0);
    } else if (code_point < 0x10000) {
        text += static_cast<char>(0xe0U | (code_point >> 12U));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xf0U | (code_point >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace suyuan::codec::detail
