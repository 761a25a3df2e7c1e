// SPDX-License-Identifier: Apache-2.0
//
// The page in the browser: files compiled into the program.

#pragma once

#include "http/message.h"
#include "http/problem.h"
#include "http/reply.h"

namespace suyuan::http {

// 404 for an address that has nothing. A browser that a person sent there (its Accept names
// text/html) gets a small page in the reader's language; everybody else, and everybody under /api
// and /epcis, a problem with this detail.
[[nodiscard]] Response refuse_address(const Request& request, Text detail);

Response get_index(const Call& call);
Response get_web_file(const Call& call);

}  // namespace suyuan::http
