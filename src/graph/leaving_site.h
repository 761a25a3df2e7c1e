// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace suyuan::graph {

// The site that an event's readPoint stands for (docs/epcis-mapping.md, "Who and where"): a dock
// or gate is no place of its own. Canonical; empty if there is none.
[[nodiscard]] std::string site_of_read_point(std::string_view read_point);

// The site that a shipment leaves by an event's readPoint and bizLocation. Canonical.
[[nodiscard]] std::string leaving_site(std::string_view read_point, std::string_view biz_location);

}  // namespace suyuan::graph
