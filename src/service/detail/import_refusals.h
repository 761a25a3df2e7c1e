// SPDX-License-Identifier: Apache-2.0
//
// Why an import cannot be taken now.

#pragma once

#include "base/error.h"
#include "base/result.h"

namespace suyuan::service::detail {

[[nodiscard]] inline Failure is_stopping() {
    return fail(
        ErrorCode::kUnavailable,
        Sentence{"服务正在停止，请稍后再试。", "the server is stopping: try again later"}
    );
}

[[nodiscard]] inline Failure too_many_wait() {
    return fail(
        ErrorCode::kUnavailable,
        Sentence{
            "等待导入的文件太多，请稍后再试。",
            "too many files wait to be imported: try again later"
        }
    );
}

}  // namespace suyuan::service::detail
