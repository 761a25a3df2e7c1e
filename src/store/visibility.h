// SPDX-License-Identifier: Apache-2.0
//
// The one place where a scope becomes a condition on submitter, owner, territory and data class.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "policy/scope.h"

namespace suyuan::store {

// Fails with kPermissionDenied unless the scope sees everything: what a call that knows no narrower
// one asks for.
[[nodiscard]] Status check_scope(const policy::Scope& scope);

// Fails with kPermissionDenied for a scope that may not add rows of its own.
[[nodiscard]] Status check_own_scope(const policy::Scope& scope);

// `text` with each SCOPE(x) replaced by the condition for the rows of x, and each PEOPLE(x) by the
// one for rows that tell who a person is. Its values are functions that the backend defines:
// scope_operator(), scope_region_from(), scope_region_before(), scope_data_class(),
// scope_people(). Requires balanced parentheses: the text is ours.
[[nodiscard]] std::string apply_scope(std::string_view text, policy::View view);

}  // namespace suyuan::store
