// SPDX-License-Identifier: Apache-2.0
//
// The server of the table's routes.

#include <cstddef>
#include <memory>

#include "base/result.h"
#include "http/gate.h"
#include "http/load.h"
#include "http/message.h"
#include "http/routes.h"
#include "http/server.h"
#include "http/throttle.h"
#include "policy/request_context.h"

namespace suyuan::http {

Result<std::unique_ptr<Server>> Server::start(
    service::Platform& platform, const Gate& gate, const ServerOptions& options
) {
    const auto throttle =
        std::make_shared<Throttle>(*gate.parts().clock, paces_of(options.account_pace));
    ServerOptions laned = options;
    laned.lanes = lanes_of(worker_count_of(options), options.limits);
    laned.lane_of = [](const Request& request) {
        return static_cast<std::size_t>(load_of(request));
    };
    return start(
        [&platform, &gate, limits = options.limits, throttle](
            const Request& request, const policy::RequestContext& context
        ) { return answer(platform, gate, limits, *throttle, request, context); },
        laned
    );
}

}  // namespace suyuan::http
