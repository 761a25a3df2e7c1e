// SPDX-License-Identifier: Apache-2.0

#include "http/access_body.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "base/format.h"
#include "codec/json.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/reply.h"
#include "model/code.h"

namespace suyuan::http {

std::variant<BodyReader, Problem> BodyReader::read(const Call& call) {
    // A form of another site can send everything but this type.
    if (!equals_ignoring_case(
            media_type(call.request.headers.find("Content-Type")), "application/json"
        )) {
        return make_problem(
            ProblemKind::kUnsupportedMediaType,
            {"请求体须为 application/json。", "Send application/json."}
        );
    }
    if (call.request.body.size() > kAccessBodyBytesMax) {
        return make_problem(
            ProblemKind::kBodyTooLarge,
            {format("此请求体最大 {} 字节。", kAccessBodyBytesMax),
             format("This body has at most {} bytes.", kAccessBodyBytesMax)}
        );
    }
    auto json = codec::parse_json(call.request.body);
    if (!json || !json->is_object()) {
        return make_problem(
            ProblemKind::kInvalidRequest,
            {"请求体须为一个 JSON 对象。", "The body must be a JSON object."}
        );
    }
    return BodyReader(*std::move(json));
}

const codec::Json* BodyReader::find(std::string_view name) {
    known_.emplace_back(name);
    const codec::Json* const found = body_.find(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

void BodyReader::refuse(std::string_view name, Text detail) {
    reasons_.push_back(
        {.pointer = format("/{}", name), .parameter = {}, .detail = std::move(detail)}
    );
}

std::string BodyReader::text(std::string_view name) {
    const codec::Json* const found = find(name);
    if (found == nullptr) {
        return {};
    }
    if (!found->is_string()) {
        refuse(name, {"须为文字。", "must be a text"});
        return {};
    }
    return found->text();
}

std::string BodyReader::required_text(std::string_view name) {
    std::string value = text(name);
    if (value.empty() && reasons_.empty()) {
        refuse(name, {"不能为空。", "must not be empty"});
    }
    return value;
}

std::vector<std::string> BodyReader::texts(std::string_view name) {
    std::vector<std::string> values;
    const codec::Json* const found = find(name);
    if (found == nullptr) {
        return values;
    }
    if (!found->is_array() || !std::ranges::all_of(found->items(), [](const codec::Json& item) {
            return item.is_string();
        })) {
        refuse(name, {"须为文字的数组。", "must be an array of texts"});
        return values;
    }
    for (const codec::Json& item : found->items()) {
        values.push_back(item.text());
    }
    return values;
}

std::int64_t BodyReader::number(std::string_view name, std::int64_t otherwise) {
    const codec::Json* const found = find(name);
    if (found == nullptr) {
        return otherwise;
    }
    std::int64_t value = otherwise;
    if (found->is_number()) {
        const std::string& digits = found->text();
        const char* const end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value);
        if (error == std::errc() && stop == end) {
            return value;
        }
    }
    refuse(name, {"须为整数。", "must be a whole number"});
    return otherwise;
}

std::optional<Problem> BodyReader::finish() {
    for (const codec::JsonMember& member : body_.members()) {
        if (std::ranges::find(known_, member.name) == known_.end()) {
            refuse(member.name, {"没有这一项。", "there is no such member"});
        }
    }
    if (reasons_.empty()) {
        return std::nullopt;
    }
    Problem problem = make_problem(
        ProblemKind::kInvalidRequest, {"请求体有误。", "The body is not as it should be."}
    );
    problem.errors = std::move(reasons_);
    return problem;
}

std::string operator_named(std::string_view text) {
    const std::string_view uscc = model::social_credit_code_of(text);
    return uscc.empty() ? model::canonical_uri(text) : model::social_credit_uri(uscc);
}

}  // namespace suyuan::http
