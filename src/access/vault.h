// SPDX-License-Identifier: Apache-2.0
//
// Secrets that must be had again: of one-time passwords and of keys that sign.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/randomness.h"

namespace suyuan::access {

// Seals under a key that lies beside the store, in DIR/access.key, not in it: who has a copy of the
// database alone has no secret. Back it up apart from it; without it those secrets are gone.
//
// Threads: constant, any. Lifetime: the randomness outlives it.
class Vault {
public:
    // Makes the key if there is none. Fails with kCorruption (a file of another size) and as the
    // file system does.
    [[nodiscard]] static Result<Vault> open(
        const std::filesystem::path& directory, io::Randomness& randomness
    );

    // `place` says whose secret it is: "totp|<account>".
    [[nodiscard]] std::string seal(std::string_view place, std::string_view secret) const;
    // Fails with kCorruption: sealed under another key, for another place, or altered.
    [[nodiscard]] Result<std::string> open(std::string_view place, std::string_view sealed) const;

private:
    Vault(std::string key, io::Randomness& randomness) noexcept
        : key_(std::move(key)), randomness_(&randomness) {}

    std::string key_;
    io::Randomness* randomness_;
};

}  // namespace suyuan::access
