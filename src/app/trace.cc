// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "app/data.h"
#include "app/remote.h"
#include "codec/json.h"
#include "service/answer_json.h"
#include "service/answer_text.h"
#include "service/tracing.h"

namespace suyuan::app {
namespace {

struct TraceOptions {
    std::string directory;
    std::string code;
    std::string kind;
    std::string direction = "full";
    std::string format = "table";
    std::string owner;
    std::string site;
    std::string from;
    std::string to;
    std::string as_of;
    bool escalate = false;
    bool json = false;
    std::string explain;
};

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
    SUYUAN_TRY(
        const auto page, tracing.whole(asker.context(), asker.scope(), std::move(answer))
    );
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
    return fetch(
        server,
        make_target(
            explains ? "/api/v1/trace/explain" : "/api/v1/trace",
            {{"code", options.code},
             {"kind", options.kind},
             {"direction", options.direction},
             {"format", explains ? "" : options.format},
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

}  // namespace

void add_trace(CLI::App& program, Action& action) {
    const auto options = std::make_shared<TraceOptions>();
    CLI::App* command = program.add_subcommand(
        "trace", "一键追溯：从哪来、到哪去、现在在哪 · where it came from, where it went, what is where"
    );
    add_data_option(*command, options->directory);
    add_json_flag(*command, options->json);
    command
        ->add_option(
            "CODE",
            options->code,
            "追溯码、批号、单证号、车牌、人员、主体、场所 · any code, lot, paper, plate, person, operator, site"
        )
        ->required();
    command->add_option("--direction", options->direction, "back 溯源 | forward 追踪 | full 全链")
        ->check(CLI::IsMember({"back", "forward", "full"}))
        ->capture_default_str();
    command->add_option("--format", options->format, "table | json | csv | dot")
        ->check(CLI::IsMember({"table", "json", "csv", "dot"}))
        ->capture_default_str();
    command->add_option("--kind", options->kind, "按何种解释 · take CODE for this kind only")
        ->check(CLI::IsMember(
            {"item", "lot", "container", "paper", "vehicle", "person", "operator", "site"}
        ));
    command->add_option("--owner", options->owner, "只从此主体处起 · start only at this owner");
    command->add_option("--site", options->site, "只从此场所处起 · start only at this site");
    command->add_option("--from", options->from, "时间窗起（2026-01-05 或带时区的时刻）· window start");
    command->add_option("--to", options->to, "时间窗止 · window end");
    command->add_option("--as-of", options->as_of, "按此记录时间所知 · as known at this record time");
    command->add_flag("--escalate", options->escalate, "单件按整批追 · one thing stands for its lot");
    command->add_option("--explain", options->explain, "为何在列：位置键 · why is this position listed?");
    command->callback([options, &action] {
        if (options->json) {
            options->format = "json";
        }
        action = [options](World& world) { return run_trace(world, *options); };
    });
}

}  // namespace suyuan::app
