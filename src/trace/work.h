// SPDX-License-Identifier: Apache-2.0
//
// How much one question may cause: whether somebody still waits for it, and how many moves it made.
//
// Sticky: once a question is to stop, every loop that asks ends early, what was made by then is
// worth nothing, and the failure is told once, at the end.

#pragma once

#include <cstddef>
#include <limits>
#include <optional>

#include "base/error.h"
#include "base/result.h"
#include "policy/request_context.h"

namespace suyuan::trace {

// Threads: one question, one thread. Lifetime: borrows the context.
class Work {
public:
    // Without bound: for what nobody waits for.
    Work() = default;

    Work(const policy::RequestContext& context, std::size_t moves_max)
        : context_(&context), moves_max_(moves_max) {}

    // Notes steps; false once the question is to stop.
    bool step(std::size_t count = 1) {
        steps_ += count;
        if (steps_ >= kStepsBetweenChecks) {
            check();
        }
        return !failure_.has_value();
    }

    // Notes moves made, likewise.
    bool make_moves(std::size_t count);

    void fail_with(Error error) { failure_ = std::move(error); }

    [[nodiscard]] bool is_over() const noexcept { return failure_.has_value(); }

    // The failure, if the question is to stop.
    [[nodiscard]] Status status() const;

private:
    // A few tens of microseconds of work.
    static constexpr std::size_t kStepsBetweenChecks = 4'096;

    void check();

    const policy::RequestContext* context_ = nullptr;
    std::size_t moves_max_ = std::numeric_limits<std::size_t>::max();
    std::size_t steps_ = kStepsBetweenChecks - 1;  // since the last check; the first step makes one
    std::size_t moves_ = 0;
    std::optional<Error> failure_;
};

}  // namespace suyuan::trace
