// SPDX-License-Identifier: Apache-2.0

#include "store/visibility.h"

#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"
#include "policy/scope.h"

namespace suyuan::store {

Status check_scope(const policy::Scope& scope) {
    if (!scope.sees_everything()) {
        return fail(
            ErrorCode::kPermissionDenied,
            Sentence{
                "数据库目前不支持更窄的范围", "the store knows no narrower scope than everything"
            }
        );
    }
    return {};
}

std::string apply_scope(std::string_view text) {
    constexpr std::string_view kMark = "SCOPE(";
    constexpr std::string_view kEverything = "1 = 1";
    std::string applied;
    applied.reserve(text.size());
    while (true) {
        const auto mark = text.find(kMark);
        applied += text.substr(0, mark);
        if (mark == std::string_view::npos) {
            return applied;
        }
        const auto end = text.find(')', mark);
        SUYUAN_ASSERT(end != std::string_view::npos);
        applied += kEverything;
        text.remove_prefix(end + 1);
    }
}

}  // namespace suyuan::store
