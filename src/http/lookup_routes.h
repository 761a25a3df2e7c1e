// SPDX-License-Identifier: Apache-2.0
//
// Pages about one thing.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response get_position(const Call& call);
Response get_item(const Call& call);
Response get_lot(const Call& call);  // as get_item, for lots only
Response get_operator(const Call& call);
Response get_site(const Call& call);
Response get_paper(const Call& call);    // as registered
Response get_vehicle(const Call& call);  // as registered
Response get_person(const Call& call);   // as registered
Response get_region(const Call& call);
Response get_record(const Call& call);  // one event by the number of its record

}  // namespace suyuan::http
