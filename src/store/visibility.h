// SPDX-License-Identifier: Apache-2.0
//
// The one place where a scope becomes a condition on submitter, owner, territory and data class.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "policy/scope.h"

namespace suyuan::store {

// Fails with kPermissionDenied for a scope that this store cannot express: today every scope that
// does not see everything.
[[nodiscard]] Status check_scope(const policy::Scope& scope);

// `text` with each SCOPE(x) replaced by the condition for the rows of x. Requires a scope that
// check_scope() accepted, and balanced parentheses: the text is ours.
[[nodiscard]] std::string apply_scope(std::string_view text);

}  // namespace suyuan::store
