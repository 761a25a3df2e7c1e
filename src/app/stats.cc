// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/remote.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "service/lookup_json.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

using codec::Json;

Result<Json> stats_here(service::Platform& platform) {
    const Asker asker(policy::Permission::kOperate);
    SUYUAN_TRY(const auto counts, platform.store().counts(asker.context(), asker.scope()));
    return service::to_json(counts);
}

Result<Json> stats_there(const std::string& server) {
    SUYUAN_TRY(const std::string body, fetch(server, "/api/v1/stats"));
    return codec::parse_json(body);
}

}  // namespace

ExitCode run_stats(World& world, const StatsOptions& options) {
    const auto data = open_data(world, options.directory, service::Creation::kMustExist);
    if (!data) {
        return give_up(data.error());
    }
    const auto stats = data->platform ? stats_here(*data->platform) : stats_there(data->server);
    if (!stats) {
        return give_up(stats.error());
    }
    if (options.json) {
        print(codec::write_json_indented(*stats));
        return ExitCode::kDone;
    }
    for (const auto& member : stats->members()) {
        const bool is_text = member.value.is_string() || member.value.is_number();
        print(format(
            "{:<22} {}",
            member.name,
            is_text ? member.value.text() : codec::write_json(member.value)
        ));
    }
    return ExitCode::kDone;
}

}  // namespace suyuan::app
