// SPDX-License-Identifier: Apache-2.0
//
// Asks the engine random questions and prints each with its answer as a line of JSON, for
// tests/policy/compare.ts to judge:
//
//   policy_questions COUNT [FIRST [DEFECT]]
//
// FIRST: seed of the first question (0). DEFECT: number of a wrong engine, "-" for none.
// SUYUAN_POLICY: another file than the product's. Without arguments: the names of the defects. With
// `--cost COUNT`: how long a decision takes.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
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
    policy::PolicyContent content = policy.content();
    if (defect.content) {
        defect.content(content);
    }
    const policy::Policy asked(std::move(content));
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const Question question = draw_question(policy, seed);
        Question heard = question;
        if (defect.question) {
            defect.question(heard);
        }
        policy::Decision decision =
            asked.decide(heard.subject, heard.action, heard.resource, heard.context);
        if (defect.decision) {
            defect.decision(asked, question, decision);
        }
        const std::string line = to_json(policy, question, decision) + '\n';
        std::fwrite(line.data(), 1, line.size(), stdout);
    }
}

// Each decision by itself, the clock's own cost in it.
int print_cost(const policy::Policy& policy, std::uint64_t count) {
    using Clock = std::chrono::steady_clock;
    std::vector<std::int64_t> nanoseconds;
    nanoseconds.reserve(count);
    std::uint64_t permitted = 0;
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        const Question question = draw_question(policy, seed);
        const auto begin = Clock::now();
        const policy::Decision decision =
            policy.decide(question.subject, question.action, question.resource, question.context);
        nanoseconds.push_back(
            std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begin).count()
        );
        permitted += decision.is_permitted ? 1 : 0;
    }
    if (nanoseconds.empty()) {
        return EXIT_FAILURE;
    }
    std::ranges::sort(nanoseconds);
    const std::string line = format(
        R"({{"decisions":{},"permitted":{},"median_ns":{},"p99_ns":{},"max_ns":{}}})",
        count,
        permitted,
        nanoseconds[count / 2],
        nanoseconds[count * 99 / 100],
        nanoseconds.back()
    );
    std::printf("%s\n", line.c_str());
    return EXIT_SUCCESS;
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
    if (std::string_view(arguments[0]) == "--cost" && arguments.size() == 2) {
        return print_cost(*policy, std::strtoull(arguments[1], nullptr, 10));
    }
    const std::uint64_t count = std::strtoull(arguments[0], nullptr, 10);
    const std::uint64_t first = arguments.size() > 1 ? std::strtoull(arguments[1], nullptr, 10) : 0;
    Defect defect;
    if (arguments.size() > 2 && std::string_view(arguments[2]) != "-") {
        const std::uint64_t number = std::strtoull(arguments[2], nullptr, 10);
        if (number >= defects().size()) {
            std::fprintf(stderr, "there are %zu defects\n", defects().size());
            return EXIT_FAILURE;
        }
        defect = defects()[number];
    }
    print_answers(*policy, first, count, defect);
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace suyuan::policy_test

int main(int argc, char** argv) {
    return suyuan::policy_test::run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
}
