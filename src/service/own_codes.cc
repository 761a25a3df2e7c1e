// SPDX-License-Identifier: Apache-2.0

#include "service/own_codes.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/format.h"
#include "crypto/sha256.h"
#include "model/code.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kNamespace = "https://ns.suyuan.example/";
constexpr std::string_view kLot = "https://ns.suyuan.example/lot/";

constexpr std::string_view kPartner = "https://ns.suyuan.example/partner/";

std::string party_part(std::string_view party) {
    const std::string_view uscc = model::social_credit_code_of(party);
    if (!uscc.empty()) {
        return uri_part(uscc);
    }
    if (party.starts_with(kPartner)) {
        // Whose partner, and what they call it: both are parts of a URI already.
        std::string part(party.substr(kPartner.size()));
        std::ranges::replace(part, '/', ':');
        return part;
    }
    return uri_part(party);
}

std::string code_of(std::string_view kind, std::string_view party, std::string_view text) {
    return format("{}{}/{}/{}", kNamespace, kind, party_part(party), uri_part(text));
}

int hex_value(char letter) {
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

// The other way round of uri_part(); what it did not write stays as it is.
std::string text_of(std::string_view part) {
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool is_escape = part[i] == '%' && i + 2 < part.size() &&
                               hex_value(part[i + 1]) >= 0 && hex_value(part[i + 2]) >= 0;
        if (is_escape) {
            text.push_back(static_cast<char>(hex_value(part[i + 1]) * 16 + hex_value(part[i + 2])));
            i += 2;
        } else {
            text.push_back(part[i]);
        }
    }
    return text;
}

}  // namespace

std::string scheme_code(std::string_view text) {
    return format("{}code/{}", kNamespace, uri_part(text));
}

std::string uri_part(std::string_view text) {
    constexpr std::string_view kEscaped = "%/?#[]\"<>\\^`{|}\x7f";
    std::string part;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte <= 0x20 || kEscaped.find(letter) != std::string_view::npos) {
            part += format("%{:02X}", byte);
        } else {
            part.push_back(letter);
        }
    }
    return part;
}

std::string lot_code(const NamedLot& lot) {
    return format(
        "{}{}/{}/{}", kLot, party_part(lot.producer), uri_part(lot.goods), uri_part(lot.lot)
    );
}

std::optional<NamedLot> read_lot_code(std::string_view code) {
    if (!code.starts_with(kLot)) {
        return std::nullopt;
    }
    code.remove_prefix(kLot.size());
    const auto first = code.find('/');
    const auto second = first == std::string_view::npos ? first : code.find('/', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    return NamedLot{
        .producer = text_of(code.substr(0, first)),
        .goods = text_of(code.substr(first + 1, second - first - 1)),
        .lot = text_of(code.substr(second + 1)),
    };
}

std::string site_code(std::string_view operator_code, std::string_view site) {
    return code_of("site", operator_code, site);
}

std::string partner_code(std::string_view operator_code, std::string_view name) {
    return code_of("partner", operator_code, name);
}

std::string paper_code(std::string_view issuer, std::string_view number) {
    return code_of("paper", issuer, number);
}

std::string own_code_words(std::string_view code) {
    if (const std::optional<NamedLot> lot = read_lot_code(code); lot) {
        return format("{} {}", lot->goods, lot->lot);
    }
    return code.starts_with(kNamespace) ? text_of(code.substr(code.rfind('/') + 1)) : std::string();
}

std::string line_code(const crypto::Digest& identity) {
    constexpr std::size_t kDigits = 40;
    return format("{}line/{}", kNamespace, crypto::to_hex(identity).substr(0, kDigits));
}

std::string process_code(std::string_view operator_code, std::string_view number) {
    return code_of("process", operator_code, number);
}

}  // namespace suyuan::service
