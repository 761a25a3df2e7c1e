// SPDX-License-Identifier: Apache-2.0
//
// Goal: random worlds worth comparing two readings on. Method: the first worlds of the property
// test, measured.

#include "tests/property/worlds.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/property/features.h"
#include "tests/property/oracle.h"
#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

constexpr std::uint64_t kWorlds = 1000;

TEST(WorldsTest, EveryFeatureIsInATenthOfTheWorlds) {
    std::map<std::string_view, std::uint64_t> histogram;
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
        const Case made = make_case(seed);
        std::vector<std::optional<trace::Answer>> answers;
        for (const trace::Question& question : made.questions) {
            answers.push_back(oracle_ask(made.world, question));
        }
        for (const std::string_view feature : features_of(made, answers)) {
            EXPECT_TRUE(all_features().contains(feature)) << feature;
            ++histogram[feature];
        }
    }
    for (const std::string_view feature : all_features()) {
        EXPECT_GE(histogram[feature] * 10, kWorlds) << feature;
    }
}

TEST(WorldsTest, WorldsAreSmallAndInLogOrder) {
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
        const World world = make_case(seed).world;
        EXPECT_GE(world.events.size(), 3U) << seed;
        EXPECT_LE(world.events.size(), 40U) << seed;
        for (std::size_t i = 1; i < world.events.size(); ++i) {
            EXPECT_EQ(world.events[i].log_index, world.events[i - 1].log_index + 1) << seed;
            EXPECT_GE(world.events[i].record_time, world.events[i - 1].record_time) << seed;
        }
    }
}

TEST(WorldsTest, TheSameSeedMakesTheSameWorld) {
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
        EXPECT_EQ(make_case(seed).world.events, make_case(seed).world.events) << seed;
    }
}

}  // namespace
}  // namespace suyuan::property
