// SPDX-License-Identifier: Apache-2.0
//
// What every command of `suyuan` has in common.

#pragma once

#include <functional>
#include <string>

#include "io/clock.h"
#include "io/randomness.h"

namespace CLI {
class App;
}  // namespace CLI

namespace suyuan::app {

// What scripts branch on.
enum class ExitCode : int {
    kDone = 0,
    kDoneWithProblems = 1,  // refused events, findings, nothing found
    kUsage = 2,
    kFailed = 3,            // the store or the server cannot be used
    kStopped = 130,         // by a signal
};

struct World {
    const io::Clock& clock;
    io::Randomness& randomness;
};

// The chosen command, ready to run; set by the parser.
using Action = std::function<ExitCode(World&)>;

// Each adds one sub-command whose parsing sets `action`.
void add_serve(CLI::App& program, Action& action);
void add_demo(CLI::App& program, Action& action);
void add_import(CLI::App& program, Action& action);
void add_trace(CLI::App& program, Action& action);
void add_search(CLI::App& program, Action& action);
void add_export(CLI::App& program, Action& action);
void add_verify(CLI::App& program, Action& action);
void add_stats(CLI::App& program, Action& action);

// --data DIR, required.
void add_data_option(CLI::App& command, std::string& directory);
// --json
void add_json_flag(CLI::App& command, bool& json);

}  // namespace suyuan::app
