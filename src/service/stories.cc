// SPDX-License-Identifier: Apache-2.0

#include "service/stories.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/files.h"

namespace suyuan::service {
namespace {

using codec::Json;

// Hundreds of stories are far below.
constexpr std::size_t kBytesMax = std::size_t{1} << 20;

std::filesystem::path file_in(const std::filesystem::path& directory) {
    return directory / "stories.json";
}

}  // namespace

Json to_json(const std::vector<Story>& stories) {
    Json list = Json::array();
    for (const Story& story : stories) {
        list.push_back(Json::object()
                           .set("title_zh", Json::string(story.title_zh))
                           .set("title_en", Json::string(story.title_en))
                           .set("code", Json::string(story.code))
                           .set("path", Json::string(story.path)));
    }
    return Json::object().set("stories", std::move(list));
}

Status write_stories(const std::filesystem::path& directory, const std::vector<Story>& stories) {
    return io::write_file(file_in(directory), codec::write_json_indented(to_json(stories)));
}

Result<std::vector<Story>> read_stories(const std::filesystem::path& directory) {
    const std::filesystem::path file = file_in(directory);
    std::vector<Story> stories;
    if (!io::exists(file)) {
        return stories;
    }
    SUYUAN_TRY(const std::string text, io::read_file(file, kBytesMax));
    const auto json = codec::parse_json(text);
    const Json* const list = json ? json->find("stories") : nullptr;
    if (list == nullptr || !list->is_array()) {
        return fail(
            ErrorCode::kCorruption,
            Sentence{
                format("{} 不是故事清单：请重新载入演示，或删除它", file.string()),
                format("{} is no list of stories: load the demo again, or delete it", file.string())
            }
        );
    }
    for (const Json& entry : list->items()) {
        stories.push_back(
            {.title_zh = std::string(entry.string_or("title_zh")),
             .title_en = std::string(entry.string_or("title_en")),
             .code = std::string(entry.string_or("code")),
             .path = std::string(entry.string_or("path"))}
        );
    }
    return stories;
}

}  // namespace suyuan::service
