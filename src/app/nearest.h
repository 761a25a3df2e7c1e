// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suyuan::app {

// Which of the words was meant, if one is near: "" if none is. Letters that were left out, added,
// changed or swapped count one each; a third of the word may be wrong.
[[nodiscard]] std::string nearest(std::string_view typed, const std::vector<std::string>& words);

}  // namespace suyuan::app
