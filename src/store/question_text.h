// SPDX-License-Identifier: Apache-2.0
//
// Questions as bytes: equal for equal questions, whatever page of the answer is asked for. A page
// token is good for one question only.

#pragma once

#include <string>

#include "store/event_query.h"
#include "store/search.h"
#include "store/store.h"

namespace suyuan::store {

[[nodiscard]] std::string question_text(const EventQuery& query);
[[nodiscard]] std::string question_text(const SearchQuery& query);
[[nodiscard]] std::string question_text(const StockFilter& filter);

}  // namespace suyuan::store
