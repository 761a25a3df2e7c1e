// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "tests/property/world.h"

namespace suyuan::property {

// The world without every event, fact and link that it can do without while `still_differs`.
[[nodiscard]] World shrink(
    const World& world, const std::function<bool(const World&)>& still_differs
);

}  // namespace suyuan::property
