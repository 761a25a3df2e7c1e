// SPDX-License-Identifier: Apache-2.0

#include "http/search_routes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/result.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/opened.h"
#include "http/parameters.h"
#include "http/reply.h"
#include "policy/scope.h"
#include "service/answer_json.h"
#include "service/lookup.h"
#include "service/lookup_json.h"
#include "service/platform.h"
#include "service/seed.h"
#include "store/search.h"

namespace suyuan::http {
namespace {

// The operators whose names a territory's answer shows.
void note_owners(const Call& call, const std::vector<store::SearchHit>& hits) {
    if (call.scope.view() != policy::View::kTerritory) {
        return;
    }
    for (const store::SearchHit& hit : hits) {
        if (hit.kind == store::SearchKind::kOperator) {
            call.look.owners.push_back(hit.code);
        }
    }
}

// The kinds to search: those asked for, or all, of those opened; nullopt: none is left.
std::optional<std::vector<store::SearchKind>> kinds_searched(
    const Call& call, std::vector<store::SearchKind> asked
) {
    auto opened = kinds_opened(call);
    if (!opened) {
        return asked;
    }
    if (asked.empty()) {
        asked = *opened;
    }
    std::erase_if(asked, [&](store::SearchKind kind) {
        return std::ranges::find(*opened, kind) == opened->end();
    });
    return asked.empty() ? std::nullopt : std::optional(std::move(asked));
}

}  // namespace

Response get_search(const Call& call) {
    ParameterReader parameters(call.query);
    service::SearchRequest request;
    request.text = parameters.required_text("q");
    for (const std::string& kind : parameters.list("kind")) {
        if (const auto known = service::parse_search_kind(kind)) {
            request.kinds.push_back(*known);
        } else {
            parameters.refuse(
                "kind", {format("没有种类 {}。", kind), format("There is no kind {}.", kind)}
            );
        }
    }
    request.hits_max = parameters.count(
        "perPage", {.otherwise = request.hits_max, .min = 1, .max = service::Lookup::kPageMax}
    );
    request.cursor = parameters.text("cursor");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    auto kinds = kinds_searched(call, std::move(request.kinds));
    if (!kinds) {
        return json_response(service::to_json(store::SearchPage()));
    }
    request.kinds = *std::move(kinds);
    const auto page = call.platform.lookup().search(call.context, call.scope, request);
    if (!page) {
        return refuse(call, page.error());
    }
    note_owners(call, page->hits);
    return json_response(service::to_json(*page));
}

Response get_resolution(const Call& call) {
    ParameterReader parameters(call.query);
    const std::string text = parameters.required_text("q");
    const auto kind =
        parameters.word<service::SeedKind>("kind", service::parse_seed_kind, kSeedKinds);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto resolution = call.platform.lookup().resolve(
        call.context, call.scope, {.text = text, .only = kind, .kinds = kinds_opened(call)}
    );
    if (!resolution) {
        return refuse(call, resolution.error());
    }
    note_owners(call, resolution->suggestions);
    for (const service::Reading& reading : resolution->readings) {
        if (reading.kind == service::SeedKind::kOperator &&
            call.scope.view() == policy::View::kTerritory) {
            call.look.owners.push_back(reading.code);
        }
    }
    return json_response(service::to_json(*resolution));
}

}  // namespace suyuan::http
