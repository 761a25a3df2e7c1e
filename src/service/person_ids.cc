// SPDX-License-Identifier: Apache-2.0

#include "service/person_ids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "crypto/keyed_digest.h"
#include "crypto/sha256.h"
#include "io/files.h"
#include "io/randomness.h"
#include "store/hex.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::uint64_t kFileBytesMax = 4'096;

std::string id_with(const crypto::Digest& digest) {
    constexpr std::size_t kDigits = 16;
    return "person-" + crypto::to_hex(digest).substr(0, kDigits);
}

Result<PersonKey> make_key(
    const std::filesystem::path& file, io::Randomness& randomness, bool has_events
) {
    std::array<std::byte, PersonIds::kKeyBytes> bytes{};
    randomness.fill(bytes);
    const Json json = Json::object()
                          .set("key", Json::string(crypto::to_hex(bytes)))
                          .set("has_old_ids", Json::boolean(has_events));
    SUYUAN_TRY_VOID(io::write_file(file, codec::write_json(json)));
    PersonKey key;
    key.bytes.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    key.has_old_ids = has_events;
    return key;
}

}  // namespace

PersonIds::PersonIds(std::string key, Knows knows)
    : key_(std::move(key)), knows_(std::move(knows)) {
    SUYUAN_ASSERT(key_.size() == kKeyBytes);
}

Result<std::string> PersonIds::id_of(std::string_view operator_code, std::string_view told) const {
    const std::string text = format("{}\n{}", operator_code, told);
    if (knows_) {
        std::string old_id = id_with(crypto::sha256(text));
        SUYUAN_TRY(const bool is_known, knows_(old_id));
        if (is_known) {
            return old_id;
        }
    }
    return id_with(crypto::hmac(crypto::HashKind::kSha256, key_, text));
}

Result<PersonKey> open_person_key(
    const std::filesystem::path& directory, io::Randomness& randomness, bool has_events
) {
    const std::filesystem::path file = directory / "person.key";
    if (!io::exists(file)) {
        return make_key(file, randomness, has_events);
    }
    SUYUAN_TRY(const std::string text, io::read_file(file, kFileBytesMax));
    const auto json = codec::parse_json(text);
    const auto bytes = json ? store::from_hex(json->string_or("key")) : std::nullopt;
    const Json* const has_old_ids = json ? json->find("has_old_ids") : nullptr;
    if (!bytes || bytes->size() != PersonIds::kKeyBytes || has_old_ids == nullptr ||
        !has_old_ids->is_bool()) {
        return fail(
            ErrorCode::kCorruption,
            Sentence{
                format("{} 不是密钥：请从备份中恢复它", file.string()),
                format("{} is no key: restore it from the backup", file.string())
            }
        );
    }
    return PersonKey{*bytes, has_old_ids->as_bool()};
}

}  // namespace suyuan::service
