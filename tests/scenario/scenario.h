// SPDX-License-Identifier: Apache-2.0
//
// Text scenarios: what happened, line by line, and what a trace must answer. README.md is the
// language.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "codec/json.h"

namespace suyuan::scenario {

// Events to take in together, as one capture document.
struct Capture {
    std::string document;
};

// "note NAME": remember the present record time.
struct Note {
    std::string name;
};

// One line below the bar.
struct Expectation {
    int line = 0;
    std::string text;   // as written, for messages
    std::string what;   // "position", "open", "violation", "source", "none", "total"
    std::string item;   // canonical code; empty: not asked
    std::string site;   // canonical code, "?" for unknown
    std::string owner;  // likewise
    std::string day;    // "2026-01-04"; empty: not asked
    std::string kind;   // of an open end
    std::map<std::string, std::string> properties;  // "on_hand": "60 KGM", "certain": "yes", ...
};

struct Ask {
    int line = 0;
    std::string text;
    std::map<std::string, std::string>
        parameters;  // of GET /api/v1/trace; "note" names one for asOf
    std::vector<Expectation> expected;
};

using Step = std::variant<Capture, Note, Ask>;

struct Scenario {
    std::string name;
    std::vector<Step> steps;
};

// Fails with kInvalidArgument, naming file and line.
[[nodiscard]] Result<Scenario> read_scenario(const std::filesystem::path& file);

// What the answer (the JSON of GET /api/v1/trace, or a problem) lacks or has too much; empty:
// nothing.
[[nodiscard]] std::string compare(const Ask& ask, const Result<codec::Json>& answer);

}  // namespace suyuan::scenario
