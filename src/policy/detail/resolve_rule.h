// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/detail/policy_source.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace suyuan::policy::detail {

// What a rule may list as a role: a role, or a group of them.
struct RoleGroup {
    std::string name;
    RoleSet roles;
    bool is_used = false;  // by a rule; a role need not be
};

// One rule of the file, checked by itself. `content` holds everything but the rules.
[[nodiscard]] Result<Rule> resolve_rule(
    std::string_view file,
    const RuleSource& source,
    const PolicyContent& content,
    std::vector<RoleGroup>& groups
);

}  // namespace suyuan::policy::detail
