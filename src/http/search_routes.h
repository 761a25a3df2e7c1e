// SPDX-License-Identifier: Apache-2.0
//
// The search box: what a typed text finds, and what it can mean.

#pragma once

#include <string_view>

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

// The words of service::SeedKind, as a parameter takes them.
inline constexpr std::string_view kSeedKinds =
    "item, lot, container, paper, vehicle, person, operator, site";

Response get_search(const Call& call);
Response get_resolution(const Call& call);

}  // namespace suyuan::http
