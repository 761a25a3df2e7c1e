// SPDX-License-Identifier: Apache-2.0
//
// The main job: search, resolve, trace, explain, report, export.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response get_trace(const Call& call);
Response get_explanation(const Call& call);
Response get_report(const Call& call);
Response get_trace_export(const Call& call);

}  // namespace suyuan::http
