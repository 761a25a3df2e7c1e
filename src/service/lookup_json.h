// SPDX-License-Identifier: Apache-2.0
//
// Pages of lookup.h as JSON; conventions as in answer_json.h.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "service/lookup.h"

namespace suyuan::service {

[[nodiscard]] codec::Json to_json(const store::SearchPage& page);
[[nodiscard]] codec::Json to_json(const PositionPage& page);
[[nodiscard]] codec::Json to_json(const ItemPage& page);
[[nodiscard]] codec::Json to_json(const PlacePage& page);
[[nodiscard]] codec::Json to_json(const std::vector<model::Region>& regions);
[[nodiscard]] codec::Json to_json(const PaperPage& page);
[[nodiscard]] codec::Json to_json(const VehiclePage& page);
[[nodiscard]] codec::Json to_json(const PersonPage& page);
[[nodiscard]] codec::Json to_json(const store::CaptureJob& job);
[[nodiscard]] codec::Json to_json(const store::StoreCounts& counts);

[[nodiscard]] std::string_view to_string(graph::FactKind kind) noexcept;  // "create", "depart", ...
[[nodiscard]] std::string_view to_string(graph::SinkKind kind
) noexcept;  // "sold", ...; "" for none
[[nodiscard]] std::string_view to_string(store::SearchKind kind
) noexcept;  // "item", "operator", ...
[[nodiscard]] std::optional<store::SearchKind> parse_search_kind(std::string_view text) noexcept;

}  // namespace suyuan::service
