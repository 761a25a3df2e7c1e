// SPDX-License-Identifier: Apache-2.0
//
// The commands of `suyuan` as functions: what each is told and how it ends.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/limits.h"
#include "io/clock.h"
#include "io/randomness.h"

namespace suyuan::app {

// What scripts branch on.
enum class ExitCode : std::uint8_t {
    kDone = 0,
    kDoneWithProblems = 1,  // refused events, findings, nothing found
    kUsage = 2,
    kFailed = 3,     // the store or the server cannot be used
    kStopped = 130,  // by a signal
};

struct World {
    const io::Clock& clock;
    io::Randomness& randomness;
};

// The page and the API, until a signal comes.
struct ServeOptions {
    std::string directory;
    std::string listen = "127.0.0.1:8080";
    std::string start_path = "/";
    std::vector<std::string> host_names;  // under which a proxy sends people here
    bool logs_access = false;
    std::int64_t account_pace = http::kAccountPace;
};

// Loads the demo story, or prints it; with a number of operators, makes a province of that size.
struct DemoOptions {
    std::string directory;
    bool json = false;
    bool shows_document = false;
    bool shows_start = false;
    std::optional<std::uint32_t> operators;
    std::uint32_t days = 60;
    std::uint64_t seed = 1;
    std::string sink = "store";  // "store", "csv", "none"
    bool checks = false;         // every code, name and flow
};

// Files into the log, here or through the server that holds the directory.
struct ImportOptions {
    std::string directory;
    std::vector<std::string> paths;
    bool proceeds = false;
    bool json = false;
    bool quiet = false;
    // Of files of lines (.csv, .xlsx) alone; service::FileImportOptions.
    std::string sheet;
    std::string worksheet;
    std::vector<std::string> columns;  // "title=column"
    std::string operator_code;
    std::string site;
    std::string faults_file;  // where a copy of the bad rows goes; empty: it stays with the import
};

// One question, in the form asked for; `explain` asks why one position is on the list.
struct TraceOptions {
    std::string directory;
    std::string code;
    std::string kind;
    std::string direction = "full";
    std::string format = "table";
    std::string owner;
    std::string site;
    std::string from;
    std::string to;
    std::string as_of;
    bool escalate = false;
    bool json = false;
    std::string explain;
    std::string language = "zh";  // of a report
    std::string output;           // a new file; empty: standard output
};

struct SearchOptions {
    std::string directory;
    std::string text;
    std::string kind;
    std::string cursor;
    std::size_t limit = 20;
    bool json = false;
};

// Every event, fit for import again.
struct ExportOptions {
    std::string directory;
    std::string format = "document";
    std::string output;
};

// Reads everything and says what contradicts itself.
struct VerifyOptions {
    std::string directory;
    bool json = false;
    bool rebuilds_stock = false;
};

struct StatsOptions {
    std::string directory;
    bool json = false;
};

[[nodiscard]] ExitCode run_serve(World& world, const ServeOptions& options);
[[nodiscard]] ExitCode run_demo(World& world, const DemoOptions& options);
[[nodiscard]] ExitCode run_import(World& world, const ImportOptions& options);
[[nodiscard]] ExitCode run_trace(World& world, const TraceOptions& options);
[[nodiscard]] ExitCode run_search(World& world, const SearchOptions& options);
[[nodiscard]] ExitCode run_export(World& world, const ExportOptions& options);
[[nodiscard]] ExitCode run_verify(World& world, const VerifyOptions& options);
[[nodiscard]] ExitCode run_stats(World& world, const StatsOptions& options);

}  // namespace suyuan::app
