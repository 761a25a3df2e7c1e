// SPDX-License-Identifier: Apache-2.0
//
// What a look-up makes of the code that somebody typed.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "service/wording.h"

namespace suyuan::service {

// The codes that a text can mean, the likeliest first, itself among them. Fails with
// kInvalidArgument for an empty one.
[[nodiscard]] Result<std::vector<std::string>> codes_meant(std::string_view text);

// Fails with kNotFound: in the same words for what is not there and for what is not in sight.
[[nodiscard]] Failure not_known(const Words& what, std::string_view code);

// What is found under the first of the codes that names anything; `find` gives a
// Result<std::optional>.
template <typename Find>
auto first_found(const std::vector<std::string>& codes, const Find& find) {
    using Found = decltype(find(std::string_view()));
    for (const std::string& code : codes) {
        Found found = find(code);
        if (!found || *found) {
            return found;
        }
    }
    return Found(typename Found::value_type());
}

}  // namespace suyuan::service
