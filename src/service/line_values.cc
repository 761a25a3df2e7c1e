// SPDX-License-Identifier: Apache-2.0

#include "service/line_values.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "service/check_digits.h"
#include "service/detail/line_text.h"
#include "service/line_sheet.h"
#include "service/own_codes.h"

namespace suyuan::service {
namespace {

using detail::is_all_digits;
using detail::is_digit;
using detail::refuse;

bool is_uri(std::string_view text) {
    const auto colon = text.find(':');
    return colon != std::string_view::npos && colon > 1 && colon + 1 < text.size() &&
           std::ranges::all_of(text, [](char letter) {
               return static_cast<unsigned char>(letter) > 0x20;
           });
}

// A trade item or a logistic unit.
bool is_goods(std::string_view uri) {
    return uri.starts_with("https://id.gs1.org/01/") || uri.starts_with("https://id.gs1.org/00/");
}

// What a browser would run or open from disk rather than fetch.
bool is_active(std::string_view text) {
    constexpr std::array<std::string_view, 5> kSchemes = {
        "javascript:", "data:", "vbscript:", "file:", "blob:"
    };
    std::string lower(text.substr(0, 16));
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return std::ranges::any_of(kSchemes, [&](std::string_view scheme) {
        return lower.starts_with(scheme);
    });
}

Failure no_code() {
    return refuse(
        "这不是编码：不接受 javascript:、data: 之类的地址。",
        "this is no code: addresses such as javascript: or data: are not taken"
    );
}

// How many bytes at the front are a character that nobody sees: C1 controls, soft hyphen, zero
// width, directions of writing, byte order mark. 0: none.
std::size_t hidden_bytes(std::string_view text) {
    const auto at = [&](std::size_t place) {
        return place < text.size() ? static_cast<unsigned char>(text[place]) : 0U;
    };
    if (at(0) == 0xC2U && ((at(1) >= 0x80U && at(1) <= 0x9FU) || at(1) == 0xADU)) {
        return 2;
    }
    const bool is_mark = at(0) == 0xE2U && at(1) == 0x80U &&
                         ((at(2) >= 0x8BU && at(2) <= 0x8FU) || (at(2) >= 0xA8U && at(2) <= 0xAEU));
    const bool is_control = at(0) == 0xE2U && at(1) == 0x81U && at(2) >= 0xA0U && at(2) <= 0xAFU;
    const bool is_byte_order_mark = at(0) == 0xEFU && at(1) == 0xBBU && at(2) == 0xBFU;
    return is_mark || is_control || is_byte_order_mark ? 3 : 0;
}

// How many bytes at the front are a blank that is not written as one: tab, line end, no-break.
std::size_t blank_bytes(std::string_view text) {
    if (text.starts_with("\u00A0")) {
        return 2;
    }
    return text.front() == '\t' || text.front() == '\n' || text.front() == '\r' ? 1 : 0;
}

std::string gs1_key(std::string_view ai, std::string_view digits) {
    return format("https://id.gs1.org/{}/{}", ai, digits);
}

}  // namespace

bool is_clean(std::string_view text) {
    return std::ranges::none_of(text, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20U || byte == 0x7FU || byte == 0xC2U || byte == 0xE2U || byte == 0xEFU;
    });
}

bool is_staff_id(std::string_view text) {
    constexpr std::string_view kSigns = "-_./#@:";
    const bool is_plain = !text.empty() && std::ranges::all_of(text, [&](char letter) {
        return is_digit(letter) || (letter >= 'a' && letter <= 'z') ||
               (letter >= 'A' && letter <= 'Z') || kSigns.find(letter) != std::string_view::npos;
    });
    return is_plain && model::check_identity_number(text).verdict != model::Verdict::kValid &&
           model::check_mobile_number(text).verdict != model::Verdict::kValid;
}

std::string clean_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        const auto byte = static_cast<unsigned char>(rest.front());
        if (const std::size_t hidden = hidden_bytes(rest); hidden > 0) {
            i += hidden;
        } else if (const std::size_t blank = blank_bytes(rest); blank > 0) {
            out.push_back(' ');
            i += blank;
        } else {
            if (byte >= 0x20U && byte != 0x7FU) {
                out.push_back(rest.front());
            }
            ++i;
        }
    }
    return out;
}

Result<std::string> read_line_party(std::string_view text) {
    const std::string plain = half_width(text);
    if (is_active(plain)) {
        return no_code();
    }
    if (is_uri(plain)) {
        return model::canonical_uri(plain);
    }
    if (plain.size() == 13 && is_all_digits(plain)) {
        const model::IdentifierCheck gln = model::check_gln(plain);
        if (gln.verdict != model::Verdict::kValid) {
            return fail(ErrorCode::kInvalidArgument, gln.reason);
        }
        return gs1_key("417", gln.normal);
    }
    const model::IdentifierCheck uscc = model::check_social_credit_code(plain);
    if (uscc.verdict == model::Verdict::kMalformed) {
        return fail(ErrorCode::kInvalidArgument, uscc.reason);
    }
    return model::social_credit_uri(uscc.normal);
}

Result<std::string> read_line_site(std::string_view text, std::string_view operator_code) {
    const std::string plain = half_width(text);
    if (is_active(plain)) {
        return no_code();
    }
    if (is_uri(plain)) {
        return model::canonical_uri(plain);
    }
    if (plain.size() == 13 && is_all_digits(plain) &&
        model::check_gln(plain).verdict == model::Verdict::kValid) {
        return gs1_key("414", plain);
    }
    if (operator_code.empty()) {
        return refuse(
            "自编的场所名要先知道是谁的：请填经营主体，或写场所的 GLN。",
            "a place of one's own naming needs its operator: name the operator, or give the GLN"
        );
    }
    return site_code(operator_code, plain);
}

Result<model::Code> read_line_code(std::string_view text) {
    if (is_active(half_width(text))) {
        return no_code();
    }
    model::Code code = model::parse_code(half_width(text));
    if (code.kind == model::CodeKind::kForeign && !is_uri(code.uri)) {
        // As a scanner gives it: digits alone, or an element string without its FNC1. Only where
        // the check digit is right; a number of another scheme is that number.
        for (const std::string& candidate : model::candidate_uris(text)) {
            if (is_goods(candidate) && !check_digit_fault(candidate)) {
                return model::parse_code(candidate);
            }
        }
        return code;
    }
    if (code.kind == model::CodeKind::kForeign && code.uri.starts_with("urn:epc:")) {
        return refuse(
            "不是正确的 EPC 编码，请对照标签核对。", "no right EPC: compare it with the label"
        );
    }
    if (const auto fault = check_digit_fault(code.uri)) {
        return fail(ErrorCode::kInvalidArgument, *fault);
    }
    return code;
}

}  // namespace suyuan::service
