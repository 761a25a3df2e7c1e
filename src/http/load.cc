// SPDX-License-Identifier: Apache-2.0

#include "http/load.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "http/limits.h"
#include "http/message.h"
#include "http/routes.h"
#include "io/threads.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::http {
namespace {

// What so much of a document costs to parse and store, beside what a small one costs.
constexpr std::size_t kBytesPerUnit = std::size_t{16} << 10;

}  // namespace

Load load_of(const Route& route) noexcept {
    using policy::Action;
    if (route.permission == policy::Permission::kAuthenticate && route.method == Method::kPost) {
        return route.operation == "signOut" ? Load::kLight : Load::kHash;
    }
    switch (route.action) {
        case Action::kTrace:
            return Load::kTrace;
        case Action::kExport:
            return Load::kExport;
        case Action::kCapture:
            return route.method == Method::kPost || route.method == Method::kPut ? Load::kParse
                                                                                 : Load::kLight;
        default:
            return Load::kLight;
    }
}

std::int64_t cost_of(const Route& route, std::size_t body_bytes) noexcept {
    const auto sent = static_cast<std::int64_t>(body_bytes / kBytesPerUnit);
    switch (load_of(route)) {
        case Load::kHash:
            return 20;
        case Load::kParse:
            return 2 + sent;
        case Load::kTrace:
            return 10;
        case Load::kExport:
            return 50;
        case Load::kLight:
            break;
    }
    return (route.action == policy::Action::kSearch ? 2 : 1) + sent;
}

std::vector<io::Lane> lanes_of(std::size_t workers, const Limits& limits) {
    const std::size_t some = std::max<std::size_t>(workers / 2, 1);
    const std::size_t most = std::max<std::size_t>(workers - 1, 1);
    const std::size_t waiting = std::max<std::size_t>(limits.queue / 2, 1);
    return {
        {.running_max = workers, .queue_max = limits.queue},  // kLight
        {.running_max = some, .queue_max = waiting},          // kHash
        {.running_max = most, .queue_max = waiting},          // kParse
        {.running_max = most, .queue_max = waiting},          // kTrace
        {.running_max = some, .queue_max = waiting},          // kExport
    };
}

Load load_of(const Request& request) noexcept {
    const Route* const route = route_of(request);
    return route == nullptr ? Load::kLight : load_of(*route);
}

}  // namespace suyuan::http
