// SPDX-License-Identifier: Apache-2.0
//
// The registry as master data of EPCIS documents, which master_data.h reads again.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"

namespace suyuan::service {

// The rows as entries of a vocabularyList, one compact JSON object for each kind that has rows. Of
// people, ids and employers alone.
[[nodiscard]] std::vector<std::string> write_vocabularies(const model::RegistryRows& rows);

using TakeRows = std::function<Status(const model::RegistryRows&)>;

// Every row of the registry in pages of some thousand, one kind after the other, without name and
// phone of people. Dated rows of one key do not overlap: where the registry has some that do, each
// is cut to the days on which it counts, so that read_master_data() takes them all together.
// Returns how many rows. Fails as the store and `take` do.
[[nodiscard]] Result<std::uint64_t> for_each_registry_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const TakeRows& take
);

}  // namespace suyuan::service
