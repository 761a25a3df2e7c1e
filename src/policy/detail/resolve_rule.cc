// SPDX-License-Identifier: Apache-2.0

#include "policy/detail/resolve_rule.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/bit_set.h"
#include "policy/decision.h"
#include "policy/detail/names.h"
#include "policy/detail/policy_source.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy::detail {
namespace {

class RuleResolver {
public:
    RuleResolver(
        std::string_view file,
        const RuleSource& source,
        const PolicyContent& content,
        std::vector<RoleGroup>& groups
    )
        : file_(file), source_(source), content_(content), groups_(groups) {}

    Result<Rule> run() {
        rule_.name = source_.name.text;
        rule_.zh = source_.zh;
        rule_.en = source_.en;
        rule_.source = source_.source;
        rule_.line = source_.line;
        rule_.is_forbid = source_.is_forbid;
        rule_.is_partial = source_.is_forbid && source_.list(RuleList::kFields).is_given();
        SUYUAN_TRY_VOID(resolve_roles());
        SUYUAN_TRY_VOID(resolve_acts());
        SUYUAN_TRY_VOID(resolve_conditions());
        SUYUAN_TRY_VOID(resolve_region());
        SUYUAN_TRY_VOID(resolve_opening());
        SUYUAN_TRY_VOID(resolve_fields());
        return rule_;
    }

private:
    Status resolve_roles() {
        if (!source_.list(RuleList::kRoles).is_given()) {
            rule_.roles = RoleSet::first(static_cast<unsigned>(content_.roles.size()));
            return {};
        }
        for (const Word& word : source_.list(RuleList::kRoles).words) {
            const auto found = std::ranges::find(groups_, word.text, &RoleGroup::name);
            if (found == groups_.end()) {
                return refuse_unknown(file_, word, {"角色或角色组", "role or group"});
            }
            found->is_used = true;
            rule_.roles |= found->roles;
        }
        return {};
    }

    // Actions and kinds: each named one must go with one of the others.
    Status resolve_acts() {
        const WordList& actions = source_.list(RuleList::kActions);
        const WordList& kinds = source_.list(RuleList::kResources);
        SUYUAN_TRY(
            rule_.actions, members_of<Action>(file_, actions, action_names(), {"操作", "action"})
        );
        SUYUAN_TRY(
            rule_.kinds,
            members_of<ResourceKind>(file_, kinds, resource_kind_names(), {"资源", "resource"})
        );
        if (!actions.is_given()) {
            rule_.actions = ActionSet::first(kActionCount);
        }
        if (!kinds.is_given()) {
            rule_.kinds = kinds_with_an_action();
        }
        for (const Word& word : kinds.words) {
            const auto place = place_of(resource_kind_names(), word.text);
            if (place && !kinds_with_an_action().contains(static_cast<ResourceKind>(*place))) {
                return refuse(
                    file_,
                    word.line,
                    {format("资源“{}”没有本规则的任何操作。", word.text),
                     format("\"{}\" has none of the rule's actions.", word.text)}
                );
            }
        }
        for (const Word& word : actions.words) {
            const auto place = place_of(action_names(), word.text);
            if (place && !actions_of_kinds().contains(static_cast<Action>(*place))) {
                return refuse(
                    file_,
                    word.line,
                    {format("本规则的资源都没有操作“{}”。", word.text),
                     format("None of the rule's resources has the action \"{}\".", word.text)}
                );
            }
        }
        return {};
    }

    [[nodiscard]] ResourceKindSet kinds_with_an_action() const {
        ResourceKindSet kinds;
        for (std::size_t i = 0; i < kResourceKindCount; ++i) {
            if (content_.kinds[i].actions.meets(rule_.actions)) {
                kinds.insert(static_cast<ResourceKind>(i));
            }
        }
        return kinds;
    }

    [[nodiscard]] ActionSet actions_of_kinds() const {
        ActionSet actions;
        for (std::size_t i = 0; i < kResourceKindCount; ++i) {
            if (rule_.kinds.contains(static_cast<ResourceKind>(i))) {
                actions |= content_.kinds[i].actions;
            }
        }
        return actions;
    }

    Status resolve_conditions() {
        SUYUAN_TRY(
            rule_.relations,
            members_of<Relation>(
                file_, source_.list(RuleList::kRelations), relation_names(), {"关系", "relation"}
            )
        );
        const WordList& unless = source_.list(RuleList::kUnlessRelations);
        SUYUAN_TRY(
            rule_.unless_relations,
            members_of<Relation>(file_, unless, relation_names(), {"关系", "relation"})
        );
        if (rule_.unless_relations.meets(rule_.relations)) {
            return refuse(
                file_,
                unless.line,
                {"同一关系既被要求又被排除。", "The rule asks for a relation and excepts it."}
            );
        }
        SUYUAN_TRY(
            rule_.departments,
            terms_of<DepartmentId>(
                RuleList::kDepartments, content_.departments, {"部门", "department"}
            )
        );
        SUYUAN_TRY(
            rule_.functions,
            terms_of<FunctionId>(RuleList::kFunctions, content_.functions, {"职能", "function"})
        );
        SUYUAN_TRY(
            rule_.purposes,
            terms_of<PurposeId>(RuleList::kPurposes, content_.purposes, {"目的", "purpose"})
        );
        return {};
    }

    // A list of the file's own words.
    template <typename Id>
    [[nodiscard]] Result<BitSet<Id>> terms_of(
        RuleList list, const std::vector<Term>& terms, const Sentence& what
    ) const {
        return members_of<Id>(file_, source_.list(list), names_of(terms, &Term::name), what);
    }

    Status resolve_region() {
        if (source_.region.line == 0) {
            return {};
        }
        if (source_.region.text == "subtree") {
            rule_.region = RegionCondition::kSubtree;
        } else if (source_.region.text == "outside") {
            rule_.region = RegionCondition::kOutside;
        } else {
            return refuse(
                file_,
                source_.region.line,
                {R"(region 须为 "subtree" 或 "outside"。)", R"(region is "subtree" or "outside".)"}
            );
        }
        return {};
    }

    // What a permit adds beside fields: data class, duties, steps.
    Status resolve_opening() {
        if (rule_.is_forbid) {
            return {};
        }
        const auto data_class = place_of(data_class_names(), source_.data_class.text);
        if (!data_class) {
            return refuse_unknown(file_, source_.data_class, {"密级", "data class"});
        }
        rule_.data_class = static_cast<DataClass>(*data_class + 1);
        SUYUAN_TRY(
            rule_.duties,
            members_of<Duty>(file_, source_.list(RuleList::kDuties), duty_names(), {"义务", "duty"})
        );
        for (const Word* const steps : {&source_.steps_up, &source_.steps_down}) {
            if (steps->line != 0 && !rule_.actions.contains(Action::kTrace)) {
                return refuse(
                    file_,
                    steps->line,
                    {"只有操作 trace 才有追溯步数。", "Only the action trace has steps."}
                );
            }
        }
        rule_.steps_up = steps_of(source_.steps_up);
        rule_.steps_down = steps_of(source_.steps_down);
        return {};
    }

    static std::uint8_t steps_of(const Word& word) {
        std::uint8_t steps = 0;  // left out
        if (word.text == "all") {
            steps = kAllSteps;
        } else {
            std::from_chars(word.text.data(), word.text.data() + word.text.size(), steps);
        }
        return steps;
    }

    Status resolve_fields() {
        const WordList& fields = source_.list(RuleList::kFields);
        const WordList& hide = source_.list(RuleList::kHide);
        if (rule_.is_forbid && !rule_.is_partial) {
            return {};
        }
        if (fields.is_given() && hide.is_given()) {
            return refuse(
                file_,
                hide.line,
                {"已列出 fields，hide 没有意义。", "With fields listed, hide means nothing."}
            );
        }
        for (std::size_t i = 0; i < kResourceKindCount; ++i) {
            if (!rule_.kinds.contains(static_cast<ResourceKind>(i))) {
                continue;
            }
            const FieldSet within = rule_.is_forbid ? all_of(i) : up_to_class(i);
            const FieldSet listed = fields.is_given() ? named(fields, i) : all_of(i);
            rule_.fields[i] = (listed & within) - named(hide, i);
            rule_.clear[i] = rule_.fields[i] - named(source_.list(RuleList::kMask), i);
            if (rule_.fields[i].is_empty()) {
                SUYUAN_TRY_VOID(drop_kind(i));
            }
        }
        SUYUAN_TRY_VOID(check_named(fields, true));
        SUYUAN_TRY_VOID(check_named(hide, false));
        return check_named(source_.list(RuleList::kMask), true);
    }

    // A kind of which the rule touches no field: an error if it is named.
    Status drop_kind(std::size_t kind) {
        if (source_.list(RuleList::kResources).is_given()) {
            const std::string_view name = resource_kind_names()[kind];
            return refuse(
                file_,
                source_.list(RuleList::kResources).line,
                {format("本规则不涉及资源“{}”的任何字段。", name),
                 format("The rule touches no field of \"{}\".", name)}
            );
        }
        rule_.kinds = rule_.kinds - ResourceKindSet::of(static_cast<ResourceKind>(kind));
        return {};
    }

    // Each named field must be one that the rule opens (`is_kept`), or would open were it not
    // named.
    Status check_named(const WordList& list, bool is_kept) const {
        for (const Word& word : list.words) {
            bool is_known = false;
            bool is_effective = false;
            for (std::size_t i = 0; i < kResourceKindCount; ++i) {
                const auto field = rule_.kinds.contains(static_cast<ResourceKind>(i))
                                       ? field_of(i, word.text)
                                       : std::nullopt;
                if (field) {
                    is_known = true;
                    const FieldSet scope = is_kept ? rule_.fields[i] : up_to_class(i);
                    is_effective = is_effective || scope.contains(*field);
                }
            }
            if (!is_known) {
                return refuse(
                    file_,
                    word.line,
                    {format("本规则的资源都没有字段“{}”。", word.text),
                     format("None of the rule's resources has the field \"{}\".", word.text)}
                );
            }
            if (!is_effective) {
                return refuse(
                    file_,
                    word.line,
                    {format("字段“{}”不在本规则开放的范围内（密级过高或未列出）。", word.text),
                     format(
                         "The rule does not open \"{}\": above its data class, or not listed.",
                         word.text
                     )}
                );
            }
        }
        return {};
    }

    [[nodiscard]] std::optional<FieldId> field_of(std::size_t kind, std::string_view name) const {
        const auto& fields = content_.kinds[kind].fields;
        const auto found = std::ranges::find(fields, name);
        return found == fields.end() ? std::nullopt
                                     : std::optional(static_cast<FieldId>(found - fields.begin()));
    }

    [[nodiscard]] FieldSet named(const WordList& list, std::size_t kind) const {
        FieldSet fields;
        for (const Word& word : list.words) {
            if (const auto field = field_of(kind, word.text)) {
                fields.insert(*field);
            }
        }
        return fields;
    }

    [[nodiscard]] FieldSet all_of(std::size_t kind) const {
        return content_.kinds[kind].up_to.back();
    }

    [[nodiscard]] FieldSet up_to_class(std::size_t kind) const {
        return content_.kinds[kind].up_to[static_cast<std::size_t>(rule_.data_class) - 1];
    }

    std::string_view file_;
    const RuleSource& source_;
    const PolicyContent& content_;
    std::vector<RoleGroup>& groups_;
    Rule rule_;
};

}  // namespace

Result<Rule> resolve_rule(
    std::string_view file,
    const RuleSource& source,
    const PolicyContent& content,
    std::vector<RoleGroup>& groups
) {
    return RuleResolver(file, source, content, groups).run();
}

}  // namespace suyuan::policy::detail
