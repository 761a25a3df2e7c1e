// SPDX-License-Identifier: Apache-2.0
//
// Three wrong engines, made by telling the right one something else than the oracle: a comparison
// that does not notice them would notice nothing.

#pragma once

#include "tests/property/world.h"
#include "trace/question.h"

namespace suyuan::property {

// Every event can have happened at any time: an engine without the rule of time.
[[nodiscard]] World without_times(World world);

// A pack makes the container out of the child, an unpack the child out of the container: an engine
// for which what shares a container meets in it.
[[nodiscard]] World with_containers_as_places(World world);

// Everything is known: an engine that ignores "as of".
[[nodiscard]] trace::Question without_as_of(trace::Question question);

}  // namespace suyuan::property
