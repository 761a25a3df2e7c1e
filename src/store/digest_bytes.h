// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "crypto/sha256.h"

namespace suyuan::store {

// A digest as the bytes that are stored. Lifetime: borrows it.
[[nodiscard]] inline std::string_view bytes_of(const crypto::Digest& digest) noexcept {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace suyuan::store
