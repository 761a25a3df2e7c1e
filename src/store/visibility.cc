// SPDX-License-Identifier: Apache-2.0

#include "store/visibility.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/scope.h"

namespace suyuan::store {
namespace {

constexpr std::string_view kScopeMark = "SCOPE(";
constexpr std::string_view kPeopleMark = "PEOPLE(";
constexpr std::string_view kEverything = "1 = 1";

// An operator's rows are those that it submitted. One that somebody else submitted about its goods
// may tell of others' too.
std::string scope_condition(std::string_view row, policy::View view) {
    switch (view) {
        case policy::View::kEverything:
            return std::string(kEverything);
        case policy::View::kOwn:
            return format(
                "{0}.submitter = scope_operator() AND {0}.data_class <= scope_data_class()", row
            );
        case policy::View::kTerritory:
            return format(
                "{0}.territory >= scope_region_from() AND {0}.territory < scope_region_before() "
                "AND {0}.data_class <= scope_data_class()",
                row
            );
    }
    SUYUAN_UNREACHABLE();
}

std::string_view people_condition(policy::View view) {
    return view == policy::View::kEverything ? kEverything : "scope_people() = 1";
}

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
        const auto scope = text.find(kScopeMark);
        const auto people = text.find(kPeopleMark);
        const auto mark = std::min(scope, people);
        applied += text.substr(0, mark);
        if (mark == std::string_view::npos) {
            return applied;
        }
        const auto begin = text.find('(', mark) + 1;
        const auto end = text.find(')', mark);
        SUYUAN_ASSERT(end != std::string_view::npos);
        applied += mark == people ? people_condition(view)
                                  : scope_condition(text.substr(begin, end - begin), view);
        text.remove_prefix(end + 1);
    }
}

}  // namespace suyuan::store
