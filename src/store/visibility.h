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

// `text` with each mark replaced by a condition:
//
//     SCOPE(x)         rows of x that the scope submitted, or that lie in its territory, and are no
//                      more protected than it opens
//     WITHIN(x)        the same, however protected: where nothing of a person is read
//     HELD(x)          registered rows of x that are the scope's own, or lie in its territory
//     SIGHT(kind, id)  the thing is named by an event of the scope, or is held: see mention
//     PEOPLE(x)        rows that tell who a person is
//
// Kinds are item, operator, site, vehicle, person, paper. Its values are functions that the backend
// defines: scope_operator(), scope_region_from(), scope_region_before(), scope_data_class(),
// scope_people(). Requires that no mark holds a parenthesis: the text is ours.
[[nodiscard]] std::string apply_scope(std::string_view text, policy::View view);

}  // namespace suyuan::store
