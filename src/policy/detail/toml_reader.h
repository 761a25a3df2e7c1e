// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "base/result.h"
#include "policy/detail/policy_source.h"

namespace suyuan::policy::detail {

// Reads the shape of a policy file: TOML, the keys that there are, texts and lists of texts where
// they belong. Fails with kInvalidArgument, naming file and line.
[[nodiscard]] Result<PolicySource> read_policy_source(std::string_view text, std::string_view file);

}  // namespace suyuan::policy::detail
