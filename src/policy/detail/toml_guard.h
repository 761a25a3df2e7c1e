// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "base/result.h"

namespace suyuan::policy::detail {

// Refuses text of which a policy file has no need and which the TOML library does not bear: outside
// of texts and comments anything but names, numbers, = [ ] , and blanks; texts over several lines.
// (toml++ 3.3: many a letter beyond ASCII there is undefined behaviour, a long dotted key a deep
// recursion.)
// A byte order mark at the start is borne. Fails with kInvalidArgument, naming file and line.
[[nodiscard]] Status check_toml_text(std::string_view text, std::string_view file);

}  // namespace suyuan::policy::detail
