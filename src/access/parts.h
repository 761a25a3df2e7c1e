// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "access/password_rules.h"
#include "access/vault.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "store/access.h"

namespace suyuan::access {

// What the services of this module stand on. Lifetime: all of it outlives them; none is null.
struct Parts {
    store::AccessStore* store = nullptr;
    const policy::Policy* policy = nullptr;
    const Vault* vault = nullptr;
    const io::Clock* clock = nullptr;
    io::Randomness* randomness = nullptr;
    PasswordProfile passwords = asvs_profile();
};

// A row of the trail of what the context's principal does now, by the policy in force.
[[nodiscard]] store::AuditEntry entry_of(
    const Parts& parts,
    const policy::RequestContext& context,
    std::string_view act,
    std::string_view thing,
    std::string_view named
);

}  // namespace suyuan::access
