// SPDX-License-Identifier: Apache-2.0
//
// `suyuan demo --operators N`: the generated province instead of the small story.

#pragma once

#include "app/commands.h"

namespace suyuan::app {

// Requires options.operators. Lots are written as they are made; a signal stops between two.
[[nodiscard]] ExitCode run_demo_province(World& world, const DemoOptions& options);

}  // namespace suyuan::app
