// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>

#include "base/result.h"
#include "store/migrations.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

// Checks whose file it is and brings it up to the last of `steps`, each in a transaction of its
// own. The connection is the writer when it returns. Fails with kCorruption (no database, or
// another program's) and kInvalidArgument (made by a newer version; both versions are named).
[[nodiscard]] Status prepare_schema(Connection& connection, std::span<const Migration> steps);

}  // namespace suyuan::store::sqlite
