// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "base/result.h"
#include "policy/policy.h"

namespace suyuan::policy::detail {

// Whether the rules go together: none is contradicted or made idle by another, no role holds two
// acts of a separation. docs/policy.md section 7. Fails with kInvalidArgument, naming file and
// line.
[[nodiscard]] Status check_reachable(const PolicyContent& content, std::string_view file);

}  // namespace suyuan::policy::detail
