// SPDX-License-Identifier: Apache-2.0
//
// The page in the browser: files compiled into the program.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response get_index(const Call& call);
Response get_web_file(const Call& call);

}  // namespace suyuan::http
