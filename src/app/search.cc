// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/remote.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "service/lookup.h"
#include "service/lookup_json.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

using codec::Json;

Result<Json> search_here(
    const Asker& asker, const service::Platform& platform, const SearchOptions& options
) {
    service::SearchRequest request;
    request.text = options.text;
    request.hits_max = options.limit;
    request.cursor = options.cursor;
    if (!options.kind.empty()) {
        const auto kind = service::parse_search_kind(options.kind);
        if (!kind) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    "--kind：应为 item、operator、site、vehicle、person、paper、product 或 region",
                    "--kind: item, operator, site, vehicle, person, paper, product or region"
                }
            );
        }
        request.kinds = {*kind};
    }
    SUYUAN_TRY(const auto page, platform.lookup().search(asker.context(), asker.scope(), request));
    return service::to_json(page);
}

Result<Json> search_there(const std::string& server, const SearchOptions& options) {
    SUYUAN_TRY(
        const std::string body,
        fetch(
            server,
            make_target(
                "/api/v1/search",
                {{"q", options.text},
                 {"kind", options.kind},
                 {"perPage", format("{}", options.limit)},
                 {"cursor", options.cursor}}
            )
        )
    );
    return codec::parse_json(body);
}

}  // namespace

ExitCode run_search(World& world, const SearchOptions& options) {
    const Asker asker(policy::Permission::kSearch);
    const auto data = open_data(world, options.directory, service::Creation::kMustExist);
    if (!data) {
        return give_up(data.error());
    }
    const auto page = data->platform ? search_here(asker, *data->platform, options)
                                     : search_there(data->server, options);
    if (!page) {
        return give_up(page.error());
    }
    const Json* hits = page->find("hits");
    if (options.json) {
        print(codec::write_json_indented(*page));
    } else if (hits != nullptr) {
        for (const Json& hit : hits->items()) {
            print(format(
                "{:<10} {}  {}", hit.string_or("kind"), hit.string_or("code"), hit.string_or("name")
            ));
        }
        if (const auto next = page->string_or("next"); !next.empty()) {
            note(format("还有更多：--cursor {}", next), format("more: --cursor {}", next));
        }
    }
    const bool found = hits != nullptr && !hits->items().empty();
    if (!found && !options.json) {
        note("没有找到", "nothing found");
    }
    return found ? ExitCode::kDone : ExitCode::kDoneWithProblems;
}

}  // namespace suyuan::app
