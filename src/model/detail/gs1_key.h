// SPDX-License-Identifier: Apache-2.0
//
// A GS1 key with its qualifiers, apart from how it was spelled: EPC URN, Digital Link and element
// string are read into this and written from it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/code.h"

namespace suyuan::model::detail {

// One application identifier and its value, unescaped.
struct Element {
    std::string ai;
    std::string value;
};

// A primary key first, then what qualifies or describes it.
using Elements = std::vector<Element>;

inline constexpr std::string_view kCanonicalStem = "https://id.gs1.org/";

// "01" for "01" and for "gtin"; empty if it names no primary key.
[[nodiscard]] std::string_view primary_key(std::string_view ai_or_name) noexcept;

// "21" for "21" and for "ser", if that may qualify the primary key; else empty.
[[nodiscard]] std::string_view qualifier_of(
    std::string_view primary_ai, std::string_view ai_or_name
) noexcept;

// The code that the elements name. Elements that do not qualify the key are passed over, and of its
// qualifiers only the finest stays in the URI (CBV 2.0 section 8.2: a serial number makes the lot
// and the variant redundant). nullopt if the key or a qualifier breaks its format. Check digits are
// not verified here: a mistyped code is a code too, and its owner's records must be found.
[[nodiscard]] std::optional<Code> code_from(const Elements& elements);

// The canonical spelling of a value in a path.
[[nodiscard]] std::string escape(std::string_view value);

}  // namespace suyuan::model::detail
