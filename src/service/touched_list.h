// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <ranges>
#include <vector>

#include "model/instant.h"
#include "trace/answer.h"

namespace suyuan::service {

// Who or what an answer touches, each once with first and last time; id 0 is left out.
class TouchedList {
public:
    void add(std::uint32_t id, const model::TimeInterval& time) {
        if (id == 0) {
            return;
        }
        trace::Touched& one =
            touched_
                .try_emplace(id, trace::Touched{.id = id, .first = time.first, .last = time.last})
                .first->second;
        one.first = std::min(one.first, time.first);
        one.last = std::max(one.last, time.last);
    }

    [[nodiscard]] std::vector<trace::Touched> rows() const {
        const auto all = touched_ | std::views::values;
        return {all.begin(), all.end()};
    }

private:
    std::map<std::uint32_t, trace::Touched> touched_;
};

}  // namespace suyuan::service
