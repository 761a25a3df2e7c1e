// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::size_t kStockDifferencesMax = 1'000;

Json finding_json(std::string_view what, std::string_view where) {
    Json entry = Json::object();
    entry.set("what", Json::string(what));
    entry.set("where", Json::string(where));
    return entry;
}

Status check_log(World& world, const Asker& asker, service::Platform& platform, Json& findings) {
    SUYUAN_TRY(const auto counts, platform.store().counts(asker.context(), asker.scope()));
    Progress progress(world.clock, "核对日志", "checking the log", counts.events);
    SUYUAN_TRY(
        const auto found,
        platform.store().verify(
            asker.context(), asker.scope(), [&](std::uint64_t done) { progress.update(done); }
        )
    );
    for (const auto& finding : found) {
        findings.push_back(finding_json(finding.what, finding.where));
    }
    return {};
}

Status check_stock(
    World& world,
    const Asker& asker,
    service::Platform& platform,
    const VerifyOptions& options,
    Json& findings
) {
    Progress progress(world.clock, "核对台账", "checking the ledger");
    const auto update = [&](std::uint64_t done, std::uint64_t total) {
        progress.update(done, total);
    };
    if (options.rebuilds_stock) {
        SUYUAN_TRY_VOID(platform.stock().rebuild(asker.context(), asker.scope(), update));
    }
    SUYUAN_TRY(
        const auto differences,
        platform.stock().compare(asker.context(), asker.scope(), kStockDifferencesMax, update)
    );
    for (const auto& difference : differences) {
        findings.push_back(finding_json("stock_differs", format("item {}", difference.item.value()))
        );
    }
    return {};
}

Status check(
    World& world, service::Platform& platform, const VerifyOptions& options, Json& findings
) {
    const Asker asker(policy::Permission::kOperate);
    SUYUAN_TRY_VOID(check_log(world, asker, platform, findings));
    return check_stock(world, asker, platform, options, findings);
}

}  // namespace

ExitCode run_verify(World& world, const VerifyOptions& options) {
    const auto platform = open_here(world, options.directory, service::Creation::kMustExist);
    if (!platform) {
        return give_up(platform.error());
    }
    Json findings = Json::array();
    if (const Status done = check(world, **platform, options, findings); !done) {
        return give_up(done.error());
    }
    const bool is_clean = findings.items().empty();
    if (options.json) {
        Json out = Json::object();
        out.set("ok", Json::boolean(is_clean));
        out.set("findings", findings);
        print(codec::write_json_indented(out));
    } else {
        for (const Json& finding : findings.items()) {
            print(format("{}  {}", finding.string_or("what"), finding.string_or("where")));
        }
        note(
            is_clean ? "核对无误" : format("发现 {} 处不符", findings.items().size()),
            is_clean ? "nothing contradicts itself" : format("{} findings", findings.items().size())
        );
    }
    return is_clean ? ExitCode::kDone : ExitCode::kDoneWithProblems;
}

}  // namespace suyuan::app
