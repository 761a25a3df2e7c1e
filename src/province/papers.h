// SPDX-License-Identifier: Apache-2.0
//
// The papers that the events of a life name, as the register keeps them.

#pragma once

#include <string_view>
#include <vector>

#include "model/registry.h"
#include "province/life.h"
#include "province/roster.h"

namespace suyuan::province {

// Each paper once, in the order in which the events name them: its kind in Chinese, who issued it
// and who has it, from the day of the event on. Left out are those that came from nobody knows
// whom, and production licences, which are no single life's.
[[nodiscard]] std::vector<model::RegisteredPaper> papers_of(const Life& life);

// The production licence as events of its holder name it, for the five years that it is good for.
// Requires a business whose licence() is one.
[[nodiscard]] model::RegisteredPaper licence_paper(const Roster& roster, const Business& business);

}  // namespace suyuan::province
