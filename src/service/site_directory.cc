// SPDX-License-Identifier: Apache-2.0

#include "service/site_directory.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/result.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"

namespace suyuan::service {
namespace {

template <typename Value>
void remember(
    std::unordered_map<std::string, Value>& known,
    std::string key,
    const Value& value,
    std::size_t entries_max
) {
    if (known.size() >= entries_max) {
        known.clear();
    }
    known.insert_or_assign(std::move(key), value);
}

}  // namespace

std::string_view SiteFacts::operator_on(std::string_view day) const noexcept {
    if (day.empty()) {
        return operator_code;
    }
    const auto runs_it = std::ranges::find_if(runners, [&](const model::Link& link) {
        return link.validity().contains(day);
    });
    return runs_it == runners.end() ? operator_code : runs_it->from;
}

Result<SiteFacts> SiteDirectory::find(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view site
) {
    std::string key(site);
    std::uint64_t generation = 0;
    {
        const std::scoped_lock lock(mutex_);
        if (const auto known = sites_.find(key); known != sites_.end()) {
            return known->second;
        }
        generation = generation_;
    }
    SiteFacts facts;
    SUYUAN_TRY(const auto registered, store_.find_site(context, scope, site));
    if (registered) {
        facts.operator_code = registered->operator_code;
        facts.region = registered->region;
    }
    SUYUAN_TRY(facts.runners, store_.find_runners(context, scope, site, kRunnersMax));
    if (facts.region.empty() && !facts.operator_code.empty()) {
        SUYUAN_TRY(facts.region, region_of(context, scope, facts.operator_code));
    }
    const std::scoped_lock lock(mutex_);
    if (generation == generation_) {
        remember(sites_, std::move(key), facts, kRemembered);
    }
    return facts;
}

Result<std::string> SiteDirectory::region_of(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view owner
) {
    std::string key(owner);
    std::uint64_t generation = 0;
    {
        const std::scoped_lock lock(mutex_);
        if (const auto known = regions_.find(key); known != regions_.end()) {
            return known->second;
        }
        generation = generation_;
    }
    SUYUAN_TRY(const auto registered, store_.find_operator(context, scope, owner));
    std::string region = registered ? registered->region : std::string();
    const std::scoped_lock lock(mutex_);
    if (generation == generation_) {
        remember(regions_, std::move(key), region, kRemembered);
    }
    return region;
}

void SiteDirectory::forget() {
    const std::scoped_lock lock(mutex_);
    sites_.clear();
    regions_.clear();
    ++generation_;
}

}  // namespace suyuan::service
