// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// As Store::verify(): the file's own structure, then each record with everything that belongs to
// it, then what the tables must agree in.
[[nodiscard]] Result<std::vector<Finding>> verify(
    Connection& connection,
    const policy::RequestContext& context,
    const std::function<void(std::uint64_t)>& progress
);

}  // namespace suyuan::store::sqlite
