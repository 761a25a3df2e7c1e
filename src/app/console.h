// SPDX-License-Identifier: Apache-2.0
//
// What a command says: results to standard output, everything else to standard error.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "io/clock.h"

namespace suyuan::app {

// Chinese, unless LC_ALL, LC_MESSAGES or LANG asks for English.
[[nodiscard]] bool speaks_english();
[[nodiscard]] std::string_view in_language(std::string_view zh, std::string_view en);

// To standard output, with a line end. False if nobody reads it any more.
bool print(std::string_view text);
// Once, at the end of a command: false, and said, if something of it was not written.
[[nodiscard]] bool finish_output();
// To standard error.
void note(std::string_view zh, std::string_view en);
// To standard error; with speak_json() as {"error": {"code", "message"}} to standard output
// instead.
void complain(const Error& error);

// What reads the output is a program.
void speak_json() noexcept;

// A bar on standard error, drawn only if that is a terminal and at most ten times a second.
//
// Threads: one. Lifetime: the clock outlives it; the line is ended on destruction.
class Progress {
public:
    // `total` 0: unknown, only the count is shown.
    Progress(
        const io::Clock& clock, std::string_view zh, std::string_view en, std::uint64_t total = 0
    );
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    void update(std::uint64_t done);
    void update(std::uint64_t done, std::uint64_t total);

private:
    void draw();

    const io::Clock& clock_;
    std::string label_;
    std::uint64_t done_ = 0;
    std::uint64_t total_;
    std::int64_t started_us_;
    std::int64_t drawn_us_ = 0;
    bool is_shown_;
    bool was_drawn_ = false;
};

}  // namespace suyuan::app
