// SPDX-License-Identifier: Apache-2.0
//
// The part of features.h that sections 3.0 to 3.3 of docs/tracing.md say of handling: told in
// steps, opened, used up, without owner or place.

#pragma once

#include <set>
#include <string_view>

#include "tests/property/oracle_item.h"
#include "tests/property/world.h"

namespace suyuan::property {

// Adds the names of the features that the story of one item has.
void note_handling(
    const World& world, const ItemStory& story, std::set<std::string_view>& features
);

}  // namespace suyuan::property
