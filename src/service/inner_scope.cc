// SPDX-License-Identifier: Apache-2.0

#include "service/inner_scope.h"

#include <utility>

#include "base/assert.h"
#include "policy/scope.h"

namespace suyuan::service {

policy::Scope inner_scope() {
    auto scope = policy::decide(policy::local_principal(), policy::Permission::kOperate);
    SUYUAN_ASSERT(scope.has_value());
    return *std::move(scope);
}

}  // namespace suyuan::service
