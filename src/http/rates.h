// SPDX-License-Identifier: Apache-2.0
//
// How much one may ask for in a time: what is not asked for is saved up, to a bound.

#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

namespace suyuan::http {

// In units: what a look at one record costs.
struct Pace {
    std::int64_t per_second = 0;
    std::int64_t at_once = 0;  // saved up at most
};

// Whose savings are spent.
struct Payer {
    std::string name;
    Pace pace;
};

// Threads: any.
class Rates {
public:
    // Beyond so many names in memory, the newcomers among them share one's savings until others
    // have theirs back in full and need not be remembered.
    explicit Rates(std::size_t names_max = std::size_t{1} << 16) : names_max_(names_max) {}

    // Takes `units` from every payer, or from none: how long (microseconds) until it could.
    // More units than a payer can save are as many as that. `now_us` is monotonic.
    [[nodiscard]] std::optional<std::int64_t> take(
        std::span<const Payer> payers, std::int64_t units, std::int64_t now_us
    );

    [[nodiscard]] std::size_t size() const;

private:
    // When a payer's savings are full again, 0 for a new name.
    [[nodiscard]] std::int64_t& full_at(const std::string& name, std::int64_t now_us);

    const std::size_t names_max_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::int64_t> full_at_;  // guarded by mutex_
};

}  // namespace suyuan::http
