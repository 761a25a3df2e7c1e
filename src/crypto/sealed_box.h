// SPDX-License-Identifier: Apache-2.0
//
// Secrets at rest that must be had again in full: AES-256-GCM.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "io/randomness.h"

namespace suyuan::crypto {

// Bytes of a key.
inline constexpr std::size_t kSealKeyBytes = 32;

// `place` says where the secret belongs ("key|k7|secret"): what was sealed for one place opens for
// no other. A key seals at most 2^32 secrets: each takes 96 random bits. Requires a key of
// kSealKeyBytes.
[[nodiscard]] std::string seal(
    std::string_view key,
    std::string_view place,
    std::string_view secret,
    io::Randomness& randomness
);

// nullopt: another key, another place, or altered. Requires a key of kSealKeyBytes.
[[nodiscard]] std::optional<std::string> open_sealed(
    std::string_view key, std::string_view place, std::string_view sealed
);

}  // namespace suyuan::crypto
