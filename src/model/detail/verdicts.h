// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>

#include "model/identifiers.h"

namespace suyuan::model::detail {

[[nodiscard]] inline IdentifierCheck valid(std::string normal) {
    return {Verdict::kValid, std::move(normal), {}};
}

[[nodiscard]] inline IdentifierCheck warning(std::string normal, Wording reason) {
    return {Verdict::kWarning, std::move(normal), std::move(reason)};
}

[[nodiscard]] inline IdentifierCheck malformed(Wording reason) {
    return {Verdict::kMalformed, "", std::move(reason)};
}

}  // namespace suyuan::model::detail
