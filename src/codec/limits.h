// SPDX-License-Identifier: Apache-2.0
//
// The bounds of this module, beside those of JsonLimits, which the caller may set.

#pragma once

#include <cstddef>
#include <limits>

#include "codec/json.h"

namespace suyuan::codec {

// A document with more problems is no document with mistakes, but something else altogether.
inline constexpr std::size_t kProblemsMax = 10'000;

// What a reason quotes of a refused value: enough to recognise it.
inline constexpr std::size_t kQuotedBytesMax = 60;

// The decimal digits of a number in a hash string: a JSON number's exponent could ask for millions.
inline constexpr std::size_t kPlainDigitsMax = 400;

// The prefixes of one "@context": they are looked through for every extension field of every event.
inline constexpr std::size_t kPrefixesMax = 200;

// For text that this module wrote itself: what was accepted once is read again, whatever its size.
inline constexpr JsonLimits kOwnTextLimits{
    .bytes_max = std::numeric_limits<std::size_t>::max(),
    .depth_max = 1'000,
    .values_max = std::numeric_limits<std::size_t>::max(),
};

}  // namespace suyuan::codec
