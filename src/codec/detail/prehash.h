// SPDX-License-Identifier: Apache-2.0
//
// The CBV 2.0 event hash id of an event whose context is known already.

#pragma once

#include <string>

#include "codec/detail/namespaces.h"
#include "codec/json.h"

namespace suyuan::codec {

// `names`: of the event's own context too.
[[nodiscard]] std::string prehash_of(const Json& event, const Namespaces& names);
[[nodiscard]] std::string hash_id_of(const Json& event, const Namespaces& names);

}  // namespace suyuan::codec
