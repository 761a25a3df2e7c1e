// SPDX-License-Identifier: Apache-2.0
//
// Bodies of the routes about accounts and keys: small JSON objects, read strictly.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/json.h"
#include "http/problem.h"
#include "http/reply.h"

namespace suyuan::http {

// More than any of these bodies needs.
inline constexpr std::size_t kAccessBodyBytesMax = std::size_t{16} << 10;

// Collects what is wrong, as ParameterReader does. Lifetime: borrows nothing.
class BodyReader {
public:
    // A problem for what is not application/json, too large or not an object.
    static std::variant<BodyReader, Problem> read(const Call& call);

    // "" if it is not there.
    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::string required_text(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t otherwise);

    // Call last: what was noted, and members that nobody read.
    [[nodiscard]] std::optional<Problem> finish();

private:
    explicit BodyReader(codec::Json body) : body_(std::move(body)) {}

    const codec::Json* find(std::string_view name);
    void refuse(std::string_view name, Text detail);

    codec::Json body_;
    std::vector<std::string> known_;
    std::vector<ProblemReason> reasons_;
};

// A USCC or another code of an operator, as people write it: canonical.
[[nodiscard]] std::string operator_named(std::string_view text);

}  // namespace suyuan::http
