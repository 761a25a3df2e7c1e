// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/statement_builder.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/format.h"
#include "base/result.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

StatementBuilder& StatementBuilder::value(std::int64_t number) {
    values_.emplace_back(number);
    text_ += format("${}", values_.size());
    return *this;
}

StatementBuilder& StatementBuilder::value(std::string text) {
    values_.emplace_back(std::move(text));
    text_ += format("${}", values_.size());
    return *this;
}

StatementBuilder& StatementBuilder::values(const std::vector<std::int64_t>& numbers) {
    if (numbers.empty()) {
        return sql("NULL");
    }
    for (const std::int64_t& number : numbers) {
        if (&number != &numbers.front()) {
            sql(", ");
        }
        value(number);
    }
    return *this;
}

Result<Query> StatementBuilder::start(Connection& connection) const {
    SUYUAN_TRY(Query query, connection.prepare_once(text_));
    for (const auto& bound : values_) {
        if (const auto* number = std::get_if<std::int64_t>(&bound)) {
            SUYUAN_TRY_VOID(query.bind(*number));
        } else {
            SUYUAN_TRY_VOID(query.bind(std::string_view(std::get<std::string>(bound)), true));
        }
    }
    return query;
}

}  // namespace suyuan::store::sqlite
