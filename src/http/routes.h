// SPDX-License-Identifier: Apache-2.0
//
// The one table of everything that the server answers. openapi/suyuan.yaml describes each row, and
// a test holds the two against each other.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/limits.h"
#include "http/message.h"
#include "http/reply.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::service {
class Platform;
}  // namespace suyuan::service

namespace suyuan::http {

class Gate;
class Throttle;
struct Caller;

// Plain and synchronous: request to typed value, one call of a service, its outcome to JSON.
using RouteHandler = Response (*)(const Call&);

// How far a route goes for whoever is not the local principal.
enum class Reach : std::uint8_t {
    kOpen,     // anybody: nothing of it is anybody's
    kAccount,  // whoever signed in, about themselves
    kAccess,   // what the policy permits of accounts, keys and the trail; its acts tell the trail
    kView,     // what the policy permits; the handler answers within the Scope
    kFields,   // the same; of a thing those fields that the policy opens
    kLocal,    // nobody: the answer cannot be narrowed to a Scope yet, so it is refused
};

struct Route {
    Method method = Method::kGet;  // GET answers HEAD too
    // At most one segment is "{name}", which stands for any segment that is not empty; it may hold
    // an encoded "/". A path without parameters wins over one with.
    std::string_view path;
    std::string_view operation;  // operationId
    policy::Permission permission = policy::Permission::kOperate;
    policy::Action action = policy::Action::kOperate;  // what the policy is asked
    policy::ResourceKind kind = policy::ResourceKind::kService;
    Reach reach = Reach::kLocal;
    RouteHandler handler = nullptr;
};

[[nodiscard]] std::span<const Route> routes() noexcept;

// The row that a request asks for, by its path and method; nullptr: none.
[[nodiscard]] const Route* route_of(const Request& request) noexcept;

// The methods of a path as sent, as an Allow header tells them ("GET, HEAD, OPTIONS"); empty: there
// is no such path.
[[nodiscard]] std::string allowed_methods(std::string_view path);

// The operations that a caller may ask for, by name: with a purpose, where the policy wants one.
[[nodiscard]] std::vector<std::string_view> operations_open_to(
    const Gate& gate, const Caller& caller
);

// Answers by the table: finds out who asks, decides, calls the handler, tells the trail. OPTIONS of
// any path tells its methods. The context's principal is not read.
[[nodiscard]] Response answer(
    service::Platform& platform,
    const Gate& gate,
    const Limits& limits,
    Throttle& throttle,
    const Request& request,
    const policy::RequestContext& context
);

}  // namespace suyuan::http
