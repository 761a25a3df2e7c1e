// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "policy/scope.h"

namespace suyuan::policy {

// Who asks, until when, and how much work they may cause. The first parameter of everything that
// can take long.
//
// Threads: copies may be used from any thread; cancel() may be called from any thread and is seen
// by every copy. Time is not read here: the deadline is turned into a cancellation by whoever owns
// a clock.
class RequestContext {
public:
    explicit RequestContext(Principal principal, std::string request_id = {})
        : principal_(std::move(principal)),
          request_id_(std::move(request_id)),
          cancelled_(std::make_shared<std::atomic<bool>>(false)) {}

    // The same request, once it is known who makes it: cancelled together with this one.
    [[nodiscard]] RequestContext as(Principal principal) const {
        RequestContext known = *this;
        known.principal_ = std::move(principal);
        return known;
    }

    [[nodiscard]] const Principal& principal() const noexcept { return principal_; }

    [[nodiscard]] const std::string& request_id() const noexcept { return request_id_; }

    void cancel() const noexcept { cancelled_->store(true, std::memory_order_relaxed); }

    [[nodiscard]] bool is_cancelled() const noexcept {
        return cancelled_->load(std::memory_order_relaxed);
    }

    // Fails with kCancelled once the caller left or the deadline passed. Loops call it every few
    // thousand steps.
    [[nodiscard]] Status check_alive() const;

private:
    Principal principal_;
    std::string request_id_;
    std::shared_ptr<std::atomic<bool>> cancelled_;
};

}  // namespace suyuan::policy
