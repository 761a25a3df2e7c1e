// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "model/instant.h"

namespace suyuan::trace {

// Which of many time intervals meet a given one, in O(log n) and the number found.
//
// The intervals by their first moment, and over them a tree of the greatest last moment below.
class IntervalIndex {
public:
    IntervalIndex() = default;

    explicit IntervalIndex(const std::vector<model::TimeInterval>& intervals) {
        if (intervals.empty()) {
            return;
        }
        entries_.reserve(intervals.size());
        for (const model::TimeInterval& interval : intervals) {
            entries_.push_back({interval, static_cast<std::uint32_t>(entries_.size())});
        }
        std::ranges::sort(entries_, {}, [](const Entry& entry) {
            return std::pair(entry.interval.first, entry.place);
        });
        leaves_ = std::bit_ceil(entries_.size());
        greatest_.assign(2 * leaves_, std::numeric_limits<model::MicrosUtc>::min());
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            greatest_[leaves_ + i] = entries_[i].interval.last;
        }
        for (std::size_t node = leaves_ - 1; node > 0; --node) {
            greatest_[node] = std::max(greatest_[2 * node], greatest_[2 * node + 1]);
        }
    }

    // Calls visit(place in the list given) for each interval that meets `span`, by first moment.
    template <typename Visit>
    void visit_meeting(const model::TimeInterval& span, const Visit& visit) const {
        const auto after = std::ranges::upper_bound(
            entries_, span.last, {}, [](const Entry& entry) { return entry.interval.first; }
        );
        const auto limit = static_cast<std::size_t>(after - entries_.begin());
        if (limit > 0) {
            visit_below({1, 0, leaves_}, limit, span.first, visit);
        }
    }

    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

private:
    struct Entry {
        model::TimeInterval interval;
        std::uint32_t place = 0;
    };

    // A node of the tree and the entries that it stands for.
    struct Node {
        std::size_t index = 1;
        std::size_t begin = 0;
        std::size_t end = 1;
    };

    // Depth log2 of the size.
    template <typename Visit>
    void visit_below(  // NOLINT(misc-no-recursion)
        const Node& node,
        std::size_t limit,
        model::MicrosUtc first,
        const Visit& visit
    ) const {
        if (node.begin >= limit || greatest_[node.index] < first) {
            return;
        }
        if (node.end - node.begin == 1) {
            visit(entries_[node.begin].place);
            return;
        }
        const std::size_t middle = (node.begin + node.end) / 2;
        visit_below({2 * node.index, node.begin, middle}, limit, first, visit);
        visit_below({2 * node.index + 1, middle, node.end}, limit, first, visit);
    }

    std::vector<Entry> entries_;
    std::size_t leaves_ = 1;
    std::vector<model::MicrosUtc> greatest_;
};

}  // namespace suyuan::trace
