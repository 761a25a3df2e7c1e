// SPDX-License-Identifier: Apache-2.0
//
// How statements are written here, once for every backend.
//
// A statement is a constant in the SQL that SQLite 3.40 and PostgreSQL 15 share; what differs is in
// each backend's dialect file. Values are bound, never spliced: $1, $2, ... in the order in which
// they first appear. In statements that read for somebody, SCOPE(x) stands for "and this row of x
// may be seen": visibility.h turns it, and its kin, into conditions, in one place.

#pragma once

#include <string_view>

namespace suyuan::store::sql {

struct Text {
    std::string_view value;  // of a string literal: its address names the statement
};

}  // namespace suyuan::store::sql
