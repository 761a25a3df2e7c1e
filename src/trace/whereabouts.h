// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
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

private:
    struct Stop {
        TimeKey key;
        Spot spot;

        friend auto operator<=>(const Stop&, const Stop&) noexcept = default;
    };

    const Draft& draft_;
    std::vector<Stop> ride_arrivals_;  // ascending
};

}  // namespace suyuan::trace
