// SPDX-License-Identifier: Apache-2.0
//
// What the writers of FoodChain-Lab workbooks share.

#pragma once

#include <vector>

#include "codec/xlsx_writer.h"
#include "service/chain_workbook.h"

namespace suyuan::service::detail {

// Columns of a worksheet in their order, the marker of additional ones among them; ours only where
// asked for.
[[nodiscard]] std::vector<codec::XlsxColumn> chain_columns(const ChainSheet& sheet, bool with_ours);

}  // namespace suyuan::service::detail
