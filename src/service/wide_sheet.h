// SPDX-License-Identifier: Apache-2.0
//
// Events as rows of the wide sheet of FSMA 204: one row for each event and lot, the critical
// tracking event first, key data elements that do not apply blank (docs/formats/fsma-204.md).

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"

namespace suyuan::service {

enum class WideFormat : std::uint8_t { kCsv, kXlsx };

// Where the events come from: some at a time, none at the end.
using EventFeed = std::function<Result<std::vector<store::StoredEvent>>()>;

// Every event of the log, in its order. Lifetime: what it is made from outlives it.
[[nodiscard]] EventFeed feed_of_log(
    const policy::RequestContext& context, const policy::Scope& scope, const store::Store& store
);
// Those of records, in the order of their event times.
[[nodiscard]] EventFeed feed_of_records(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    std::vector<graph::RecordId> records
);

struct WideTally {
    std::uint64_t events = 0;  // read
    std::uint64_t rows = 0;    // written; sales, counts and the like are no critical tracking event
};

struct WideTarget {
    WideFormat format = WideFormat::kXlsx;
    std::filesystem::path file;
    std::function<void(std::uint64_t)> progress;  // gets events read so far; may be empty
};

// Writes a new file: titles in English, then in Chinese, then the rows. What was taken back by an
// error declaration is left out. Memory: one batch of events. Fails as the store does, with
// kUnavailable (the file cannot be written), kLimitExceeded (rows of a worksheet), kCancelled.
[[nodiscard]] Result<WideTally> write_wide_sheet(
    const policy::RequestContext& context,
    const policy::Scope& registry_scope,
    const store::Store& store,
    const EventFeed& feed,
    const WideTarget& target
);

}  // namespace suyuan::service
