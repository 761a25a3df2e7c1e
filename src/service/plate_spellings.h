// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suyuan::service {

// How a plate that somebody typed, whole or its beginning, may stand in a record: "闽D·12345",
// "闽D 12345", "闽d-12345" are one. The one spelling of the register comes first. Empty if the text
// is no plate: without the province and the letter of the city.
[[nodiscard]] std::vector<std::string> plate_spellings(std::string_view text);

}  // namespace suyuan::service
