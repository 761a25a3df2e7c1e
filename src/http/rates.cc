// SPDX-License-Identifier: Apache-2.0

#include "http/rates.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "base/assert.h"

namespace suyuan::http {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr const char* kNewcomers = "";

// Until so much is saved.
std::int64_t time_of(std::int64_t units, const Pace& pace) noexcept {
    return units * kSecondUs / pace.per_second;
}

}  // namespace

std::int64_t& Rates::full_at(const std::string& name, std::int64_t now_us) {
    if (const auto known = full_at_.find(name); known != full_at_.end()) {
        return known->second;
    }
    if (full_at_.size() >= names_max_) {
        for (auto entry = full_at_.begin(); entry != full_at_.end();) {
            entry = entry->second <= now_us ? full_at_.erase(entry) : std::next(entry);
        }
    }
    return full_at_[full_at_.size() >= names_max_ ? kNewcomers : name];
}

std::optional<std::int64_t> Rates::take(
    std::span<const Payer> payers, std::int64_t units, std::int64_t now_us
) {
    const std::lock_guard lock(mutex_);
    std::int64_t wait = 0;
    for (const Payer& payer : payers) {
        SUYUAN_ASSERT(payer.pace.per_second > 0 && payer.pace.at_once > 0);
        const std::int64_t cost = time_of(std::min(units, payer.pace.at_once), payer.pace);
        const std::int64_t full = std::max(full_at(payer.name, now_us), now_us) + cost;
        wait = std::max(wait, full - now_us - time_of(payer.pace.at_once, payer.pace));
    }
    if (wait > 0) {
        return wait;
    }
    for (const Payer& payer : payers) {
        std::int64_t& full = full_at(payer.name, now_us);
        full = std::max(full, now_us) + time_of(std::min(units, payer.pace.at_once), payer.pace);
    }
    return std::nullopt;
}

std::size_t Rates::size() const {
    const std::lock_guard lock(mutex_);
    return full_at_.size();
}

}  // namespace suyuan::http
