// SPDX-License-Identifier: Apache-2.0
//
// The GS1 headers of the EPCIS 2.0 REST binding: what a client may demand, and what we announce.

#pragma once

#include <optional>
#include <string_view>

#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "service/intake.h"

namespace suyuan::http {

// What cannot be answered as demanded: another version of EPCIS or CBV, translated EPCs, another
// form than JSON.
[[nodiscard]] std::optional<Problem> check_epcis_demands(const Request& request);

// What cannot be captured: a body that is no JSON by its Content-Type.
[[nodiscard]] std::optional<Problem> check_epcis_body(const Request& request);

// GS1-Capture-Error-Behaviour; nullopt: neither rollback nor proceed. Rollback if it is not given.
[[nodiscard]] std::optional<service::ErrorBehaviour> error_behaviour_of(const Request& request);

// Versions and extensions, on every answer about EPCIS.
void add_epcis_headers(Response& response);

// What OPTIONS adds: ranges, formats; for resources that take events, the limits.
void add_discovery_headers(Response& response);
void add_capture_headers(Response& response, const Limits& limits);

// "application/json", or "application/ld+json" for a client that takes only that.
[[nodiscard]] std::string_view epcis_media_type(const Request& request) noexcept;

}  // namespace suyuan::http
