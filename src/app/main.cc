// SPDX-License-Identifier: Apache-2.0
//
//   suyuan serve | demo | import | trace | search | export | verify | stats

#include <cstdio>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "base/format.h"
#include "io/clock.h"
#include "io/randomness.h"

namespace suyuan::app {

void add_data_option(CLI::App& command, std::string& directory) {
    command.add_option("--data", directory, "数据目录 · data directory")->required();
}

void add_json_flag(CLI::App& command, bool& json) {
    command.add_flag("--json", json, "机器可读输出 · machine output");
}

namespace {

int run(int argument_count, char** arguments) {
    CLI::App program{"溯源 Suyuan：食品一键追溯 · food traceability in one click"};
    program.set_version_flag("--version", std::string(SUYUAN_VERSION));
    program.require_subcommand(1);
    program.get_formatter()->column_width(34);
    Action action;
    add_serve(program, action);
    add_demo(program, action);
    add_import(program, action);
    add_trace(program, action);
    add_search(program, action);
    add_export(program, action);
    add_verify(program, action);
    add_stats(program, action);
    try {
        program.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        const bool asked_for_help = error.get_exit_code() == 0;
        program.exit(error);
        return static_cast<int>(asked_for_help ? ExitCode::kDone : ExitCode::kUsage);
    }
    const io::SystemClock clock;
    io::SystemRandomness randomness;
    World world{clock, randomness};
    return static_cast<int>(action(world));
}

}  // namespace
}  // namespace suyuan::app

// The fence for what third-party code throws: memory, most likely.
int main(int argument_count, char** arguments) {
    try {
        return suyuan::app::run(argument_count, arguments);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "suyuan: %s\n", failure.what());
        return static_cast<int>(suyuan::app::ExitCode::kFailed);
    }
}
