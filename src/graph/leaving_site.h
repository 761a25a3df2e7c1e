// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace suyuan::graph {

// Which of an event's readPoint and bizLocation a shipment leaves (docs/epcis-mapping.md, "Who and
// where"): a dock or gate of a place is no place of its own. The result is one of the two.
[[nodiscard]] std::string_view leaving_site(
    std::string_view read_point, std::string_view biz_location
);

}  // namespace suyuan::graph
