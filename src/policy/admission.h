// SPDX-License-Identifier: Apache-2.0
//
// The one question that a request asks: may whoever comes do this, and which rows are open to them?
//
// A route does not know yet which row it will find. So the policy is asked about what the subject
// would have most to do with: anything at all, then something of their own operator, then something
// in their region. What it permits becomes the Scope, and a store finds nothing beyond it.

#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {

// Who asks, and every grant that they hold. Without a grant: the public.
struct Party {
    Principal principal;
    std::vector<Subject> subjects;
};

// What a route needs.
struct Need {
    Permission permission = Permission::kOperate;
    Action action = Action::kOperate;
    ResourceKind kind = ResourceKind::kService;
};

struct Admission {
    Scope scope;
    Decision decision;
    RoleId role{};  // in which they are let in
    // No field is closed but those that tell who a person is (Scope::shows_people()).
    bool shows_all_fields = false;
};

// Pure. Fails with kPermissionDenied. Of several grants that do, the one that opens most.
[[nodiscard]] Result<Admission> admit(
    const Policy& policy, const Party& party, const Need& need, const Context& context
);

// What the policy would ask for: the purposes for which the same would be permitted.
[[nodiscard]] PurposeSet purposes_for(
    const Policy& policy, const Party& party, const Need& need, const Context& context
);

// The digits that all codes within a region begin with: "1101" for 110100.
[[nodiscard]] std::string region_prefix(RegionCode region);

}  // namespace suyuan::policy
