// SPDX-License-Identifier: Apache-2.0
//
// Percent-encoding and query strings (RFC 3986; "+" is a blank in queries, as HTML forms send it).

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace suyuan::http {

// nullopt: a "%" without two hexadecimal digits, a NUL, or bytes that are no UTF-8.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);
[[nodiscard]] std::optional<std::string> query_decode(std::string_view text);

// Everything but RFC 3986's unreserved characters as %XX.
[[nodiscard]] std::string percent_encode(std::string_view text);

struct Parameter {
    std::string name;
    std::string value;
};

// A query's parameters in the order given.
class Query {
public:
    // nullopt: not decodable, or more than kQueryParametersMax. "a" and "a=" both give "" for a.
    [[nodiscard]] static std::optional<Query> parse(std::string_view text);

    [[nodiscard]] const std::vector<Parameter>& all() const noexcept { return rows_; }

    // The value of the first of that name; nullopt if there is none.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;
    [[nodiscard]] std::string_view value_or(std::string_view name, std::string_view otherwise)
        const noexcept;

    void add(std::string name, std::string value);

    // As it would be sent, values encoded.
    [[nodiscard]] std::string text() const;

private:
    std::vector<Parameter> rows_;
};

}  // namespace suyuan::http
