// SPDX-License-Identifier: Apache-2.0
//
// Where in its document each row of master data stands.

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "model/registry.h"

namespace suyuan::service {

// The pointers of the elements that rows came from: of the first, and of a later one for the fields
// that it added. Tables are called as model::check_registry() calls them.
class RowOrigins {
public:
    // Of the row that is added next to a table.
    void note(std::string_view table, std::string pointer);
    // Requires that the row was noted.
    void note_field(
        std::string_view table, std::size_t row, std::string_view field, std::string_view pointer
    );

    // Of the whole row if the field is empty or came with it.
    [[nodiscard]] std::string pointer_of(
        std::string_view table, std::size_t row, std::string_view field = {}
    ) const;

    // What model::check_registry() said of a row, told of the element in the document.
    [[nodiscard]] Failure malformed_row(const Error& error) const;

private:
    struct Origin {
        std::string pointer;
        std::map<std::string, std::string, std::less<>> fields;
    };

    std::map<std::string, std::vector<Origin>, std::less<>> origins_;  // by table, row by row
};

// Numbers in the rows that look mistyped (check_digits.h); those of persons are not repeated.
[[nodiscard]] std::vector<codec::EpcisProblem> warnings_of(
    const model::RegistryRows& rows, const RowOrigins& origins
);

}  // namespace suyuan::service
