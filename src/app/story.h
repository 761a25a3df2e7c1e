// SPDX-License-Identifier: Apache-2.0
//
// The demo: ten days around one bad lot of imported beef, every quantity small enough to check by
// hand. docs/demo-story.md tells it and gives the answers.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace suyuan::app {

// A question worth asking of the story, as a link into the page.
struct StoryLink {
    std::string title_zh;
    std::string title_en;
    std::string code;  // what to type
    std::string path;  // "/?q=...&direction=full"
};

struct Story {
    std::string document;  // EPCIS capture document with master data
    std::size_t event_count = 0;
    std::vector<StoryLink> links;  // the first is the bad lot
};

// The same every time.
[[nodiscard]] Story tell_story();

}  // namespace suyuan::app
