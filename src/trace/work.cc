// SPDX-License-Identifier: Apache-2.0

#include "trace/work.h"

#include <cstddef>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::trace {

void Work::check() {
    steps_ = 0;
    if (context_ == nullptr || failure_.has_value()) {
        return;
    }
    if (const Status alive = context_->check_alive(); !alive) {
        failure_ = alive.error();
    }
}

bool Work::make_moves(std::size_t count) {
    moves_ += count;
    if (moves_ > moves_max_ && !failure_.has_value()) {
        failure_ = Error(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "须查看的流动超过 {} 条：请用时间范围、单一方向、所有者或场所缩小范围。",
                    moves_max_
                ),
                format(
                    "more than {} moves are to be looked at: narrow the question by a time window, "
                    "one direction, an owner or a site",
                    moves_max_
                )
            }
        );
    }
    return step(count);
}

Status Work::status() const {
    if (failure_.has_value()) {
        return Failure(*failure_);
    }
    return {};
}

}  // namespace suyuan::trace
