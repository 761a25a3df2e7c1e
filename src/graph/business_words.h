// SPDX-License-Identifier: Apache-2.0
//
// What the business step and the dispositions of an event (CBV 2.0, short names) mean for the flow
// of its goods: the tables of docs/epcis-mapping.md.

#pragma once

#include <cstdint>
#include <string_view>

#include "graph/fact.h"
#include "model/event.h"

namespace suyuan::graph {

// kNone for a step that neither leaves nor arrives.
[[nodiscard]] Step step_of(std::string_view biz_step) noexcept;

enum class Motion : std::uint8_t { kNone, kDeparts, kArrives };

[[nodiscard]] Motion motion_of(Step step) noexcept;

[[nodiscard]] bool is_counting(std::string_view biz_step) noexcept;

// How goods end by suyuan:sink or the step; kNone if they do not.
[[nodiscard]] SinkKind sink_of_step(const model::Event& event) noexcept;
// How they ended by the disposition alone, of goods that do not move.
[[nodiscard]] SinkKind sink_of_disposition(std::string_view disposition) noexcept;

// A disposition that forbids to sell.
[[nodiscard]] bool is_blocking(std::string_view disposition) noexcept;
// Whether the event holds goods, or lets go of them; an event that says both holds them.
[[nodiscard]] bool holds(const model::Event& event) noexcept;
[[nodiscard]] bool releases(const model::Event& event) noexcept;

// Whether the event speaks of codes of one thing.
[[nodiscard]] bool claims(const model::Event& event) noexcept;

// Whether a document of that type ties a receipt to its shipment.
[[nodiscard]] bool is_linking(std::string_view paper_type) noexcept;

}  // namespace suyuan::graph
