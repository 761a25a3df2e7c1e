// SPDX-License-Identifier: Apache-2.0

#include "policy/detail/reachability.h"

#include <cstddef>
#include <string_view>

#include "base/format.h"
#include "base/result.h"
#include "policy/bit_set.h"
#include "policy/detail/policy_source.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace suyuan::policy::detail {
namespace {

// Empty stands for any.
template <typename Member>
bool is_wider(const BitSet<Member>& wide, const BitSet<Member>& narrow) {
    return wide.is_empty() || (!narrow.is_empty() && wide.contains_all(narrow));
}

// The actions of a rule that a kind has at all.
ActionSet actions_on(const PolicyContent& content, const Rule& rule, std::size_t kind) {
    return rule.kinds.contains(static_cast<ResourceKind>(kind))
               ? rule.actions & content.kinds[kind].actions
               : ActionSet();
}

// Whether `wide` matches whenever `narrow` does.
bool covers(const PolicyContent& content, const Rule& wide, const Rule& narrow) {
    for (std::size_t kind = 0; kind < kResourceKindCount; ++kind) {
        if (!actions_on(content, wide, kind).contains_all(actions_on(content, narrow, kind))) {
            return false;
        }
    }
    return wide.roles.contains_all(narrow.roles) && is_wider(wide.relations, narrow.relations) &&
           narrow.unless_relations.contains_all(wide.unless_relations) &&
           (wide.region == RegionCondition::kAny || wide.region == narrow.region) &&
           is_wider(wide.departments, narrow.departments) &&
           is_wider(wide.functions, narrow.functions) && is_wider(wide.purposes, narrow.purposes) &&
           wide.data_class >= narrow.data_class;
}

bool contains_fields(const Rule& wide, const Rule& narrow) {
    for (std::size_t kind = 0; kind < kResourceKindCount; ++kind) {
        if (!wide.fields[kind].contains_all(narrow.fields[kind])) {
            return false;
        }
    }
    return true;
}

// Whether the permit `narrow` opens nothing and asks for nothing that `wide` does not.
bool adds_nothing(const Rule& wide, const Rule& narrow) {
    for (std::size_t kind = 0; kind < kResourceKindCount; ++kind) {
        if (!wide.clear[kind].contains_all(narrow.clear[kind])) {
            return false;
        }
    }
    return contains_fields(wide, narrow) && wide.duties.contains_all(narrow.duties) &&
           wide.steps_up >= narrow.steps_up && wide.steps_down >= narrow.steps_down;
}

// Whether `wide` makes `narrow` idle: closes it whole, or leaves it nothing new.
bool is_idle(const PolicyContent& content, const Rule& wide, const Rule& narrow) {
    if (!covers(content, wide, narrow)) {
        return false;
    }
    if (wide.is_forbid && !wide.is_partial) {
        return true;
    }
    if (wide.is_forbid) {
        return (!narrow.is_forbid || narrow.is_partial) && contains_fields(wide, narrow);
    }
    return !narrow.is_forbid && adds_nothing(wide, narrow);
}

Status check_rule(const PolicyContent& content, std::size_t place, std::string_view file) {
    const Rule& rule = content.rules[place];
    for (std::size_t i = 0; i < content.rules.size(); ++i) {
        const Rule& other = content.rules[i];
        // Of two that say the same, the later one is idle.
        const bool is_later = i > place && is_idle(content, rule, other);
        if (i == place || is_later || !is_idle(content, other, rule)) {
            continue;
        }
        if (other.is_forbid && !rule.is_forbid) {
            return refuse(
                file,
                rule.line,
                {format(
                     "许可“{}”与禁止“{}”（第 {} 行）矛盾，永不生效。",
                     rule.name,
                     other.name,
                     other.line
                 ),
                 format(
                     "The permit \"{}\" contradicts the forbid \"{}\" (line {}) and never opens "
                     "anything.",
                     rule.name,
                     other.name,
                     other.line
                 )}
            );
        }
        return refuse(
            file,
            rule.line,
            {format(
                 "规则“{}”已被“{}”（第 {} 行）包含，不起作用。", rule.name, other.name, other.line
             ),
             format(
                 "\"{}\" (line {}) covers the rule \"{}\", which has no effect.",
                 other.name,
                 other.line,
                 rule.name
             )}
        );
    }
    return {};
}

// The acts of a separation that permits give to a role.
ActionSet held_of(const PolicyContent& content, const Separation& separation, RoleId role) {
    ActionSet held;
    for (const Rule& rule : content.rules) {
        if (rule.is_forbid || !rule.roles.contains(role)) {
            continue;
        }
        for (std::size_t kind = 0; kind < kResourceKindCount; ++kind) {
            held |= actions_on(content, rule, kind) & separation.actions;
        }
    }
    return held;
}

Status check_separation(
    const PolicyContent& content, const Separation& separation, std::string_view file
) {
    for (std::size_t i = 0; i < content.roles.size(); ++i) {
        const ActionSet held = held_of(content, separation, static_cast<RoleId>(i));
        std::size_t count = 0;
        for (std::size_t action = 0; action < kActionCount; ++action) {
            count += held.contains(static_cast<Action>(action)) ? 1U : 0U;
        }
        if (count > 1) {
            return refuse(
                file,
                separation.line,
                {format(
                     "角色“{}”兼有 {} 项须分离的操作，违反“{}”。",
                     content.roles[i].term.name,
                     count,
                     separation.term.name
                 ),
                 format(
                     "The role \"{}\" holds {} acts that \"{}\" keeps apart.",
                     content.roles[i].term.name,
                     count,
                     separation.term.name
                 )}
            );
        }
    }
    return {};
}

}  // namespace

Status check_reachable(const PolicyContent& content, std::string_view file) {
    for (std::size_t i = 0; i < content.rules.size(); ++i) {
        SUYUAN_TRY_VOID(check_rule(content, i, file));
    }
    for (const Separation& separation : content.separations) {
        SUYUAN_TRY_VOID(check_separation(content, separation, file));
    }
    return {};
}

}  // namespace suyuan::policy::detail
