// SPDX-License-Identifier: Apache-2.0

#include "store/visibility.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/scope.h"

namespace suyuan::store {
namespace {

constexpr std::string_view kEverything = "1 = 1";

// What the rows of x are an operator's or a territory's by.
std::string whose(std::string_view row, std::string_view column, policy::View view) {
    if (view == policy::View::kOwn) {
        return format("{}.{} = scope_operator()", row, column);
    }
    return format(
        "{0}.territory >= scope_region_from() AND {0}.territory < scope_region_before()", row
    );
}

// An operator's rows are those that it submitted. One that somebody else submitted about its goods
// may tell of others' too.
std::string within(std::string_view row, policy::View view) {
    return whose(row, "submitter", view);
}

std::string scope(std::string_view row, policy::View view) {
    return format("{} AND {}.data_class <= scope_data_class()", within(row, view), row);
}

std::string held(std::string_view row, policy::View view) {
    return whose(row, "owner", view);
}

// A kind of thing: its number in mention, and where the registry keeps it.
struct Kind {
    std::string_view name;
    int number = 0;
    std::string_view table;
    std::string_view id;
};

constexpr std::array<Kind, 6> kKinds = {{
    {"item", 0, "", ""},
    {"operator", 1, "registered_operator", "operator_id"},
    {"site", 2, "registered_site", "site_id"},
    {"vehicle", 3, "registered_vehicle", "vehicle_id"},
    {"person", 4, "registered_person", "person_id"},
    {"paper", 5, "registered_paper", "paper_id"},
}};

// `argument`: "kind, id".
std::string sight(std::string_view argument, policy::View view) {
    const auto comma = argument.find(", ");
    SUYUAN_ASSERT(comma != std::string_view::npos);
    const std::string_view id = argument.substr(comma + 2);
    const auto* const kind = std::ranges::find(kKinds, argument.substr(0, comma), &Kind::name);
    SUYUAN_ASSERT(kind != kKinds.end());
    std::string text = format(
        "(EXISTS (SELECT 1 FROM mention sight WHERE {} AND sight.kind = {} AND sight.thing = {})",
        scope("sight", view),
        kind->number,
        id
    );
    if (kind->name == "operator" && view == policy::View::kOwn) {
        text += format(" OR {} = scope_operator()", id);
    } else if (!kind->table.empty()) {
        text += format(
            " OR EXISTS (SELECT 1 FROM {0} sight WHERE {1} AND sight.{2} = {3})",
            kind->table,
            held("sight", view),
            kind->id,
            id
        );
    }
    return text + ")";
}

std::string people(std::string_view /*row*/, policy::View /*view*/) {
    return "scope_people() = 1";
}

struct Mark {
    std::string_view name;  // with its parenthesis
    std::string (*condition)(std::string_view argument, policy::View view) = nullptr;
};

constexpr std::array<Mark, 5> kMarks = {{
    {"SCOPE(", scope},
    {"WITHIN(", within},
    {"HELD(", held},
    {"SIGHT(", sight},
    {"PEOPLE(", people},
}};

}  // namespace

Status check_scope(const policy::Scope& scope) {
    if (!scope.sees_everything()) {
        return fail(
            ErrorCode::kPermissionDenied,
            Sentence{
                "数据库目前不支持更窄的范围", "the store knows no narrower scope than everything"
            }
        );
    }
    return {};
}

Status check_own_scope(const policy::Scope& scope) {
    if (scope.view() == policy::View::kTerritory) {
        return fail(
            ErrorCode::kPermissionDenied,
            Sentence{"监管范围内不能写入", "a territory's scope adds no rows"}
        );
    }
    return {};
}

std::string apply_scope(std::string_view text, policy::View view) {
    std::string applied;
    applied.reserve(text.size());
    while (true) {
        const Mark* first = nullptr;
        std::size_t place = std::string_view::npos;
        for (const Mark& mark : kMarks) {
            if (const auto found = text.find(mark.name); found < place) {
                first = &mark;
                place = found;
            }
        }
        applied += text.substr(0, place);
        if (first == nullptr) {
            return applied;
        }
        const std::size_t begin = place + first->name.size();
        const std::size_t end = text.find(')', begin);
        SUYUAN_ASSERT(end != std::string_view::npos);
        applied += view == policy::View::kEverything
                       ? std::string(kEverything)
                       : first->condition(text.substr(begin, end - begin), view);
        text.remove_prefix(end + 1);
    }
}

}  // namespace suyuan::store
