// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::codec::detail {

// What a workbook breaks that no program writes so.
[[nodiscard]] inline Failure damaged(std::string_view what) {
    return fail(
        ErrorCode::kInvalidArgument,
        format(
            "the workbook is damaged: {}; open it in a spreadsheet program and save it again", what
        )
    );
}

}  // namespace suyuan::codec::detail
