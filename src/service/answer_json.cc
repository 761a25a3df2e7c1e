// SPDX-License-Identifier: Apache-2.0

#include "service/answer_json.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "codec/json.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/event_references.h"
#include "service/lookup_json.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/seed.h"
#include "service/sentences.h"
#include "service/tracing.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

using codec::Json;

// What is not known is null, never an empty text.
Json text_or_null(std::string_view text) {
    return text.empty() ? Json() : Json::string(text);
}

Json count(std::size_t number) {
    return Json::integer(static_cast<std::int64_t>(number));
}

Json amount(std::int64_t millionths) {
    return Json::string(model::format_decimal({millionths}));
}

template <typename Rows, typename Convert>
Json list(const Rows& rows, const Convert& convert) {
    Json array = Json::array();
    for (const auto& row : rows) {
        array.push_back(convert(row));
    }
    return array;
}

std::string_view word_of(model::CodeKind kind) noexcept {
    using model::CodeKind;
    switch (kind) {
        case CodeKind::kClass:
            return "class";
        case CodeKind::kLot:
            return "lot";
        case CodeKind::kInstance:
            return "instance";
        case CodeKind::kContainer:
            return "container";
        case CodeKind::kSite:
            return "site";
        case CodeKind::kParty:
            return "party";
        case CodeKind::kDocument:
            return "document";
        case CodeKind::kForeign:
            return "foreign";
    }
    SUYUAN_UNREACHABLE();
}

Json reading_json(const Reading& reading) {
    Json json = Json::object();
    json.set("kind", Json::string(to_string(reading.kind)))
        .set("code", Json::string(reading.code))
        .set("name", text_or_null(reading.name))
        .set("has_events", Json::boolean(reading.has_events));
    return json;
}

Json question_json(const NamedAnswer& named) {
    const trace::Question& question = named.question;
    Json owner;
    Json site;
    if (const auto* items = std::get_if<trace::ItemSeed>(&question.seed)) {
        if (items->owner) {
            owner = place_json(named.names.owner(*items->owner));
        }
        if (items->site) {
            site = place_json(named.names.site(*items->site));
        }
    }
    Json json = Json::object();
    json.set("direction", Json::string(to_string(question.direction)))
        .set("owner", std::move(owner))
        .set("site", std::move(site))
        .set("from", moment_json(question.window.from))
        .set("to", moment_json(question.window.to))
        .set("as_of", moment_json(question.as_of))
        .set("escalate", Json::boolean(question.escalate));
    return json;
}

Json totals_json(const NamedAnswer& named) {
    const trace::Answer& answer = named.answer;
    const auto positions = [&](PartKind kind) {
        const trace::Part* part = named.part(kind);
        return count(part == nullptr ? 0 : part->positions.size());
    };
    Json json = Json::object();
    json.set("positions", count(named.distinct_position_count()))
        .set("back_positions", positions(PartKind::kBack))
        .set("forward_positions", positions(PartKind::kForward))
        .set("moves", count(named.move_count()))
        .set("sources", count(answer.sources.size()))
        .set("operators", count(answer.operators.size()))
        .set("sites", count(answer.sites.size()))
        .set("vehicles", count(answer.vehicles.size()))
        .set("people", count(answer.people.size()))
        .set("open_ends", count(answer.open_ends.size()))
        .set("violations", count(answer.violations.size()));
    return json;
}

Json both(std::string_view zh, std::string_view en) {
    Json json = Json::object();
    json.set("zh", Json::string(zh)).set("en", Json::string(en));
    return json;
}

// Of an edge, that more lies there: always, whether or not it does.
Json beyond_json(const NamedAnswer& named, const trace::Position& position) {
    if (!named.beyond.contains(position)) {
        return {};
    }
    const Sentence sentence = beyond_note(named.view);
    return both(sentence.zh, sentence.en);
}

Json reached_json(const NamedAnswer& named, const trace::ReachedPosition& reached) {
    const NameBook& names = named.names;
    Json json = position_json(names, reached.position);
    json.set("region", text_or_null(names.region_of(reached.position)))
        .set("possible", moment_json(reached.possible))
        .set("certain", reached.certain ? moment_json(*reached.certain) : Json())
        .set("is_certain", Json::boolean(reached.certain.has_value()))
        .set("is_seed", Json::boolean(reached.is_seed))
        .set("hops", count(reached.hops))
        .set("explained_by", reached.explained_by ? count(*reached.explained_by) : Json())
        .set("status", Json::string(to_string(reached.stock.status)))
        .set("is_blocked", Json::boolean(reached.stock.is_blocked))
        .set(
            "balances",
            list(
                reached.stock.balances,
                [&](const trace::Balance& balance) { return balance_json(names, balance); }
            )
        )
        .set("beyond", beyond_json(named, reached.position));
    return json;
}

Json quantity_json(const NameBook& names, const trace::Move& move) {
    if (!move.has_quantity) {
        return {};
    }
    Json json = Json::object();
    json.set("amount", amount(move.millionths)).set("unit", text_or_null(names.unit(move.unit)));
    return json;
}

Json move_json(
    const NameBook& names,
    std::size_t number,
    const trace::Move& move,
    const std::vector<EventReference>& events
) {
    Json json = Json::object();
    json.set("number", count(number))
        .set("kind", Json::string(to_string(move.kind)))
        .set("from", position_json(names, move.from))
        .set("to", position_json(names, move.to))
        .set("leave", interval_json(move.leave))
        .set("arrive", interval_json(move.arrive))
        .set("quantity", quantity_json(names, move))
        .set("carrier", item_json(names, move.carrier))
        .set("is_certain", Json::boolean(move.is_certain))
        .set("is_skewed", Json::boolean(move.is_skewed))
        .set("is_in_transit", Json::boolean(move.is_in_transit))
        .set("is_all_to_all", Json::boolean(move.is_all_to_all))
        .set("is_timeless", Json::boolean(move.is_timeless))
        .set("events", list(events, [](const EventReference& event) { return to_json(event); }));
    return json;
}

// The page's positions of one half and their moves.
Json part_json(const TracePage& page, PartKind kind) {
    const NamedAnswer& named = *page.answer;
    const trace::Part* part = named.part(kind);
    if (part == nullptr) {
        return {};
    }
    Json positions = Json::array();
    Json moves = Json::array();
    for (std::size_t row = page.first; row < page.first + page.count; ++row) {
        const PlaceInAnswer at = named.at(row);
        if (at.part != kind) {
            continue;
        }
        positions.push_back(reached_json(named, part->positions[at.place]));
        for (const std::uint32_t number : named.index(kind).moves_of(at.place)) {
            const trace::Move& move = part->moves[number];
            moves.push_back(
                move_json(named.names, number, move, references_behind(move, page.events))
            );
        }
    }
    Json json = Json::object();
    json.set("positions", std::move(positions)).set("moves", std::move(moves));
    return json;
}

Json touched_json(
    const TracePage& page, store::NameKind kind, const std::vector<trace::Touched>& touched
) {
    return list(page.rows_of(touched), [&](const trace::Touched& one) {
        const store::NamedId& name = page.answer->names.name(kind, one.id);
        Json json = place_json(name);
        json.set("region", text_or_null(name.region))
            .set("first", moment_json(one.first))
            .set("last", moment_json(one.last));
        return json;
    });
}

// The regions that rows of the page name, and what they lie in.
Json regions_json(const TracePage& page) {
    const NamedAnswer& named = *page.answer;
    std::set<std::string_view> codes;
    const auto add = [&](std::string_view code) {
        while (!code.empty() && codes.insert(code).second) {
            const model::Region* const row = named.names.region(code);
            code = row == nullptr ? std::string_view() : row->parent;
        }
    };
    for (std::size_t row = page.first; row < page.first + page.count; ++row) {
        const PlaceInAnswer at = named.at(row);
        add(named.names.region_of(named.part(at.part)->positions[at.place].position));
    }
    for (const trace::Touched& one : page.rows_of(named.answer.operators)) {
        add(named.names.name(store::NameKind::kOperator, one.id).region);
    }
    for (const trace::Touched& one : page.rows_of(named.answer.sites)) {
        add(named.names.name(store::NameKind::kSite, one.id).region);
    }
    return list(codes, [&](std::string_view code) {
        const model::Region* const row = named.names.region(code);
        Json json = Json::object();
        json.set("code", Json::string(code))
            .set("name", text_or_null(row == nullptr ? "" : row->name))
            .set("parent", text_or_null(row == nullptr ? "" : row->parent));
        return json;
    });
}

Json event_json(const TracePage& page, graph::EventIndex event) {
    const auto found = page.events.find(event);
    return found == page.events.end() ? Json() : to_json(found->second);
}

Json open_end_json(const TracePage& page, const trace::OpenEnd& open_end) {
    const bool has_event = open_end.kind != trace::OpenEndKind::kNegativeStock;
    Json json = Json::object();
    json.set("kind", Json::string(to_string(open_end.kind)))
        .set("position", position_json(page.answer->names, open_end.position))
        .set("event", has_event ? event_json(page, open_end.event) : Json());
    return json;
}

Json violation_json(const TracePage& page, const trace::Violation& violation) {
    Json json = Json::object();
    json.set("position", position_json(page.answer->names, violation.position))
        .set("event", event_json(page, violation.event))
        .set("block_event", event_json(page, violation.block_event))
        .set("is_possible", Json::boolean(violation.is_possible));
    return json;
}

Json page_json(const TracePage& page) {
    Json json = Json::object();
    json.set("first", count(page.first))
        .set("positions", count(page.count))
        .set("rows", count(page.rows))
        .set("cursor", Json::string(page.cursor))
        .set("next", text_or_null(page.next));
    return json;
}

}  // namespace

Json moment_json(model::MicrosUtc moment) {
    const bool is_open = moment == model::kBeginningOfTime || moment == model::kEndOfTime;
    return is_open ? Json() : Json::string(model::format_instant(moment));
}

Json interval_json(const model::TimeInterval& interval) {
    Json json = Json::object();
    json.set("first", moment_json(interval.first)).set("last", moment_json(interval.last));
    return json;
}

Json item_json(const NameBook& names, graph::ItemId item) {
    if (item.value() == 0) {
        return {};
    }
    const store::ItemName& name = names.item(item);
    Json json = Json::object();
    json.set("code", Json::string(name.code.uri))
        .set("kind", Json::string(word_of(name.code.kind)))
        .set("name", text_or_null(name.product_name))
        .set("gtin", text_or_null(name.code.gtin))
        .set("lot", text_or_null(name.code.lot))
        .set("serial", text_or_null(name.code.serial));
    return json;
}

Json place_json(const store::NamedId& place) {
    if (place.id == 0) {
        return {};
    }
    Json json = Json::object();
    json.set("code", Json::string(place.code))
        .set("name", text_or_null(place.name))
        .set("is_stub", Json::boolean(place.name.empty()));
    return json;
}

Json position_json(const NameBook& names, const trace::Position& position) {
    Json json = Json::object();
    json.set("key", Json::string(position_key(position)))
        .set("item", item_json(names, position.item))
        .set("owner", place_json(names.owner(position.owner)))
        .set("site", place_json(names.site(position.site)));
    return json;
}

Json balance_json(const NameBook& names, const trace::Balance& balance) {
    Json json = Json::object();
    json.set("unit", text_or_null(names.unit(balance.unit)))
        .set("created", amount(balance.created))
        .set("produced", amount(balance.produced))
        .set("received", amount(balance.received))
        .set("shipped", amount(balance.shipped))
        .set("in_transit", amount(balance.in_transit))
        .set("sold", amount(balance.sold))
        .set("used", amount(balance.used))
        .set("destroyed", amount(balance.destroyed))
        .set("left", amount(balance.left))
        .set("on_hand", amount(balance.on_hand))
        .set("unexplained", amount(balance.unexplained));
    return json;
}

Json to_json(const EventReference& reference) {
    Json json = Json::object();
    json.set("record", Json::integer(static_cast<std::int64_t>(reference.record.value())))
        .set("event_id", text_or_null(reference.event_id))
        .set("hash_id", Json::string(reference.hash_id))
        .set("biz_step", text_or_null(reference.biz_step))
        .set(
            "papers",
            list(reference.papers, [](const std::string& paper) { return Json::string(paper); })
        )
        .set("time", interval_json(reference.time))
        .set("record_time", moment_json(reference.record_time));
    return json;
}

Json to_json(const store::SearchHit& hit) {
    Json json = Json::object();
    json.set("kind", Json::string(to_string(hit.kind)))
        .set("code", Json::string(hit.code))
        .set("name", text_or_null(hit.name))
        .set("is_exact", Json::boolean(hit.is_exact))
        .set("event_count", Json::integer(static_cast<std::int64_t>(hit.event_count)));
    return json;
}

Json to_json(const Resolution& resolution) {
    Json json = Json::object();
    json.set("readings", list(resolution.readings, reading_json))
        .set("suggestions", list(resolution.suggestions, [](const store::SearchHit& hit) {
                 return to_json(hit);
             }));
    return json;
}

Json to_json(const TracePage& page) {
    const NamedAnswer& named = *page.answer;
    const trace::Answer& answer = named.answer;
    Json parts = Json::object();
    parts.set("back", part_json(page, PartKind::kBack))
        .set("forward", part_json(page, PartKind::kForward));
    Json json = Json::object();
    json.set("text", Json::string(named.text))
        .set("seed", reading_json(named.reading))
        .set("other_readings", list(named.others, reading_json))
        .set("question", question_json(named))
        .set("cut_off", moment_json(answer.cut_off))
        .set("digest", Json::string(named.digest))
        .set("seconds", Json::number(model::format_decimal({named.took_us})))
        .set("totals", totals_json(named))
        .set(
            "balances",
            list(
                answer.total,
                [&](const trace::Balance& balance) { return balance_json(named.names, balance); }
            )
        )
        .set("page", page_json(page))
        .set("parts", std::move(parts))
        .set(
            "sources",
            list(
                page.rows_of(answer.sources),
                [&](const trace::Position& source) { return position_json(named.names, source); }
            )
        )
        .set("regions", regions_json(page))
        .set("operators", touched_json(page, store::NameKind::kOperator, answer.operators))
        .set("sites", touched_json(page, store::NameKind::kSite, answer.sites))
        .set("vehicles", touched_json(page, store::NameKind::kVehicle, answer.vehicles))
        .set("people", touched_json(page, store::NameKind::kPerson, answer.people))
        .set(
            "open_ends",
            list(
                page.rows_of(answer.open_ends),
                [&](const trace::OpenEnd& end) { return open_end_json(page, end); }
            )
        )
        .set("violations", list(page.rows_of(answer.violations), [&](const trace::Violation& one) {
                 return violation_json(page, one);
             }));
    return json;
}

Json to_json(const Explanation& explanation) {
    const NamedAnswer& named = *explanation.answer;
    Json steps = Json::array();
    for (const ExplainedStep& step : explanation.steps) {
        Json json = Json::object();
        json.set("number", count(steps.items().size() + 1))
            .set("move", move_json(named.names, step.move_number, step.move, step.events))
            .set("sentence", both(step.sentence_zh, step.sentence_en));
        steps.push_back(std::move(json));
    }
    Json json = Json::object();
    json.set("digest", Json::string(named.digest))
        .set("part", Json::string(to_string(explanation.part)))
        .set("position", reached_json(named, explanation.position))
        .set("start", position_json(named.names, explanation.start))
        .set("steps", std::move(steps))
        .set("summary", both(explanation.summary_zh, explanation.summary_en));
    return json;
}

}  // namespace suyuan::service
