// SPDX-License-Identifier: Apache-2.0
//
// Checks of single values. Each notes what is wrong and gives back what was right, so that one pass
// both judges and reads.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/problems.h"
#include "codec/detail/vocabulary.h"
#include "codec/json.h"
#include "model/instant.h"

namespace suyuan::codec {

// Lifetime: borrows both. What a check returns for a value that it refused is empty.
class Checker {
public:
    Checker(const Namespaces& names, Problems& problems) : names_(names), problems_(problems) {}

    [[nodiscard]] const Namespaces& names() const noexcept { return names_; }

    [[nodiscard]] std::size_t problem_count() const noexcept { return problems_.count(); }

    void refuse(const Path& place, Sentence reason) { problems_.add(place, std::move(reason)); }

    // The value's text.
    std::string_view uri(const Json& value, const Path& place);
    std::string_view text(const Json& value, const Path& place);
    std::vector<std::string> uris(const Json& value, const Path& place);  // of an array
    std::optional<model::ZonedInstant> instant(const Json& value, const Path& place);
    // The term as the model holds it.
    std::string term(Vocabulary vocabulary, const Json& value, const Path& place);

    bool is_number(const Json& value, const Path& place);
    bool is_boolean(const Json& value, const Path& place);
    bool is_hexadecimal(const Json& value, const Path& place);
    bool is_object(const Json& value, const Path& place);
    bool is_array(const Json& value, const Path& place);

    // Refuses each string of the array that an earlier one equals. Requires an array.
    void distinct(const Json& array, const Path& place);

    // The member, or nullptr and a problem saying what to add.
    const Json* required(
        const Json& object, std::string_view name, std::string_view example, const Path& place
    );

    // A field beside the standard's own needs a namespace.
    bool extension_name(std::string_view name, const Path& place);

    // Refuses every member that is not listed.
    void only_members(
        const Json& object, std::span<const std::string_view> names, const Path& place
    );

    // Refuses every member that is neither listed nor a named extension.
    void only_members_and_extensions(
        const Json& object, std::span<const std::string_view> names, const Path& place
    );

private:
    const Namespaces& names_;
    Problems& problems_;
};

// RFC 3986 with the letters of RFC 3987: a scheme, a colon, and no blanks or brackets.
[[nodiscard]] bool is_uri(std::string_view text) noexcept;

// A value as a reason shows it: cut short, strings in quotes.
[[nodiscard]] std::string quoted(const Json& value);

}  // namespace suyuan::codec
