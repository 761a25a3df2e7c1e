// SPDX-License-Identifier: Apache-2.0
//
// What whole and narrow traces share.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "graph/event_graph.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/named_answer.h"
#include "trace/answer.h"

namespace suyuan::service::detail {

// How long an answer is given again to the same question on the same log. Names may have changed in
// the registry meanwhile, which the log does not tell: long enough for paging without a cursor,
// short enough that nobody waits for a name.
inline constexpr std::int64_t kReuseUs = 10'000'000;

// Who asks, and how far they see: an answer is given again to nobody who would see less.
[[nodiscard]] std::string asker_of(
    const policy::RequestContext& context, const policy::Scope& scope
);

// Everything that decides an answer, as text: quoted, so that no two questions look alike. Requires
// an answer with its principal, text, reading and question.
[[nodiscard]] std::string cache_key(const NamedAnswer& named, const graph::Snapshot& snapshot);

// Fails with kLimitExceeded beyond kAnswerMovesMax.
[[nodiscard]] Status check_size(const trace::Answer& answer);

[[nodiscard]] bool is_empty(const trace::Answer& answer);

}  // namespace suyuan::service::detail
