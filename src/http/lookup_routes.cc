// SPDX-License-Identifier: Apache-2.0

#include "http/lookup_routes.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/opened.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/reply.h"
#include "model/code.h"
#include "model/instant.h"
#include "policy/admission.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "service/events.h"
#include "service/lookup.h"
#include "service/lookup_json.h"
#include "service/platform.h"
#include "store/store.h"
#include "trace/engine.h"

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

// Whether the policy opens what happened, and what is where, beside the thing itself.
constexpr policy::Need kFacts = {
    policy::Permission::kReadEvents, policy::Action::kRead, policy::ResourceKind::kEvent
};
constexpr policy::Need kStock = {
    policy::Permission::kReadRegistry, policy::Action::kRead, policy::ResourceKind::kStock
};

constexpr std::array kShownOfItem = {
    Shown{"positions", "owner"},
    Shown{"positions", "site"},
    Shown{"positions", "quantity"},
    Shown{"positions", "block_state"},
    Shown{"position_count", "owner"},
};
constexpr std::array kShownOfOperator = {
    Shown{"name", "name"},
    Shown{"registered.name", "name"},
    Shown{"registered.region", "region"},
    Shown{"registered.region_path", "region"},
    Shown{"registered.kind", "kind"},
    Shown{"licences", "licences"},
    Shown{"links", "links"},
};
constexpr std::array kShownOfSite = {
    Shown{"name", "name"},
    Shown{"registered.name", "name"},
    Shown{"registered.operator", "owner"},
    Shown{"registered.region", "region"},
    Shown{"registered.region_path", "region"},
    Shown{"registered.address", "address"},
    Shown{"registered.latitude", "location"},
    Shown{"registered.longitude", "location"},
    Shown{"registered.capacity", "capacity"},
    Shown{"links", "links"},
};
constexpr std::array kShownOfPaper = {
    Shown{"kind", "kind"},
    Shown{"issuer", "issuer"},
    Shown{"issuer_name", "issuer"},
    Shown{"holder", "holder"},
    Shown{"holder_name", "holder"},
    Shown{"valid_from", "valid_from"},
    Shown{"valid_to", "valid_to"},
};
constexpr std::array kShownOfVehicle = {
    Shown{"operator", "owner"},
    Shown{"operator_name", "owner"},
};
constexpr std::array kShownOfPerson = {
    Shown{"operator", "role"},
    Shown{"operator_name", "role"},
    Shown{"name", "person_name"},
    Shown{"phone", "phone"},
};

template <typename Page>
Response reply(const Call& call, const Result<Page>& page, std::span<const Shown> shown = {}) {
    if (!page) {
        return refuse(call, page.error());
    }
    Json body = service::to_json(*page);
    close_fields(call, shown, body);
    return json_response(body);
}

// Whose data a narrow answer shows, if they are not who asks. Of its own goods an operator learns
// what it told itself.
void note_owner(const Call& call, const std::string& code) {
    if (!call.scope.sees_everything() && !code.empty()) {
        call.look.owners.push_back(code);
    }
}

void note_owners(const Call& call, const service::ItemPage& page) {
    if (call.scope.view() != policy::View::kTerritory) {
        return;
    }
    for (const trace::ItemStock& stock : page.positions) {
        note_owner(call, page.names.owner(stock.position.owner).code);
    }
    if (page.facts) {
        for (const service::FactLine& line : page.facts->facts) {
            note_owner(call, page.names.owner(line.fact.owner).code);
        }
    }
}

Result<service::ItemPage> ask_item(const Call& call, service::PageRequest page) {
    page.with_facts = is_opened(call, kFacts);
    auto item = call.platform.lookup().item(call.context, call.scope, call.argument, page);
    if (item) {
        note_owners(call, *item);
    }
    return item;
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

using AskPlace = Result<service::PlacePage> (Lookup::*)(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view code,
    const service::PageRequest& page,
    std::string_view stock_after
) const;

Response get_place(const Call& call, AskPlace ask, std::span<const Shown> shown) {
    ParameterReader parameters(call.query);
    auto page = read_page(parameters);
    const std::string stock_after = parameters.text("stockCursor");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    page.with_facts = is_opened(call, kFacts);
    page.with_stock = is_opened(call, kStock);
    const auto place =
        (call.platform.lookup().*ask)(call.context, call.scope, call.argument, page, stock_after);
    if (place) {
        const auto& site = place->registered_site;
        note_owner(call, site ? site->operator_code : place->place.code);
    }
    return reply(call, place, shown);
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
    return reply(call, ask_item(call, page), kShownOfItem);
}

Response get_lot(const Call& call) {
    ParameterReader parameters(call.query);
    const auto page = read_page(parameters);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto item = ask_item(call, page);
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
    return reply(call, item, kShownOfItem);
}

Response get_operator(const Call& call) {
    return get_place(call, &Lookup::operator_page, kShownOfOperator);
}

Response get_site(const Call& call) {
    return get_place(call, &Lookup::site_page, kShownOfSite);
}

Response get_paper(const Call& call) {
    ParameterReader parameters(call.query);
    const std::string day = parameters.text("day");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto page = call.platform.lookup().paper(call.context, call.scope, call.argument, day);
    if (page) {
        note_owner(call, page->paper.issuer);
        note_owner(call, page->paper.holder);
    }
    return reply(call, page, kShownOfPaper);
}

Response get_vehicle(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto page = call.platform.lookup().vehicle(call.context, call.scope, call.argument);
    if (page) {
        note_owner(call, page->vehicle.operator_code);
    }
    return reply(call, page, kShownOfVehicle);
}

Response get_person(const Call& call) {
    ParameterReader parameters(call.query);
    const std::string day = parameters.text("day");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto page = call.platform.lookup().person(call.context, call.scope, call.argument, day);
    if (page) {
        note_owner(call, page->person.operator_code);
    }
    return reply(call, page, kShownOfPerson);
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
