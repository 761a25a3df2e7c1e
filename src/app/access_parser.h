// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "app/commands.h"

namespace CLI {  // NOLINT(readability-identifier-naming)
class App;
}

namespace suyuan::app {

// The chosen command, ready to run; set by the parser.
using Action = std::function<ExitCode(World&)>;

// Adds "account", "key" and "audit". Lifetime: `action` outlives the program's parsing.
void add_account(CLI::App& program, Action& action);
void add_key(CLI::App& program, Action& action);
void add_audit(CLI::App& program, Action& action);

}  // namespace suyuan::app
