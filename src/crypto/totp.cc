// SPDX-License-Identifier: Apache-2.0

#include "crypto/totp.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/format.h"
#include "crypto/keyed_digest.h"

namespace suyuan::crypto {

std::string hotp(std::string_view secret, std::uint64_t counter, unsigned digits) {
    constexpr unsigned kDigitsMin = 6;
    constexpr unsigned kDigitsMax = 8;
    SUYUAN_ASSERT(digits >= kDigitsMin && digits <= kDigitsMax);
    std::string message(8, '\0');
    for (std::size_t place = message.size(); place-- > 0; counter >>= 8U) {
        message[place] = static_cast<char>(counter & 0xffU);
    }
    const auto code = hmac_sha1(secret, message);
    // Dynamic truncation, RFC 4226 section 5.3.
    const std::size_t offset = std::to_integer<std::size_t>(code.back()) & 0xfU;
    std::uint32_t number = 0;
    for (std::size_t place = 0; place < 4; ++place) {
        number = number << 8U | std::to_integer<std::uint32_t>(code.at(offset + place));
    }
    number &= 0x7fff'ffffU;
    std::uint32_t bound = 1;
    for (unsigned digit = 0; digit < digits; ++digit) {
        bound *= 10;
    }
    return format("{:0{}}", number % bound, digits);
}

std::optional<std::int64_t> matching_totp_step(
    std::string_view secret, std::string_view code, std::int64_t seconds, std::int64_t used_step
) {
    SUYUAN_ASSERT(seconds >= kTotpStepSeconds);
    const std::int64_t now = seconds / kTotpStepSeconds;
    std::optional<std::int64_t> match;
    // All three, so that the time taken does not tell which.
    for (const std::int64_t step : {now - 1, now, now + 1}) {
        const std::string right = hotp(secret, static_cast<std::uint64_t>(step), kTotpDigits);
        if (equal_in_constant_time(right, code) && step > used_step && !match) {
            match = step;
        }
    }
    return match;
}

}  // namespace suyuan::crypto
