// SPDX-License-Identifier: Apache-2.0

#include "tests/scenario/events.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"

namespace suyuan::scenario {
namespace {

using codec::Json;

struct Verb {
    std::string_view name;
    std::string_view action;
    std::string_view step;
    std::string_view disposition;
};

constexpr std::array kVerbs = {
    Verb{"create", "ADD", "commissioning", "active"},
    Verb{"ship", "OBSERVE", "shipping", "in_transit"},
    Verb{"receive", "OBSERVE", "receiving", "in_progress"},
    Verb{"sell", "OBSERVE", "retail_selling", "retail_sold"},
    Verb{"use", "DELETE", "inspecting", ""},
    Verb{"destroy", "DELETE", "destroying", "destroyed"},
    Verb{"leave", "OBSERVE", "inspecting", ""},
    Verb{"count", "OBSERVE", "cycle_counting", ""},
    Verb{"block", "OBSERVE", "holding", "recalled"},
    Verb{"free", "OBSERVE", "inspecting", "sellable_accessible"},
    Verb{"clean", "OBSERVE", "inspecting", ""},
    Verb{"see", "OBSERVE", "inspecting", ""},
};

// With a container.
constexpr std::array kPackingVerbs = {
    Verb{"pack", "ADD", "packing", ""},
    Verb{"unpack", "DELETE", "unpacking", ""},
    Verb{"see", "OBSERVE", "inspecting", ""},
};

// The digits and their unit: "60kg".
std::pair<std::string, std::string> split_quantity(std::string_view text) {
    const std::size_t end = std::min(text.find_first_not_of("-0123456789."), text.size());
    const std::string_view unit = text.substr(end);
    std::string code(unit);
    if (unit == "kg") {
        code = "KGM";
    } else if (unit == "g") {
        code = "GRM";
    } else if (unit == "l") {
        code = "LTR";
    } else if (unit == "box") {
        code = "BX";
    }
    return {std::string(text.substr(0, end)), code};
}

Json id_object(std::string_view id) {
    Json json = Json::object();
    json.set("id", Json::string(id));
    return json;
}

Json entry(std::string_view member, std::string_view type, std::string_view id) {
    Json json = Json::object();
    json.set("type", Json::string(type));
    json.set(member, Json::string(id));
    return json;
}

Json party_list(std::string_view member, const Place& place) {
    Json list = Json::array();
    if (!place.owner.empty()) {
        list.push_back(entry(member, "owning_party", place.owner));
    }
    if (!place.site.empty()) {
        list.push_back(entry(member, "location", place.site));
    }
    return list;
}

Json attribute(std::string_view id, std::string_view value) {
    Json json = Json::object();
    json.set("id", Json::string(id));
    json.set("attribute", Json::string(value));
    return json;
}

Json element(std::string_view id, std::vector<Json> attributes) {
    Json json = Json::object();
    json.set("id", Json::string(id));
    json.set("attributes", Json::array(std::move(attributes)));
    return json;
}

Json vocabulary(std::string_view type, Json elements) {
    Json json = Json::object();
    json.set("type", Json::string(type));
    json.set("vocabularyElementList", std::move(elements));
    return json;
}

}  // namespace

bool is_one_of_options(std::string_view word) {
    constexpr std::array<std::string_view, 10> kOptions = {
        "paper", "order", "vehicle", "by", "process", "id", "zone", "offset", "dock", "step"
    };
    return std::ranges::find(kOptions, word) != kOptions.end();
}

std::string quantity_text(std::string_view quantity) {
    const auto [amount, unit] = split_quantity(quantity);
    return amount + " " + unit;
}

Json EventWriter::begin(const Happening& happening, std::string_view type, std::string_view step) {
    Json event = Json::object();
    event.set("type", Json::string(type));
    ++event_count_;
    const auto given = happening.options.find("id");
    const std::string id =
        given == happening.options.end() ? format("e{}", event_count_) : given->second;
    event.set("eventID", Json::string("https://scenario.example/event/" + id));
    const std::string day = happening.day.empty() ? "2026-01-01" : happening.day;
    const auto option = [&](const std::string& name, const std::string& otherwise) {
        const auto value = happening.options.find(name);
        return value == happening.options.end() ? otherwise : value->second;
    };
    const std::string zone = option("zone", "+08:00");
    event.set("eventTime", Json::string(format("{}T{}:00{}", day, happening.clock, zone)));
    event.set("eventTimeZoneOffset", Json::string(option("offset", zone)));
    event.set("bizStep", Json::string(option("step", std::string(step))));
    if (!happening.precision.empty()) {
        event.set("suyuan:timePrecision", Json::string(happening.precision));
    }
    return event;
}

Status EventWriter::set_things(
    Json& event, const std::vector<Goods>& goods, bool is_child, int line
) {
    Json things = Json::array();
    Json amounts = Json::array();
    for (const Goods& one : goods) {
        const bool is_thing = one.item.starts_with('(') || one.item.find('#') != std::string::npos;
        if (is_thing && !one.quantity.empty()) {
            return fail(
                ErrorCode::kInvalidArgument, format("line {}: '{}' is one thing", line, one.item)
            );
        }
        if (is_thing) {
            things.push_back(Json::string(item_code(one.item)));
            continue;
        }
        Json amount = Json::object();
        amount.set("epcClass", Json::string(item_code(one.item)));
        if (!one.quantity.empty()) {
            const auto [number, unit] = split_quantity(one.quantity);
            amount.set("quantity", Json::number(number));
            if (!unit.empty()) {
                amount.set("uom", Json::string(unit));
            }
        }
        amounts.push_back(std::move(amount));
    }
    if (!things.items().empty()) {
        event.set(is_child ? "childEPCs" : "epcList", std::move(things));
    }
    if (!amounts.items().empty()) {
        event.set(is_child ? "childQuantityList" : "quantityList", std::move(amounts));
    }
    return {};
}

void EventWriter::set_place(Json& event, const Happening& happening) {
    const Place at = place(happening.at);
    if (!at.site.empty()) {
        event.set("bizLocation", id_object(at.site));
    }
    // A place that is its owner's own need not say so.
    if (happening.at.find('@') != std::string::npos && !at.owner.empty()) {
        event.set("suyuan:owner", Json::string(at.owner));
    }
}

void EventWriter::set_trip(Json& event, const Happening& happening) {
    Place from = place(happening.from);
    Place to = place(happening.to);
    const bool leaves = happening.verb == "ship";
    Place& here = leaves ? from : to;
    const auto dock = happening.options.find("dock");
    if (dock != happening.options.end()) {
        // All that is said of the place is where the goods passed.
        event.set("readPoint", id_object(here.site + "/254/" + dock->second));
        here.site.clear();
    } else if (!here.site.empty()) {
        event.set(leaves ? "readPoint" : "bizLocation", id_object(here.site));
    }
    if (happening.from != "?") {
        event.set("sourceList", party_list("source", from));
    }
    if (happening.to != "?") {
        event.set("destinationList", party_list("destination", to));
    }
}

void EventWriter::set_options(Json& event, const Happening& happening) {
    Json papers = Json::array();
    for (const auto& [name, value] : happening.options) {
        if (name == "paper" || name == "order") {
            const std::string_view linking = happening.is_return ? "rma" : "desadv";
            papers.push_back(
                entry("bizTransaction", name == "order" ? "po" : linking, code_of("paper", value))
            );
        } else if (name == "vehicle") {
            event.set("suyuan:vehicles", Json::array({Json::string(value)}));
        } else if (name == "by") {
            event.set("suyuan:people", Json::array({id_object(value)}));
        } else if (name == "process") {
            event.set("transformationID", Json::string("urn:epc:id:gdti:6950000.00001." + value));
        }
    }
    if (!papers.items().empty()) {
        event.set("bizTransactionList", std::move(papers));
    }
    if (happening.is_return) {
        event.set("disposition", Json::string("returned"));
    }
    if (happening.is_continuous) {
        event.set("suyuan:continuous", Json::boolean(true));
    }
    if (!happening.same_as.empty()) {
        event.set("suyuan:sameAs", Json::array({Json::string(item_code(happening.same_as))}));
    }
    if (!happening.not_same_as.empty()) {
        event.set(
            "suyuan:notSameAs", Json::array({Json::string(item_code(happening.not_same_as))})
        );
    }
}

Status EventWriter::add_transformation(const Happening& happening, int line) {
    Json event = begin(happening, "TransformationEvent", "creating_class_instance");
    set_place(event, happening);
    Json inputs = Json::object();
    Json outputs = Json::object();
    const bool makes_nothing =
        happening.goods.size() == 1 && happening.goods.front().item == "nothing";
    const bool takes_nothing =
        happening.inputs.size() == 1 && happening.inputs.front().item == "nothing";
    if (!takes_nothing) {
        SUYUAN_TRY_VOID(set_things(inputs, happening.inputs, false, line));
    }
    if (!makes_nothing) {
        SUYUAN_TRY_VOID(set_things(outputs, happening.goods, false, line));
    }
    const auto move = [&](const Json& from, std::string_view name, std::string_view as) {
        if (const Json* list = from.find(name)) {
            event.set(as, *list);
        }
    };
    move(inputs, "epcList", "inputEPCList");
    move(inputs, "quantityList", "inputQuantityList");
    move(outputs, "epcList", "outputEPCList");
    move(outputs, "quantityList", "outputQuantityList");
    set_options(event, happening);
    if (!happening.mappings.empty()) {
        Json mapping = Json::array();
        for (const OutputInputs& one : happening.mappings) {
            Json row = Json::object();
            row.set("output", Json::string(item_code(one.output)));
            Json list = Json::array();
            for (const std::string& input : one.inputs) {
                list.push_back(Json::string(item_code(input)));
            }
            row.set("inputs", std::move(list));
            mapping.push_back(std::move(row));
        }
        event.set("suyuan:outputMapping", std::move(mapping));
    }
    return add_goods(event, happening, line);
}

Status EventWriter::add_packing(const Happening& happening, int line) {
    const auto* const verb = std::ranges::find(kPackingVerbs, happening.verb, &Verb::name);
    Json event = begin(happening, "AggregationEvent", verb->step);
    event.set("action", Json::string(verb->action));
    set_place(event, happening);
    if (happening.container.empty()) {
        // "unpack (T1)": everything in it.
        event.set("parentID", Json::string(item_code(happening.goods.front().item)));
        event.set("childEPCs", Json::array());
    } else {
        event.set("parentID", Json::string(item_code(happening.container)));
        SUYUAN_TRY_VOID(set_things(event, happening.goods, true, line));
    }
    set_options(event, happening);
    return add_goods(event, happening, line);
}

Status EventWriter::add_object(const Happening& happening, int line) {
    const auto* const verb = std::ranges::find(kVerbs, happening.verb, &Verb::name);
    if (verb == kVerbs.end()) {
        return fail(
            ErrorCode::kInvalidArgument,
            format("line {}: '{}' is no verb of the language", line, happening.verb)
        );
    }
    Json event = begin(happening, "ObjectEvent", verb->step);
    event.set("action", Json::string(verb->action));
    if (!verb->disposition.empty()) {
        event.set("disposition", Json::string(verb->disposition));
    }
    if (happening.at.empty()) {
        set_trip(event, happening);
    } else {
        set_place(event, happening);
    }
    if (verb->name == "leave") {
        event.set("suyuan:sink", Json::string("left"));
    } else if (verb->name == "clean") {
        event.set("suyuan:cleanBreak", Json::boolean(true));
    }
    SUYUAN_TRY_VOID(set_things(event, happening.goods, false, line));
    // A thing of a lot says so when it is made.
    const std::string& first = happening.goods.front().item;
    const bool is_of_lot = first.find('#') != std::string::npos;
    if (verb->name == "create" && is_of_lot && first.find("##") == std::string::npos) {
        const std::size_t dot = first.find('.');
        const std::size_t start = dot == std::string::npos ? 0 : dot + 1;
        Json ilmd = Json::object();
        ilmd.set("cbvmda:lotNumber", Json::string(first.substr(start, first.find('#') - start)));
        event.set("ilmd", std::move(ilmd));
    }
    set_options(event, happening);
    return add_goods(event, happening, line);
}

Status EventWriter::add_goods(Json& event, const Happening& happening, int line) {
    const auto id = happening.options.find("id");
    if (id != happening.options.end()) {
        const auto [known, is_new] = events_by_id_.emplace(id->second, event);
        if (!is_new && !happening.is_alone) {
            return fail(
                ErrorCode::kInvalidArgument,
                format(
                    "line {}: id {} is taken; say alone to send another version", line, id->second
                )
            );
        }
    }
    events_.push_back(std::move(event));
    return {};
}

Status EventWriter::add(const Happening& happening, int line) {
    if (happening.verb == "make") {
        return add_transformation(happening, line);
    }
    if (happening.verb == "unpack" || !happening.container.empty()) {
        return add_packing(happening, line);
    }
    return add_object(happening, line);
}

Status EventWriter::declare_error(const std::string& id, int line) {
    const auto known = events_by_id_.find(id);
    if (known == events_by_id_.end()) {
        return fail(
            ErrorCode::kInvalidArgument, format("line {}: no line has the id {}", line, id)
        );
    }
    Json event = known->second;
    Json declaration = Json::object();
    declaration.set("declarationTime", Json::string("2026-01-31T00:00:00+08:00"));
    declaration.set("reason", Json::string("incorrect_data"));
    event.set("errorDeclaration", std::move(declaration));
    events_.push_back(std::move(event));
    return {};
}

std::optional<std::string> EventWriter::take_document() {
    if (events_.items().empty()) {
        return std::nullopt;
    }
    Json parties = Json::array();
    Json sites = Json::array();
    for (const auto& [name, number] : places_) {
        const Place there = place(name);
        parties.push_back(element(there.owner, {attribute("cbvmda:name", name)}));
        sites.push_back(element(
            there.site,
            {attribute("cbvmda:name", name),
             attribute("https://ns.suyuan.example/epcis/operator", there.owner)}
        ));
    }
    Json master = Json::object();
    master.set(
        "vocabularyList",
        Json::array(
            {vocabulary("urn:epcglobal:epcis:vtype:Party", std::move(parties)),
             vocabulary("urn:epcglobal:epcis:vtype:BusinessLocation", std::move(sites))}
        )
    );
    Json header = Json::object();
    header.set("epcisMasterData", std::move(master));
    Json body = Json::object();
    body.set("eventList", std::exchange(events_, Json::array()));
    Json context = Json::object();
    context.set("suyuan", Json::string("https://ns.suyuan.example/epcis/"));
    Json document = Json::object();
    document.set(
        "@context",
        Json::array(
            {Json::string("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"),
             std::move(context)}
        )
    );
    document.set("type", Json::string("EPCISDocument"));
    document.set("schemaVersion", Json::string("2.0"));
    document.set("creationDate", Json::string("2026-01-31T00:00:00+08:00"));
    document.set("epcisHeader", std::move(header));
    document.set("epcisBody", std::move(body));
    return codec::write_json(document);
}

}  // namespace suyuan::scenario
