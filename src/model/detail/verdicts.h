// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>

#include "base/error.h"
#include "model/identifiers.h"

namespace suyuan::model::detail {

[[nodiscard]] inline IdentifierCheck valid(std::string normal) {
    return {Verdict::kValid, std::move(normal), {}};
}

[[nodiscard]] inline IdentifierCheck warning(std::string normal, Sentence reason) {
    return {Verdict::kWarning, std::move(normal), std::move(reason)};
}

[[nodiscard]] inline IdentifierCheck malformed(Sentence reason) {
    return {Verdict::kMalformed, "", std::move(reason)};
}

}  // namespace suyuan::model::detail
