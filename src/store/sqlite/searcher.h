// SPDX-License-Identifier: Apache-2.0
//
// The search box, answered from sources in a fixed order:
//
//     exact codes, by text and kind ──► beginnings of codes, likewise ──► names, by kind
//
// A hit comes from the first source that knows it; a later source passes it over, which the hit's
// own codes tell. So a page token needs to hold no more than a source and the last hit in it.

#pragma once

#include "base/result.h"
#include "policy/request_context.h"
#include "store/page_token.h"
#include "store/search.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

// As Store::search().
[[nodiscard]] Result<SearchPage> search(
    Connection& connection,
    const policy::RequestContext& context,
    const TokenSealer& sealer,
    const SearchQuery& query
);

}  // namespace suyuan::store::sqlite
