// SPDX-License-Identifier: Apache-2.0
//
// The policy: who may see and do what. Read once from policy/suyuan-policy.toml (built in) or a
// bureau's own file, checked as a whole and turned into a flat table. What it means:
// docs/policy.md.
//
// Threads: constant after construction, decide() from any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/decision.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {

enum class RegionCondition : std::uint8_t { kAny, kSubtree, kOutside };

// A rule of the file with its names resolved. An empty `relations`, `departments`, `functions` or
// `purposes` stands for any.
struct Rule {
    std::string name;
    std::string zh;
    std::string en;
    std::string source;  // the law or consideration that it stands on
    std::size_t line = 0;
    bool is_forbid = false;
    bool is_partial = false;  // a forbid that closes fields only
    RoleSet roles;
    ActionSet actions;
    ResourceKindSet kinds;
    RelationSet relations;
    RelationSet unless_relations;
    RegionCondition region = RegionCondition::kAny;
    DepartmentSet departments;
    FunctionSet functions;
    PurposeSet purposes;
    DataClass data_class = DataClass::kPersonal;
    DutySet duties;
    std::uint8_t steps_up = 0;
    std::uint8_t steps_down = 0;
    // By kind: what a permit opens, what of it in full; what a partial forbid closes.
    std::array<FieldSet, kResourceKindCount> fields{};
    std::array<FieldSet, kResourceKindCount> clear{};
};

struct Term {
    std::string name;
    std::string zh;
    std::string en;  // empty: its name says it
};

// Actions of which no role may hold two by permits: 三员分立.
struct Separation {
    Term term;
    std::string source;
    std::size_t line = 0;
    ActionSet actions;
};

struct Role {
    Term term;
    AuthenticationSet authentications;
};

struct Kind {
    std::string zh;
    ActionSet actions;
    std::vector<std::string> fields;  // in the order of their numbers
    std::array<FieldSet, 4> up_to;    // by data class, from kPublic on: of it and below
};

// What a policy file says, with its names resolved. Constant.
struct PolicyContent {
    std::string version;
    std::vector<Term> actions;  // in the order of the enumeration, as the two that follow
    std::vector<Term> relations;
    std::vector<Term> duties;
    std::vector<Role> roles;
    std::vector<Term> departments;
    std::vector<Term> functions;
    std::vector<Term> purposes;
    std::vector<Term> fields;  // what the fields of all kinds are called
    std::array<Kind, kResourceKindCount> kinds;
    std::vector<Separation> separations;
    std::vector<Rule> rules;  // in the order of the file
};

class Policy {
public:
    // Fails with kInvalidArgument: "file:line: what is wrong and how to mend it", in both
    // languages. `file` is only named.
    [[nodiscard]] static Result<Policy> parse(std::string_view text, std::string_view file);

    // The same of a file on disk; fails as io::read_file() too.
    [[nodiscard]] static Result<Policy> load(const std::filesystem::path& path);

    // Of a content that parse() would make: of what was read from a file, or of it changed.
    explicit Policy(PolicyContent content);

    // Pure. No allocation, no lock.
    [[nodiscard]] Decision decide(
        const Subject& subject, Action action, const Resource& resource, const Context& context
    ) const noexcept;

    // The name of the rule that decided; "#default" and its like for what is built in.
    [[nodiscard]] std::string_view rule_name(const Decision& decision) const noexcept;

    [[nodiscard]] const PolicyContent& content() const noexcept { return content_; }

    // SHA-256 of the text in lower-case hexadecimal; empty if it was not read from text.
    [[nodiscard]] const std::string& digest() const noexcept { return digest_; }

    [[nodiscard]] std::optional<RoleId> role(std::string_view name) const noexcept;
    [[nodiscard]] std::optional<DepartmentId> department(std::string_view name) const noexcept;
    [[nodiscard]] std::optional<FunctionId> function(std::string_view name) const noexcept;
    [[nodiscard]] std::optional<PurposeId> purpose(std::string_view name) const noexcept;
    [[nodiscard]] std::optional<FieldId> field(ResourceKind kind, std::string_view name)
        const noexcept;

private:
    // A rule as one cell of the table sees it.
    struct Entry {
        std::uint16_t rule = 0;
        FieldSet fields;
        FieldSet clear;
    };

    struct Cell {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };

    [[nodiscard]] std::span<const Entry> entries_of(RoleId role, Action action, ResourceKind kind)
        const noexcept;

    void take_part(const Entry& entry, Action action, FieldSet opened, Decision& decision)
        const noexcept;

    PolicyContent content_;
    std::string digest_;
    std::vector<Cell> cells_;     // by role, action, kind
    std::vector<Entry> entries_;  // of each cell, in the order of the file
};

// The product's own file, built in: its text, and what it says.
[[nodiscard]] std::string_view product_policy_text() noexcept;
[[nodiscard]] const Policy& product_policy();

}  // namespace suyuan::policy
