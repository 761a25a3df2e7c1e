// SPDX-License-Identifier: Apache-2.0

#include "access/roles.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

// No policy has so many roles: decide() knows it as unknown.
constexpr auto kNoRole = static_cast<policy::RoleId>(std::numeric_limits<std::uint8_t>::max());

Failure refuse(std::string_view zh, std::string_view en, std::string_view word) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("策略中没有{}“{}”", zh, word), format("the policy has no {} '{}'", en, word)
        }
    );
}

policy::FunctionSet functions_of(
    const policy::Policy& policy, const std::vector<std::string>& names
) {
    policy::FunctionSet functions;
    for (const std::string& name : names) {
        if (const auto function = policy.function(name)) {
            functions.insert(*function);
        }
    }
    return functions;
}

policy::ActionSet actions_of(const std::vector<std::string>& names) {
    policy::ActionSet actions;
    const auto known = policy::action_names();
    for (const std::string& name : names) {
        const auto place = std::ranges::find(known, name);
        if (place != known.end()) {
            actions.insert(static_cast<policy::Action>(place - known.begin()));
        }
    }
    return actions;
}

}  // namespace

bool is_separated(const policy::Policy& policy, policy::RoleId role) {
    for (const policy::Separation& separation : policy.content().separations) {
        for (const policy::Rule& rule : policy.content().rules) {
            if (!rule.is_forbid && rule.roles.contains(role) &&
                rule.actions.meets(separation.actions)) {
                return true;
            }
        }
    }
    return false;
}

std::vector<std::string> roles_excluded_by(const policy::Policy& policy, policy::RoleId role) {
    const bool is_officer = is_separated(policy, role);
    std::vector<std::string> excluded;
    const auto& roles = policy.content().roles;
    for (std::size_t place = 0; place < roles.size(); ++place) {
        const auto other = static_cast<policy::RoleId>(place);
        if (other != role && (is_officer || is_separated(policy, other))) {
            excluded.push_back(roles[place].term.name);
        }
    }
    return excluded;
}

bool may_come_by(
    const policy::Policy& policy, policy::RoleId role, policy::Authentication authentication
) {
    const auto& roles = policy.content().roles;
    return roles.at(static_cast<std::size_t>(role)).authentications.contains(authentication);
}

bool needs_two_factors(const policy::Policy& policy, policy::RoleId role) {
    return may_come_by(policy, role, policy::Authentication::kTwoFactor) &&
           !may_come_by(policy, role, policy::Authentication::kPassword);
}

Result<policy::RoleId> role_named(const policy::Policy& policy, std::string_view name) {
    const auto role = policy.role(name);
    if (!role) {
        return refuse("角色", "role", name);
    }
    return *role;
}

Status check_words(
    const policy::Policy& policy,
    std::string_view department,
    const std::vector<std::string>& functions,
    const std::vector<std::string>& actions
) {
    if (!department.empty() && !policy.department(department)) {
        return refuse("部门", "department", department);
    }
    for (const std::string& function : functions) {
        if (!policy.function(function)) {
            return refuse("职能", "function", function);
        }
    }
    for (const std::string& action : actions) {
        if (std::ranges::find(policy::action_names(), action) == policy::action_names().end()) {
            return refuse("操作", "action", action);
        }
    }
    return {};
}

policy::Subject subject_of(
    const policy::Policy& policy, const store::Grant& grant, policy::Authentication authentication
) {
    policy::Subject subject;
    subject.role = policy.role(grant.role).value_or(kNoRole);
    subject.region = grant.region;
    subject.department = policy.department(grant.department);
    subject.functions = functions_of(policy, grant.functions);
    subject.validity = grant.validity;
    subject.is_revoked = grant.revoked_at != 0;
    subject.authentication = authentication;
    return subject;
}

policy::Subject subject_of(const policy::Policy& policy, const store::AccessKey& key) {
    policy::Subject subject;
    subject.role = policy.role(key.role).value_or(kNoRole);
    subject.region = key.region;
    subject.department = policy.department(key.department);
    subject.functions = functions_of(policy, key.functions);
    subject.validity = {.from = key.created_at, .until = key.expires_at};
    subject.is_revoked = key.revoked_at != 0;
    subject.authentication = policy::Authentication::kKey;
    subject.credential = actions_of(key.actions);
    return subject;
}

}  // namespace suyuan::access
