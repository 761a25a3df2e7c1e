// SPDX-License-Identifier: Apache-2.0
//
// Event hash ids as keys: the usual "ni:///sha-256;<64 digits>?ver=CBV2.0" takes 33 bytes, not 88.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::store {

// One key for one text, whatever the text.
[[nodiscard]] std::string pack_hash_id(std::string_view hash_id);

// The reverse. Fails with kCorruption for bytes that pack_hash_id() cannot have made.
[[nodiscard]] Result<std::string> unpack_hash_id(std::string_view key);

}  // namespace suyuan::store
