// SPDX-License-Identifier: Apache-2.0

#include "policy/detail/resolve.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/detail/names.h"
#include "policy/detail/policy_source.h"
#include "policy/detail/resolve_rule.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace suyuan::policy::detail {
namespace {

constexpr std::size_t kRolesMax = 64;
constexpr std::size_t kFieldsMax = 64;  // of one kind
constexpr std::size_t kTermsMax = 32;

Term term_of(const TermSource& source) {
    return {.name = source.name.text, .zh = source.zh, .en = source.en};
}

// The program's own words: each named once, and no other.
Result<std::vector<Term>> resolve_fixed(
    std::string_view file,
    const std::vector<TermSource>& sources,
    std::span<const std::string_view> names,
    const Sentence& what
) {
    std::vector<Term> terms(names.size());
    for (const TermSource& source : sources) {
        const auto place = place_of(names, source.name.text);
        if (!place) {
            return refuse_unknown(file, source.name, what);
        }
        terms[*place] = term_of(source);
    }
    const auto missing = std::ranges::find(terms, "", &Term::name);
    if (missing != terms.end()) {
        const std::string_view name = names[static_cast<std::size_t>(missing - terms.begin())];
        return refuse(
            file,
            sources.empty() ? 1 : sources.front().name.line,
            {format("缺少{}“{}”。", what.zh, name),
             format("The {} \"{}\" is missing.", what.en, name)}
        );
    }
    return terms;
}

Result<std::vector<Term>> resolve_own(
    std::string_view file, const std::vector<TermSource>& sources, const Sentence& what
) {
    SUYUAN_TRY_VOID(check_count(file, sources.size(), kTermsMax, what));
    std::vector<Term> terms;
    terms.reserve(sources.size());
    for (const TermSource& source : sources) {
        terms.push_back(term_of(source));
    }
    return terms;
}

Result<Kind> resolve_kind(
    const PolicySource& source, const KindSource& kind, std::set<std::string>& used
) {
    Kind resolved;
    resolved.zh = kind.zh;
    SUYUAN_TRY(
        resolved.actions,
        members_of<Action>(source.file, kind.actions, action_names(), {"操作", "action"})
    );
    FieldSet up_to;
    for (std::size_t data_class = 0; data_class < kind.fields.size(); ++data_class) {
        for (const Word& word : kind.fields[data_class].words) {
            const bool is_declared = std::ranges::any_of(
                source.fields, [&](const TermSource& field) { return field.name.text == word.text; }
            );
            if (!is_declared) {
                return refuse_unknown(source.file, word, {"字段", "field"});
            }
            if (std::ranges::find(resolved.fields, word.text) != resolved.fields.end()) {
                return refuse_twice(source.file, word, {"字段", "field"});
            }
            used.insert(word.text);
            up_to.insert(static_cast<FieldId>(resolved.fields.size() % kFieldsMax));
            resolved.fields.push_back(word.text);
        }
        resolved.up_to[data_class] = up_to;
    }
    if (resolved.fields.empty()) {
        return refuse(
            source.file,
            kind.name.line,
            {format("资源“{}”没有字段。", kind.name.text),
             format("The resource \"{}\" has no fields.", kind.name.text)}
        );
    }
    SUYUAN_TRY_VOID(check_count(
        source.file,
        resolved.fields.size(),
        kFieldsMax,
        {"一种资源的字段", "the fields of a resource"}
    ));
    return resolved;
}

Status resolve_kinds(const PolicySource& source, PolicyContent& content) {
    std::set<std::string> seen;
    std::set<std::string> used;
    for (const KindSource& kind : source.kinds) {
        const auto place = place_of(resource_kind_names(), kind.name.text);
        if (!place) {
            return refuse_unknown(source.file, kind.name, {"资源", "resource"});
        }
        if (!seen.insert(kind.name.text).second) {
            return refuse_twice(source.file, kind.name, {"资源", "resource"});
        }
        SUYUAN_TRY(content.kinds[*place], resolve_kind(source, kind, used));
    }
    for (const std::string_view name : resource_kind_names()) {
        if (!seen.contains(std::string(name))) {
            return refuse(
                source.file,
                1,
                {format("缺少资源“{}”。", name), format("The resource \"{}\" is missing.", name)}
            );
        }
    }
    for (const TermSource& field : source.fields) {
        if (!used.contains(field.name.text)) {
            return refuse(
                source.file,
                field.name.line,
                {format("没有资源使用字段“{}”，请删去。", field.name.text),
                 format("No resource has the field \"{}\"; take it out.", field.name.text)}
            );
        }
        content.fields.push_back(term_of(field));
    }
    return {};
}

Status resolve_roles(const PolicySource& source, PolicyContent& content) {
    SUYUAN_TRY_VOID(check_count(source.file, source.roles.size(), kRolesMax, {"角色", "roles"}));
    std::set<std::string> seen;
    for (const RoleSource& role : source.roles) {
        if (!seen.insert(role.name.text).second) {
            return refuse_twice(source.file, role.name, {"角色", "role"});
        }
        Role resolved;
        resolved.term = {.name = role.name.text, .zh = role.zh, .en = {}};
        SUYUAN_TRY(
            resolved.authentications,
            members_of<Authentication>(
                source.file, role.members, authentication_names(), {"验证方式", "authentication"}
            )
        );
        content.roles.push_back(std::move(resolved));
    }
    return {};
}

// Roles and groups by name, as a rule may list them.
Result<std::vector<RoleGroup>> resolve_groups(
    const PolicySource& source, const PolicyContent& content
) {
    std::vector<RoleGroup> groups;
    const auto roles = names_of(content.roles, [](const Role& role) -> std::string_view {
        return role.term.name;
    });
    groups.reserve(roles.size() + source.groups.size());
    for (std::size_t i = 0; i < roles.size(); ++i) {
        groups.push_back({std::string(roles[i]), RoleSet::of(static_cast<RoleId>(i)), true});
    }
    for (const RoleSource& group : source.groups) {
        if (std::ranges::find(groups, group.name.text, &RoleGroup::name) != groups.end()) {
            return refuse_twice(source.file, group.name, {"角色或角色组", "role or group"});
        }
        SUYUAN_TRY(
            const RoleSet members,
            members_of<RoleId>(source.file, group.members, roles, {"角色", "role"})
        );
        groups.push_back({group.name.text, members, false});
    }
    return groups;
}

Status check_groups_used(const PolicySource& source, const std::vector<RoleGroup>& groups) {
    for (const RoleGroup& group : groups) {
        if (!group.is_used) {
            const auto* const at =
                &*std::ranges::find(source.groups, group.name, [](const RoleSource& written) {
                    return written.name.text;
                });
            return refuse(
                source.file,
                at->name.line,
                {format("没有规则使用角色组“{}”，请删去。", group.name),
                 format("No rule names the group \"{}\"; take it out.", group.name)}
            );
        }
    }
    return {};
}

Status resolve_separations(const PolicySource& source, PolicyContent& content) {
    for (const SeparationSource& separation : source.separations) {
        SUYUAN_TRY(
            const ActionSet actions,
            members_of<Action>(source.file, separation.actions, action_names(), {"操作", "action"})
        );
        content.separations.push_back(
            {.term = {separation.name.text, separation.zh, separation.en},
             .source = separation.source,
             .line = separation.name.line,
             .actions = actions}
        );
    }
    return {};
}

Status resolve_rules(const PolicySource& source, PolicyContent& content) {
    SUYUAN_TRY_VOID(check_count(source.file, source.rules.size(), kRulesMax, {"规则", "rules"}));
    SUYUAN_TRY(std::vector<RoleGroup> groups, resolve_groups(source, content));
    std::set<std::string> seen;
    for (const RuleSource& rule : source.rules) {
        if (!seen.insert(rule.name.text).second) {
            return refuse_twice(source.file, rule.name, {"规则", "rule"});
        }
        SUYUAN_TRY(Rule resolved, resolve_rule(source.file, rule, content, groups));
        content.rules.push_back(std::move(resolved));
    }
    return check_groups_used(source, groups);
}

}  // namespace

Result<PolicyContent> resolve(const PolicySource& source) {
    const std::string_view file = source.file;
    PolicyContent content;
    content.version = source.version;
    SUYUAN_TRY(
        content.actions, resolve_fixed(file, source.actions, action_names(), {"操作", "action"})
    );
    SUYUAN_TRY(
        content.relations,
        resolve_fixed(file, source.relations, relation_names(), {"关系", "relation"})
    );
    SUYUAN_TRY(content.duties, resolve_fixed(file, source.duties, duty_names(), {"义务", "duty"}));
    SUYUAN_TRY(content.purposes, resolve_own(file, source.purposes, {"目的", "purposes"}));
    SUYUAN_TRY(content.departments, resolve_own(file, source.departments, {"部门", "departments"}));
    SUYUAN_TRY(content.functions, resolve_own(file, source.functions, {"职能", "functions"}));
    SUYUAN_TRY_VOID(resolve_kinds(source, content));
    SUYUAN_TRY_VOID(resolve_roles(source, content));
    SUYUAN_TRY_VOID(resolve_separations(source, content));
    SUYUAN_TRY_VOID(resolve_rules(source, content));
    return content;
}

}  // namespace suyuan::policy::detail
