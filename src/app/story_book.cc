// SPDX-License-Identifier: Apache-2.0

#include "app/story_book.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "codec/json.h"
#include "model/check_digits.h"
#include "model/code.h"
#include "province/regions.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::string_view kNamespace = "https://ns.suyuan.example/epcis/";
constexpr std::string_view kPrefix = "6909999";

std::string with_check_digit(std::string digits) {
    digits.push_back(model::gs1_check_digit(digits));
    return digits;
}

Json attribute(std::string_view id, std::string_view value) {
    Json entry = Json::object();
    entry.set("id", Json::string(id));
    entry.set("attribute", Json::string(value));
    return entry;
}

std::string ours(std::string_view name) {
    return std::string(kNamespace) + std::string(name);
}

Json element(std::string_view id, std::vector<Json> attributes) {
    Json entry = Json::object();
    entry.set("id", Json::string(id));
    entry.set("attributes", Json::array(std::move(attributes)));
    return entry;
}

Json vocabulary(std::string_view type, const Json& elements) {
    Json entry = Json::object();
    entry.set("type", Json::string(type));
    entry.set("vocabularyElementList", elements);
    return entry;
}

Json place(std::string_view id) {
    Json entry = Json::object();
    entry.set("id", Json::string(id));
    return entry;
}

Json party_entry(std::string_view kind, std::string_view type, std::string_view id) {
    Json entry = Json::object();
    entry.set("type", Json::string(type));
    entry.set(kind, Json::string(id));
    return entry;
}

Json party_list(std::string_view kind, const Holding& holding) {
    return Json::array(
        {party_entry(kind, "owning_party", holding.owner),
         party_entry(kind, "location", holding.site)}
    );
}

Json paper(std::string_view type, std::string_view id) {
    Json entry = Json::object();
    entry.set("type", Json::string(type));
    entry.set("bizTransaction", Json::string(id));
    return entry;
}

// Containers into `things`, amounts into `amounts`.
void sort_goods(const std::vector<Goods>& goods, Json& things, Json& amounts) {
    for (const Goods& entry : goods) {
        if (entry.kilograms == 0) {
            things.push_back(Json::string(entry.code));
            continue;
        }
        Json amount = Json::object();
        amount.set("epcClass", Json::string(entry.code));
        amount.set("quantity", Json::integer(entry.kilograms));
        amount.set("uom", Json::string("KGM"));
        amounts.push_back(std::move(amount));
    }
}

void set_goods(
    Json& event,
    const std::vector<Goods>& goods,
    std::string_view thing_list,
    std::string_view amount_list
) {
    Json things = Json::array();
    Json amounts = Json::array();
    sort_goods(goods, things, amounts);
    if (!things.items().empty()) {
        event.set(thing_list, std::move(things));
    }
    if (!amounts.items().empty()) {
        event.set(amount_list, std::move(amounts));
    }
}

void set_delivery(Json& event, const Delivery& delivery) {
    if (!delivery.note.empty()) {
        event.set(
            "bizTransactionList",
            Json::array({paper(delivery.is_return ? "rma" : "desadv", delivery.note)})
        );
    }
    if (!delivery.vehicle.empty()) {
        event.set("suyuan:vehicles", Json::array({Json::string(delivery.vehicle)}));
    }
    if (!delivery.driver.empty()) {
        Json person = Json::object();
        person.set("id", Json::string(delivery.driver));
        event.set("suyuan:people", Json::array({std::move(person)}));
    }
    if (delivery.is_return) {
        event.set("disposition", Json::string("returned"));
    }
}

}  // namespace

std::string story_gtin(std::uint32_t number) {
    return with_check_digit(format("0{}{:05}", kPrefix, number));
}

std::string story_lot(std::uint32_t gtin_number, std::string_view lot) {
    return model::lot_uri(story_gtin(gtin_number), lot);
}

std::string story_site_code(std::uint32_t number) {
    return "https://id.gs1.org/414/" +
           with_check_digit(format("{}{:05}", kPrefix, 10'000 + number));
}

std::string story_party_code(std::uint32_t number) {
    return "https://id.gs1.org/417/" +
           with_check_digit(format("{}{:05}", kPrefix, 90'000 + number));
}

std::string story_container(std::uint32_t number) {
    return "https://id.gs1.org/00/" + with_check_digit(format("1{}{:09}", kPrefix, number));
}

void StoryBook::add(const StoryRegion& entry) {
    regions_.push_back(element(
        ours("region/") + entry.code,
        {attribute(ours("name"), entry.name),
         attribute(ours("parent"), entry.parent),
         attribute(ours("validFrom"), province::kRegionsSince)}
    ));
}

void StoryBook::add(const StoryOperator& entry) {
    parties_.push_back(element(
        entry.code,
        {attribute("cbvmda:name", entry.name),
         attribute(ours("kind"), entry.kind),
         attribute(ours("region"), entry.region)}
    ));
}

void StoryBook::add(const StorySite& entry) {
    sites_.push_back(element(
        entry.code,
        {attribute("cbvmda:name", entry.name),
         attribute(ours("operator"), entry.operator_code),
         attribute(ours("region"), entry.region)}
    ));
}

void StoryBook::add(const StoryProduct& entry) {
    products_.push_back(element(
        "https://id.gs1.org/01/" + entry.gtin, {attribute("cbvmda:descriptionShort", entry.name)}
    ));
}

Json StoryBook::begin(std::string_view type, const LocalTime& when, std::string_view step) const {
    Json event = Json::object();
    event.set("type", Json::string(type));
    event.set(
        "eventID",
        Json::string(format("https://ns.suyuan.example/demo/event/{:04}", event_count() + 1))
    );
    event.set("eventTime", Json::string(when + ":00+08:00"));
    event.set("eventTimeZoneOffset", Json::string("+08:00"));
    event.set("bizStep", Json::string(step));
    return event;
}

void StoryBook::end(Json event) {
    events_.push_back(std::move(event));
}

void StoryBook::create(
    const LocalTime& when, const Holding& at, const Goods& goods, const Papers& papers
) {
    Json event = begin("ObjectEvent", when, "commissioning");
    event.set("action", Json::string("ADD"));
    event.set("disposition", Json::string("active"));
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    set_goods(event, {goods}, "epcList", "quantityList");
    if (!papers.empty()) {
        Json list = Json::array();
        for (const auto& [type, id] : papers) {
            list.push_back(paper(type, id));
        }
        event.set("bizTransactionList", std::move(list));
    }
    end(std::move(event));
}

void StoryBook::ship(
    const LocalTime& when,
    const Holding& from,
    const Holding& to,
    const std::vector<Goods>& goods,
    const Delivery& delivery
) {
    Json event = begin("ObjectEvent", when, "shipping");
    event.set("action", Json::string("OBSERVE"));
    event.set("disposition", Json::string("in_transit"));
    event.set("readPoint", place(from.site));
    event.set("sourceList", party_list("source", from));
    event.set("destinationList", party_list("destination", to));
    set_goods(event, goods, "epcList", "quantityList");
    set_delivery(event, delivery);
    end(std::move(event));
}

void StoryBook::receive(
    const LocalTime& when,
    const Holding& from,
    const Holding& to,
    const std::vector<Goods>& goods,
    const Delivery& delivery
) {
    Json event = begin("ObjectEvent", when, "receiving");
    event.set("action", Json::string("OBSERVE"));
    event.set("disposition", Json::string("in_progress"));
    event.set("bizLocation", place(to.site));
    if (!from.site.empty()) {
        event.set("sourceList", party_list("source", from));
    }
    event.set("destinationList", party_list("destination", to));
    set_goods(event, goods, "epcList", "quantityList");
    Delivery receipt = delivery;
    receipt.vehicle.clear();
    receipt.driver.clear();
    set_delivery(event, receipt);
    end(std::move(event));
}

void StoryBook::deliver(
    const std::pair<LocalTime, LocalTime>& when,
    const Holding& from,
    const Holding& to,
    const std::vector<Goods>& goods,
    const Delivery& delivery
) {
    ship(when.first, from, to, goods, delivery);
    receive(when.second, from, to, goods, delivery);
}

void StoryBook::make(
    const LocalTime& when,
    const Holding& at,
    const std::vector<Goods>& inputs,
    const Goods& output,
    std::string_view worker
) {
    Json event = begin("TransformationEvent", when, "commissioning");
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    set_goods(event, inputs, "inputEPCList", "inputQuantityList");
    set_goods(event, {output}, "outputEPCList", "outputQuantityList");
    Json person = Json::object();
    person.set("id", Json::string(worker));
    event.set("suyuan:people", Json::array({std::move(person)}));
    end(std::move(event));
}

void StoryBook::pack(
    const LocalTime& when,
    const Holding& at,
    const std::string& container,
    const std::vector<Goods>& goods
) {
    Json event = begin("AggregationEvent", when, "packing");
    event.set("action", Json::string("ADD"));
    event.set("parentID", Json::string(container));
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    set_goods(event, goods, "childEPCs", "childQuantityList");
    end(std::move(event));
}

void StoryBook::unpack(
    const LocalTime& when,
    const Holding& at,
    const std::string& container,
    const std::vector<Goods>& goods
) {
    Json event = begin("AggregationEvent", when, "unpacking");
    event.set("action", Json::string("DELETE"));
    event.set("parentID", Json::string(container));
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    set_goods(event, goods, "childEPCs", "childQuantityList");
    end(std::move(event));
}

void StoryBook::sell(const LocalTime& when, const Holding& at, const Goods& goods) {
    Json event = begin("ObjectEvent", when, "retail_selling");
    event.set("action", Json::string("OBSERVE"));
    event.set("disposition", Json::string("retail_sold"));
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    set_goods(event, {goods}, "epcList", "quantityList");
    end(std::move(event));
}

void StoryBook::destroy(
    const LocalTime& when, const Holding& at, const Goods& goods, std::string_view paper_id
) {
    Json event = begin("ObjectEvent", when, "destroying");
    event.set("action", Json::string("DELETE"));
    event.set("disposition", Json::string("destroyed"));
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    set_goods(event, {goods}, "epcList", "quantityList");
    event.set("bizTransactionList", Json::array({paper("cert", paper_id)}));
    end(std::move(event));
}

void StoryBook::hold(const LocalTime& when, const Holding& at, const std::string& code) {
    Json event = begin("ObjectEvent", when, "holding");
    event.set("action", Json::string("OBSERVE"));
    event.set("disposition", Json::string("recalled"));
    event.set("bizLocation", place(at.site));
    event.set("suyuan:owner", Json::string(at.owner));
    Json amount = Json::object();
    amount.set("epcClass", Json::string(code));
    event.set("quantityList", Json::array({std::move(amount)}));
    end(std::move(event));
}

std::string StoryBook::document() const {
    Json ours_only = Json::object();
    ours_only.set("suyuan", Json::string(kNamespace));
    Json master = Json::object();
    master.set(
        "vocabularyList",
        Json::array(
            {vocabulary(ours("Region"), regions_),
             vocabulary("urn:epcglobal:epcis:vtype:Party", parties_),
             vocabulary("urn:epcglobal:epcis:vtype:BusinessLocation", sites_),
             vocabulary("urn:epcglobal:epcis:vtype:EPCClass", products_)}
        )
    );
    Json header = Json::object();
    header.set("epcisMasterData", std::move(master));
    Json body = Json::object();
    body.set("eventList", events_);
    Json document = Json::object();
    document.set(
        "@context",
        Json::array(
            {Json::string("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"),
             std::move(ours_only)}
        )
    );
    document.set("type", Json::string("EPCISDocument"));
    document.set("schemaVersion", Json::string("2.0"));
    document.set("creationDate", Json::string("2026-03-12T00:00:00+08:00"));
    document.set("epcisHeader", std::move(header));
    document.set("epcisBody", std::move(body));
    return codec::write_json(document);
}

}  // namespace suyuan::app
