// SPDX-License-Identifier: Apache-2.0
//
// A registered alias as a claim of the log: events that name the one code and events that name the
// other speak of one lot, whichever came first, and a question as of an earlier record time still
// sees two.

#pragma once

#include <string>
#include <vector>

#include "model/registry.h"

namespace suyuan::service {

// Capture documents of events that say "same as", of a thousand rows at most each. A row gives the
// same event whenever it is put, so that a second time changes nothing. A code that is no URI is
// none that an event could name.
[[nodiscard]] std::vector<std::string> alias_documents(const std::vector<model::LotAlias>& rows);

}  // namespace suyuan::service
