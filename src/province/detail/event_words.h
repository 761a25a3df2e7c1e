// SPDX-License-Identifier: Apache-2.0
//
// Words of EPCIS that documents and lines share.

#pragma once

#include <string_view>

#include "model/event.h"

namespace suyuan::province::detail {

// "ObjectEvent", ...
[[nodiscard]] std::string_view type_of(model::EventKind kind);

}  // namespace suyuan::province::detail
