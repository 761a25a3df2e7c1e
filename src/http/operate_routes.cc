// SPDX-License-Identifier: Apache-2.0

#include "http/operate_routes.h"

#include <cstdint>
#include <string>

#include "codec/json.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/reply.h"
#include "io/process.h"
#include "service/lookup_json.h"
#include "service/platform.h"
#include "service/stories.h"
#include "store/store.h"

namespace suyuan::http {
namespace {

using codec::Json;

Json count(std::uint64_t value) {
    return Json::number(std::to_string(value));
}

// What a probe needs; how much there is is not everybody's.
Json readiness_word(const service::Readiness& readiness) {
    Json body = Json::object();
    body.set("status", Json::string(readiness.is_ready() ? "ready" : "catching_up"));
    return body;
}

Json readiness_json(const service::Readiness& readiness) {
    Json body = readiness_word(readiness);
    body.set("store_log_index", count(readiness.store_log_index));
    body.set("graph_log_index", count(readiness.graph_log_index));
    body.set("stock_log_index", count(readiness.stock_log_index));
    return body;
}

}  // namespace

Response get_health(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return json_response(Json::object().set("status", Json::string("ok")));
}

Response get_readiness(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto readiness = call.platform.readiness(call.context, call.scope);
    if (!readiness) {
        return refuse(call, readiness.error());
    }
    Response response = json_response(
        call.caller.came == Came::kLocal ? readiness_json(*readiness) : readiness_word(*readiness)
    );
    response.status = readiness->is_ready() ? 200 : 503;
    return response;
}

Response get_stats(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto counts = call.platform.store().counts(call.context, call.scope);
    if (!counts) {
        return refuse(call, counts.error());
    }
    const auto readiness = call.platform.readiness(call.context, call.scope);
    if (!readiness) {
        return refuse(call, readiness.error());
    }
    Json body = service::to_json(*counts);
    body.set("readiness", readiness_json(*readiness));
    body.set("resident_bytes", count(io::resident_bytes()));
    return json_response(body);
}

Response get_stories(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto stories = call.platform.stories(call.context, call.scope);
    return stories ? json_response(service::to_json(*stories)) : refuse(call, stories.error());
}

Response post_erasure(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto erased = call.platform.store().erase_person(call.context, call.scope, call.argument);
    if (!erased) {
        return refuse(call, erased.error());
    }
    return json_response(Json::object().set("erased", count(*erased)));
}

}  // namespace suyuan::http
