// SPDX-License-Identifier: Apache-2.0
//
// Files on their way in: one capture or query document a file (.json, .jsonld), one event a line
// (.jsonl), cut into documents of a bounded number of events, or a table (.csv, .tsv, .xlsx).

#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::app {

// A file as codec::JsonLimits allows it; a .jsonl may be larger, it is read in pieces.
inline constexpr std::size_t kEventsPerDocument = 1'000;

// Every importable file in the order given; folders are searched for documents and lines of events,
// a table has to be named. Fails with kNotFound for a path that
// is not there.
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_imports(
    const std::vector<std::string>& paths
);

// Neither document nor lines of events, by its name; what it is, its bytes say.
[[nodiscard]] bool is_table_name(const std::filesystem::path& file);

// Hands over the documents of one file, first to last; stops at the first failure, which it
// returns.
[[nodiscard]] Status for_each_document(
    const std::filesystem::path& file, const std::function<Status(std::string_view)>& visit
);

}  // namespace suyuan::app
