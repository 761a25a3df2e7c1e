// SPDX-License-Identifier: Apache-2.0
//
// Who runs a site and where it lies, remembered: asked for every event that comes in.

#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"

namespace suyuan::service {

struct SiteFacts {
    std::string operator_code;  // empty: not registered
    std::string region;         // the site's, else its operator's; empty: unknown
    // Who ran it when, the one that began last first; most sites never had but one operator.
    std::vector<model::Link> runners;

    // Who runs it on a day ("2026-01-05"; empty: unknown): the dated row that holds, else
    // `operator_code`. Lifetime: that of the facts.
    [[nodiscard]] std::string_view operator_on(std::string_view day) const noexcept;
};

// Threads: every member from any thread. Lifetime: the store outlives it.
class SiteDirectory {
public:
    explicit SiteDirectory(const store::Store& store) : store_(store) {}

    // `site` is canonical. Unknown sites are empty facts, not errors.
    Result<SiteFacts> find(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view site
    );

    // The region of an operator; empty if unknown.
    Result<std::string> region_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view owner
    );

    // After the registry changed.
    void forget();

private:
    // More are forgotten and asked again: bounds memory at some tens of megabytes.
    static constexpr std::size_t kRemembered = 200'000;
    // Of one site: a new operator every month for eight years.
    static constexpr std::size_t kRunnersMax = 100;

    const store::Store& store_;
    std::mutex mutex_;
    std::unordered_map<std::string, SiteFacts> sites_;      // guarded by mutex_
    std::unordered_map<std::string, std::string> regions_;  // guarded by mutex_; by operator
    // Guarded by mutex_. How often forget() was called: what was asked before it is not remembered.
    std::uint64_t generation_ = 0;
};

}  // namespace suyuan::service
