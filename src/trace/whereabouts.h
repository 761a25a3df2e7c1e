// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

// Where an item was last: docs/tracing.md section 3.3, step 3. Lifetime: borrows the draft, whose
// rides are made.
class Whereabouts {
public:
    explicit Whereabouts(const Draft& draft);

    // Its previous position at a moment in the order by time; nullopt: it was nowhere yet.
    [[nodiscard]] std::optional<Spot> before(const TimeKey& moment) const;

    // The same at its first use at a spot, where nothing says how it came. What can be before or
    // after that, at a spot to which it came from this one, was after. Also nullopt if the work is
    // over.
    [[nodiscard]] std::optional<Spot> before_first_use(const Spot& here, const TimeKey& use) const;

private:
    struct Stop {
        TimeKey key;
        Spot spot;

        friend auto operator<=>(const Stop&, const Stop&) noexcept = default;
    };

    [[nodiscard]] std::optional<Stop> last_fact(
        const TimeKey& moment, const std::function<bool(const Stop&)>& counts
    ) const;
    [[nodiscard]] std::optional<Stop> last_ride(
        const TimeKey& moment, const std::function<bool(const Stop&)>& counts
    ) const;
    // Spots to which recorded moves lead from a spot, in steps, but for itself; ascending.
    [[nodiscard]] std::vector<Spot> reached_from(const Spot& here) const;

    const Draft& draft_;
    std::vector<Stop> ride_arrivals_;          // ascending
    std::vector<std::pair<Spot, Spot>> ways_;  // from, to of recorded moves; ascending
};

}  // namespace suyuan::trace
