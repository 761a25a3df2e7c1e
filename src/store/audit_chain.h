// SPDX-License-Identifier: Apache-2.0
//
// What makes the audit trail a chain: docs/formats/store.md has it in words.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/access.h"

namespace suyuan::store {

// Over the operator codes in the order of their bytes. Requires them sorted.
[[nodiscard]] std::string audit_owners_digest(std::span<const std::string> owners);

// Over everything that a row says and the digest of the row before (empty for the first). Of `row`,
// `digest` and the entry's `owners` are not read.
[[nodiscard]] std::string audit_digest(
    std::string_view previous, const AuditRow& row, std::string_view owners_digest
);

}  // namespace suyuan::store
