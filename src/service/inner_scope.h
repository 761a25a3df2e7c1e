// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "policy/scope.h"

namespace suyuan::service {

// For what the platform reads on its own account, whoever caused it: where a site lies, what was
// committed before. Nothing read with it goes into an answer.
[[nodiscard]] policy::Scope inner_scope();

}  // namespace suyuan::service
