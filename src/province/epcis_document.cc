// SPDX-License-Identifier: Apache-2.0

#include "province/epcis_document.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "province/detail/event_words.h"
#include "province/province.h"

namespace suyuan::province {
namespace {

using codec::append_json_string;
using model::Event;
using model::EventAction;
using model::EventItem;
using model::EventKind;
using model::ItemRole;

// ,"name":  without the comma at the start of an object.
void begin_member(std::string& out, std::string_view name) {
    if (out.back() != '{') {
        out.push_back(',');
    }
    append_json_string(out, name);
    out.push_back(':');
}

void add_text(std::string& out, std::string_view name, std::string_view value) {
    if (!value.empty()) {
        begin_member(out, name);
        append_json_string(out, value);
    }
}

void add_place(std::string& out, std::string_view name, std::string_view id) {
    if (!id.empty()) {
        begin_member(out, name);
        out += R"({"id":)";
        append_json_string(out, id);
        out.push_back('}');
    }
}

void separate(std::string& out) {
    if (out.back() != '[') {
        out.push_back(',');
    }
}

std::string_view word_of(EventAction action) {
    switch (action) {
        case EventAction::kNone:
            return {};
        case EventAction::kAdd:
            return "ADD";
        case EventAction::kObserve:
            return "OBSERVE";
        case EventAction::kDelete:
            return "DELETE";
    }
    SUYUAN_UNREACHABLE();
}

struct ListNames {
    ItemRole role;
    std::string_view things;
    std::string_view amounts;
};

void add_things(std::string& out, const Event& event, const ListNames& names) {
    bool is_begun = false;
    for (const EventItem& item : event.items) {
        if (item.role != names.role || item.is_class) {
            continue;
        }
        if (names.role == ItemRole::kParent) {
            add_text(out, names.things, item.code);
            return;
        }
        if (!is_begun) {
            begin_member(out, names.things);
            out.push_back('[');
            is_begun = true;
        }
        separate(out);
        append_json_string(out, item.code);
    }
    if (is_begun) {
        out.push_back(']');
    }
}

void add_amount(std::string& out, const EventItem& item) {
    out += R"({"epcClass":)";
    append_json_string(out, item.code);
    if (item.quantity) {
        out += R"(,"quantity":)";
        out += model::format_decimal(item.quantity->amount);
        add_text(out, "uom", item.quantity->unit);
    }
    out.push_back('}');
}

void add_amounts(std::string& out, const Event& event, const ListNames& names) {
    bool is_begun = false;
    for (const EventItem& item : event.items) {
        if (item.role != names.role || !item.is_class) {
            continue;
        }
        if (!is_begun) {
            begin_member(out, names.amounts);
            out.push_back('[');
            is_begun = true;
        }
        separate(out);
        add_amount(out, item);
    }
    if (is_begun) {
        out.push_back(']');
    }
}

void add_items(std::string& out, const Event& event) {
    switch (event.kind) {
        case EventKind::kAggregation:
            add_things(out, event, {ItemRole::kParent, "parentID", ""});
            add_things(out, event, {ItemRole::kChild, "childEPCs", ""});
            add_amounts(out, event, {ItemRole::kChild, "", "childQuantityList"});
            return;
        case EventKind::kTransformation:
            add_amounts(out, event, {ItemRole::kInput, "", "inputQuantityList"});
            add_amounts(out, event, {ItemRole::kOutput, "", "outputQuantityList"});
            return;
        default:
            add_things(out, event, {ItemRole::kObject, "epcList", ""});
            add_amounts(out, event, {ItemRole::kObject, "", "quantityList"});
    }
}

void add_parties(
    std::string& out,
    std::string_view list,
    std::string_view member,
    const std::vector<model::EventParty>& parties
) {
    if (parties.empty()) {
        return;
    }
    begin_member(out, list);
    out.push_back('[');
    for (const model::EventParty& party : parties) {
        separate(out);
        out.push_back('{');
        add_text(out, "type", party.type);
        add_text(out, member, party.id);
        out.push_back('}');
    }
    out.push_back(']');
}

void add_papers(std::string& out, const Event& event) {
    if (event.papers.empty()) {
        return;
    }
    begin_member(out, "bizTransactionList");
    out.push_back('[');
    for (const model::Paper& paper : event.papers) {
        separate(out);
        out.push_back('{');
        add_text(out, "type", paper.type);
        add_text(out, "bizTransaction", paper.id);
        out.push_back('}');
    }
    out.push_back(']');
}

void add_own_fields(std::string& out, const Event& event) {
    add_text(out, "suyuan:owner", event.owner);
    add_text(out, "suyuan:custodian", event.custodian);
    if (!event.vehicles.empty()) {
        begin_member(out, "suyuan:vehicles");
        out.push_back('[');
        for (const std::string& vehicle : event.vehicles) {
            separate(out);
            append_json_string(out, vehicle);
        }
        out.push_back(']');
    }
    if (!event.people.empty()) {
        begin_member(out, "suyuan:people");
        out.push_back('[');
        for (const std::string& person : event.people) {
            separate(out);
            out += R"({"id":)";
            append_json_string(out, person);
            out.push_back('}');
        }
        out.push_back(']');
    }
    if (event.precision == model::TimePrecision::kDay) {
        add_text(out, "suyuan:timePrecision", "day");
    }
    add_text(out, "suyuan:sink", event.sink);
}

// The time a document was made is of no interest, and the same bytes are wanted every time.
constexpr std::string_view kCreated = "2026-01-01T00:00:00+08:00";

std::string begin_document() {
    std::string out =
        R"({"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)"
        R"({"suyuan":)";
    append_json_string(out, codec::kSuyuanNamespace);
    out += R"(}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":)";
    append_json_string(out, kCreated);
    return out;
}

// EPCIS wants ids to be URIs: what is none stands escaped behind a prefix of ours
// (docs/epcis-mapping.md).
std::string id_of(std::string_view code) {
    std::string id = std::string(codec::kSuyuanNamespace) + "id/";
    for (const char c : code) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
        id += is_plain ? std::string(1, c) : format("%{:02X}", static_cast<std::uint8_t>(c));
    }
    return id;
}

// One vocabulary of master data, element by element.
class Vocabulary {
public:
    explicit Vocabulary(std::string_view type) {
        text_ = R"({"type":)";
        append_json_string(text_, type);
        text_ += R"(,"vocabularyElementList":[)";
    }

    void begin(std::string_view id) {
        separate(text_);
        text_ += R"({"id":)";
        append_json_string(text_, id);
        text_ += R"(,"attributes":[)";
    }

    void add(std::string_view name, std::string_view value) {
        if (value.empty()) {
            return;
        }
        separate(text_);
        text_.push_back('{');
        add_text(text_, "id", name);
        add_text(text_, "attribute", value);
        text_.push_back('}');
    }

    void add_own(std::string_view name, std::string_view value) {
        add(std::string(codec::kSuyuanNamespace) + std::string(name), value);
    }

    void end() { text_ += "]}"; }

    [[nodiscard]] std::string close() && { return std::move(text_) + "]}"; }

private:
    std::string text_;
};

template <typename Row>
void add_days(Vocabulary& vocabulary, const Row& row) {
    vocabulary.add_own("validFrom", row.valid_from);
    vocabulary.add_own("validTo", row.valid_to);
}

void add_row(Vocabulary& vocabulary, const model::Site& row) {
    vocabulary.begin(row.code);
    vocabulary.add("cbvmda:name", row.name);
    vocabulary.add("cbvmda:streetAddressOne", row.address);
    vocabulary.add_own("operator", row.operator_code);
    vocabulary.add_own("region", row.region);
}

void add_row(Vocabulary& vocabulary, const model::Product& row) {
    vocabulary.begin("https://id.gs1.org/01/" + row.gtin);
    vocabulary.add("cbvmda:descriptionShort", row.name);
    vocabulary.add_own("producer", row.producer);
    vocabulary.add_own("category", row.category);
    vocabulary.add_own("unit", row.unit);
    vocabulary.add_own("shelfLifeDays", row.shelf_life_days);
}

void add_row(Vocabulary& vocabulary, const model::Region& row) {
    vocabulary.begin(std::string(codec::kSuyuanNamespace) + "region/" + row.code);
    vocabulary.add_own("name", row.name);
    vocabulary.add_own("parent", row.parent);
    add_days(vocabulary, row);
}

void add_row(Vocabulary& vocabulary, const model::Link& row) {
    vocabulary.begin(row.from);
    vocabulary.add_own("kind", model::to_string(row.kind));
    vocabulary.add_own("to", row.to);
    add_days(vocabulary, row);
}

void add_row(Vocabulary& vocabulary, const model::RegisteredPaper& row) {
    vocabulary.begin(row.number);
    vocabulary.add_own("kind", row.kind);
    vocabulary.add_own("issuer", row.issuer);
    vocabulary.add_own("holder", row.holder);
    add_days(vocabulary, row);
}

void add_row(Vocabulary& vocabulary, const model::Vehicle& row) {
    vocabulary.begin(id_of(row.plate));
    vocabulary.add_own("operator", row.operator_code);
}

void add_row(Vocabulary& vocabulary, const model::PersonAtWork& row) {
    vocabulary.begin(id_of(row.id));
    vocabulary.add_own("operator", row.operator_code);
    vocabulary.add_own("name", row.name);
    vocabulary.add_own("title", row.title);
    add_days(vocabulary, row);
}

// The header's list, vocabulary by vocabulary.
class VocabularyList {
public:
    // A kind without rows is left out.
    template <typename Row>
    void add(const std::string& type, const std::vector<Row>& rows) {
        if (rows.empty()) {
            return;
        }
        Vocabulary vocabulary(type);
        for (const Row& row : rows) {
            add_row(vocabulary, row);
            vocabulary.end();
        }
        add(std::move(vocabulary));
    }

    template <typename Row>
    void add_own(std::string_view type, const std::vector<Row>& rows) {
        add(std::string(codec::kSuyuanNamespace) + std::string(type), rows);
    }

    void add_operators(const RegistryPage& page) {
        SUYUAN_ASSERT(page.licences.size() == page.rows.operators.size());
        if (page.rows.operators.empty()) {
            return;
        }
        Vocabulary vocabulary("urn:epcglobal:epcis:vtype:Party");
        for (std::size_t i = 0; i < page.rows.operators.size(); ++i) {
            const model::Operator& row = page.rows.operators[i];
            vocabulary.begin(row.code);
            vocabulary.add("cbvmda:name", row.name);
            vocabulary.add_own("kind", row.kind);
            vocabulary.add_own("region", row.region);
            vocabulary.add_own("licence", page.licences[i]);
            vocabulary.end();
        }
        add(std::move(vocabulary));
    }

    [[nodiscard]] std::string close() && { return std::move(text_) + "]"; }

private:
    void add(Vocabulary vocabulary) {
        separate(text_);
        text_ += std::move(vocabulary).close();
    }

    std::string text_ = "[";
};

}  // namespace

void DocumentWriter::add(const Event& event) {
    SUYUAN_ASSERT(!event.error && event.same_as.empty() && event.output_mapping.empty());
    std::string& out = events_;
    out += event_count_++ == 0 ? "{" : ",{";
    add_text(out, "type", detail::type_of(event.kind));
    add_text(out, "eventID", event.event_id);
    add_text(out, "eventTime", model::format_instant(event.event_time, event.offset_minutes));
    add_text(out, "eventTimeZoneOffset", "+08:00");
    add_text(out, "action", word_of(event.action));
    add_text(out, "bizStep", event.biz_step);
    add_text(out, "disposition", event.disposition);
    add_place(out, "readPoint", event.read_point);
    add_place(out, "bizLocation", event.biz_location);
    add_items(out, event);
    add_papers(out, event);
    add_parties(out, "sourceList", "source", event.sources);
    add_parties(out, "destinationList", "destination", event.destinations);
    add_own_fields(out, event);
    out.push_back('}');
}

std::string DocumentWriter::take() {
    std::string out = begin_document();
    out += R"(,"epcisBody":{"eventList":[)";
    out += std::exchange(events_, {});
    out += "]}}";
    event_count_ = 0;
    return out;
}

std::string master_data_document(const RegistryPage& page) {
    const model::RegistryRows& rows = page.rows;
    VocabularyList list;
    list.add_own("Region", rows.regions);
    list.add_operators(page);
    list.add("urn:epcglobal:epcis:vtype:BusinessLocation", rows.sites);
    list.add("urn:epcglobal:epcis:vtype:EPCClass", rows.products);
    list.add_own("Link", rows.links);
    list.add_own("Paper", rows.papers);
    list.add_own("Vehicle", rows.vehicles);
    list.add_own("Person", rows.people);
    std::string out = begin_document();
    out += R"(,"epcisHeader":{"epcisMasterData":{"vocabularyList":)";
    out += std::move(list).close();
    out += R"(}},"epcisBody":{"eventList":[]}})";
    return out;
}

}  // namespace suyuan::province
