// SPDX-License-Identifier: Apache-2.0
//
// One-time passwords by time: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is
// what every authenticator program reads.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace suyuan::crypto {

inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr unsigned kTotpDigits = 6;

// RFC 4226. Requires 6 to 8 digits.
[[nodiscard]] std::string hotp(std::string_view secret, std::uint64_t counter, unsigned digits);

// The step for which `code` is right, of the one at `seconds` since 1970 and its two neighbours (a
// telephone's clock is off by that much); nullopt if there is none. Steps up to `used_step` do not
// count: a code is good for one time. Requires seconds >= 30.
[[nodiscard]] std::optional<std::int64_t> matching_totp_step(
    std::string_view secret, std::string_view code, std::int64_t seconds, std::int64_t used_step
);

}  // namespace suyuan::crypto
