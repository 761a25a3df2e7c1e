// SPDX-License-Identifier: Apache-2.0
//
// The query string of GET /epcis/events as a question to the store (EPCIS 2.0 section 8.2.7, the
// parameters listed in openapi/suyuan.yaml).

#pragma once

#include "http/parameters.h"
#include "store/event_query.h"

namespace suyuan::http {

// What is wrong is noted in `parameters`; the caller calls finish().
[[nodiscard]] store::EventQuery read_event_query(ParameterReader& parameters);

}  // namespace suyuan::http
