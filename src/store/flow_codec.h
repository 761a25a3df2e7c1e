// SPDX-License-Identifier: Apache-2.0
//
// The flow content of one record as bytes: what replay() reads. docs/formats/store.md has the
// layout.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "store/store.h"

namespace suyuan::store {

// `declared`: the items that the record is the first to name. What has columns of its own (record,
// log index, record time, submitter, identity, content, is_conflict) is left out.
[[nodiscard]] std::string encode_flow(
    const graph::FlowEvent& event, std::span<const ItemDeclaration> declared
);

// The reverse; replaces everything that encode_flow() kept and `declared`. Fails with kCorruption
// for bytes that it did not write; never reads past them and reserves no more than their length.
[[nodiscard]] Status decode_flow(
    std::string_view bytes, graph::FlowEvent& event, std::vector<ItemDeclaration>& declared
);

// Eight bytes that tell whether encoded facts are still what was written.
[[nodiscard]] std::string facts_digest(std::string_view facts);

}  // namespace suyuan::store
