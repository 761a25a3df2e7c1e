// SPDX-License-Identifier: Apache-2.0

#include "access/parts.h"

#include <string>
#include <string_view>

#include "base/format.h"
#include "policy/request_context.h"
#include "store/access.h"

namespace suyuan::access {

store::AuditEntry entry_of(
    const Parts& parts,
    const policy::RequestContext& context,
    std::string_view act,
    std::string_view thing,
    std::string_view named
) {
    store::AuditEntry entry;
    entry.actor = context.principal().id;
    entry.organisation = context.principal().operator_code;
    entry.act = act;
    entry.thing = thing;
    entry.named = named;
    entry.policy = format("{} {}", parts.policy->content().version, parts.policy->digest());
    return entry;
}

}  // namespace suyuan::access
