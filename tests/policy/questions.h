// SPDX-License-Identifier: Apache-2.0
//
// Random questions to a policy: the same for the same seed, on every machine.

#pragma once

#include <cstdint>
#include <string>

#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace suyuan::policy_test {

struct Question {
    policy::Subject subject;
    policy::Action action{};
    policy::Resource resource;
    policy::Context context;
};

// Aims at one of the policy's rules, drawn first: most of its conditions are met, each missed now
// and then, so that every rule decides often and every border is crossed.
[[nodiscard]] Question draw_question(const policy::Policy& policy, std::uint64_t seed);

// The question and what is answered to it as one line of JSON, in the policy's own words.
[[nodiscard]] std::string to_json(
    const policy::Policy& policy, const Question& question, const policy::Decision& decision
);

// "permit|rule|rules|visible|masked|duties|up|down", lists with commas between.
[[nodiscard]] std::string to_text(
    const policy::Policy& policy, policy::ResourceKind kind, const policy::Decision& decision
);

}  // namespace suyuan::policy_test
