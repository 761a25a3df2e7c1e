// SPDX-License-Identifier: Apache-2.0

#include "policy/scope.h"

#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"

namespace suyuan::policy {

std::string_view to_string(Permission permission) noexcept {
    switch (permission) {
        case Permission::kCaptureEvents:
            return "capture_events";
        case Permission::kReadEvents:
            return "read_events";
        case Permission::kTrace:
            return "trace";
        case Permission::kSearch:
            return "search";
        case Permission::kReadRegistry:
            return "read_registry";
        case Permission::kErasePerson:
            return "erase_person";
        case Permission::kOperate:
            return "operate";
        case Permission::kAuthenticate:
            return "authenticate";
        case Permission::kKeepAccounts:
            return "keep_accounts";
        case Permission::kAudit:
            return "audit";
    }
    SUYUAN_UNREACHABLE();
}

Principal local_principal() {
    return Principal{.id = "local", .operator_code = "local", .is_local = true};
}

Result<Scope> decide(const Principal& principal, Permission permission) {
    if (!principal.is_local) {
        return fail(ErrorCode::kPermissionDenied, "only the local principal has every right");
    }
    return Scope(permission, View::kEverything);
}

}  // namespace suyuan::policy
