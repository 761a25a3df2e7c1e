// SPDX-License-Identifier: Apache-2.0

#include "service/detail/retold.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "service/detail/line_source.h"

namespace suyuan::service::detail {
namespace {

// Rows of one event stand one behind the other: forgotten from time to time, to stay small.
constexpr std::size_t kAnswersKeptMax = 100'000;

}  // namespace

Result<bool> Retold::is_known(const std::string& id) {
    if (const auto found = known_.find(id); found != known_.end()) {
        return found->second;
    }
    SUYUAN_TRY(const auto versions, store_.events_by_id(context_, scope_, id));
    if (known_.size() >= kAnswersKeptMax) {
        known_.clear();
    }
    known_.emplace(id, !versions.empty());
    return !versions.empty();
}

Result<std::uint64_t> Retold::leave_out(std::vector<LineSource::Entry>& batch) {
    std::uint64_t count = 0;
    for (LineSource::Entry& entry : batch) {
        bool is_retold = !entry.line.originals.empty();
        for (const std::string& id : entry.line.originals) {
            if (is_retold) {
                SUYUAN_TRY(is_retold, is_known(id));
            }
        }
        if (is_retold) {
            count += entry.line.events.size();
            entry.line.events.clear();
        }
    }
    return count;
}

}  // namespace suyuan::service::detail
