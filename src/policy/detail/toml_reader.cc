// SPDX-License-Identifier: Apache-2.0

#include "policy/detail/toml_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The library asserts what a file may break ("[=]"), and would refuse it in good order a line
// later: its asserts are not ours. With NDEBUG it would have the compiler assume the same, which is
// worse.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
// NOLINTBEGIN(readability-identifier-naming): the library's own names
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>
// NOLINTEND(readability-identifier-naming)

#include "base/format.h"
#include "base/result.h"
#include "policy/detail/policy_source.h"
#include "policy/detail/toml_guard.h"
#include "policy/vocabulary.h"

namespace suyuan::policy::detail {
namespace {

std::size_t line_of(const toml::source_region& region) {
    return region.begin.line;
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

std::string joined(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) {
        text += text.empty() ? "" : ", ";
        text += name;
    }
    return text;
}

// One table of the file, and what of it may be asked for.
class Table {
public:
    Table(std::string_view file, const toml::table& table, std::string_view title, std::size_t line)
        : file_(file), table_(&table), title_(title), line_(line) {}

    [[nodiscard]] std::size_t line() const noexcept { return line_; }

    [[nodiscard]] Status check_keys(std::span<const std::string_view> known) const {
        for (const auto& [key, value] : *table_) {
            if (!is_one_of(key.str(), known)) {
                return refuse(
                    file_,
                    line_of(key.source()),
                    {format("{} 中没有键“{}”；可用：{}。", title_, key.str(), joined(known)),
                     format(
                         "{} has no key \"{}\"; there are: {}.", title_, key.str(), joined(known)
                     )}
                );
            }
        }
        return {};
    }

    // A text that must be there and not be empty.
    [[nodiscard]] Result<Word> word(std::string_view key) const {
        SUYUAN_TRY(Word found, optional_word(key));
        if (found.line == 0) {
            return refuse(
                file_,
                line_,
                {format("{} 缺少“{}”，须为文字。", title_, key),
                 format("{} lacks \"{}\", a text.", title_, key)}
            );
        }
        return found;
    }

    // Line 0 if it is not there.
    [[nodiscard]] Result<Word> optional_word(std::string_view key) const {
        const toml::node* const node = table_->get(key);
        if (node == nullptr) {
            return Word();
        }
        const auto text = node->value_exact<std::string>();
        if (!text || text->empty()) {
            return refuse(
                file_,
                line_of(node->source()),
                {format("“{}”须为非空文字。", key), format("\"{}\" must be a text.", key)}
            );
        }
        return Word{*text, line_of(node->source())};
    }

    // A count of steps, or "all".
    [[nodiscard]] Result<Word> optional_steps(std::string_view key) const {
        const toml::node* const node = table_->get(key);
        if (node == nullptr) {
            return Word();
        }
        const auto steps = node->value_exact<std::int64_t>();
        if (steps && *steps >= 0 && *steps < 255) {
            return Word{std::to_string(*steps), line_of(node->source())};
        }
        if (node->value_exact<std::string>() == std::optional<std::string>("all")) {
            return Word{"all", line_of(node->source())};
        }
        return refuse(
            file_,
            line_of(node->source()),
            {format("“{}”须为 0 至 254 的整数或 \"all\"。", key),
             format("\"{}\" must be a number from 0 to 254, or \"all\".", key)}
        );
    }

    [[nodiscard]] Result<WordList> list(std::string_view key) const {
        SUYUAN_TRY(WordList found, optional_list(key));
        if (!found.is_given()) {
            return refuse(
                file_,
                line_,
                {format("{} 缺少“{}”，须为文字列表。", title_, key),
                 format("{} lacks \"{}\", a list of texts.", title_, key)}
            );
        }
        return found;
    }

    // A list of different texts, not empty; not given if it is not there.
    [[nodiscard]] Result<WordList> optional_list(std::string_view key) const {
        WordList found;
        const toml::node* const node = table_->get(key);
        if (node == nullptr) {
            return found;
        }
        found.line = line_of(node->source());
        const toml::array* const array = node->as_array();
        if (array == nullptr || array->empty()) {
            return refuse(
                file_,
                found.line,
                {format("“{}”须为非空列表；不限制时请删去此键。", key),
                 format("\"{}\" must be a list that is not empty; leave the key out for any.", key)}
            );
        }
        for (const toml::node& element : *array) {
            const auto text = element.value_exact<std::string>();
            const std::size_t line = line_of(element.source());
            if (!text || text->empty()) {
                return refuse(
                    file_,
                    line,
                    {format("“{}”只能列出文字。", key), format("\"{}\" lists texts only.", key)}
                );
            }
            if (std::ranges::find(found.words, *text, &Word::text) != found.words.end()) {
                return refuse(
                    file_,
                    line,
                    {format("“{}”重复列出“{}”。", key, *text),
                     format("\"{}\" lists \"{}\" twice.", key, *text)}
                );
            }
            found.words.push_back({*text, line});
        }
        return found;
    }

private:
    std::string_view file_;
    const toml::table* table_;
    std::string_view title_;
    std::size_t line_;
};

// The tables of [[title]]; empty if there are none.
Result<std::vector<Table>> tables_of(
    std::string_view file, const toml::table& root, std::string_view title
) {
    std::vector<Table> tables;
    const toml::node* const node = root.get(title);
    if (node == nullptr) {
        return tables;
    }
    const toml::array* const array = node->as_array();
    if (array == nullptr) {
        return refuse(
            file,
            line_of(node->source()),
            {format("“{}”须写作 [[{}]]。", title, title),
             format("\"{}\" is written [[{}]].", title, title)}
        );
    }
    for (const toml::node& element : *array) {
        const toml::table* const table = element.as_table();
        if (table == nullptr) {
            return refuse(
                file,
                line_of(element.source()),
                {format("“{}”须写作 [[{}]]。", title, title),
                 format("\"{}\" is written [[{}]].", title, title)}
            );
        }
        tables.emplace_back(file, *table, title, line_of(table->source()));
    }
    return tables;
}

// A table of terms: name = ["中文", "English"], in the order of the file.
Result<std::vector<TermSource>> read_terms(
    std::string_view file, const toml::table& root, std::string_view title
) {
    std::vector<TermSource> terms;
    const toml::table* const table = root.get_as<toml::table>(title);
    if (table == nullptr) {
        return refuse(
            file, 1, {format("缺少 [{}] 表。", title), format("The table [{}] is missing.", title)}
        );
    }
    for (const auto& [key, value] : *table) {
        const std::size_t line = line_of(key.source());
        const toml::array* const names = value.as_array();
        const auto zh = names != nullptr && names->size() == 2
                            ? names->get(0)->value_exact<std::string>()
                            : std::nullopt;
        const auto en = zh ? names->get(1)->value_exact<std::string>() : std::nullopt;
        if (!zh || !en || zh->empty() || en->empty()) {
            return refuse(
                file,
                line,
                {format("[{}] 的每一行写作 名称 = [\"中文\", \"English\"]。", title),
                 format("A row of [{}] is name = [\"中文\", \"English\"].", title)}
            );
        }
        terms.push_back({.name = {std::string(key.str()), line}, .zh = *zh, .en = *en});
    }
    std::ranges::sort(terms, {}, [](const TermSource& term) { return term.name.line; });
    return terms;
}

Result<std::vector<RoleSource>> read_roles(
    std::string_view file, const toml::table& root, std::string_view title, std::string_view members
) {
    std::vector<RoleSource> roles;
    SUYUAN_TRY(const auto tables, tables_of(file, root, title));
    const std::array<std::string_view, 3> keys = {"name", "zh", members};
    for (const Table& table : tables) {
        SUYUAN_TRY_VOID(table.check_keys(keys));
        RoleSource role;
        SUYUAN_TRY(role.name, table.word("name"));
        SUYUAN_TRY(const Word zh, table.word("zh"));
        SUYUAN_TRY(role.members, table.list(members));
        role.zh = zh.text;
        roles.push_back(std::move(role));
    }
    return roles;
}

Result<std::vector<KindSource>> read_kinds(std::string_view file, const toml::table& root) {
    constexpr std::array<std::string_view, 7> kKeys = {
        "name", "zh", "actions", "public", "internal", "confidential", "personal"
    };
    std::vector<KindSource> kinds;
    SUYUAN_TRY(const auto tables, tables_of(file, root, "resource"));
    for (const Table& table : tables) {
        SUYUAN_TRY_VOID(table.check_keys(kKeys));
        KindSource kind;
        SUYUAN_TRY(kind.name, table.word("name"));
        SUYUAN_TRY(const Word zh, table.word("zh"));
        SUYUAN_TRY(kind.actions, table.list("actions"));
        for (std::size_t i = 0; i < kind.fields.size(); ++i) {
            SUYUAN_TRY(kind.fields[i], table.optional_list(data_class_names()[i]));
        }
        kind.zh = zh.text;
        kinds.push_back(std::move(kind));
    }
    return kinds;
}

Result<std::vector<SeparationSource>> read_separations(
    std::string_view file, const toml::table& root
) {
    constexpr std::array<std::string_view, 5> kKeys = {"name", "zh", "en", "source", "actions"};
    std::vector<SeparationSource> separations;
    SUYUAN_TRY(const auto tables, tables_of(file, root, "separation"));
    for (const Table& table : tables) {
        SUYUAN_TRY_VOID(table.check_keys(kKeys));
        SeparationSource separation;
        SUYUAN_TRY(separation.name, table.word("name"));
        SUYUAN_TRY(const Word zh, table.word("zh"));
        SUYUAN_TRY(const Word en, table.word("en"));
        SUYUAN_TRY(const Word source, table.word("source"));
        SUYUAN_TRY(separation.actions, table.list("actions"));
        separation.zh = zh.text;
        separation.en = en.text;
        separation.source = source.text;
        separations.push_back(std::move(separation));
    }
    return separations;
}

Result<RuleSource> read_rule(const Table& table, bool is_forbid) {
    std::vector<std::string_view> keys = {"rule", "zh", "en", "source", "region"};
    for (std::size_t i = 0; i < kRuleListCount; ++i) {
        const auto list = static_cast<RuleList>(i);
        const bool is_permits =
            list == RuleList::kHide || list == RuleList::kMask || list == RuleList::kDuties;
        const bool is_forbids = list == RuleList::kUnlessRelations;
        if (is_forbid ? !is_permits : !is_forbids) {
            keys.push_back(kRuleListNames[i]);
        }
    }
    if (!is_forbid) {
        keys.insert(keys.end(), {"data_class", "steps_up", "steps_down"});
    }
    SUYUAN_TRY_VOID(table.check_keys(keys));
    RuleSource rule;
    rule.is_forbid = is_forbid;
    rule.line = table.line();
    SUYUAN_TRY(rule.name, table.word("rule"));
    SUYUAN_TRY(const Word zh, table.word("zh"));
    SUYUAN_TRY(const Word en, table.word("en"));
    SUYUAN_TRY(const Word source, table.word("source"));
    for (std::size_t i = 0; i < kRuleListCount; ++i) {
        SUYUAN_TRY(rule.lists[i], table.optional_list(kRuleListNames[i]));
    }
    SUYUAN_TRY(rule.region, table.optional_word("region"));
    if (!is_forbid) {
        SUYUAN_TRY(rule.data_class, table.word("data_class"));
        SUYUAN_TRY(rule.steps_up, table.optional_steps("steps_up"));
        SUYUAN_TRY(rule.steps_down, table.optional_steps("steps_down"));
    }
    rule.zh = zh.text;
    rule.en = en.text;
    rule.source = source.text;
    return rule;
}

Result<std::vector<RuleSource>> read_rules(std::string_view file, const toml::table& root) {
    std::vector<RuleSource> rules;
    for (const bool is_forbid : {true, false}) {
        SUYUAN_TRY(const auto tables, tables_of(file, root, is_forbid ? "forbid" : "permit"));
        for (const Table& table : tables) {
            SUYUAN_TRY(RuleSource rule, read_rule(table, is_forbid));
            rules.push_back(std::move(rule));
        }
    }
    std::ranges::sort(rules, {}, &RuleSource::line);
    return rules;
}

}  // namespace

Result<PolicySource> read_policy_source(std::string_view text, std::string_view file) {
    constexpr std::array<std::string_view, 14> kKeys = {
        "version",
        "actions",
        "relations",
        "duties",
        "purposes",
        "departments",
        "functions",
        "fields",
        "resource",
        "role",
        "group",
        "separation",
        "permit",
        "forbid"
    };
    SUYUAN_TRY_VOID(check_toml_text(text, file));
    const toml::parse_result parsed = toml::parse(text, file);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        return refuse(
            file,
            line_of(error.source()),
            {format("不是有效的 TOML：{}。", error.description()),
             format("This is not TOML: {}.", error.description())}
        );
    }
    const toml::table& root = parsed.table();
    const Table whole(file, root, "the file", 1);
    SUYUAN_TRY_VOID(whole.check_keys(kKeys));
    PolicySource source;
    source.file = std::string(file);
    SUYUAN_TRY(const Word version, whole.word("version"));
    source.version = version.text;
    SUYUAN_TRY(source.actions, read_terms(file, root, "actions"));
    SUYUAN_TRY(source.relations, read_terms(file, root, "relations"));
    SUYUAN_TRY(source.duties, read_terms(file, root, "duties"));
    SUYUAN_TRY(source.purposes, read_terms(file, root, "purposes"));
    SUYUAN_TRY(source.departments, read_terms(file, root, "departments"));
    SUYUAN_TRY(source.functions, read_terms(file, root, "functions"));
    SUYUAN_TRY(source.fields, read_terms(file, root, "fields"));
    SUYUAN_TRY(source.kinds, read_kinds(file, root));
    SUYUAN_TRY(source.roles, read_roles(file, root, "role", "authentication"));
    SUYUAN_TRY(source.groups, read_roles(file, root, "group", "roles"));
    SUYUAN_TRY(source.separations, read_separations(file, root));
    SUYUAN_TRY(source.rules, read_rules(file, root));
    return source;
}

}  // namespace suyuan::policy::detail
