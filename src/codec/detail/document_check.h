// SPDX-License-Identifier: Apache-2.0
//
// What stands around the events of a document.

#pragma once

#include <string_view>

#include "base/error.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/problems.h"
#include "codec/epcis_json.h"
#include "codec/json.h"

namespace suyuan::codec {

[[nodiscard]] Sentence add_context();

// The value of an "@context".
void check_context(const Json& context, const Path& place, Problems& problems);

// A document whose event list has been taken out. Requires a capture or query document.
void check_document(
    const Json& document, EpcisDocumentKind kind, const Namespaces& names, Problems& problems
);

}  // namespace suyuan::codec
