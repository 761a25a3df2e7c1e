// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::codec::detail {

// What a workbook breaks that no program writes so. `what` is for whoever made that program; the
// clerk who sent it is told what to do.
[[nodiscard]] inline Failure damaged(std::string_view what) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("工作簿已损坏，请用电子表格软件打开，重新另存（细节：{}）。", what),
            format(
                "the workbook is damaged: {}; open it in a spreadsheet program and save it again",
                what
            )
        }
    );
}

}  // namespace suyuan::codec::detail
