// SPDX-License-Identifier: Apache-2.0
//
// What a random world and its questions contain, measured on what became of it rather than on what
// its writer meant: a feature that the generator stopped producing shows in the histogram.

#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "tests/property/worlds.h"
#include "trace/answer.h"

namespace suyuan::property {

// Names of the features that the case has. `answers` are those to its questions, none where too
// much was reached.
[[nodiscard]] std::set<std::string_view> features_of(
    const Case& made, const std::vector<std::optional<trace::Answer>>& answers
);

// Every feature that there is.
[[nodiscard]] const std::set<std::string_view>& all_features();

}  // namespace suyuan::property
