// SPDX-License-Identifier: Apache-2.0
//
// The one table of everything that the server answers. openapi/suyuan.yaml describes each row, and
// a test holds the two against each other.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/limits.h"
#include "http/message.h"
#include "http/reply.h"
#include "policy/request_context.h"
#include "policy/scope.h"

namespace suyuan::service {
class Platform;
}  // namespace suyuan::service

namespace suyuan::http {

// Plain and synchronous: request to typed value, one call of a service, its outcome to JSON.
using RouteHandler = Response (*)(const Call&);

struct Route {
    Method method = Method::kGet;  // GET answers HEAD too
    // At most one segment is "{name}", which stands for any segment that is not empty; it may hold
    // an encoded "/". A path without parameters wins over one with.
    std::string_view path;
    std::string_view operation;  // operationId
    policy::Permission permission = policy::Permission::kOperate;
    RouteHandler handler = nullptr;
};

[[nodiscard]] std::span<const Route> routes() noexcept;

// The methods of a path as sent, as an Allow header tells them ("GET, HEAD, OPTIONS"); empty: there
// is no such path.
[[nodiscard]] std::string allowed_methods(std::string_view path);

// Answers by the table: decides, calls the handler. OPTIONS of any path tells its methods.
[[nodiscard]] Response answer(
    service::Platform& platform,
    const Limits& limits,
    const Request& request,
    const policy::RequestContext& context
);

}  // namespace suyuan::http
