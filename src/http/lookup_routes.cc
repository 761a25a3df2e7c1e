// SPDX-License-Identifier: Apache-2.0

#include "http/lookup_routes.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/reply.h"
#include "model/code.h"
#include "model/instant.h"
#include "service/events.h"
#include "service/lookup.h"
#include "service/lookup_json.h"
#include "service/platform.h"
#include "store/store.h"

namespace suyuan::http {
namespace {

using codec::Json;
using service::Lookup;

service::PageRequest read_page(ParameterReader& parameters) {
    service::PageRequest page;
    page.size =
        parameters.count("perPage", {.otherwise = page.size, .min = 1, .max = Lookup::kPageMax});
    page.cursor = parameters.text("cursor");
    return page;
}

template <typename Page>
Response reply(const Call& call, const Result<Page>& page) {
    return page ? json_response(service::to_json(*page)) : refuse(call, page.error());
}

std::optional<graph::RecordId> parse_record(std::string_view text) noexcept {
    std::uint64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || stop != text.data() + text.size()) {
        return std::nullopt;
    }
    return graph::RecordId(number);
}

Json record_json(const service::EventVersion& version) {
    const store::StoredEvent& stored = version.stored;
    Json body = Json::object();
    body.set("record", Json::number(std::to_string(stored.record.value())));
    body.set("log_index", Json::number(std::to_string(stored.log_index)));
    body.set("record_time", Json::string(model::format_instant(stored.record_time)));
    body.set("submitter", Json::string(stored.submitter));
    body.set("event_id", stored.event_id.empty() ? Json() : Json::string(stored.event_id));
    body.set("hash_id", Json::string(stored.hash_id));
    body.set("is_conflict", Json::boolean(stored.is_conflict));
    body.set("is_void", Json::boolean(stored.is_void));
    body.set("is_possible_duplicate", Json::boolean(stored.is_possible_duplicate));
    body.set("event", version.event);
    return body;
}

}  // namespace

Response get_position(const Call& call) {
    ParameterReader parameters(call.query);
    const auto page = read_page(parameters);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    if (call.scope.sees_everything()) {
        return reply(
            call, call.platform.lookup().position(call.context, call.scope, call.argument, page)
        );
    }
    const auto found =
        call.platform.tracing().position(call.context, call.scope, call.argument, page);
    if (found) {
        call.look.owners.push_back(found->names.owner(found->position.owner).code);
    }
    return reply(call, found);
}

Response get_item(const Call& call) {
    ParameterReader parameters(call.query);
    const auto page = read_page(parameters);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(call, call.platform.lookup().item(call.context, call.scope, call.argument, page));
}

Response get_lot(const Call& call) {
    ParameterReader parameters(call.query);
    const auto page = read_page(parameters);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto item = call.platform.lookup().item(call.context, call.scope, call.argument, page);
    if (item && item->code.kind != model::CodeKind::kLot) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kNotFound,
                {format("{} 不是批次代码；请用 /api/v1/items 查询。", item->code.uri),
                 format("{} is not a lot; ask /api/v1/items.", item->code.uri)}
            )
        );
    }
    return reply(call, item);
}

Response get_operator(const Call& call) {
    ParameterReader parameters(call.query);
    const auto page = read_page(parameters);
    const std::string stock_after = parameters.text("stockCursor");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(
        call,
        call.platform.lookup().operator_page(
            call.context, call.scope, call.argument, page, stock_after
        )
    );
}

Response get_site(const Call& call) {
    ParameterReader parameters(call.query);
    const auto page = read_page(parameters);
    const std::string stock_after = parameters.text("stockCursor");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(
        call,
        call.platform.lookup().site_page(call.context, call.scope, call.argument, page, stock_after)
    );
}

Response get_paper(const Call& call) {
    ParameterReader parameters(call.query);
    const std::string day = parameters.text("day");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(call, call.platform.lookup().paper(call.context, call.scope, call.argument, day));
}

Response get_vehicle(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(call, call.platform.lookup().vehicle(call.context, call.scope, call.argument));
}

Response get_person(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(call, call.platform.lookup().person(call.context, call.scope, call.argument));
}

Response get_region(const Call& call) {
    ParameterReader parameters(call.query);
    const std::string day = parameters.text("day");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return reply(
        call, call.platform.lookup().regions(call.context, call.scope, call.argument, day)
    );
}

Response get_record(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto record = parse_record(call.argument);
    if (!record) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kInvalidRequest,
                {"记录号须为整数。", "A record's number has decimal digits only."}
            )
        );
    }
    const auto version = call.platform.events().by_record(call.context, call.scope, *record);
    if (!version) {
        return refuse(call, version.error());
    }
    call.look.owners.push_back(version->stored.submitter);
    return json_response(record_json(*version));
}

}  // namespace suyuan::http
