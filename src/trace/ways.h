// SPDX-License-Identifier: Apache-2.0
//
// When a thing was on its way, by what was shipped and received: docs/tracing.md section 3.3.

#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

// Lifetime: borrows flow and view.
class Ways {
public:
    Ways(const ItemFlow& flow, const View& view);

    // Whether a moment stands between a departure and a receipt that is joined to it.
    [[nodiscard]] bool lead_past(const TimeKey& seen) const;

    // Whether something was ever put in, taken out or done with it there.
    [[nodiscard]] bool was_handled_at(const Spot& spot);

private:
    using Way = std::pair<TimeKey, TimeKey>;

    // By departure; with the last of all receipts that are joined to it or to earlier ones.
    std::vector<Way> ways_;
    const ItemFlow& flow_;
    const View& view_;
    std::optional<std::vector<Spot>> handled_;  // ascending; once somebody asks
};

}  // namespace suyuan::trace
