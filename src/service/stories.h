// SPDX-License-Identifier: Apache-2.0
//
// What a demo planted in a store: questions worth asking, shown on the start page.
//
// They are kept beside the store, in stories.json, so that a server knows them whoever loaded it.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/json.h"

namespace suyuan::service {

struct Story {
    std::string title_zh;
    std::string title_en;
    std::string code;  // what to type
    std::string path;  // of the page that answers: "/?q=...&direction=full"

    friend bool operator==(const Story&, const Story&) = default;
};

// {"stories": [{"title_zh", "title_en", "code", "path"}]}
[[nodiscard]] codec::Json to_json(const std::vector<Story>& stories);

// Instead of those that are there. The directory exists. Fails with kUnavailable.
[[nodiscard]] Status write_stories(
    const std::filesystem::path& directory, const std::vector<Story>& stories
);

// None if nobody wrote any. Fails with kCorruption, naming the file, kUnavailable.
[[nodiscard]] Result<std::vector<Story>> read_stories(const std::filesystem::path& directory);

}  // namespace suyuan::service
