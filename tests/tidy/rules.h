// SPDX-License-Identifier: Apache-2.0
//
// The house rules that neither the compiler nor clang-tidy sees. Each returns one complaint for
// each breach: "src/graph/fact.h:12: ...".

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source_file.h"

namespace suyuan::tidy {

using Complaints = std::vector<std::string>;

// One line of the build's manifest: a module and its declared DEPENDS.
struct Module {
    std::string name;
    std::vector<std::string> dependencies;
};

// In the order of the build. "graph: base model".
[[nodiscard]] std::vector<Module> parse_manifest(std::string_view text);

// The modules stand in the order of the add_subdirectory() lines, and depend on earlier ones only.
[[nodiscard]] Complaints check_order(
    const std::vector<Module>& manifest, std::string_view cmake_lists
);

// Includes name declared dependencies, of modules that stand earlier, and no other module's detail/
// folder.
[[nodiscard]] Complaints check_includes(
    const SourceFile& file, const std::vector<Module>& manifest
);

// Headers of libraries and of the system each have one folder; what is in no list is in no folder.
[[nodiscard]] Complaints check_quarantine(const SourceFile& file);

// Clock, dice, files and threads are reached through src/io alone.
[[nodiscard]] Complaints check_world(const SourceFile& file);

// The licence line first, one #pragma once in headers, and a length that can be read.
[[nodiscard]] Complaints check_shape(const SourceFile& file);

// Nothing is left for later.
[[nodiscard]] Complaints check_finished(const SourceFile& file);

// Errors are values.
[[nodiscard]] Complaints check_no_exceptions(const SourceFile& file);

}  // namespace suyuan::tidy
