// SPDX-License-Identifier: Apache-2.0

#include "service/check_digits.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "model/identifiers.h"

namespace suyuan::service {
namespace {

struct Key {
    std::string_view home;  // of the key's digits, up to the next "/"
    model::IdentifierCheck (*check)(std::string_view digits);
};

constexpr std::array kKeys = {
    Key{"https://id.gs1.org/01/", model::check_gtin},
    Key{"https://id.gs1.org/00/", model::check_sscc},
    Key{"https://id.gs1.org/414/", model::check_gln},
    Key{"https://id.gs1.org/417/", model::check_gln},
};

}  // namespace

std::optional<Sentence> check_digit_fault(std::string_view uri) {
    const auto key =
        std::ranges::find_if(kKeys, [&](const Key& one) { return uri.starts_with(one.home); });
    if (key == kKeys.end()) {
        return std::nullopt;
    }
    const std::string_view rest = uri.substr(key->home.size());
    model::IdentifierCheck check = key->check(rest.substr(0, rest.find('/')));
    if (check.verdict == model::Verdict::kValid) {
        return std::nullopt;
    }
    return std::move(check.reason);
}

}  // namespace suyuan::service
