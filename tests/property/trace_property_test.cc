// SPDX-License-Identifier: Apache-2.0
//
// Goal: the engine means what docs/tracing.md says. Method: random small worlds; every answer of
// the engine against the oracle's, field by field; laws that need no oracle; and wrong engines,
// which must be caught. In the environment:
//
//   SUYUAN_PROPERTY_WORLDS    how many worlds (100,000)
//   SUYUAN_PROPERTY_FIRST     seed of the first one (0): with one world, repeats a reported one
//   SUYUAN_PROPERTY_FAILURES  how many failures to report before giving up (1)

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/instant.h"
#include "tests/property/comparison.h"
#include "tests/property/features.h"
#include "tests/property/laws.h"
#include "tests/property/oracle.h"
#include "tests/property/shrink.h"
#include "tests/property/world.h"
#include "tests/property/worlds.h"
#include "tests/property/wrong_engines.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

constexpr std::uint64_t kWorldsUnlessSaid = 100'000;
constexpr std::uint64_t kWorldsForHistogram = 1'000;  // fewer say nothing of a tenth
constexpr std::uint64_t kWorldsForControls = 200;     // a wrong engine must be caught within these
constexpr std::uint64_t kStrangersEvery = 8;          // they cost a second world each

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
}

std::string to_text(const std::optional<trace::Answer>& answer) {
    return answer.has_value() ? property::to_text(*answer) : std::string("  too large\n");
}

struct Tally {
    std::uint64_t worlds = 0;
    std::uint64_t answers = 0;
    std::uint64_t stocks = 0;
    std::map<std::string_view, std::uint64_t> histogram;
};

// What the engine says differently of one question on a world.
std::string difference_on(const World& world, const trace::Question& question) {
    const auto graph = graph_of(world);
    const Asked engine = ask_engine(*graph, graph->snapshot(), question);
    return difference(engine, oracle_ask(world, question));
}

void report_difference(std::uint64_t seed, const World& world, const trace::Question& question) {
    const World small = shrink(world, [&](const World& candidate) {
        return !difference_on(candidate, question).empty();
    });
    const auto graph = graph_of(small);
    print(
        "\nDIFFERENCE at seed " + std::to_string(seed) + ": " + difference_on(world, question) +
        "\nquestion: " + property::to_text(question) + "\nworld:\n" + property::to_text(world) +
        "\nsmallest world that differs (" + difference_on(small, question) + "):\n" +
        property::to_text(small) + "\nengine:\n" +
        to_text(ask_engine(*graph, graph->snapshot(), question).answer) + "\noracle:\n" +
        to_text(oracle_ask(small, question))
    );
}

void report_stock_difference(std::uint64_t seed, const World& world, model::MicrosUtc as_of) {
    const auto said = [&](const World& candidate) {
        return stock_difference(candidate, *graph_of(candidate), as_of);
    };
    const World small =
        shrink(world, [&](const World& candidate) { return !said(candidate).empty(); });
    print(
        "\nDIFFERENCE at seed " + std::to_string(seed) + ": " + said(world) + "\nas of " +
        std::to_string(as_of) + "\nsmallest world that differs (" + said(small) + "):\n" +
        property::to_text(small)
    );
}

void report_broken_law(
    std::uint64_t seed, const World& world, const trace::Question& question, const std::string& law
) {
    print(
        "\nBROKEN LAW at seed " + std::to_string(seed) + ": " + law +
        "\nquestion: " + property::to_text(question) + "\nworld:\n" + property::to_text(world)
    );
}

std::string broken_law(
    std::uint64_t seed, const World& world, const trace::Question& question, const Asked& asked
) {
    std::string law = asked.answer.has_value() ? broken_in_itself(*asked.answer) : std::string();
    const bool is_first = question.direction == trace::Direction::kBack;
    if (law.empty() && is_first) {
        const auto again = graph_of(world);
        law =
            asked == ask_engine(*again, again->snapshot(), question) ? "" : "a second run differs";
    }
    if (law.empty() && question.as_of != model::kEndOfTime) {
        law = broken_by_replay(world, question);
    }
    if (law.empty() && is_first && seed % kStrangersEvery == 0) {
        law = broken_by_strangers(world, question, seed);
    }
    return law;
}

// Whether engine and oracle agree on the world and no law is broken.
bool check(std::uint64_t seed, Tally& tally) {
    const Case made = make_case(seed);
    const auto graph = graph_of(made.world);
    std::vector<std::optional<trace::Answer>> answers;
    for (const trace::Question& question : made.questions) {
        const Asked asked = ask_engine(*graph, graph->snapshot(), question);
        answers.push_back(oracle_ask(made.world, question));
        if (!difference(asked, answers.back()).empty()) {
            report_difference(seed, made.world, question);
            return false;
        }
        if (const auto law = broken_law(seed, made.world, question, asked); !law.empty()) {
            report_broken_law(seed, made.world, question, law);
            return false;
        }
        ++tally.answers;
    }
    const model::MicrosUtc as_of = made.questions.front().as_of;
    if (!stock_difference(made.world, *graph, as_of).empty()) {
        report_stock_difference(seed, made.world, as_of);
        return false;
    }
    tally.stocks += made.world.kinds.size() - 1;
    ++tally.worlds;
    for (const std::string_view feature : features_of(made, answers)) {
        ++tally.histogram[feature];
    }
    return true;
}

// Whether every feature is in a tenth of the worlds.
bool print_histogram(const Tally& tally) {
    bool is_rich = true;
    for (const std::string_view feature : all_features()) {
        const auto entry = tally.histogram.find(feature);
        const std::uint64_t count = entry == tally.histogram.end() ? 0 : entry->second;
        const bool is_rare = count * 10 < tally.worlds;
        is_rich = is_rich && !is_rare;
        std::printf(
            "%6.1f %%  %.*s%s\n",
            100.0 * static_cast<double>(count) / static_cast<double>(tally.worlds),
            static_cast<int>(feature.size()),
            feature.data(),
            is_rare ? "   TOO RARE" : ""
        );
    }
    return is_rich || tally.worlds < kWorldsForHistogram;
}

using WrongEngine = std::function<Asked(const World&, const trace::Question&)>;

Asked ask_about(const World& world, const trace::Question& question) {
    const auto graph = graph_of(world);
    return ask_engine(*graph, graph->snapshot(), question);
}

// In how many of the first worlds the wrong engine was caught.
std::uint64_t count_caught(const WrongEngine& wrong) {
    std::uint64_t caught = 0;
    for (std::uint64_t seed = 0; seed < kWorldsForControls; ++seed) {
        const Case made = make_case(seed);
        bool differs = false;
        for (const trace::Question& question : made.questions) {
            const auto oracle = oracle_ask(made.world, question);
            differs = differs || !difference(wrong(made.world, question), oracle).empty();
        }
        caught += differs ? 1U : 0U;
    }
    return caught;
}

bool catches_wrong_engines() {
    const std::vector<std::pair<const char*, WrongEngine>> engines = {
        {"without the rule of time",
         [](const World& world, const trace::Question& question) {
             return ask_about(without_times(world), question);
         }},
        {"with containers as places",
         [](const World& world, const trace::Question& question) {
             return ask_about(with_containers_as_places(world), question);
         }},
        {"without \"as of\"",
         [](const World& world, const trace::Question& question) {
             return ask_about(world, without_as_of(question));
         }},
    };
    bool are_caught = true;
    for (const auto& [name, wrong] : engines) {
        const std::uint64_t caught = count_caught(wrong);
        std::printf(
            "engine %s: caught in %llu of %llu worlds\n",
            name,
            static_cast<unsigned long long>(caught),
            static_cast<unsigned long long>(kWorldsForControls)
        );
        are_caught = are_caught && caught > 0;
    }
    return are_caught;
}

int run() {
    const std::uint64_t first = number_from_environment("SUYUAN_PROPERTY_FIRST", 0);
    const std::uint64_t worlds =
        number_from_environment("SUYUAN_PROPERTY_WORLDS", kWorldsUnlessSaid);
    const std::uint64_t failures_max = number_from_environment("SUYUAN_PROPERTY_FAILURES", 1);
    Tally tally;
    std::uint64_t failures = 0;
    for (std::uint64_t seed = first; seed < first + worlds && failures < failures_max; ++seed) {
        failures += check(seed, tally) ? 0U : 1U;
    }
    if (failures > 0) {
        std::printf(
            "FAILED: %llu of %llu random worlds\n",
            static_cast<unsigned long long>(failures),
            static_cast<unsigned long long>(failures + tally.worlds)
        );
        return EXIT_FAILURE;
    }
    const bool is_rich = print_histogram(tally);
    const bool are_caught = catches_wrong_engines();
    std::printf(
        "%s: %llu random worlds, %llu answers and %llu stocks: engine = oracle; %s; wrong engines "
        "%s\n",
        is_rich && are_caught ? "PASSED" : "FAILED",
        static_cast<unsigned long long>(tally.worlds),
        static_cast<unsigned long long>(tally.answers),
        static_cast<unsigned long long>(tally.stocks),
        is_rich ? "every feature in a tenth of them" : "some features too rare",
        are_caught ? "caught" : "NOT caught"
    );
    return is_rich && are_caught && tally.worlds > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace suyuan::property

int main() {
    return suyuan::property::run();
}
