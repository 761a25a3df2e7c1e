// SPDX-License-Identifier: Apache-2.0

#include "service/master_data.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "model/registry.h"
#include "service/row_origins.h"
#include "service/vocabulary.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::string_view kListPointer = "/epcisHeader/epcisMasterData/vocabularyList";

// "urn:example:region:410100" and "410100" name one region.
std::string region_code(std::string_view text) {
    const auto last_part = text.find_last_of(":/#");
    return std::string(last_part == std::string_view::npos ? text : text.substr(last_part + 1));
}

model::DayRange days_of(const Element& element) {
    return {element.own_value("validFrom"), element.own_value("validTo")};
}

// A number of a kind that has a layout is spelt in one way, and tells its kind.
model::Licence licence_row(
    std::string_view number,
    const std::string& kind,
    std::string operator_code,
    const model::DayRange& days
) {
    model::Licence row;
    row.number = model::canonical_uri(number);
    for (const auto& check :
         {model::check_production_licence(number), model::check_trading_licence(number)}) {
        if (check.verdict != model::Verdict::kMalformed) {
            row.number = check.normal;
        }
    }
    row.kind = kind.empty() ? std::string(model::licence_kind_of(number)) : kind;
    row.operator_code = std::move(operator_code);
    row.valid_from = days.first;
    row.valid_to = days.last;
    return row;
}

// Collects rows; elements of one code are united.
class RowCollector {
public:
    Status add(std::string_view type, const Element& element);

    Result<MasterData> finish() {
        add_licences_of_operators();
        if (auto checked = model::check_registry(rows_); !checked) {
            return origins_.malformed_row(checked.error());
        }
        MasterData read;
        read.warnings = warnings_of(rows_, origins_);
        read.rows = std::move(rows_);
        return read;
    }

private:
    using Places = std::map<std::string, std::size_t, std::less<>>;

    struct LicenceOfOperator {
        model::Licence row;
        std::string pointer;
    };

    template <typename Row>
    struct Filled {
        Row& row;
        std::string_view table;
        std::size_t place;
    };

    // Of a row whose elements add up.
    template <typename Row>
    Filled<Row> row_of(
        std::string_view table,
        std::vector<Row>& rows,
        Places& places,
        std::string code,
        std::string Row::* key,
        const Element& element
    );

    template <typename Row>
    void fill(
        const Filled<Row>& filled,
        std::string Row::* field,
        std::string_view name,
        std::string value,
        const Element& element
    ) {
        if (!(filled.row.*field).empty() || value.empty()) {
            return;
        }
        filled.row.*field = std::move(value);
        origins_.note_field(filled.table, filled.place, name, element.pointer);
    }

    void add_licences_of_operators();
    void add_operator(const Element& element);
    void add_site(const Element& element);
    Status add_class(const Element& element);
    void add_region(const Element& element);
    void add_licence(const Element& element);
    Status add_link(const Element& element);
    void add_paper(const Element& element);
    void note_licence(model::Licence row, std::string pointer);
    void add_vehicle(const Element& element);
    void add_person(const Element& element);
    Status add_own(std::string_view type, const Element& element);

    model::RegistryRows rows_;
    RowOrigins origins_;
    std::vector<LicenceOfOperator> licences_of_operators_;  // told as an attribute, without days
    Places operators_;
    Places sites_;
    Places products_;
};

template <typename Row>
RowCollector::Filled<Row> RowCollector::row_of(
    std::string_view table,
    std::vector<Row>& rows,
    Places& places,
    std::string code,
    std::string Row::* key,
    const Element& element
) {
    const auto [place, is_new] = places.try_emplace(code, rows.size());
    if (is_new) {
        rows.emplace_back().*key = std::move(code);
        origins_.note(table, element.pointer);
    }
    return {rows[place->second], table, place->second};
}

void RowCollector::note_licence(model::Licence row, std::string pointer) {
    rows_.licences.push_back(std::move(row));
    origins_.note("licences", std::move(pointer));
}

void RowCollector::add_operator(const Element& element) {
    const std::string name = element.first_of({"name", "organizationName", "descriptionShort"});
    const std::string region = region_code(element.own_value("region"));
    const std::string kind = element.own_value("kind");
    if (const std::string number = element.own_value("licence"); !number.empty()) {
        licences_of_operators_.push_back({
            .row = licence_row(number, {}, model::canonical_uri(element.id), {}),
            .pointer = element.pointer,
        });
    }
    if (name.empty() && region.empty() && kind.empty()) {
        return;
    }
    using model::Operator;
    const auto row = row_of(
        "operators",
        rows_.operators,
        operators_,
        model::canonical_uri(element.id),
        &Operator::code,
        element
    );
    fill(row, &Operator::name, "name", name, element);
    fill(row, &Operator::region, "region", region, element);
    fill(row, &Operator::kind, "kind", kind, element);
}

void RowCollector::add_site(const Element& element) {
    std::string address;
    for (const std::string_view part : {"streetAddressOne", "city", "state"}) {
        if (const std::string text = element.first_of({part}); !text.empty()) {
            address += address.empty() ? text : ", " + text;
        }
    }
    model::Site site;
    site.name = element.first_of({"name", "descriptionShort"});
    site.operator_code = element.own_code("operator");
    site.region = region_code(element.own_value("region"));
    site.latitude = element.first_of({"latitude"});
    site.longitude = element.first_of({"longitude"});
    site.capacity = element.own_value("capacity");
    const auto texts = {
        &site.name,
        &site.operator_code,
        &site.region,
        &address,
        &site.latitude,
        &site.longitude,
        &site.capacity,
    };
    if (std::ranges::all_of(texts, [](const std::string* text) { return text->empty(); })) {
        return;
    }
    using model::Site;
    const auto row = row_of(
        "sites", rows_.sites, sites_, model::canonical_uri(element.id), &Site::code, element
    );
    fill(row, &Site::name, "name", site.name, element);
    fill(row, &Site::operator_code, "operator_code", site.operator_code, element);
    fill(row, &Site::region, "region", site.region, element);
    fill(row, &Site::address, "address", address, element);
    fill(row, &Site::latitude, "latitude", site.latitude, element);
    fill(row, &Site::longitude, "longitude", site.longitude, element);
    fill(row, &Site::capacity, "capacity", site.capacity, element);
}

Status RowCollector::add_class(const Element& element) {
    const model::Code code = model::parse_code(element.id);
    const bool is_product = code.kind == model::CodeKind::kClass && !code.gtin.empty();
    const bool is_lot =
        code.kind == model::CodeKind::kLot || code.kind == model::CodeKind::kForeign;
    if (!element.aliases.empty() && !is_lot) {
        return malformed(
            element.pointer,
            {"别名是批次的另一个编码，此编码不是批次",
             "an alias is another code of a lot, and this is none"}
        );
    }
    for (const std::string& alias : element.aliases) {
        rows_.aliases.push_back({.alias = model::canonical_uri(alias), .lot = code.uri});
        origins_.note("aliases", element.pointer);
    }
    if (!is_product) {
        return {};
    }
    model::Product product;
    product.name = element.first_of({"descriptionShort", "name", "tradeItemDescription"});
    product.producer = element.own_code("producer");
    product.category = element.own_value("category");
    product.unit = element.own_value("unit");
    product.shelf_life_days = element.own_value("shelfLifeDays");
    const auto texts = {
        &product.name,
        &product.producer,
        &product.category,
        &product.unit,
        &product.shelf_life_days,
    };
    if (std::ranges::all_of(texts, [](const std::string* text) { return text->empty(); })) {
        return {};
    }
    using model::Product;
    const auto row =
        row_of("products", rows_.products, products_, code.gtin, &Product::gtin, element);
    fill(row, &Product::name, "name", product.name, element);
    fill(row, &Product::producer, "producer", product.producer, element);
    fill(row, &Product::category, "category", product.category, element);
    fill(row, &Product::unit, "unit", product.unit, element);
    fill(row, &Product::shelf_life_days, "shelf_life_days", product.shelf_life_days, element);
    return {};
}

// Dated rows: one code may stand in the list several times.
void RowCollector::add_region(const Element& element) {
    const std::string own_name = element.own_value("name");
    rows_.regions.push_back({
        .code = region_code(element.id),
        .name = own_name.empty() ? element.first_of({"name"}) : own_name,
        .parent = region_code(element.own_value("parent")),
        .valid_from = element.own_value("validFrom"),
        .valid_to = element.own_value("validTo"),
    });
    origins_.note("regions", element.pointer);
}

void RowCollector::add_licence(const Element& element) {
    note_licence(
        licence_row(
            element.id, element.own_value("kind"), element.own_code("operator"), days_of(element)
        ),
        element.pointer
    );
}

// What an element of its own says of a licence, with days, counts more than an attribute.
void RowCollector::add_licences_of_operators() {
    std::set<std::string, std::less<>> told;
    for (const model::Licence& row : rows_.licences) {
        told.insert(row.number);
    }
    for (LicenceOfOperator& licence : licences_of_operators_) {
        if (!told.contains(licence.row.number)) {
            note_licence(std::move(licence.row), std::move(licence.pointer));
        }
    }
}

Status RowCollector::add_link(const Element& element) {
    const auto kind = model::parse_link_kind(element.own_value("kind"));
    if (!kind) {
        return malformed(
            element.pointer,
            {"关联的种类是 runs（经营）、supplies（供货）或 hosts（开办）",
             "the kind of a link is runs, supplies or hosts"}
        );
    }
    auto [first, last] = days_of(element);
    rows_.links.push_back({
        .kind = *kind,
        .from = model::canonical_uri(element.id),
        .to = element.own_code("to"),
        .valid_from = std::move(first),
        .valid_to = std::move(last),
    });
    origins_.note("links", element.pointer);
    return {};
}

void RowCollector::add_paper(const Element& element) {
    auto [first, last] = days_of(element);
    rows_.papers.push_back({
        .number = model::canonical_uri(element.id),
        .kind = element.own_value("kind"),
        .issuer = element.own_code("issuer"),
        .holder = element.own_code("holder"),
        .valid_from = std::move(first),
        .valid_to = std::move(last),
    });
    origins_.note("papers", element.pointer);
}

// As in events: one spelling of a plate, and what is no plate as it is told.
void RowCollector::add_vehicle(const Element& element) {
    const model::IdentifierCheck check = model::check_plate(element.id);
    const bool is_plate = check.verdict != model::Verdict::kMalformed;
    rows_.vehicles.push_back({
        .plate = is_plate ? check.normal : model::canonical_uri(element.id),
        .operator_code = element.own_code("operator"),
    });
    origins_.note("vehicles", element.pointer);
}

void RowCollector::add_person(const Element& element) {
    auto [first, last] = days_of(element);
    rows_.people.push_back({
        .id = model::canonical_uri(element.id),
        .operator_code = element.own_code("operator"),
        .name = element.own_value("name"),
        .phone = element.own_value("phone"),
        .title = element.own_value("title"),
        .valid_from = std::move(first),
        .valid_to = std::move(last),
    });
    origins_.note("people", element.pointer);
}

Status RowCollector::add_own(std::string_view type, const Element& element) {
    if (type == "Region") {
        add_region(element);
    } else if (type == "Licence") {
        add_licence(element);
    } else if (type == "Link") {
        return add_link(element);
    } else if (type == "Paper") {
        add_paper(element);
    } else if (type == "Vehicle") {
        add_vehicle(element);
    } else if (type == "Person") {
        add_person(element);
    }
    return {};
}

Status RowCollector::add(std::string_view type, const Element& element) {
    if (const auto own = own_type(type)) {
        return add_own(*own, element);
    }
    const std::string_view standard = standard_type(type).value_or("");
    const bool is_site =
        standard == "BusinessLocation" || standard == "ReadPoint" || standard == "Location" ||
        (standard == "SourceDest" && model::parse_code(element.id).kind == model::CodeKind::kSite);
    if (is_site) {
        add_site(element);
    } else if (standard == "Party" || standard == "SourceDest") {
        add_operator(element);
    } else if (standard == "EPCClass") {
        return add_class(element);
    }
    return {};
}

Status read_vocabulary(const Json& vocabulary, const std::string& pointer, RowCollector& rows) {
    SUYUAN_TRY(const std::string type, required_text(vocabulary, "type", pointer));
    SUYUAN_TRY(
        const Json* const elements, optional_array(vocabulary, "vocabularyElementList", pointer)
    );
    if (elements == nullptr) {
        return {};
    }
    for (std::size_t place = 0; place < elements->items().size(); ++place) {
        SUYUAN_TRY(
            const Element element,
            read_element(
                elements->items()[place], format("{}/vocabularyElementList/{}", pointer, place)
            )
        );
        if (auto added = rows.add(type, element); !added) {
            return added;
        }
    }
    return {};
}

}  // namespace

Result<MasterData> read_master_data(std::string_view envelope) {
    if (envelope.empty()) {
        return MasterData();
    }
    SUYUAN_TRY(const Json document, codec::parse_json(envelope));
    const Json* const header = document.find("epcisHeader");
    const Json* const master = header == nullptr ? nullptr : header->find("epcisMasterData");
    if (master == nullptr) {
        return MasterData();
    }
    if (!master->is_object()) {
        return malformed("/epcisHeader/epcisMasterData", {"应为对象", "must be an object"});
    }
    SUYUAN_TRY(
        const Json* const vocabularies,
        optional_array(*master, "vocabularyList", "/epcisHeader/epcisMasterData")
    );
    RowCollector rows;
    if (vocabularies == nullptr) {
        return rows.finish();
    }
    for (std::size_t place = 0; place < vocabularies->items().size(); ++place) {
        const std::string at = format("{}/{}", kListPointer, place);
        if (auto read = read_vocabulary(vocabularies->items()[place], at, rows); !read) {
            return Failure(std::move(read).error());
        }
    }
    return rows.finish();
}

}  // namespace suyuan::service
