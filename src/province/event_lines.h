// SPDX-License-Identifier: Apache-2.0
//
// Events as lines of a table: one for each item of each event.

#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/event.h"

namespace suyuan::province {

// The columns, in this order, for ever: new ones are added at the end.
//   event_time     "2026-03-04T05:06:07+08:00", or "2026-03-04" where only the day is told
//   type           "ObjectEvent", ...
//   biz_step       CBV short name
//   item           canonical code
//   quantity,unit  decimal and UN/ECE Rec. 20 code; no unit: pieces; neither: a container
//   from_operator, to_operator   owners before and after of a shipment or receipt
//   site           where it happened
//   paper, vehicle, person       the first of each
inline constexpr std::size_t kLineColumns = 12;
using Line = std::array<std::string, kLineColumns>;

[[nodiscard]] const Line& line_header();

// How many lines the event makes.
[[nodiscard]] std::size_t line_count(const model::Event& event) noexcept;

// Hands over each line; valid during the call. Stops at the first failure, which it returns.
[[nodiscard]] Status for_each_line(
    const model::Event& event, const std::function<Status(const Line&)>& take
);

}  // namespace suyuan::province
