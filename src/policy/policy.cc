// SPDX-License-Identifier: Apache-2.0

#include "policy/policy.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "io/files.h"
#include "policy/bit_set.h"
#include "policy/decision.h"
#include "policy/detail/policy_source.h"
#include "policy/detail/reachability.h"
#include "policy/detail/resolve.h"
#include "policy/detail/toml_reader.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {
namespace {

constexpr std::uint64_t kFileBytesMax = 1U << 20U;  // The product's own has fifty thousand.

constexpr RelationSet kComputedRelations =
    RelationSet::of(Relation::kSupervises, Relation::kShared, Relation::kIncident);

// The relations that hold: those that the caller states, and those that follow from facts and time.
RelationSet relations_of(
    const Subject& subject, const Resource& resource, const Context& context
) noexcept {
    RelationSet relations = resource.relations - kComputedRelations;
    if (resource.regions.contains(subject.region) && subject.department &&
        resource.supervisors.contains(*subject.department)) {
        relations.insert(Relation::kSupervises);
    }
    if (resource.share && resource.share->contains(context.now)) {
        relations.insert(Relation::kShared);
    }
    if (resource.incident.number != 0 && resource.incident.number == context.case_number &&
        resource.incident.open.contains(context.now)) {
        relations.insert(Relation::kIncident);
    }
    return relations;
}

// What of a question the rules of one cell still have to look at.
struct Facts {
    RelationSet relations;
    bool is_in_subtree = false;
    std::optional<DepartmentId> department;
    FunctionSet functions;
    std::optional<PurposeId> purpose;
    DataClass data_class;
};

template <typename Member>
bool lists(const BitSet<Member>& list, const std::optional<Member>& member) noexcept {
    return list.is_empty() || (member && list.contains(*member));
}

template <typename Member>
bool meets(const BitSet<Member>& list, const BitSet<Member>& members) noexcept {
    return list.is_empty() || list.meets(members);
}

// Role, action and kind are what the cell stands for.
bool matches(const Rule& rule, const Facts& facts) noexcept {
    return meets(rule.relations, facts.relations) &&
           !rule.unless_relations.meets(facts.relations) &&
           (rule.region == RegionCondition::kAny ||
            (rule.region == RegionCondition::kSubtree) == facts.is_in_subtree) &&
           lists(rule.departments, facts.department) && meets(rule.functions, facts.functions) &&
           lists(rule.purposes, facts.purpose) &&
           (rule.is_forbid || facts.data_class <= rule.data_class);
}

std::string_view name_of(Ruling ruling) noexcept {
    switch (ruling) {
        case Ruling::kUnknown:
            return "#unknown";
        case Ruling::kRevoked:
            return "#revoked";
        case Ruling::kNotValid:
            return "#not-valid";
        case Ruling::kAuthentication:
            return "#authentication";
        case Ruling::kCredential:
            return "#credential";
        case Ruling::kDefault:
            return "#default";
        case Ruling::kRule:
            break;
    }
    SUYUAN_UNREACHABLE();
}

Decision deny(Ruling ruling) noexcept {
    Decision decision;
    decision.ruling = ruling;
    return decision;
}

Decision deny_by(std::uint16_t rule) noexcept {
    Decision decision = deny(Ruling::kRule);
    decision.rule = rule;
    decision.rules.set(rule);
    return decision;
}

template <typename Id, typename Names>
std::optional<Id> find_id(const Names& names, std::string_view name, auto projection) noexcept {
    const auto found = std::ranges::find(names, name, projection);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<Id>(found - names.begin()));
}

}  // namespace

Result<Policy> Policy::parse(std::string_view text, std::string_view file) {
    SUYUAN_TRY(const detail::PolicySource source, detail::read_policy_source(text, file));
    SUYUAN_TRY(PolicyContent content, detail::resolve(source));
    SUYUAN_TRY_VOID(detail::check_reachable(content, source.file));
    Policy policy(std::move(content));
    policy.digest_ = crypto::to_hex(crypto::sha256(text));
    return policy;
}

Result<Policy> Policy::load(const std::filesystem::path& path) {
    SUYUAN_TRY(const std::string text, io::read_file(path, kFileBytesMax));
    return parse(text, path.string());
}

Policy::Policy(PolicyContent content) : content_(std::move(content)) {
    SUYUAN_ASSERT(content_.rules.size() <= kRulesMax);
    for (std::size_t role = 0; role < content_.roles.size(); ++role) {
        for (std::size_t action = 0; action < kActionCount; ++action) {
            for (std::size_t kind = 0; kind < kResourceKindCount; ++kind) {
                Cell cell{.first = static_cast<std::uint32_t>(entries_.size())};
                for (std::size_t i = 0; i < content_.rules.size(); ++i) {
                    const Rule& rule = content_.rules[i];
                    if (rule.roles.contains(static_cast<RoleId>(role)) &&
                        rule.actions.contains(static_cast<Action>(action)) &&
                        rule.kinds.contains(static_cast<ResourceKind>(kind)) &&
                        content_.kinds[kind].actions.contains(static_cast<Action>(action))) {
                        entries_.push_back(
                            {.rule = static_cast<std::uint16_t>(i),
                             .fields = rule.fields[kind],
                             .clear = rule.clear[kind]}
                        );
                        ++cell.count;
                    }
                }
                cells_.push_back(cell);
            }
        }
    }
}

std::span<const Policy::Entry> Policy::entries_of(RoleId role, Action action, ResourceKind kind)
    const noexcept {
    const std::size_t place =
        (static_cast<std::size_t>(role) * kActionCount + static_cast<std::size_t>(action)) *
            kResourceKindCount +
        static_cast<std::size_t>(kind);
    const Cell& cell = cells_[place];
    return std::span(entries_).subspan(cell.first, cell.count);
}

Decision Policy::decide(
    const Subject& subject, Action action, const Resource& resource, const Context& context
) const noexcept {
    if (static_cast<std::size_t>(subject.role) >= content_.roles.size() ||
        !content_.kinds[static_cast<std::size_t>(resource.kind)].actions.contains(action)) {
        return deny(Ruling::kUnknown);
    }
    if (subject.is_revoked) {
        return deny(Ruling::kRevoked);
    }
    if (!subject.validity.contains(context.now)) {
        return deny(Ruling::kNotValid);
    }
    const Role& role = content_.roles[static_cast<std::size_t>(subject.role)];
    if (!role.authentications.contains(subject.authentication)) {
        return deny(Ruling::kAuthentication);
    }
    if (!subject.credential.contains(action)) {
        return deny(Ruling::kCredential);
    }

    const Facts facts = {
        .relations = relations_of(subject, resource, context),
        .is_in_subtree = resource.regions.contains(subject.region),
        .department = subject.department,
        .functions = subject.functions,
        .purpose = context.purpose,
        .data_class = resource.data_class
    };
    const auto entries = entries_of(subject.role, action, resource.kind);
    std::bitset<kRulesMax> matching;
    FieldSet opened;
    FieldSet clear;
    FieldSet closed;
    for (const Entry& entry : entries) {
        const Rule& rule = content_.rules[entry.rule];
        if (!matches(rule, facts)) {
            continue;
        }
        if (rule.is_forbid && !rule.is_partial) {
            return deny_by(entry.rule);
        }
        matching.set(entry.rule);
        if (rule.is_forbid) {
            closed |= entry.fields;
        } else {
            opened |= entry.fields;
            clear |= entry.clear;
        }
    }

    Decision decision;
    decision.visible = opened - closed;
    decision.masked = decision.visible - clear;
    decision.is_permitted = !decision.visible.is_empty();
    for (const Entry& entry : entries) {
        if (matching.test(entry.rule)) {
            take_part(entry, action, opened, decision);
        }
    }
    if (!decision.masked.is_empty()) {
        decision.duties.insert(Duty::kMask);
    }
    return decision;
}

// Called for each matching rule in the order of the file, once `visible` is known.
void Policy::take_part(const Entry& entry, Action action, FieldSet opened, Decision& decision)
    const noexcept {
    const Rule& rule = content_.rules[entry.rule];
    const bool is_first = decision.ruling == Ruling::kDefault;
    if (!decision.is_permitted) {
        if (is_first && rule.is_forbid && entry.fields.meets(opened)) {
            decision = deny_by(entry.rule);
        }
        return;
    }
    if (rule.is_forbid) {
        if (entry.fields.meets(opened)) {
            decision.rules.set(entry.rule);
        }
        return;
    }
    if (is_first && entry.fields.meets(decision.visible)) {
        decision.ruling = Ruling::kRule;
        decision.rule = entry.rule;
    }
    decision.rules.set(entry.rule);
    decision.duties |= rule.duties;
    if (action == Action::kTrace) {
        decision.steps_up = std::max(decision.steps_up, rule.steps_up);
        decision.steps_down = std::max(decision.steps_down, rule.steps_down);
    }
}

std::string_view Policy::rule_name(const Decision& decision) const noexcept {
    return decision.ruling == Ruling::kRule ? std::string_view(content_.rules[decision.rule].name)
                                            : name_of(decision.ruling);
}

std::optional<RoleId> Policy::role(std::string_view name) const noexcept {
    return find_id<RoleId>(content_.roles, name, [](const Role& role) -> const std::string& {
        return role.term.name;
    });
}

std::optional<DepartmentId> Policy::department(std::string_view name) const noexcept {
    return find_id<DepartmentId>(content_.departments, name, &Term::name);
}

std::optional<FunctionId> Policy::function(std::string_view name) const noexcept {
    return find_id<FunctionId>(content_.functions, name, &Term::name);
}

std::optional<PurposeId> Policy::purpose(std::string_view name) const noexcept {
    return find_id<PurposeId>(content_.purposes, name, &Term::name);
}

std::optional<FieldId> Policy::field(ResourceKind kind, std::string_view name) const noexcept {
    const auto& fields = content_.kinds[static_cast<std::size_t>(kind)].fields;
    return find_id<FieldId>(fields, name, std::identity());
}

const Policy& product_policy() {
    // A built-in text that does not parse is our bug, and a test's.
    static const Policy kPolicy = [] {
        auto parsed = Policy::parse(product_policy_text(), "policy/suyuan-policy.toml");
        SUYUAN_ASSERT(parsed.has_value());
        return *std::move(parsed);
    }();
    return kPolicy;
}

}  // namespace suyuan::policy
