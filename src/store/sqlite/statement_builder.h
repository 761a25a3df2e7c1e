// SPDX-License-Identifier: Apache-2.0
//
// Statements whose shape depends on the question: constant pieces, bound values, nothing else.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

class StatementBuilder {
public:
    // A piece of SQL. Only string literals: what comes from outside is a value.
    template <std::size_t kSize>
    // NOLINTNEXTLINE(*-avoid-c-arrays)
    StatementBuilder& sql(const char (&piece)[kSize]) {
        text_.append(piece, kSize - 1);
        return *this;
    }

    StatementBuilder& value(std::int64_t number);
    StatementBuilder& value(std::string text);

    // "$4, $5, $6"; NULL, which equals nothing, for an empty list.
    StatementBuilder& values(const std::vector<std::int64_t>& numbers);

    // The statement with its values bound. The builder may go.
    [[nodiscard]] Result<Query> start(Connection& connection) const;

private:
    std::string text_;
    std::vector<std::variant<std::int64_t, std::string>> values_;
};

}  // namespace suyuan::store::sqlite
