// SPDX-License-Identifier: Apache-2.0

#include "service/element_id.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/format.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kPrefix = "https://ns.suyuan.example/epcis/id/";

// RFC 3986, 2.3.
bool is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

bool may_stand_in_uri(char c) noexcept {
    constexpr std::string_view kReserved = ":/?#[]@!$&'()*+,;=";
    return is_unreserved(c) || kReserved.find(c) != std::string_view::npos;
}

// Of the schemes in use for codes. An escape is taken for none, as it may be a broken one.
bool is_plain_uri(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 3> kSchemes = {"urn:", "https://", "http://"};
    const bool has_scheme = std::ranges::any_of(kSchemes, [&](std::string_view scheme) {
        return text.starts_with(scheme) && text.size() > scheme.size();
    });
    return has_scheme && !text.starts_with(kPrefix) && std::ranges::all_of(text, may_stand_in_uri);
}

}  // namespace

std::string element_id(std::string_view code) {
    if (is_plain_uri(code)) {
        return std::string(code);
    }
    std::string id(kPrefix);
    for (const char c : code) {
        id +=
            is_unreserved(c) ? std::string(1, c) : format("%{:02X}", static_cast<std::uint8_t>(c));
    }
    return id;
}

std::string plain_id(std::string_view id) {
    constexpr std::size_t kEscape = 3;  // "%E4"
    if (!id.starts_with(kPrefix)) {
        return std::string(id);
    }
    std::string code;
    for (std::string_view rest = id.substr(kPrefix.size()); !rest.empty();) {
        std::uint8_t byte = 0;
        const char* const begin = rest.data() + 1;
        if (rest.front() == '%' && rest.size() >= kEscape &&
            std::from_chars(begin, begin + 2, byte, 16).ptr == begin + 2) {
            code += static_cast<char>(byte);
            rest.remove_prefix(kEscape);
        } else {
            code += rest.front();
            rest.remove_prefix(1);
        }
    }
    return code;
}

}  // namespace suyuan::service
