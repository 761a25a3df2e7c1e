// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suyuan::tidy {

// One C++ file, as written and without what is no code.
struct SourceFile {
    std::string path;                // Relative to the repository root, with forward slashes.
    std::vector<std::string> lines;  // As written.
    std::vector<std::string>
        code;  // The same lines; comments and the inside of literals are blank.
};

[[nodiscard]] SourceFile make_source(std::string path, std::string_view text);

// All .h and .cc files below `folder` of the repository, sorted by path.
[[nodiscard]] std::vector<SourceFile> read_sources(
    const std::string& repository, const std::string& folder
);

// Tests, fuzzers, benches and what they share: they build the worlds that the product must not
// touch.
[[nodiscard]] bool is_test_code(std::string_view path);

// "graph" for "src/graph/fact.h"; "" outside src.
[[nodiscard]] std::string module_of(std::string_view path);

}  // namespace suyuan::tidy
