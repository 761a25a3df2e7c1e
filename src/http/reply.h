// SPDX-License-Identifier: Apache-2.0
//
// What handlers are made of: the call that they answer, and the common answers.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "codec/json.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/query.h"
#include "model/instant.h"
#include "policy/admission.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::service {
class Platform;
}  // namespace suyuan::service

namespace suyuan::http {

class Gate;
struct Caller;
struct Look;

// One request on its way through a route. Lifetime: borrows everything from whoever answers it.
struct Call {
    const Request& request;
    const policy::RequestContext& context;
    const policy::Scope& scope;  // what the route's permission opened
    service::Platform& platform;
    const Limits& limits;
    Query query;
    std::string argument;  // what stands for the template's "{...}", decoded
    const Gate& gate;
    const Caller& caller;
    Look& look;  // whose data the answer shows
    // What was decided, of which kind of thing; null for the local principal and for what is
    // decided without the policy.
    const policy::Admission* admission = nullptr;
    policy::ResourceKind kind = policy::ResourceKind::kService;
};

[[nodiscard]] Response json_response(const codec::Json& body);
[[nodiscard]] Response no_content();  // 204
[[nodiscard]] codec::Json moment_json(model::MicrosUtc moment);
// null for 0 and for the ends of time.
[[nodiscard]] codec::Json moment_or_null(model::MicrosUtc moment);
[[nodiscard]] codec::Json texts_json(const std::vector<std::string>& values);
[[nodiscard]] Response refuse(const Call& call, const Problem& problem);
[[nodiscard]] Response refuse(const Call& call, const Error& error);

// Of a Content-Type or of one element of Accept: what stands before the ";", without blanks.
[[nodiscard]] std::string_view media_type(std::string_view text) noexcept;

// True if Accept is absent or names `type` or a range that holds it, not with q=0.
[[nodiscard]] bool accepts(const Request& request, std::string_view type) noexcept;

}  // namespace suyuan::http
