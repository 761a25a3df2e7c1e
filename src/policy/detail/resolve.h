// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "policy/detail/policy_source.h"
#include "policy/policy.h"

namespace suyuan::policy::detail {

// Names to numbers, each rule checked by itself: docs/policy.md section 7. Fails with
// kInvalidArgument, naming file and line.
[[nodiscard]] Result<PolicyContent> resolve(const PolicySource& source);

}  // namespace suyuan::policy::detail
