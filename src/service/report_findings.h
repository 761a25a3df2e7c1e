// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "service/named_answer.h"
#include "service/wording.h"

namespace suyuan::service {

// What the reader of a report is told first.
struct Finding {
    std::string text;
    bool is_warning = false;
};

// Sources, what is still on hand and on its way, what contradicts itself; each begins with "· ".
[[nodiscard]] std::vector<Finding> findings_of(const NamedAnswer& named, Language language);

}  // namespace suyuan::service
