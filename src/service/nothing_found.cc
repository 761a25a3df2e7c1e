// SPDX-License-Identifier: Apache-2.0

#include "service/nothing_found.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "service/check_digits.h"
#include "service/seed.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "store/search.h"

namespace suyuan::service {
namespace {

// "; similar: A1 (beef), A2"
std::string similar(
    std::string_view intro, const std::vector<store::SearchHit>& suggestions, std::string_view comma
) {
    constexpr std::size_t kNamedMax = 3;
    std::string text;
    for (const store::SearchHit& hit :
         std::span(suggestions).first(std::min(suggestions.size(), kNamedMax))) {
        text += text.empty() ? intro : comma;
        text += short_code(hit.code);
        if (!hit.name.empty()) {
            text += format(" ({})", hit.name);
        }
    }
    return text;
}

// What may have been mistyped.
Sentence slip_in(std::string_view text) {
    for (const std::string& uri : model::candidate_uris(text)) {
        if (const auto fault = check_digit_fault(uri)) {
            return {format("（{}）", fault->zh), format(" ({})", fault->en)};
        }
    }
    return {};
}

}  // namespace

Failure nothing_bears(std::string_view text, const std::vector<store::SearchHit>& suggestions) {
    const Sentence slip = slip_in(text);
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format(
                "没有任何记录或登记使用“{}”{}{}",
                text,
                slip.zh,
                similar("；相近的有：", suggestions, "、")
            ),
            format(
                "no record and no register knows \"{}\"{}{}",
                text,
                slip.en,
                similar("; similar: ", suggestions, ", ")
            )
        }
    );
}

Failure no_event_names(const Reading& reading, const TraceRequest& request) {
    Sentence limits;
    if (!request.as_of.empty()) {
        limits.zh += format("（截至 {}）", request.as_of);
        limits.en += format(", as of {}", request.as_of);
    }
    if (!request.from.empty() || !request.to.empty()) {
        const auto end = [](const std::string& text) { return text.empty() ? "…" : text; };
        limits.zh += format("（{} 至 {} 期间）", end(request.from), end(request.to));
        limits.en += format(", between {} and {}", end(request.from), end(request.to));
    }
    if (!request.owner.empty() || !request.site.empty()) {
        limits.zh += "（限于指定的经营主体或场所）";
        limits.en += ", at the operator or site given";
    }
    const std::string code = short_code(reading.code);
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format("“{}”已登记，但没有有效记录涉及它{}", code, limits.zh),
            format("\"{}\" is known, but no event in force names it{}", code, limits.en)
        }
    );
}

Failure nothing_of_yours(std::string_view text) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format("本单位没有编码为“{}”的货", text),
            format("your operator had no goods of the code \"{}\"", text)
        }
    );
}

Failure nothing_here(std::string_view text) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format("辖区内没有编码为“{}”的货、经营主体或场所", text),
            format("no goods, operator or site of the code \"{}\" in your territory", text)
        }
    );
}

}  // namespace suyuan::service
