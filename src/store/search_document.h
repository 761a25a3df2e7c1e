// SPDX-License-Identifier: Apache-2.0
//
// Under which words a thing is found, beside its exact code and the beginnings of it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/bigrams.h"

namespace suyuan::store {

// Of an item: what is not in the digits of a GS1 key. A foreign code is words; of a GS1 key only a
// lot that was written in words.
[[nodiscard]] std::vector<std::string> item_words(std::string_view code, std::string_view lot);

// Of an operator, site, vehicle, person, paper, product or region: its name, and its code unless
// that is a GS1 key.
[[nodiscard]] std::vector<std::string> name_words(std::string_view code, std::string_view name);

// As the index of names finds them: all phrases of one of the questions stand among the words.
[[nodiscard]] bool answers_any(
    const std::vector<std::vector<Phrase>>& questions, const std::vector<std::string>& words
);

}  // namespace suyuan::store
