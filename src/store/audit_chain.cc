// SPDX-License-Identifier: Apache-2.0

#include "store/audit_chain.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "crypto/sha256.h"
#include "store/access.h"
#include "store/byte_codec.h"
#include "store/digest_bytes.h"

namespace suyuan::store {

std::string audit_owners_digest(std::span<const std::string> owners) {
    SUYUAN_ASSERT(std::ranges::is_sorted(owners));
    ByteWriter bytes;
    for (const std::string& owner : owners) {
        bytes.text(owner);
    }
    return std::string(bytes_of(crypto::sha256(bytes.bytes())));
}

std::string audit_digest(
    std::string_view previous, const AuditRow& row, std::string_view owners_digest
) {
    const AuditEntry& entry = row.entry;
    ByteWriter bytes;
    bytes.text(previous);
    bytes.number(row.number);
    bytes.signed_number(row.at);
    for (const std::string* const word :
         {&entry.actor, &entry.role, &entry.organisation, &entry.act, &entry.thing, &entry.named}) {
        bytes.text(*word);
    }
    bytes.number(static_cast<std::uint8_t>(entry.outcome));
    for (const std::string* const word : {&entry.rule, &entry.policy, &entry.purpose}) {
        bytes.text(*word);
    }
    bytes.number(entry.case_number);
    for (const std::string* const word : {&entry.fields, &entry.detail, &row.request}) {
        bytes.text(*word);
    }
    bytes.signed_number(entry.secret_until);
    bytes.number(row.owner_count);
    bytes.text(owners_digest);
    return std::string(bytes_of(crypto::sha256(bytes.bytes())));
}

}  // namespace suyuan::store
