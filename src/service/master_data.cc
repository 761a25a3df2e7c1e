// SPDX-License-Identifier: Apache-2.0

#include "service/master_data.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <initializer_list>
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
#include "model/code.h"
#include "model/registry.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::string_view kListPointer = "/epcisHeader/epcisMasterData/vocabularyList";

constexpr std::array<std::string_view, 4> kTypePrefixes = {
    "urn:epcglobal:epcis:vtype:",
    "https://ref.gs1.org/epcis/",
    "https://ns.gs1.org/epcis/",
    "epcis:",
};
// CBV's own spelling, the web vocabularies that CBV 2.0 takes its terms from, and usual prefixes.
constexpr std::array<std::string_view, 9> kStandardPrefixes = {
    "urn:epcglobal:cbv:mda:",
    "urn:epcglobal:cbv:mda#",
    "https://ref.gs1.org/cbv/",
    "https://ns.gs1.org/cbv/",
    "https://gs1.org/voc/",
    "https://www.gs1.org/voc/",
    "cbvmda:",
    "cbv:",
    "gs1:",
};
constexpr std::array<std::string_view, 2> kOwnPrefixes = {
    "https://ns.suyuan.example/epcis/",
    "suyuan:",
};

template <std::size_t Size>
std::optional<std::string_view> short_name(
    std::string_view term, const std::array<std::string_view, Size>& prefixes
) {
    const auto prefix = std::ranges::find_if(prefixes, [&](std::string_view candidate) {
        return term.starts_with(candidate);
    });
    if (prefix == prefixes.end()) {
        return std::nullopt;
    }
    return term.substr(prefix->size());
}

// "urn:example:region:410100" and "410100" name one region.
std::string region_code(std::string_view text) {
    const auto last_part = text.find_last_of(":/#");
    return std::string(last_part == std::string_view::npos ? text : text.substr(last_part + 1));
}

Failure malformed(std::string_view pointer, std::string_view reason) {
    return fail(ErrorCode::kInvalidArgument, format("{}: {}", pointer, reason));
}

// A member that must be an array if it is there; nullptr if it is not.
Result<const Json*> optional_array(
    const Json& object, std::string_view name, std::string_view pointer
) {
    const Json* member = object.find(name);
    if (member != nullptr && !member->is_array()) {
        return malformed(format("{}/{}", pointer, name), "must be an array");
    }
    return member;
}

Result<std::string> required_text(
    const Json& object, std::string_view name, std::string_view pointer
) {
    if (!object.is_object()) {
        return malformed(pointer, "must be an object");
    }
    const Json* member = object.find(name);
    if (member == nullptr || !member->is_string() || member->text().empty()) {
        return malformed(format("{}/{}", pointer, name), "must be there and be a string");
    }
    return member->text();
}

using Values = std::map<std::string, std::string, std::less<>>;

// What one vocabulary element says, by short name; the first value of a name counts.
struct Element {
    std::string id;
    std::string pointer;
    Values standard;
    Values own;
    std::vector<std::string> aliases;

    [[nodiscard]] std::string first_of(std::initializer_list<std::string_view> names) const {
        for (const std::string_view name : names) {
            if (const auto found = standard.find(name); found != standard.end()) {
                return found->second;
            }
        }
        return {};
    }

    [[nodiscard]] std::string own_value(std::string_view name) const {
        const auto found = own.find(name);
        return found == own.end() ? std::string() : found->second;
    }
};

// Structured values (sets of sensor ranges, user vocabularies) are nothing that a registry row
// holds.
std::optional<std::string> scalar_text(const Json& value) {
    if (value.is_string() || value.is_number()) {
        return value.text();
    }
    const Json* inner = value.find("@value");
    if (inner != nullptr && (inner->is_string() || inner->is_number())) {
        return inner->text();
    }
    return std::nullopt;
}

Status read_attribute(const Json& attribute, const std::string& pointer, Element& element) {
    SUYUAN_TRY(const std::string id, required_text(attribute, "id", pointer));
    const Json* value = attribute.find("attribute");
    const auto text = value == nullptr ? std::nullopt : scalar_text(*value);
    if (!text || text->empty()) {
        return {};
    }
    if (const auto own = short_name(id, kOwnPrefixes)) {
        if (*own == "alias") {
            element.aliases.push_back(*text);
        } else {
            element.own.emplace(*own, *text);
        }
    } else if (const auto standard = short_name(id, kStandardPrefixes)) {
        element.standard.emplace(*standard, *text);
    }
    return {};
}

Result<Element> read_element(const Json& json, const std::string& pointer) {
    Element element;
    element.pointer = pointer;
    SUYUAN_TRY(element.id, required_text(json, "id", pointer));
    SUYUAN_TRY(const Json* const attributes, optional_array(json, "attributes", pointer));
    if (attributes == nullptr) {
        return element;
    }
    for (std::size_t place = 0; place < attributes->items().size(); ++place) {
        const std::string at = format("{}/attributes/{}", pointer, place);
        if (auto read = read_attribute(attributes->items()[place], at, element); !read) {
            return Failure(std::move(read).error());
        }
    }
    return element;
}

// Collects rows; elements of one code are united.
class RowCollector {
public:
    Status add(std::string_view type, const Element& element);

    Result<model::RegistryRows> finish() {
        if (auto checked = model::check_registry(rows_); !checked) {
            return malformed(kListPointer, checked.error().message());
        }
        return std::move(rows_);
    }

private:
    using Places = std::map<std::string, std::size_t, std::less<>>;

    template <typename Row>
    static Row& row_of(
        std::vector<Row>& rows, Places& places, const std::string& code, std::string Row::* key
    ) {
        const auto [place, is_new] = places.try_emplace(code, rows.size());
        if (is_new) {
            rows.emplace_back().*key = code;
        }
        return rows[place->second];
    }

    static void fill(std::string& field, std::string value) {
        if (field.empty()) {
            field = std::move(value);
        }
    }

    void add_operator(const Element& element);
    void add_site(const Element& element);
    Status add_class(const Element& element);
    void add_region(const Element& element);

    model::RegistryRows rows_;
    Places operators_;
    Places sites_;
    Places products_;
};

void RowCollector::add_operator(const Element& element) {
    const std::string name = element.first_of({"name", "organizationName", "descriptionShort"});
    const std::string region = region_code(element.own_value("region"));
    const std::string kind = element.own_value("kind");
    if (name.empty() && region.empty() && kind.empty()) {
        return;
    }
    model::Operator& row = row_of(
        rows_.operators, operators_, model::canonical_uri(element.id), &model::Operator::code
    );
    fill(row.name, name);
    fill(row.region, region);
    fill(row.kind, kind);
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
    if (const std::string runs_it = element.own_value("operator"); !runs_it.empty()) {
        site.operator_code = model::canonical_uri(runs_it);
    }
    site.region = region_code(element.own_value("region"));
    site.latitude = element.first_of({"latitude"});
    site.longitude = element.first_of({"longitude"});
    const auto texts = {
        &site.name, &site.operator_code, &site.region, &address, &site.latitude, &site.longitude
    };
    if (std::ranges::all_of(texts, [](const std::string* text) { return text->empty(); })) {
        return;
    }
    model::Site& row =
        row_of(rows_.sites, sites_, model::canonical_uri(element.id), &model::Site::code);
    fill(row.name, site.name);
    fill(row.operator_code, site.operator_code);
    fill(row.region, site.region);
    fill(row.address, address);
    fill(row.latitude, site.latitude);
    fill(row.longitude, site.longitude);
}

Status RowCollector::add_class(const Element& element) {
    const model::Code code = model::parse_code(element.id);
    const bool is_product = code.kind == model::CodeKind::kClass && !code.gtin.empty();
    const bool is_lot =
        code.kind == model::CodeKind::kLot || code.kind == model::CodeKind::kForeign;
    if (!element.aliases.empty() && !is_lot) {
        return malformed(element.pointer, "an alias is another code of a lot, and this is none");
    }
    for (const std::string& alias : element.aliases) {
        rows_.aliases.push_back({.alias = model::canonical_uri(alias), .lot = code.uri});
    }
    const std::string name = element.first_of({"descriptionShort", "name", "tradeItemDescription"});
    if (is_product && !name.empty()) {
        fill(row_of(rows_.products, products_, code.gtin, &model::Product::gtin).name, name);
    }
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
}

Status RowCollector::add(std::string_view type, const Element& element) {
    if (const auto own = short_name(type, kOwnPrefixes)) {
        if (*own == "Region") {
            add_region(element);
        }
        return {};
    }
    const std::string_view standard = short_name(type, kTypePrefixes).value_or("");
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

Result<model::RegistryRows> read_master_data(std::string_view envelope) {
    if (envelope.empty()) {
        return model::RegistryRows();
    }
    SUYUAN_TRY(const Json document, codec::parse_json(envelope));
    const Json* const header = document.find("epcisHeader");
    const Json* const master = header == nullptr ? nullptr : header->find("epcisMasterData");
    if (master == nullptr) {
        return model::RegistryRows();
    }
    if (!master->is_object()) {
        return malformed("/epcisHeader/epcisMasterData", "must be an object");
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
