// SPDX-License-Identifier: Apache-2.0
//
// Goal: what an inspector reads in a .trace file is what the product answers, through every door.
// Method: each file × {library, HTTP, command line}, each on an empty store of its own.

#include "tests/scenario/scenario.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "base/result.h"
#include "tests/scenario/door.h"

namespace suyuan::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::array kDoorNames = {"library", "http", "command_line"};

std::vector<std::string> scenario_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(SUYUAN_SCENARIO_DIR)) {
        if (entry.path().extension() == ".trace") {
            names.push_back(entry.path().stem().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (fs::temp_directory_path() / "suyuan-scenario-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    ~TemporaryFolder() { fs::remove_all(path_); }

    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

class Player {
public:
    explicit Player(Door& door) : door_(door) {}

    void operator()(const Capture& capture) {
        const Status taken = door_.capture(capture.document);
        ASSERT_TRUE(taken.has_value()) << taken.error().message();
    }

    void operator()(const Note& note) { notes_[note.name] = door_.note(); }

    void operator()(const Ask& ask) {
        std::map<std::string, std::string> parameters = ask.parameters;
        if (const auto note = parameters.find("note"); note != parameters.end()) {
            ASSERT_TRUE(notes_.contains(note->second)) << "no note " << note->second;
            parameters["asOf"] = notes_[note->second];
            parameters.erase(note);
        }
        const auto answer = door_.trace(parameters);
        EXPECT_EQ(compare(ask, answer), "") << ask.text;
        if (!answer) {
            return;
        }
        // The same question again has the same digest.
        const auto again = door_.trace(parameters);
        ASSERT_TRUE(again.has_value());
        EXPECT_EQ(answer->string_or("digest"), again->string_or("digest"));
    }

private:
    Door& door_;
    std::map<std::string, std::string> notes_;
};

class ScenarioTest : public testing::TestWithParam<std::tuple<std::string, int>> {};

TEST_P(ScenarioTest, AnswersWhatTheFileSays) {
    const auto& [name, door_number] = GetParam();
    const auto scenario = read_scenario(fs::path(SUYUAN_SCENARIO_DIR) / (name + ".trace"));
    ASSERT_TRUE(scenario.has_value()) << scenario.error().message();
    const bool asks = std::ranges::any_of(scenario->steps, [](const Step& step) {
        return std::holds_alternative<Ask>(step);
    });
    ASSERT_TRUE(asks) << "a scenario that asks nothing shows nothing";
    const TemporaryFolder folder;
    auto door = open_door(static_cast<DoorKind>(door_number), folder.path());
    ASSERT_TRUE(door.has_value()) << door.error().message();
    Player player(**door);
    for (const Step& step : scenario->steps) {
        std::visit(player, step);
        if (HasFatalFailure()) {
            return;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    ScenarioTest,
    testing::Combine(testing::ValuesIn(scenario_names()), testing::Values(0, 1, 2)),
    [](const testing::TestParamInfo<std::tuple<std::string, int>>& file) {
        std::string name = std::get<0>(file.param);
        std::ranges::replace(name, '-', '_');
        return name + "_" + kDoorNames.at(static_cast<std::size_t>(std::get<1>(file.param)));
    }
);

TEST(ScenarioLanguageTest, ThereAreEnoughOfThem) {
    EXPECT_GE(scenario_names().size(), 25U);
}

}  // namespace
}  // namespace suyuan::scenario
