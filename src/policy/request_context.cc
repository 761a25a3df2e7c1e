// SPDX-License-Identifier: Apache-2.0

#include "policy/request_context.h"

#include "base/error.h"
#include "base/result.h"

namespace suyuan::policy {

Status RequestContext::check_alive() const {
    if (is_cancelled()) {
        return fail(ErrorCode::kCancelled, "the caller left or the deadline passed");
    }
    return {};
}

}  // namespace suyuan::policy
