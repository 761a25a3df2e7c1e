// SPDX-License-Identifier: Apache-2.0
//
// What the policy says of roles: which exclude each other, how their holders must come, and what
// subject a grant is.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {

// True for a role that holds, by some permit, an action that the policy separates: one of the three
// officers (三员).
[[nodiscard]] bool is_separated(const policy::Policy& policy, policy::RoleId role);

// The roles that nobody may hold beside this one: for an officer every other role, for any other
// role the officers' (GB/T 22239-2019 8.1.5: the officers see no business and do none).
[[nodiscard]] std::vector<std::string> roles_excluded_by(
    const policy::Policy& policy, policy::RoleId role
);

// A password alone does not do for this role.
[[nodiscard]] bool needs_two_factors(const policy::Policy& policy, policy::RoleId role);
// Whether one may come so in this role.
[[nodiscard]] bool may_come_by(
    const policy::Policy& policy, policy::RoleId role, policy::Authentication authentication
);

// Fails with kInvalidArgument, naming the word that the policy does not have.
[[nodiscard]] Result<policy::RoleId> role_named(
    const policy::Policy& policy, std::string_view name
);
[[nodiscard]] Status check_words(
    const policy::Policy& policy,
    std::string_view department,
    const std::vector<std::string>& functions,
    const std::vector<std::string>& actions
);

// The subject of a question to the policy. Words that the policy in force no longer has are left
// out, and a role that it no longer has makes it a subject whom nothing is permitted.
[[nodiscard]] policy::Subject subject_of(
    const policy::Policy& policy, const store::Grant& grant, policy::Authentication authentication
);
[[nodiscard]] policy::Subject subject_of(const policy::Policy& policy, const store::AccessKey& key);

}  // namespace suyuan::access
