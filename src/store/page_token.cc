// SPDX-License-Identifier: Apache-2.0

#include "store/page_token.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "store/byte_codec.h"
#include "store/digest_bytes.h"
#include "store/hex.h"

namespace suyuan::store {
namespace {

constexpr std::size_t kSealBytes = 16;
constexpr std::size_t kFingerprintBytes = 8;

std::string sha256_bytes(std::string_view text) {
    const crypto::Digest digest = crypto::sha256(text);
    return std::string(bytes_of(digest));
}

std::string fingerprint(std::string_view question) {
    return sha256_bytes(question).substr(0, kFingerprintBytes);
}

ByteWriter begin_body(ListKind kind, std::string_view question) {
    ByteWriter body;
    body.byte(static_cast<std::uint8_t>(kind));
    body.text(fingerprint(question));
    return body;
}

bool is_begun_for(ByteReader& in, ListKind kind, std::string_view question) {
    const bool is_kind = in.byte() == static_cast<std::uint8_t>(kind);
    return in.text() == fingerprint(question) && is_kind;
}

Failure refuse() {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{"翻页标记不属于这个列表，请从第一页开始", "the page token is not one of this list"}
    );
}

}  // namespace

// The inner digest has a fixed length, so nothing can be appended to what the key was put before.
std::string TokenSealer::digest(std::string_view body) const {
    return sha256_bytes(key_ + sha256_bytes(key_ + std::string(body))).substr(0, kSealBytes);
}

std::string TokenSealer::close(std::string_view body) const {
    return to_hex(digest(body) + std::string(body));
}

Result<std::string> TokenSealer::unseal(std::string_view token) const {
    const auto bytes = from_hex(token);
    if (!bytes || bytes->size() < kSealBytes) {
        return refuse();
    }
    std::string body = bytes->substr(kSealBytes);
    if (digest(body) != bytes->substr(0, kSealBytes)) {
        return refuse();
    }
    return body;
}

std::string TokenSealer::seal(
    ListKind kind, std::string_view question, std::span<const std::int64_t> numbers
) const {
    ByteWriter body = begin_body(kind, question);
    for (const std::int64_t number : numbers) {
        body.signed_number(number);
    }
    return close(body.bytes());
}

Result<std::vector<std::int64_t>> TokenSealer::open(
    ListKind kind, std::string_view question, std::string_view token, std::size_t count
) const {
    SUYUAN_TRY(const std::string body, unseal(token));
    ByteReader in(body);
    const bool is_ours = is_begun_for(in, kind, question);
    std::vector<std::int64_t> numbers(count);
    for (std::int64_t& number : numbers) {
        number = in.signed_number();
    }
    if (!is_ours || !in.is_complete()) {
        return refuse();
    }
    return numbers;
}

std::string TokenSealer::seal_texts(
    ListKind kind, std::string_view question, std::span<const std::string> texts
) const {
    ByteWriter body = begin_body(kind, question);
    for (const std::string& text : texts) {
        body.text(text);
    }
    return close(body.bytes());
}

Result<std::vector<std::string>> TokenSealer::open_texts(
    ListKind kind, std::string_view question, std::string_view token, std::size_t count
) const {
    SUYUAN_TRY(const std::string body, unseal(token));
    ByteReader in(body);
    const bool is_ours = is_begun_for(in, kind, question);
    std::vector<std::string> texts(count);
    for (std::string& text : texts) {
        text = in.text();
    }
    if (!is_ours || !in.is_complete()) {
        return refuse();
    }
    return texts;
}

}  // namespace suyuan::store
