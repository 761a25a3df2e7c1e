// SPDX-License-Identifier: Apache-2.0
//
// Stories planted in the province, each with the answer that a trace of it must give.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "province/life.h"
#include "province/roster.h"
#include "province/scale.h"

namespace suyuan::province {

inline constexpr std::uint32_t kStoryCount = 5;

// Canonical codes.
struct StoryPosition {
    std::string item;
    std::string owner;
    std::string site;

    friend auto operator<=>(const StoryPosition&, const StoryPosition&) = default;
};

enum class FindingKind : std::uint8_t {
    kNegativeStock,    // an open end: more left than came, `milli` is what is on hand
    kInTransit,        // an open end: what left there was never confirmed
    kUnknownSupplier,  // an open end: it came from nowhere
    kInferredArrival,  // nobody recorded its arrival; a move was inferred
    kLoop,             // the lot went into another, and that into the lot again
};

struct Finding {
    FindingKind kind = FindingKind::kNegativeStock;
    StoryPosition position;
    std::int64_t milli = 0;
};

struct PlantedStory {
    std::string title_zh;
    std::string title_en;
    std::string code;                      // what to type
    std::string_view direction = "full";   // of the question
    std::vector<StoryPosition> positions;  // reached by either part: these and no others; sorted
    std::vector<Finding> findings;         // all open ends, and what else must show
};

// What a story is told on. Lifetime: the roster outlives it.
struct StoryGround {
    const Roster& roster;
    Scale scale;
    std::uint64_t life = 0;  // its number
};

struct ToldStory {
    PlantedStory story;
    Life life;
};

// Without faults but its own; within the last ten days. Requires story < kStoryCount.
[[nodiscard]] ToldStory tell_story(const StoryGround& ground, std::uint32_t story);

}  // namespace suyuan::province
