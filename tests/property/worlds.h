// SPDX-License-Identifier: Apache-2.0
//
// Small random worlds in which everything that docs/tracing.md speaks of happens, and collides.

#pragma once

#include <cstdint>
#include <vector>

#include "tests/property/world.h"
#include "trace/question.h"

namespace suyuan::property {

struct Case {
    World world;
    std::vector<trace::Question> questions;
};

// The same for the same seed. 3 to 40 events.
[[nodiscard]] Case make_case(std::uint64_t seed);

}  // namespace suyuan::property
