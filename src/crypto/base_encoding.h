// SPDX-License-Identifier: Apache-2.0
//
// Bytes as letters: RFC 4648.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace suyuan::crypto {

// A-Z and 2-7, without padding: what people copy and authenticator programs read.
[[nodiscard]] std::string to_base32(std::string_view bytes);
// Small letters too; blanks and hyphens between the letters are passed over, padding is not taken.
// nullopt for anything else, and for letters that no bytes have.
[[nodiscard]] std::optional<std::string> from_base32(std::string_view letters);

// With padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
// nullopt for anything but what to_base64() writes.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view letters);

}  // namespace suyuan::crypto
