// SPDX-License-Identifier: Apache-2.0

#include "store/prepared_batch.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "graph/fact.h"
#include "store/byte_codec.h"
#include "store/digest_bytes.h"
#include "store/hash_id.h"
#include "store/postings.h"
#include "store/store.h"

namespace suyuan::store {
namespace {

// What clients use are UUIDs; a key is kept for good.
constexpr std::size_t kKeyBytesMax = 255;

constexpr auto kLastOutcome = static_cast<std::uint8_t>(CommitOutcome::kPossibleDuplicate);

// Values of people are left out: a digest of them would outlive their erasure.
std::string fingerprint_of(std::span<const NewRecord> records) {
    ByteWriter bytes;
    for (const NewRecord& record : records) {
        bytes.text(record.payload);
        bytes.text(record.context);
        bytes.text(record.hash_id);
        bytes.text(record.event.event_id);
    }
    const crypto::Digest digest = crypto::sha256(bytes.bytes());
    return std::string(bytes_of(digest));
}

}  // namespace

Result<PreparedBatch> prepare_batch(std::span<const NewRecord> records, std::string_view key) {
    if (records.size() > Store::kRecordsMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("一批最多 {} 条记录", Store::kRecordsMax),
                format("a batch holds at most {} records", Store::kRecordsMax)
            }
        );
    }
    if (key.size() > kKeyBytesMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("幂等键最长 {} 字节", kKeyBytesMax),
                format("an idempotency key has at most {} bytes", kKeyBytesMax)
            }
        );
    }
    PreparedBatch batch;
    batch.key = key;
    batch.records.reserve(records.size());
    std::map<std::pair<std::string, bool>, std::uint64_t> equal_so_far;
    for (const NewRecord& record : records) {
        if (record.hash_id.empty()) {
            return fail(ErrorCode::kInvalidArgument, "a record needs its event hash id");
        }
        PreparedRecord& prepared = batch.records.emplace_back();
        prepared.record = &record;
        prepared.hash_key = pack_hash_id(record.hash_id);
        prepared.payload_hash = crypto::sha256(record.payload);
        prepared.items = item_postings(record.event);
        prepared.words = word_postings(record.event);
        if (record.event.event_id.empty()) {
            const bool is_declaration = record.event.error.has_value();
            const std::uint64_t before = equal_so_far[{prepared.hash_key, is_declaration}]++;
            prepared.occurrence = record.equal_before + before + 1;
        }
    }
    if (!key.empty()) {
        batch.fingerprint = fingerprint_of(records);
    }
    return batch;
}

std::string encode_receipts(std::span<const Receipt> receipts) {
    ByteWriter bytes;
    bytes.number(receipts.size());
    for (const Receipt& receipt : receipts) {
        bytes.byte(static_cast<std::uint8_t>(receipt.outcome));
        bytes.number(receipt.record.value());
        bytes.number(receipt.log_index);
        bytes.signed_number(receipt.record_time);
    }
    return bytes.bytes();
}

Result<std::vector<Receipt>> decode_receipts(std::string_view bytes) {
    ByteReader in(bytes);
    std::vector<Receipt> receipts(in.count());
    bool is_good = true;
    for (Receipt& receipt : receipts) {
        const std::uint8_t outcome = in.byte();
        is_good = is_good && outcome <= kLastOutcome;
        receipt.outcome = static_cast<CommitOutcome>(outcome);
        receipt.record = graph::RecordId(in.number());
        receipt.log_index = in.number();
        receipt.record_time = in.signed_number();
    }
    if (!is_good || !in.is_complete()) {
        return fail(ErrorCode::kCorruption, "the receipts of a batch are malformed");
    }
    return receipts;
}

}  // namespace suyuan::store
