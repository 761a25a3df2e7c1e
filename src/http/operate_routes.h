// SPDX-License-Identifier: Apache-2.0
//
// How the server is, and what a demo put into it.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response get_health(const Call& call);     // it runs
Response get_readiness(const Call& call);  // 200, or 503 while the graph lags behind the log
Response get_stats(const Call& call);
Response get_stories(const Call& call);
Response post_erasure(const Call& call);  // of what tells who a person at work is

}  // namespace suyuan::http
