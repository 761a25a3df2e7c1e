// SPDX-License-Identifier: Apache-2.0
//
// Single values as the event hash takes them (CBV 2.0 section 8.9).

#pragma once

#include <string>
#include <string_view>

#include "codec/detail/namespaces.h"
#include "codec/json.h"

namespace suyuan::codec {

// "1.50" and "15e-1" -> "1.5"; "-0.0" -> "0"; "+007" -> "7". Text that is no decimal number, or one
// with more than kPlainDigitsMax digits, as it is.
[[nodiscard]] std::string hash_number(std::string_view text);

// UTC with three decimals; text that is no moment as it is.
[[nodiscard]] std::string hash_time(std::string_view text);

// Identifiers: compact URIs expanded, GS1 keys as canonical Digital Links, CBV URNs as web URIs.
[[nodiscard]] std::string hash_identifier(std::string_view text, const Namespaces& names);

// A string, number or boolean of an extension, whose type nobody knows: in the binding for XML all
// are text, so that a text that looks like a number counts as one.
[[nodiscard]] std::string hash_extension_value(const Json& value, const Namespaces& names);

}  // namespace suyuan::codec
