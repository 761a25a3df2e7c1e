// SPDX-License-Identifier: Apache-2.0
//
// An answer as a FoodChain-Lab workbook, for investigators who work with that (chain_workbook.h,
// docs/formats/foodchain-lab.md).

#pragma once

#include <cstddef>
#include <string>

#include "base/error.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "service/tracing.h"

namespace suyuan::service {

// Rows of a worksheet, less its titles.
inline constexpr std::size_t kChainLinksMax = 1'000'000;

// The file's bytes: places as stations, moves between two places as deliveries, and as links which
// delivery's goods possibly went into which; last a sheet with the mark, if there is one. Requires
// a page that holds all of its answer (Tracing::whole). Fails with kUnavailable (no room for a
// temporary file), kLimitExceeded (kChainLinksMax; rows of a sheet), kCancelled.
[[nodiscard]] Result<std::string> chain_workbook_of(
    const policy::RequestContext& context, const TracePage& page, const Sentence& mark = {}
);

}  // namespace suyuan::service
