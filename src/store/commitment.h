// SPDX-License-Identifier: Apache-2.0
//
// What the log keeps of what can be erased: a digest that says nothing once its salts are gone.
//
//     leaf       = sha256(salt || person || values)          one an entry of a person
//     commitment = sha256(salt || payload hash || leaf ...)  one a record
//
// The leaves stay when values and salts go, so a commitment can be checked for ever, and each leaf
// for as long as what it stands for is there.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace suyuan::store {

inline constexpr int kSaltBytes = 16;  // nobody guesses 128 bits

[[nodiscard]] std::string person_leaf(
    std::string_view salt, std::string_view person, std::string_view values
);

[[nodiscard]] std::string record_commitment(
    std::string_view salt, std::string_view payload_hash, std::span<const std::string> leaves
);

}  // namespace suyuan::store
