// SPDX-License-Identifier: Apache-2.0
//
// The demo: ten days around one bad lot of imported beef, every quantity small enough to check by
// hand. docs/demo-story.md tells it and gives the answers.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "service/stories.h"

namespace suyuan::app {

struct DemoStory {
    std::string document;  // EPCIS capture document with master data
    std::size_t event_count = 0;
    std::vector<service::Story> links;  // the first is the bad lot
};

// The same every time.
[[nodiscard]] DemoStory tell_story();

}  // namespace suyuan::app
