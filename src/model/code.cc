// SPDX-License-Identifier: Apache-2.0

#include "model/code.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "model/check_digits.h"
#include "model/detail/gs1_key.h"
#include "model/detail/spellings.h"
#include "model/detail/text.h"

namespace suyuan::model {
namespace {

// Longer than any key in any spelling, with room for a path and a query: what is longer is not
// looked at.
constexpr std::size_t kSpellingBytesMax = 2'048;

std::optional<detail::Elements> read_elements(std::string_view text) {
    if (text.size() > kSpellingBytesMax) {
        return std::nullopt;
    }
    for (const auto read :
         {detail::read_epc_urn,
          detail::read_digital_link,
          detail::read_bracketed,
          detail::read_scanned}) {
        if (std::optional<detail::Elements> elements = read(text)) {
            return elements;
        }
    }
    return std::nullopt;
}

constexpr std::string_view kSocialCreditStem = "https://ns.suyuan.example/uscc/";

bool is_social_credit_code(std::string_view text) noexcept {
    constexpr std::size_t kLength = 18;
    return text.size() == kLength &&
           social_credit_check_character(text.substr(0, kLength - 1)) == text.back();
}

// The lot of https://ns.suyuan.example/lot/<producer>/<goods>/<lot>, by which a lot is known that
// has no GTIN; "" for any other code.
std::string lot_of_named(std::string_view text) {
    constexpr std::string_view kStem = "https://ns.suyuan.example/lot/";
    constexpr std::ptrdiff_t kPartsBefore = 2;
    if (!text.starts_with(kStem)) {
        return {};
    }
    text.remove_prefix(kStem.size());
    if (std::ranges::count(text, '/') != kPartsBefore) {
        return {};
    }
    return detail::percent_decode(text.substr(text.rfind('/') + 1)).value_or(std::string());
}

// Codes of other schemes of which the kind can be told; their spelling stays.
CodeKind foreign_kind(std::string_view text) noexcept {
    if (!social_credit_code_of(text).empty()) {
        return CodeKind::kParty;
    }
    if (text.starts_with("urn:epcglobal:cbv:bt:")) {
        return CodeKind::kDocument;
    }
    if (text.starts_with("urn:epc:id:bic:")) {
        return CodeKind::kContainer;  // A freight container by its number (ISO 6346).
    }
    return CodeKind::kForeign;
}

}  // namespace

Code parse_code(std::string_view text) {
    text = detail::trim(text);
    if (const std::optional<detail::Elements> elements = read_elements(text)) {
        if (std::optional<Code> code = detail::code_from(*elements)) {
            return *std::move(code);
        }
    }
    Code code;
    code.kind = foreign_kind(text);
    code.uri = text;
    code.lot = lot_of_named(text);
    return code;
}

std::string lot_uri(std::string_view gtin14, std::string_view lot) {
    return std::string(detail::kCanonicalStem) + "01/" + std::string(gtin14) + "/10/" +
           detail::escape(lot);
}

std::string_view social_credit_code_of(std::string_view text) noexcept {
    if (text.starts_with(kSocialCreditStem)) {
        text.remove_prefix(kSocialCreditStem.size());
    }
    return is_social_credit_code(text) ? text : std::string_view();
}

std::string social_credit_uri(std::string_view code) {
    return std::string(kSocialCreditStem) + std::string(code);
}

std::string canonical_uri(std::string_view text) {
    return parse_code(text).uri;
}

Result<std::string> to_epc_urn(const Code& code, std::size_t company_prefix_length) {
    const std::optional<detail::Elements> elements = detail::read_digital_link(code.uri);
    if (!elements) {
        return fail(ErrorCode::kInvalidArgument, "no EPC URN: " + code.uri + " is no GS1 key");
    }
    return detail::write_epc_urn(*elements, company_prefix_length);
}

}  // namespace suyuan::model
