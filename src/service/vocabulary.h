// SPDX-License-Identifier: Apache-2.0
//
// Vocabulary elements of EPCIS master data as JSON has them, whichever spellings of terms they use.

#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"

namespace suyuan::service {

using Values = std::map<std::string, std::string, std::less<>>;

// What one vocabulary element says, by short name; the first value of a name counts.
struct Element {
    std::string id;
    std::string pointer;
    Values standard;
    Values own;
    std::vector<std::string> aliases;

    // The value of the first of these standard attributes that is there; empty: none is.
    [[nodiscard]] std::string first_of(std::initializer_list<std::string_view> names) const;
    // Empty: not told.
    [[nodiscard]] std::string own_value(std::string_view name) const;
    // A code among our own attributes, in its canonical spelling; empty: not told.
    [[nodiscard]] std::string own_code(std::string_view name) const;
};

// Fails with kInvalidArgument, starting with the JSON pointer, if the element is malformed.
[[nodiscard]] Result<Element> read_element(const codec::Json& json, const std::string& pointer);

// "Party" of "urn:epcglobal:epcis:vtype:Party" and its other spellings; of a type in our own
// namespace the same; nullopt: another's.
[[nodiscard]] std::optional<std::string_view> standard_type(std::string_view type);
[[nodiscard]] std::optional<std::string_view> own_type(std::string_view type);

[[nodiscard]] Failure malformed(std::string_view pointer, const Sentence& reason);

// A member that must be an array if it is there; nullptr if it is not.
[[nodiscard]] Result<const codec::Json*> optional_array(
    const codec::Json& object, std::string_view name, std::string_view pointer
);
[[nodiscard]] Result<std::string> required_text(
    const codec::Json& object, std::string_view name, std::string_view pointer
);

}  // namespace suyuan::service
