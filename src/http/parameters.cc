// SPDX-License-Identifier: Apache-2.0

#include "http/parameters.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/format.h"
#include "http/limits.h"
#include "http/problem.h"
#include "http/query.h"

namespace suyuan::http {
namespace {

Text unknown_parameter(std::string_view name) {
    return {
        format("没有参数 {}，或此处不支持。", name),
        format("There is no parameter {}, or it is not supported here.", name)
    };
}

Text repeated_parameter(std::string_view name) {
    return {
        format("参数 {} 只能给出一次；多个值请用 | 分隔。", name),
        format("Give {} once; separate several values by \"|\".", name)
    };
}

}  // namespace

std::optional<std::string> ParameterReader::find(std::string_view name) {
    known_.emplace(name);
    const auto value = query_.find(name);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

std::string ParameterReader::text(std::string_view name) {
    return find(name).value_or("");
}

std::string ParameterReader::required_text(std::string_view name) {
    std::string value = text(name);
    if (value.empty()) {
        refuse(name, {format("缺少参数 {}。", name), format("The parameter {} is missing.", name)});
    }
    return value;
}

std::string ParameterReader::moment_text(std::string_view name) {
    std::string value = text(name);
    std::ranges::replace(value, ' ', '+');
    return value;
}

std::size_t ParameterReader::count(std::string_view name, const CountRange& range) {
    const auto given = find(name);
    if (!given) {
        return range.otherwise;
    }
    std::size_t value = 0;
    const char* end = given->data() + given->size();
    const auto [stop, error] = std::from_chars(given->data(), end, value);
    if (error == std::errc::result_out_of_range && stop == end) {
        return range.max;
    }
    if (error != std::errc{} || stop != end || value < range.min) {
        refuse(
            name,
            {format("{} 须为不小于 {} 的整数。", name, range.min),
             format("{} must be a whole number, {} or more.", name, range.min)}
        );
        return range.otherwise;
    }
    return std::min(value, range.max);
}

bool ParameterReader::flag(std::string_view name) {
    const auto given = find(name);
    if (given && *given != "true" && *given != "false") {
        refuse_word(name, "true, false");
    }
    return given == "true";
}

std::vector<std::string> ParameterReader::list(std::string_view name) {
    const auto given = find(name);
    std::vector<std::string> values;
    if (!given) {
        return values;
    }
    for (std::string_view rest = *given;;) {
        const auto end = std::min(rest.find('|'), rest.size());
        values.emplace_back(rest.substr(0, end));
        if (end == rest.size()) {
            break;
        }
        rest.remove_prefix(end + 1);
    }
    if (std::ranges::any_of(values, [](const std::string& value) { return value.empty(); })) {
        refuse(name, {format("{} 含有空值。", name), format("{} has an empty value.", name)});
    }
    if (values.size() > kParameterValuesMax) {
        refuse(
            name,
            {format("{} 最多 {} 个值。", name, kParameterValuesMax),
             format("{} takes at most {} values.", name, kParameterValuesMax)}
        );
    }
    return values;
}

std::vector<std::string> ParameterReader::family(std::string_view prefix) const {
    std::vector<std::string> names;
    for (const Parameter& row : query_.all()) {
        if (row.name.size() > prefix.size() && row.name.starts_with(prefix) &&
            std::ranges::find(names, row.name) == names.end()) {
            names.push_back(row.name);
        }
    }
    return names;
}

void ParameterReader::refuse(std::string_view name, Text detail) {
    reasons_.push_back({.pointer = {}, .parameter = std::string(name), .detail = std::move(detail)}
    );
}

void ParameterReader::refuse_word(std::string_view name, std::string_view words) {
    refuse(
        name,
        {format("{} 须为下列之一：{}。", name, words), format("{} must be one of: {}.", name, words)
        }
    );
}

std::optional<Problem> ParameterReader::finish() {
    ProblemKind kind = ProblemKind::kBadParameter;
    std::set<std::string, std::less<>> seen;
    std::set<std::string, std::less<>> told;
    for (const Parameter& row : query_.all()) {
        const bool is_known = known_.contains(row.name);
        const bool is_repeated = !seen.insert(row.name).second;
        if ((is_known && !is_repeated) || !told.insert(row.name).second) {
            continue;
        }
        if (!is_known) {
            kind = ProblemKind::kUnknownParameter;
        }
        refuse(row.name, is_known ? repeated_parameter(row.name) : unknown_parameter(row.name));
    }
    if (reasons_.empty()) {
        return std::nullopt;
    }
    Problem problem = make_problem(kind, reasons_.front().detail);
    problem.errors = std::move(reasons_);
    return problem;
}

Problem bad_parameter(std::string_view name, Text detail) {
    Problem problem = make_problem(ProblemKind::kBadParameter, detail);
    problem.errors.push_back(
        {.pointer = {}, .parameter = std::string(name), .detail = std::move(detail)}
    );
    return problem;
}

}  // namespace suyuan::http
