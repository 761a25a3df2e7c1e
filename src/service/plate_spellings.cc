// SPDX-License-Identifier: Apache-2.0

#include "service/plate_spellings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/identifiers.h"

namespace suyuan::service {
namespace {

std::string without_decoration(std::string_view text) {
    constexpr std::array<std::string_view, 6> kSeparators = {"·", "•", "・", "．", "　", "－"};
    std::string plain(text);
    for (const std::string_view separator : kSeparators) {
        for (std::size_t at = plain.find(separator); at != std::string::npos;
             at = plain.find(separator)) {
            plain.erase(at, separator.size());
        }
    }
    std::erase_if(plain, [](char c) { return c == ' ' || c == '.' || c == '-'; });
    std::ranges::transform(plain, plain.begin(), [](char c) {
        return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return plain;
}

}  // namespace

std::vector<std::string> plate_spellings(std::string_view text) {
    std::vector<std::string> spellings;
    if (auto check = model::check_plate(text); check.verdict != model::Verdict::kMalformed) {
        spellings.push_back(std::move(check.normal));
    }
    // One Chinese character and the letter of the city, then the number.
    constexpr std::size_t kHeadBytes = 4;
    const std::string plain = without_decoration(text);
    const bool has_head = plain.size() > kHeadBytes &&
                          static_cast<unsigned char>(plain.front()) >= 0xE4 &&
                          std::isupper(static_cast<unsigned char>(plain[kHeadBytes - 1])) != 0;
    if (!has_head) {
        return spellings;
    }
    if (spellings.empty()) {
        spellings.push_back(plain);
    }
    for (const std::string_view separator : {"·", " ", "-"}) {
        spellings.push_back(
            plain.substr(0, kHeadBytes) + std::string(separator) + plain.substr(kHeadBytes)
        );
    }
    return spellings;
}

}  // namespace suyuan::service
