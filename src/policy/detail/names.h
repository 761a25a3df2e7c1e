// SPDX-License-Identifier: Apache-2.0
//
// What every list of names in a policy file needs: looked up, counted, not twice.

#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/bit_set.h"
#include "policy/detail/policy_source.h"
#include "policy/policy.h"

namespace suyuan::policy::detail {

inline std::optional<std::size_t> place_of(
    std::span<const std::string_view> names, std::string_view name
) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - names.begin()));
}

inline Failure refuse_unknown(std::string_view file, const Word& word, const Sentence& what) {
    return refuse(
        file,
        word.line,
        {format("没有名为“{}”的{}；请改名或先声明。", word.text, what.zh),
         format("No {} is called \"{}\"; mend the name or declare it.", what.en, word.text)}
    );
}

inline Failure refuse_twice(std::string_view file, const Word& word, const Sentence& what) {
    return refuse(
        file,
        word.line,
        {format("{}“{}”重复声明。", what.zh, word.text),
         format("The {} \"{}\" is declared twice.", what.en, word.text)}
    );
}

// The words of a list as members of `names`; empty if the list is left out.
template <typename Member>
Result<BitSet<Member>> members_of(
    std::string_view file,
    const WordList& list,
    std::span<const std::string_view> names,
    const Sentence& what
) {
    BitSet<Member> members;
    for (const Word& word : list.words) {
        const auto place = place_of(names, word.text);
        if (!place) {
            return refuse_unknown(file, word, what);
        }
        members.insert(static_cast<Member>(*place));
    }
    return members;
}

template <typename Named>
std::vector<std::string_view> names_of(const std::vector<Named>& terms, auto projection) {
    std::vector<std::string_view> names;
    names.reserve(terms.size());
    for (const Named& term : terms) {
        names.push_back(std::invoke(projection, term));
    }
    return names;
}

// Refuses more than `count_max`: sets have a bit for each.
inline Status check_count(
    std::string_view file, std::size_t count, std::size_t count_max, const Sentence& what
) {
    if (count <= count_max) {
        return {};
    }
    return refuse(
        file,
        1,
        {format("{}最多 {} 个，现有 {} 个。", what.zh, count_max, count),
         format("At most {} of {}; there are {}.", count_max, what.en, count)}
    );
}

}  // namespace suyuan::policy::detail
