// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/format.h"
#include "model/instant.h"
#include "policy/bit_set.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "tests/policy/questions.h"

namespace suyuan::policy_test {
namespace {

using namespace policy;  // NOLINT(google-build-using-namespace)

// The names of a set's members, `before` and `after` each, commas between.
template <typename Member>
std::string list(BitSet<Member> set, std::size_t count, auto name_of, std::string_view quote) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        if (set.contains(static_cast<Member>(i))) {
            text += text.empty() ? "" : ",";
            text += quote;
            text += name_of(i);
            text += quote;
        }
    }
    return text;
}

template <typename Member>
std::string named(BitSet<Member> set, const auto& names) {
    return list(set, names.size(), [&](std::size_t i) { return std::string_view(names[i]); }, "\"");
}

template <typename Member>
std::string termed(BitSet<Member> set, const auto& terms) {
    return list(
        set, terms.size(), [&](std::size_t i) { return std::string_view(terms[i].name); }, "\""
    );
}

template <typename Id>
std::string quoted(const std::optional<Id>& id, const auto& terms) {
    return id ? format("\"{}\"", terms[static_cast<std::size_t>(*id)].name) : "null";
}

std::string moment(model::MicrosUtc at) {
    return at == model::kBeginningOfTime || at == model::kEndOfTime ? "null" : format("{}", at);
}

std::string period(const Period& period) {
    return format("[{},{}]", moment(period.from), moment(period.until));
}

std::string regions(const RegionPath& path) {
    std::string text;
    for (const RegionCode code : path.codes) {
        if (code != 0) {
            text += text.empty() ? "" : ",";
            text += format("{}", code);
        }
    }
    return text;
}

std::string steps(std::uint8_t count) {
    return count == kAllSteps ? "all" : format("{}", count);
}

std::string subject_json(const PolicyContent& content, const Subject& subject) {
    const auto role = static_cast<std::size_t>(subject.role);
    return format(
        R"({{"role":"{}","region":{},"department":{},"functions":[{}],"validity":{},"is_revoked":{},"authentication":"{}","credential":[{}]}})",
        role < content.roles.size() ? content.roles[role].term.name : "nobody",
        subject.region,
        quoted(subject.department, content.departments),
        termed(subject.functions, content.functions),
        period(subject.validity),
        subject.is_revoked,
        to_string(subject.authentication),
        named(subject.credential, action_names())
    );
}

std::string resource_json(const PolicyContent& content, const Resource& resource) {
    return format(
        R"({{"kind":"{}","data_class":"{}","regions":[{}],"supervisors":[{}],"relations":[{}],"share":{},"incident":{{"number":{},"open":{}}}}})",
        to_string(resource.kind),
        to_string(resource.data_class),
        regions(resource.regions),
        termed(resource.supervisors, content.departments),
        named(resource.relations, relation_names()),
        resource.share ? period(*resource.share) : "null",
        resource.incident.number,
        period(resource.incident.open)
    );
}

}  // namespace

std::string to_json(const Policy& policy, const Question& question, const Decision& decision) {
    const PolicyContent& content = policy.content();
    return format(
        R"({{"subject":{},"action":"{}","resource":{},"context":{{"now":{},"purpose":{},"case_number":{}}},"answer":"{}"}})",
        subject_json(content, question.subject),
        to_string(question.action),
        resource_json(content, question.resource),
        question.context.now,
        quoted(question.context.purpose, content.purposes),
        question.context.case_number,
        to_text(policy, question.resource.kind, decision)
    );
}

std::string to_text(const Policy& policy, ResourceKind kind, const Decision& decision) {
    const PolicyContent& content = policy.content();
    const auto& fields = content.kinds[static_cast<std::size_t>(kind)].fields;
    const auto field = [&](std::size_t i) { return std::string_view(fields[i]); };
    std::string rules;
    for (std::size_t i = 0; i < content.rules.size(); ++i) {
        if (decision.rules.test(i)) {
            rules += rules.empty() ? "" : ",";
            rules += content.rules[i].name;
        }
    }
    return format(
        "{}|{}|{}|{}|{}|{}|{}|{}",
        decision.is_permitted ? "permit" : "deny",
        policy.rule_name(decision),
        rules,
        list(decision.visible, fields.size(), field, ""),
        list(decision.masked, fields.size(), field, ""),
        list(
            decision.duties, duty_names().size(), [](std::size_t i) { return duty_names()[i]; }, ""
        ),
        steps(decision.steps_up),
        steps(decision.steps_down)
    );
}

}  // namespace suyuan::policy_test
