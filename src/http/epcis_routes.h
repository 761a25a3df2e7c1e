// SPDX-License-Identifier: Apache-2.0
//
// The EPCIS 2.0 REST binding, below /epcis.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response get_epcis(const Call& call);
Response post_capture(const Call& call);
Response get_capture_job(const Call& call);
Response get_events(const Call& call);
Response post_event(const Call& call);
Response get_event(const Call& call);

// OPTIONS: resources that are read, and those that take events.
Response discover(const Call& call);
Response discover_capture(const Call& call);

// POST /api/v1/import: as capture, but query documents are read too.
Response post_import(const Call& call);

}  // namespace suyuan::http
