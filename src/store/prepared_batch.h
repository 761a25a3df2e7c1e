// SPDX-License-Identifier: Apache-2.0
//
// What can be computed for a batch before anybody has to wait for it.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/sha256.h"
#include "store/postings.h"
#include "store/store.h"

namespace suyuan::store {

struct PreparedRecord {
    const NewRecord* record = nullptr;
    std::string hash_key;  // pack_hash_id()
    crypto::Digest payload_hash{};
    // Without eventID: which of the equal ones of its document it is, from 1. With one: 0.
    std::uint64_t occurrence = 0;
    std::vector<ItemPosting> items;
    std::vector<WordPosting> words;
};

// Lifetime: borrows the records and the key.
struct PreparedBatch {
    std::vector<PreparedRecord> records;
    std::string_view key;     // empty: none
    std::string fingerprint;  // of what a repetition must be equal in; empty without a key
};

// Fails as Store::commit() says of limits and arguments.
[[nodiscard]] Result<PreparedBatch> prepare_batch(
    std::span<const NewRecord> records, std::string_view key
);

// The receipts of a batch, as kept with its key.
[[nodiscard]] std::string encode_receipts(std::span<const Receipt> receipts);
// Fails with kCorruption.
[[nodiscard]] Result<std::vector<Receipt>> decode_receipts(std::string_view bytes);

}  // namespace suyuan::store
