// SPDX-License-Identifier: Apache-2.0
//
// Codes as ids of vocabulary elements, which EPCIS wants to be URIs, and back.

#pragma once

#include <string>
#include <string_view>

namespace suyuan::service {

// A URI as it is; anything else (a plate, a licence, the id of a person) percent-encoded under
// https://ns.suyuan.example/epcis/id/.
[[nodiscard]] std::string element_id(std::string_view code);

// The code that element_id() was given; any other id as it is.
[[nodiscard]] std::string plain_id(std::string_view id);

}  // namespace suyuan::service
