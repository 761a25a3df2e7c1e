// SPDX-License-Identifier: Apache-2.0

#include "access/vault.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sealed_box.h"
#include "io/files.h"
#include "io/randomness.h"

namespace suyuan::access {
namespace {

constexpr std::string_view kFileName = "access.key";

}  // namespace

Result<Vault> Vault::open(const std::filesystem::path& directory, io::Randomness& randomness) {
    const std::filesystem::path file = directory / kFileName;
    if (!io::exists(file)) {
        std::string key(crypto::kSealKeyBytes, '\0');
        randomness.fill(std::as_writable_bytes(std::span(key)));
        SUYUAN_TRY_VOID(io::write_file(file, key));
        return Vault(std::move(key), randomness);
    }
    SUYUAN_TRY(std::string key, io::read_file(file, crypto::kSealKeyBytes));
    if (key.size() != crypto::kSealKeyBytes) {
        return fail(
            ErrorCode::kCorruption,
            Sentence{
                format("{} 不是密钥文件", file.string()), format("{} is no key", file.string())
            }
        );
    }
    return Vault(std::move(key), randomness);
}

std::string Vault::seal(std::string_view place, std::string_view secret) const {
    return crypto::seal(key_, place, secret, *randomness_);
}

Result<std::string> Vault::open(std::string_view place, std::string_view sealed) const {
    std::optional<std::string> secret = crypto::open_sealed(key_, place, sealed);
    if (!secret) {
        return fail(
            ErrorCode::kCorruption,
            Sentence{
                "密封的凭据打不开：access.key 可能被更换",
                "a sealed secret does not open: access.key is another one, perhaps"
            }
        );
    }
    return *std::move(secret);
}

}  // namespace suyuan::access
