// SPDX-License-Identifier: Apache-2.0
//
// Asks the engine random questions and prints each with its answer as a line of JSON, for
// tests/policy/compare.ts to judge:
//
//   policy_questions COUNT [FIRST [DEFECT]]
//   policy_questions cost COUNT
//   policy_questions
//
// FIRST: seed of the first question (0). DEFECT: number of a wrong engine, "-" for none.
// cost: what a decision takes, in nanoseconds, as a line of JSON. Without arguments: the names of
// the defects. SUYUAN_POLICY: another file than the product's.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "tests/policy/questions.h"
#include "tests/policy/wrong_policies.h"

namespace suyuan::policy_test {
namespace {

Result<policy::Policy> policy_to_ask() {
    const char* const path = std::getenv("SUYUAN_POLICY");
    return path == nullptr
               ? policy::Policy::parse(policy::product_policy_text(), "suyuan-policy.toml")
               : policy::Policy::load(path);
}

int list_defects() {
    for (const Defect& defect : defects()) {
        std::printf("%.*s\n", static_cast<int>(defect.name.size()), defect.name.data());
    }
    return EXIT_SUCCESS;
}

void print_answers(
    const policy::Policy& policy, std::uint64_t first, std::uint64_t count, const Defect& defect
) {
    const WrongEngine engine(policy, defect);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const Question question = draw_question(policy, seed);
        const policy::Decision decision = engine.answer(question);
        const std::string line = to_json(policy, question, decision) + '\n';
        std::fwrite(line.data(), 1, line.size(), stdout);
    }
}

// Each decision is timed alone, the question drawn before; the clock's own cost is in the figure.
void print_cost(const policy::Policy& policy, std::uint64_t count) {
    using Clock = std::chrono::steady_clock;
    constexpr std::uint64_t kBatch = 4096;  // Questions at hand, so that drawing warms no cache.
    std::vector<std::int64_t> took_ns;
    took_ns.reserve(count);
    std::vector<Question> questions;
    std::uint64_t permitted = 0;
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        if (seed % kBatch == 0) {
            questions.clear();
            for (std::uint64_t i = seed; i < std::min(count, seed + kBatch); ++i) {
                questions.push_back(draw_question(policy, i));
            }
        }
        const Question& question = questions[seed % kBatch];
        const auto begin = Clock::now();
        const policy::Decision decision =
            policy.decide(question.subject, question.action, question.resource, question.context);
        took_ns.push_back(std::chrono::nanoseconds(Clock::now() - begin).count());
        permitted += decision.is_permitted ? 1U : 0U;
    }
    std::ranges::sort(took_ns);
    const auto at = [&](std::uint64_t per_mille) {
        return static_cast<long long>(took_ns[count * per_mille / 1000]);
    };
    std::printf(
        "{\"decisions\":%llu,\"permitted\":%llu,\"p50_ns\":%lld,\"p99_ns\":%lld,"
        "\"p999_ns\":%lld,\"max_ns\":%lld}\n",
        static_cast<unsigned long long>(count),
        static_cast<unsigned long long>(permitted),
        at(500),
        at(990),
        at(999),
        static_cast<long long>(took_ns.back())
    );
}

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

int usage() {
    std::fprintf(
        stderr,
        "policy_questions [COUNT [FIRST [DEFECT]] | cost COUNT]: %zu defects\n",
        defects().size()
    );
    return EXIT_FAILURE;
}

// Number of the argument at `place`; `otherwise` if there is none.
std::optional<std::uint64_t> number_at(
    std::span<const char* const> arguments, std::size_t place, std::uint64_t otherwise
) {
    return place < arguments.size() ? number_of(arguments[place]) : otherwise;
}

int run(std::span<const char* const> arguments) {
    if (arguments.empty()) {
        return list_defects();
    }
    const auto policy = policy_to_ask();
    if (!policy) {
        const Sentence sentence = sentence_of(policy.error());
        std::fprintf(stderr, "%s\n%s\n", sentence.zh.c_str(), sentence.en.c_str());
        return EXIT_FAILURE;
    }
    if (std::string_view(arguments[0]) == "cost") {
        const auto count = number_at(arguments, 1, 1'000'000);
        if (!count || *count == 0) {
            return usage();
        }
        print_cost(*policy, *count);
        return EXIT_SUCCESS;
    }
    const bool has_defect = arguments.size() > 2 && std::string_view(arguments[2]) != "-";
    const auto count = number_at(arguments, 0, 0);
    const auto first = number_at(arguments, 1, 0);
    const auto defect = has_defect ? number_of(arguments[2]) : std::uint64_t{0};
    if (!count || !first || !defect || *defect >= defects().size()) {
        return usage();
    }
    print_answers(*policy, *first, *count, has_defect ? defects()[*defect] : Defect());
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace suyuan::policy_test

int main(int argc, char** argv) {
    return suyuan::policy_test::run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
}
