// SPDX-License-Identifier: Apache-2.0
//
// Rows that retell what the store has: its own exports on their way back.

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/detail/line_source.h"
#include "store/store.h"

namespace suyuan::service::detail {

// Threads: one at a time. Lifetime: borrows everything. Memory: 100,000 answers of the store.
class Retold {
public:
    Retold(
        const policy::RequestContext& context, const policy::Scope& scope, const store::Store& store
    )
        : context_(context), scope_(scope), store_(store) {}

    // Takes the events out of rows all of whose originals the store has, in whatever version, and
    // returns how many they were. Fails as the store does.
    [[nodiscard]] Result<std::uint64_t> leave_out(std::vector<LineSource::Entry>& batch);

private:
    Result<bool> is_known(const std::string& id);

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    const store::Store& store_;
    std::unordered_map<std::string, bool> known_;
};

}  // namespace suyuan::service::detail
