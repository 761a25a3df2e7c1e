// SPDX-License-Identifier: Apache-2.0
//
// The schema, as the steps that lead to it: docs/formats/store.md says what the tables hold.
//
// A step that was released never changes; what changes comes as a further step. Each runs in one
// transaction. Words that a backend's dialect replaces: BIGKEY (the 64-bit key of a table whose
// rows are found by it), CLUSTERED (rows lie in the order of their primary key), WHOSE (the four
// columns of whose.h). Texts are compared byte by byte.

#pragma once

#include <span>
#include <string_view>

namespace suyuan::store {

struct Migration {
    int version = 0;
    std::string_view statements;
};

// Ascending by version, from 1, without gaps.
[[nodiscard]] std::span<const Migration> migrations() noexcept;

}  // namespace suyuan::store
