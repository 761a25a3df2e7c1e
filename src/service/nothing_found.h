// SPDX-License-Identifier: Apache-2.0
//
// What a trace says that has nothing to show.

#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "service/seed.h"
#include "service/tracing.h"
#include "store/search.h"

namespace suyuan::service {

// Nobody knows the text; what looks similar, and what may have been mistyped.
[[nodiscard]] Failure nothing_bears(
    std::string_view text, const std::vector<store::SearchHit>& suggestions
);

// A code that is known, and nothing to trace: which, until when, within what.
[[nodiscard]] Failure no_event_names(const Reading& reading, const TraceRequest& request);

// The same words for what is another operator's and for what is not there.
[[nodiscard]] Failure nothing_of_yours(std::string_view text);

// The same words for what lies beyond the territory and for what is not there.
[[nodiscard]] Failure nothing_here(std::string_view text);

}  // namespace suyuan::service
