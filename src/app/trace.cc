// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/remote.h"
#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "service/answer_json.h"
#include "service/answer_text.h"
#include "service/named_answer.h"
#include "service/platform.h"
#include "service/seed.h"
#include "service/tracing.h"

namespace suyuan::app {
namespace {

Result<service::TraceRequest> to_request(const TraceOptions& options) {
    service::TraceRequest request;
    request.text = options.code;
    if (!options.kind.empty()) {
        request.kind = service::parse_seed_kind(options.kind);
    }
    const auto direction = service::parse_direction(options.direction);
    if (!direction) {
        return fail(ErrorCode::kInvalidArgument, "--direction: back, forward or full");
    }
    request.direction = *direction;
    request.owner = options.owner;
    request.site = options.site;
    request.from = options.from;
    request.to = options.to;
    request.as_of = options.as_of;
    request.escalate = options.escalate;
    return request;
}

Result<std::string> explain_here(
    const Asker& asker,
    const service::Tracing& tracing,
    const service::TraceRequest& request,
    const TraceOptions& options
) {
    SUYUAN_TRY(
        const auto explanation,
        tracing.explain(asker.context(), asker.scope(), request, options.explain, std::nullopt)
    );
    return options.format == "json" ? codec::write_json_indented(service::to_json(explanation))
                                    : service::to_text(explanation);
}

Result<std::string> trace_here(
    const Asker& asker, const service::Platform& platform, const TraceOptions& options
) {
    const service::Tracing& tracing = platform.tracing();
    SUYUAN_TRY(const auto request, to_request(options));
    if (!options.explain.empty()) {
        return explain_here(asker, tracing, request, options);
    }
    SUYUAN_TRY(auto answer, tracing.answer(asker.context(), asker.scope(), request));
    SUYUAN_TRY(const auto page, tracing.whole(asker.context(), asker.scope(), std::move(answer)));
    if (options.format == "json") {
        return codec::write_json_indented(service::to_json(page));
    }
    if (options.format == "csv") {
        return service::to_csv(page);
    }
    return options.format == "dot" ? service::to_dot(page) : service::to_table(page);
}

Result<std::string> trace_there(const std::string& server, const TraceOptions& options) {
    const bool explains = !options.explain.empty();
    const bool is_told = explains && options.format != "json";
    return fetch(
        server,
        make_target(
            explains ? "/api/v1/trace/explain" : "/api/v1/trace",
            {{"code", options.code},
             {"kind", options.kind},
             {"direction", options.direction},
             {"format", is_told ? "text" : options.format},
             {"owner", options.owner},
             {"site", options.site},
             {"from", options.from},
             {"to", options.to},
             {"asOf", options.as_of},
             {"escalate", options.escalate ? "true" : ""},
             {"position", options.explain}}
        )
    );
}

}  // namespace

ExitCode run_trace(World& world, const TraceOptions& options) {
    const Asker asker(policy::Permission::kTrace);
    const auto data = open_data(world, options.directory, service::Creation::kMustExist);
    if (!data) {
        return give_up(data.error());
    }
    const auto text = data->platform ? trace_here(asker, *data->platform, options)
                                     : trace_there(data->server, options);
    if (!text) {
        return give_up(text.error());
    }
    print(*text);
    return ExitCode::kDone;
}

}  // namespace suyuan::app
