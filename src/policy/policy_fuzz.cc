// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a policy file, and any bytes as the rules of one: reading ends, a refusal says file
// and line in both languages, and what is read answers within its own words.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace {

using namespace suyuan;          // NOLINT(google-build-using-namespace)
using namespace suyuan::policy;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kInputBytesMax = std::size_t{64} << 10U;

std::string terms(std::string_view title, std::span<const std::string_view> names) {
    std::string text = "[" + std::string(title) + "]\n";
    for (const std::string_view name : names) {
        text += std::string(name) + " = [\"x\", \"x\"]\n";
    }
    return text;
}

// Words enough for rules to be written with.
std::string make_words() {
    std::string text = "version = \"1\"\n" + terms("actions", action_names()) +
                       terms("relations", relation_names()) + terms("duties", duty_names());
    for (const std::string_view title : {"purposes", "departments", "functions"}) {
        text += terms(title, std::array<std::string_view, 2>{"p", "q"});
    }
    text += terms("fields", std::array<std::string_view, 4>{"a", "b", "c", "d"});
    for (const std::string_view kind : resource_kind_names()) {
        text += "[[resource]]\nname = \"" + std::string(kind) +
                "\"\nzh = \"x\"\nactions = [\"read\", \"trace\", \"export\"]\npublic = [\"a\"]\n"
                "internal = [\"b\"]\nconfidential = [\"c\"]\npersonal = [\"d\"]\n";
    }
    return text +
           "[[role]]\nname = \"r\"\nzh = \"x\"\nauthentication = [\"none\"]\n"
           "[[role]]\nname = \"s\"\nzh = \"x\"\nauthentication = [\"none\", \"key\"]\n";
}

// What every answer keeps, whatever the policy says.
void check_answer(const Policy& policy, Action action, ResourceKind kind, const Decision& answer) {
    const FieldSet known = policy.content().kinds[static_cast<std::size_t>(kind)].up_to.back();
    SUYUAN_ASSERT(known.contains_all(answer.visible));
    SUYUAN_ASSERT(answer.visible.contains_all(answer.masked));
    SUYUAN_ASSERT(answer.is_permitted == !answer.visible.is_empty());
    SUYUAN_ASSERT(answer.is_permitted || answer.duties.is_empty());
    SUYUAN_ASSERT(answer.ruling != Ruling::kRule || answer.rules.test(answer.rule));
    SUYUAN_ASSERT(!answer.is_permitted || !policy.content().rules[answer.rule].is_forbid);
    SUYUAN_ASSERT(action == Action::kTrace || (answer.steps_up == 0 && answer.steps_down == 0));
    SUYUAN_ASSERT(!policy.rule_name(answer).empty());
}

void ask(const Policy& policy) {
    for (std::size_t role = 0; role <= policy.content().roles.size(); ++role) {
        for (const Action action : {Action::kRead, Action::kTrace, Action::kGrant}) {
            for (std::size_t kind = 0; kind < kResourceKindCount; kind += 3) {
                Resource resource;
                resource.kind = static_cast<ResourceKind>(kind);
                resource.relations = RelationSet::first(10);
                resource.data_class = DataClass::kPublic;
                Subject subject;
                subject.role = static_cast<RoleId>(role);
                const Decision answer = policy.decide(subject, action, resource, Context());
                check_answer(policy, action, resource.kind, answer);
                SUYUAN_ASSERT(answer == policy.decide(subject, action, resource, Context()));
            }
        }
    }
}

void check(std::string_view text) {
    const auto policy = Policy::parse(text, "fuzz");
    if (policy) {
        ask(*policy);
        return;
    }
    SUYUAN_ASSERT(policy.error().code() == ErrorCode::kInvalidArgument);
    const Sentence sentence = sentence_of(policy.error());
    SUYUAN_ASSERT(sentence.en.starts_with("fuzz:") && sentence.zh.starts_with("fuzz:"));
    const long line = std::strtol(sentence.en.c_str() + 5, nullptr, 10);
    SUYUAN_ASSERT(line >= 1 && line <= 2 + std::ranges::count(text, '\n'));
}

constexpr const char* kPermits = R"([[permit]]
rule = "one"
zh = "一"
en = "One."
source = "test"
roles = ["r", "g"]
actions = ["read", "trace"]
resources = ["item", "event"]
relations = ["own", "one_up", "shared"]
region = "subtree"
departments = ["p"]
functions = ["q"]
purposes = ["p"]
data_class = "personal"
fields = ["a", "b", "d"]
mask = ["d"]
duties = ["log", "two_people"]
steps_up = "all"
steps_down = 1
[[group]]
name = "g"
zh = "x"
roles = ["r", "s"]
)";

constexpr const char* kForbids = R"([[forbid]]
rule = "two"
zh = "二"
en = "Two."
source = "test"
roles = ["s"]
actions = ["export"]
unless_relations = ["own", "incident"]
region = "outside"
[[permit]]
rule = "three"
zh = "三"
en = "Three."
source = "test"
data_class = "internal"
hide = ["b"]
[[forbid]]
rule = "four"
zh = "四"
en = "Four."
source = "test"
resources = ["stock"]
fields = ["c", "d"]
[[separation]]
name = "x"
zh = "x"
en = "x"
source = "x"
actions = ["grant", "audit"]
)";

}  // namespace

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const std::array<const char*, 4> kSeeds = {
        kPermits, kForbids, "version = \"1\"\n", nullptr
    };
    return kSeeds.data();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string kWords = make_words();
    if (size > kInputBytesMax) {
        return 0;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are text here
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check(text);
    check(kWords + std::string(text));
    return 0;
}
