// SPDX-License-Identifier: Apache-2.0
//
// A policy file as it is written: words and where they stand, nothing resolved.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::policy::detail {

struct Word {
    std::string text;
    std::size_t line = 0;
};

struct WordList {
    std::vector<Word> words;
    std::size_t line = 0;  // 0: left out

    [[nodiscard]] bool is_given() const noexcept { return line != 0; }
};

// A row of [actions] and its like: name = ["中文", "English"].
struct TermSource {
    Word name;
    std::string zh;
    std::string en;
};

// A [[role]] or [[group]]: `members` are its ways to authenticate, or its roles.
struct RoleSource {
    Word name;
    std::string zh;
    WordList members;
};

struct KindSource {
    Word name;
    std::string zh;
    WordList actions;
    std::array<WordList, 4> fields;  // by data class
};

// [[separation]]
struct SeparationSource {
    Word name;
    std::string zh;
    std::string en;
    std::string source;
    WordList actions;
};

enum class RuleList : unsigned char {
    kRoles,
    kActions,
    kResources,
    kRelations,
    kUnlessRelations,
    kDepartments,
    kFunctions,
    kPurposes,
    kFields,
    kHide,
    kMask,
    kDuties,
};
inline constexpr std::size_t kRuleListCount = 12;
inline constexpr std::array<std::string_view, kRuleListCount> kRuleListNames = {
    "roles",
    "actions",
    "resources",
    "relations",
    "unless_relations",
    "departments",
    "functions",
    "purposes",
    "fields",
    "hide",
    "mask",
    "duties"
};

struct RuleSource {
    bool is_forbid = false;
    std::size_t line = 0;  // of [[permit]] or [[forbid]]
    Word name;
    std::string zh;
    std::string en;
    std::string source;
    std::array<WordList, kRuleListCount> lists;
    Word region;      // line 0: left out
    Word data_class;  // likewise
    Word steps_up;    // likewise; digits or "all"
    Word steps_down;

    [[nodiscard]] const WordList& list(RuleList which) const noexcept {
        return lists[static_cast<std::size_t>(which)];
    }
};

struct PolicySource {
    std::string file;
    std::string version;
    std::vector<TermSource> actions;
    std::vector<TermSource> relations;
    std::vector<TermSource> duties;
    std::vector<TermSource> purposes;
    std::vector<TermSource> departments;
    std::vector<TermSource> functions;
    std::vector<TermSource> fields;
    std::vector<KindSource> kinds;
    std::vector<RoleSource> roles;
    std::vector<RoleSource> groups;
    std::vector<SeparationSource> separations;
    std::vector<RuleSource> rules;  // in the order of the file
};

// "file:line: what", in both languages.
[[nodiscard]] inline Failure refuse(
    std::string_view file, std::size_t line, const Sentence& sentence
) {
    return fail(
        ErrorCode::kInvalidArgument,
        {format("{}:{}：{}", file, line, sentence.zh), format("{}:{}: {}", file, line, sentence.en)}
    );
}

}  // namespace suyuan::policy::detail
