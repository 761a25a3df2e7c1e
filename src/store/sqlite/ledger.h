// SPDX-License-Identifier: Apache-2.0
//
// The stock ledger and capture jobs.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "store/page_token.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/writer.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// As the members of Store of these names; what writes does so inside a job of the writer.
[[nodiscard]] Status replace_stock(
    WriteSession& session,
    const policy::RequestContext& context,
    std::span<const graph::ItemId> items,
    std::span<const StockRow> rows
);
[[nodiscard]] Result<StockPage> find_stock(
    Connection& connection, const TokenSealer& sealer, const StockFilter& filter
);
[[nodiscard]] Status put_job(
    WriteSession& session, const policy::RequestContext& context, const CaptureJob& job
);
[[nodiscard]] Result<std::optional<CaptureJob>> find_job(
    Connection& connection, std::string_view id
);

}  // namespace suyuan::store::sqlite
