// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md, "emptied" of section 5 and quantities of section 7, read word by word: what is
// at one position.

#pragma once

#include <vector>

#include "model/instant.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {

// The moments after which the position is known to hold nothing: proven empty, or a clean break.
[[nodiscard]] std::vector<model::MicrosUtc> emptyings(
    const Log& log, const ItemStory& story, const trace::Position& position
);

[[nodiscard]] trace::Stock stock_at(
    const Log& log, const ItemStory& story, const trace::Position& position
);

// The blocks and releases that cover the position, by time.
[[nodiscard]] std::vector<const Told*> blocks_and_releases_of(
    const Log& log, const ItemStory& story, const trace::Position& position
);

}  // namespace suyuan::property
