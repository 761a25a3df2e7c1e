// SPDX-License-Identifier: Apache-2.0
//
// Wrong engines and wrong files, made by telling the right engine something else than the evaluator
// hears, or by spoiling what it answers: a comparison that does not notice them would notice
// nothing.

#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "policy/decision.h"
#include "policy/policy.h"
#include "tests/policy/questions.h"

namespace suyuan::policy_test {

// Each of the three changes its argument in place, or is empty.
// NOLINTBEGIN(readability-redundant-member-init): GCC asks for them
struct Defect {
    std::string_view name = {};
    std::function<void(policy::PolicyContent&)> content = {};
    std::function<void(Question&)> question = {};
    std::function<void(const policy::Policy&, const Question&, policy::Decision&)> decision = {};
};

// NOLINTEND(readability-redundant-member-init)

[[nodiscard]] std::span<const Defect> defects();

// The engine with a defect; without one if all three are empty.
class WrongEngine {
public:
    WrongEngine(const policy::Policy& policy, Defect defect);

    [[nodiscard]] policy::Decision answer(const Question& question) const;

private:
    Defect defect_;
    policy::Policy spoilt_;
};

}  // namespace suyuan::policy_test
