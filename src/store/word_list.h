// SPDX-License-Identifier: Apache-2.0
//
// Several words in one column: with a blank between them.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suyuan::store {

// Requires words without blanks, none empty.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words);
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

}  // namespace suyuan::store
