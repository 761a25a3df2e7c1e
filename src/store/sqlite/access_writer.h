// SPDX-License-Identifier: Apache-2.0
//
// What changes accounts, credentials, sessions and keys; access_reader.h reads them.

#pragma once

#include <span>

#include "base/result.h"
#include "policy/request_context.h"
#include "store/access.h"
#include "store/sqlite/writer.h"

namespace suyuan::store::sqlite {

// The changes of AccessStore::act(), inside a job of the writer.
[[nodiscard]] Status make_changes(
    WriteSession& session,
    const policy::RequestContext& context,
    std::span<const AccessChange> changes
);

// As AccessStore::note(), inside a job of the writer.
[[nodiscard]] Status make_note(
    WriteSession& session, const policy::RequestContext& context, const AccessNote& note
);

}  // namespace suyuan::store::sqlite
