// SPDX-License-Identifier: Apache-2.0

#include "province/calendar.h"

#include <cstdint>
#include <string>

#include "model/instant.h"

namespace suyuan::province {

std::string day_digits(std::int64_t day) {
    // "2026-03-04T00:00:00+08:00"
    const std::string text = model::format_instant(moment(day, 0), kOffsetMinutes);
    return text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2);
}

}  // namespace suyuan::province
