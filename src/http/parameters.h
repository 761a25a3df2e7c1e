// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/problem.h"
#include "http/query.h"

namespace suyuan::http {

struct CountRange {
    std::size_t otherwise = 0;  // where the parameter is not given
    std::size_t min = 1;
    std::size_t max = 0;
};

// A query's parameters as typed values. What is wrong is collected, so that one answer tells all of
// it; what nobody asked for is unknown, so that a mistyped name cannot widen a query in silence.
//
//     ParameterReader parameters(call.query);
//     const std::string code = parameters.text("code");
//     if (const auto problem = parameters.finish()) { ... }
//
// Until finish() found nothing wrong, the values are only fit to be thrown away.
//
// Threads: not thread-safe. Lifetime: borrows the query.
class ParameterReader {
public:
    explicit ParameterReader(const Query& query) : query_(query) {}

    // As given; nullopt if it was not.
    [[nodiscard]] std::optional<std::string> find(std::string_view name);
    // Empty if it was not given.
    [[nodiscard]] std::string text(std::string_view name);
    // The same, but not given or empty is wrong.
    [[nodiscard]] std::string required_text(std::string_view name);
    // A date or a moment; a blank is read as the "+" that a client forgot to encode.
    [[nodiscard]] std::string moment_text(std::string_view name);
    // Decimal digits. More than the maximum is cut to it.
    [[nodiscard]] std::size_t count(std::string_view name, const CountRange& range);
    // "true" or "false"; false if it was not given.
    [[nodiscard]] bool flag(std::string_view name);
    // Pipe-delimited, none of them empty; empty if it was not given.
    [[nodiscard]] std::vector<std::string> list(std::string_view name);

    // One of a set of words: `parse` gives nullopt for any other, `words` tells the client which.
    template <typename Value>
    [[nodiscard]] std::optional<Value> word(
        std::string_view name,
        const std::function<std::optional<Value>(std::string_view)>& parse,
        std::string_view words
    ) {
        const auto given = find(name);
        if (!given) {
            return std::nullopt;
        }
        const auto value = parse(*given);
        if (!value) {
            refuse_word(name, words);
        }
        return value;
    }

    // Names in the query that start with `prefix`, longer than it.
    [[nodiscard]] std::vector<std::string> family(std::string_view prefix) const;

    // Notes what is wrong with a value.
    void refuse(std::string_view name, Text detail);

    // Call last: what was noted, what was given twice and what nobody read.
    [[nodiscard]] std::optional<Problem> finish();

private:
    void refuse_word(std::string_view name, std::string_view words);

    const Query& query_;
    std::set<std::string, std::less<>> known_;
    std::vector<ProblemReason> reasons_;
};

// The problem of one bad value, for what only the service can tell.
[[nodiscard]] Problem bad_parameter(std::string_view name, Text detail);

}  // namespace suyuan::http
