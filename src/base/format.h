// SPDX-License-Identifier: Apache-2.0
//
// The one door to text formatting: fmt until the minimum compiler ships <format>.

#pragma once

#include <fmt/format.h>

namespace suyuan {

using fmt::format;

}  // namespace suyuan
