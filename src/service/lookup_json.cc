// SPDX-License-Identifier: Apache-2.0

#include "service/lookup_json.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/answer_json.h"
#include "service/lookup.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"

namespace suyuan::service {
namespace {

using codec::Json;

Json text_or_null(std::string_view text) {
    return text.empty() ? Json() : Json::string(text);
}

Json count(std::uint64_t number) {
    return Json::integer(static_cast<std::int64_t>(number));
}

Json balances_json(const NameBook& names, const std::vector<trace::Balance>& balances) {
    Json json = Json::array();
    for (const trace::Balance& balance : balances) {
        json.push_back(balance_json(names, balance));
    }
    return json;
}

// A position with what is known of its stock.
Json stock_json(const NameBook& names, const trace::Position& position, const trace::Stock& stock) {
    Json json = position_json(names, position);
    json.set("status", Json::string(to_string(stock.status)))
        .set("is_blocked", Json::boolean(stock.is_blocked))
        .set("balances", balances_json(names, stock.balances));
    return json;
}

Json fact_json(const NameBook& names, const FactPage& page, const FactLine& line) {
    const graph::Fact& fact = line.fact;
    Json quantity;
    if (fact.has_quantity) {
        quantity = Json::object();
        quantity.set("amount", Json::string(model::format_decimal({fact.millionths})))
            .set("unit", text_or_null(names.unit(fact.unit)));
    }
    const auto event = page.events.find(line.event);
    Json json = Json::object();
    json.set("kind", Json::string(to_string(fact.kind)))
        .set("sink", text_or_null(to_string(fact.sink)))
        .set("item", item_json(names, fact.item))
        .set("other", item_json(names, fact.other))
        .set("owner", place_json(names.owner(fact.owner)))
        .set("site", place_json(names.site(fact.site)))
        .set("peer_owner", place_json(names.owner(fact.peer_owner)))
        .set("peer_site", place_json(names.site(fact.peer_site)))
        .set("quantity", std::move(quantity))
        .set("is_return", Json::boolean(fact.is_return))
        .set("is_effective", Json::boolean(line.is_effective))
        .set("event", event == page.events.end() ? Json() : to_json(event->second));
    return json;
}

Json facts_json(const NameBook& names, const FactPage& page) {
    Json rows = Json::array();
    for (const FactLine& line : page.facts) {
        rows.push_back(fact_json(names, page, line));
    }
    Json json = Json::object();
    json.set("rows", std::move(rows))
        .set("total", count(page.total))
        .set("next", text_or_null(page.next));
    return json;
}

Json stock_page_json(const NameBook& names, const store::StockPage& page) {
    Json rows = Json::array();
    for (const store::StockRow& row : page.rows) {
        Json json = position_json(names, {row.item, row.owner, row.site});
        json.set("disposition", Json::string(row.disposition))
            .set("amount", Json::string(model::format_decimal({row.millionths})))
            .set("unit", text_or_null(names.unit(row.unit)));
        rows.push_back(std::move(json));
    }
    Json json = Json::object();
    json.set("rows", std::move(rows))
        .set("next", text_or_null(page.next))
        .set("covered_log_index", count(page.covered_log_index));
    return json;
}

// What the registry says of an operator or site; null: nothing.
Json registered_json(const PlacePage& page) {
    const auto region_path = [&](std::string_view region) {
        return text_or_null(page.names.region_path(region));
    };
    if (page.registered_operator) {
        Json json = Json::object();
        json.set("name", text_or_null(page.registered_operator->name))
            .set("region", text_or_null(page.registered_operator->region))
            .set("region_path", region_path(page.registered_operator->region))
            .set("kind", text_or_null(page.registered_operator->kind));
        return json;
    }
    if (page.registered_site) {
        Json json = Json::object();
        json.set("name", text_or_null(page.registered_site->name))
            .set("operator", text_or_null(page.registered_site->operator_code))
            .set("region", text_or_null(page.registered_site->region))
            .set("region_path", region_path(page.registered_site->region))
            .set("address", text_or_null(page.registered_site->address))
            .set("latitude", text_or_null(page.registered_site->latitude))
            .set("longitude", text_or_null(page.registered_site->longitude))
            .set("capacity", text_or_null(page.registered_site->capacity));
        return json;
    }
    return {};
}

template <typename Row>
void set_days(Json& json, const Row& row) {
    json.set("valid_from", text_or_null(row.valid_from))
        .set("valid_to", text_or_null(row.valid_to));
}

Json licences_json(const std::vector<model::Licence>& licences) {
    Json rows = Json::array();
    for (const model::Licence& licence : licences) {
        Json row = Json::object();
        row.set("number", Json::string(licence.number)).set("kind", text_or_null(licence.kind));
        set_days(row, licence);
        rows.push_back(std::move(row));
    }
    return rows;
}

Json links_json(const std::vector<model::Link>& links) {
    Json rows = Json::array();
    for (const model::Link& link : links) {
        Json row = Json::object();
        row.set("kind", Json::string(model::to_string(link.kind)))
            .set("from", Json::string(link.from))
            .set("to", Json::string(link.to));
        set_days(row, link);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string_view to_word(store::JobState state) noexcept {
    using store::JobState;
    switch (state) {
        case JobState::kRunning:
            return "running";
        case JobState::kSucceeded:
            return "succeeded";
        case JobState::kFailed:
            return "failed";
    }
    SUYUAN_UNREACHABLE();
}

constexpr std::array kSearchKinds = {
    store::SearchKind::kItem,
    store::SearchKind::kOperator,
    store::SearchKind::kSite,
    store::SearchKind::kVehicle,
    store::SearchKind::kPerson,
    store::SearchKind::kPaper,
    store::SearchKind::kProduct,
    store::SearchKind::kRegion,
};

}  // namespace

Json to_json(const store::SearchPage& page) {
    Json hits = Json::array();
    for (const store::SearchHit& hit : page.hits) {
        hits.push_back(to_json(hit));
    }
    Json json = Json::object();
    json.set("hits", std::move(hits)).set("next", text_or_null(page.next));
    return json;
}

Json to_json(const PositionPage& page) {
    Json json = stock_json(page.names, page.position, page.stock);
    json.set("facts", facts_json(page.names, page.facts));
    return json;
}

Json to_json(const ItemPage& page) {
    Json positions = Json::array();
    for (const trace::ItemStock& stock : page.positions) {
        positions.push_back(stock_json(page.names, stock.position, stock.stock));
    }
    Json json = Json::object();
    json.set("item", item_json(page.names, page.item))
        .set("position_count", count(page.position_count))
        .set("positions", std::move(positions))
        .set("facts", page.facts ? facts_json(page.names, *page.facts) : Json());
    return json;
}

Json to_json(const PlacePage& page) {
    Json json = Json::object();
    json.set("code", Json::string(page.place.code))
        .set("name", text_or_null(page.place.name))
        .set("is_stub", Json::boolean(page.is_stub))
        .set("registered", registered_json(page))
        .set("licences", licences_json(page.licences))
        .set("links", links_json(page.links))
        .set("has_more_links", Json::boolean(page.has_more_links))
        .set("stock", page.stock ? stock_page_json(page.names, *page.stock) : Json())
        .set("facts", page.facts ? facts_json(page.names, *page.facts) : Json());
    return json;
}

Json to_json(const std::vector<model::Region>& regions) {
    Json rows = Json::array();
    for (const model::Region& region : regions) {
        Json row = Json::object();
        row.set("code", Json::string(region.code))
            .set("name", text_or_null(region.name))
            .set("parent", text_or_null(region.parent));
        set_days(row, region);
        rows.push_back(std::move(row));
    }
    Json json = Json::object();
    json.set("regions", std::move(rows));
    return json;
}

Json to_json(const PaperPage& page) {
    Json json = Json::object();
    json.set("number", Json::string(page.paper.number))
        .set("kind", text_or_null(page.paper.kind))
        .set("issuer", text_or_null(page.paper.issuer))
        .set("issuer_name", text_or_null(page.issuer_name))
        .set("holder", text_or_null(page.paper.holder))
        .set("holder_name", text_or_null(page.holder_name));
    set_days(json, page.paper);
    return json;
}

Json to_json(const VehiclePage& page) {
    Json json = Json::object();
    json.set("plate", Json::string(page.vehicle.plate))
        .set("operator", text_or_null(page.vehicle.operator_code))
        .set("operator_name", text_or_null(page.operator_name));
    return json;
}

Json to_json(const PersonPage& page) {
    Json history = Json::array();
    for (const PersonDays& days : page.history) {
        Json row = Json::object();
        row.set("operator", text_or_null(days.row.operator_code))
            .set("operator_name", text_or_null(days.operator_name))
            .set("title", text_or_null(days.row.title));
        set_days(row, days.row);
        history.push_back(std::move(row));
    }
    Json json = Json::object();
    json.set("id", Json::string(page.person.id))
        .set("operator", text_or_null(page.person.operator_code))
        .set("operator_name", text_or_null(page.operator_name))
        .set("name", text_or_null(page.person.name))
        .set("phone", text_or_null(page.person.phone))
        .set("title", text_or_null(page.person.title))
        .set("history", std::move(history))
        .set("has_more_history", Json::boolean(page.has_more_history));
    return json;
}

Json to_json(const store::CaptureJob& job) {
    // Written by us as a JSON array; a text that is none is shown as it is.
    const auto errors = codec::parse_json(job.errors.empty() ? "[]" : job.errors);
    const bool is_running = job.state == store::JobState::kRunning;
    Json json = Json::object();
    json.set("id", Json::string(job.id))
        .set("state", Json::string(to_word(job.state)))
        .set("error_behaviour", Json::string(job.is_rollback ? "rollback" : "proceed"))
        .set("created_at", moment_json(job.created_at))
        .set("finished_at", is_running ? Json() : moment_json(job.finished_at))
        .set("event_count", count(job.event_count))
        .set("stored_count", count(job.stored_count))
        .set("errors", errors ? *errors : Json::string(job.errors));
    return json;
}

Json to_json(const store::StoreCounts& counts) {
    Json json = Json::object();
    json.set("events", count(counts.events))
        .set("log_index", count(counts.log_index))
        .set("record_time", counts.events == 0 ? Json() : moment_json(counts.record_time))
        .set("conflicts", count(counts.conflicts))
        .set("voids", count(counts.voids))
        .set("possible_duplicates", count(counts.possible_duplicates))
        .set("items", count(counts.items))
        .set("operators", count(counts.operators))
        .set("sites", count(counts.sites))
        .set("papers", count(counts.papers))
        .set("bytes", count(counts.bytes));
    return json;
}

std::string_view to_string(graph::FactKind kind) noexcept {
    using graph::FactKind;
    switch (kind) {
        case FactKind::kCreate:
            return "create";
        case FactKind::kDepart:
            return "depart";
        case FactKind::kArrive:
            return "arrive";
        case FactKind::kInput:
            return "input";
        case FactKind::kOutput:
            return "output";
        case FactKind::kSink:
            return "sink";
        case FactKind::kSight:
            return "sight";
        case FactKind::kCount:
            return "count";
        case FactKind::kPack:
            return "pack";
        case FactKind::kUnpack:
            return "unpack";
        case FactKind::kUnpackAll:
            return "unpack_all";
        case FactKind::kBlock:
            return "block";
        case FactKind::kRelease:
            return "release";
        case FactKind::kCleanBreak:
            return "clean_break";
        case FactKind::kPartOf:
            return "part_of";
        case FactKind::kSameAs:
            return "same_as";
        case FactKind::kNotSameAs:
            return "not_same_as";
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(graph::SinkKind kind) noexcept {
    using graph::SinkKind;
    switch (kind) {
        case SinkKind::kNone:
            return "";
        case SinkKind::kSold:
            return "sold";
        case SinkKind::kUsed:
            return "used";
        case SinkKind::kDestroyed:
            return "destroyed";
        case SinkKind::kLeft:
            return "left";
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(store::SearchKind kind) noexcept {
    using store::SearchKind;
    switch (kind) {
        case SearchKind::kItem:
            return "item";
        case SearchKind::kOperator:
            return "operator";
        case SearchKind::kSite:
            return "site";
        case SearchKind::kVehicle:
            return "vehicle";
        case SearchKind::kPerson:
            return "person";
        case SearchKind::kPaper:
            return "paper";
        case SearchKind::kProduct:
            return "product";
        case SearchKind::kRegion:
            return "region";
    }
    SUYUAN_UNREACHABLE();
}

std::optional<store::SearchKind> parse_search_kind(std::string_view text) noexcept {
    const auto* found = std::ranges::find(kSearchKinds, text, [](store::SearchKind kind) {
        return to_string(kind);
    });
    return found == kSearchKinds.end() ? std::nullopt : std::optional(*found);
}

}  // namespace suyuan::service
