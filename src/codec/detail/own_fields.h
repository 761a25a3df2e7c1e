// SPDX-License-Identifier: Apache-2.0
//
// What our own namespace holds of persons, taken out of an event and put back.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/detail/namespaces.h"
#include "codec/epcis_json.h"
#include "codec/json.h"

namespace suyuan::codec {

// Leaves the ids of persons in the event and takes out the rest. Requires an event that
// read_event() accepted.
[[nodiscard]] std::vector<PersonValues> take_person_values(Json& event, const Namespaces& names);

// Whether there is anything to take.
[[nodiscard]] bool has_person_values(const Json& event, const Namespaces& names);

// The contrary: entries that hold nothing but an id get the values of that person back.
void put_person_values(
    Json& event, const std::vector<PersonValues>& people, const Namespaces& names
);

}  // namespace suyuan::codec
