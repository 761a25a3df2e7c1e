// SPDX-License-Identifier: Apache-2.0
//
// The string that is hashed: fields in a fixed order, "name=value" without separators; lists sorted
// by the bytes of their elements, which is the order of their code points. Sources: CBV 2.0
// section 8.9; where its table leaves a choice, the test vectors of its reference implementation:
// after the sensor data come papers, destinations, ilmd, sources and extensions, sorted by their
// texts.

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "codec/detail/hash_value.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/prehash.h"
#include "codec/detail/sensor_fields.h"
#include "codec/detail/vocabulary.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "crypto/sha256.h"

namespace suyuan::codec {
namespace {

constexpr std::string_view kCommentSpace = "http://www.w3.org/2000/01/rdf-schema#";

// What a compound puts in front of its parts; nothing if it has none.
std::string named(std::string_view name, const std::string& content) {
    return content.empty() ? std::string() : std::string(name).append(content);
}

std::string joined_sorted(std::vector<std::string> parts) {
    std::ranges::sort(parts);
    std::string result;
    for (const std::string& part : parts) {
        result += part;
    }
    return result;
}

class EventHasher {
public:
    EventHasher(const Json& event, const Namespaces& names) : event_(event), names_(names) {}

    [[nodiscard]] std::string prehash() {
        out_ = format("eventType={}", event_.string_or("type"));
        append_time("eventTime");
        append_text("eventTimeZoneOffset");
        out_ += identifiers(event_.find("certificationInfo"), "certificationInfo");
        append_identifier("parentID");
        append_things("epcList");
        append_things("inputEPCList");
        append_things("childEPCs");
        append_amounts("quantityList");
        append_amounts("childQuantityList");
        append_amounts("inputQuantityList");
        append_things("outputEPCList");
        append_amounts("outputQuantityList");
        append_text("action");
        append_identifier("transformationID");
        out_ += terms(Vocabulary::kBizStep, event_.find("bizStep"), "bizStep");
        out_ += terms(Vocabulary::kDisposition, event_.find("disposition"), "disposition");
        append_persistent_disposition();
        append_place("readPoint");
        append_place("bizLocation");
        append_sensor_elements();
        append_rest();
        return std::move(out_);
    }

private:
    using Strings = std::vector<std::string>;

    // The items of an array, the value itself if it is none, nothing if it is not there.
    static std::span<const Json> items_of(const Json* value) {
        if (value == nullptr) {
            return {};
        }
        return value->is_array() ? std::span(value->items()) : std::span(value, 1);
    }

    static std::string text_of(const Json& value) {
        return value.is_string() || value.is_number() ? value.text() : std::string();
    }

    static std::string pair(std::string_view name, const std::string& value) {
        return value.empty() ? std::string() : format("{}={}", name, value);
    }

    void append_text(std::string_view name) {
        if (const Json* const value = event_.find(name); value != nullptr) {
            out_ += pair(name, text_of(*value));
        }
    }

    void append_time(std::string_view name) {
        if (const Json* const value = event_.find(name); value != nullptr) {
            out_ += pair(name, hash_time(text_of(*value)));
        }
    }

    void append_identifier(std::string_view name) { out_ += identifiers(event_.find(name), name); }

    // "epc=...epc=..."
    std::string identifiers(const Json* value, std::string_view name) const {
        Strings parts;
        for (const Json& item : items_of(value)) {
            parts.push_back(pair(name, hash_identifier(text_of(item), names_)));
        }
        return joined_sorted(std::move(parts));
    }

    std::string terms(Vocabulary vocabulary, const Json* value, std::string_view name) const {
        Strings parts;
        for (const Json& item : items_of(value)) {
            parts.push_back(pair(name, web_term(vocabulary, text_of(item), names_)));
        }
        return joined_sorted(std::move(parts));
    }

    void append_things(std::string_view list) {
        out_ += named(list, identifiers(event_.find(list), "epc"));
    }

    void append_amounts(std::string_view list) {
        Strings parts;
        for (const Json& element : items_of(event_.find(list))) {
            std::string content = identifiers(element.find("epcClass"), "epcClass");
            if (const Json* const amount = element.find("quantity"); amount != nullptr) {
                content += pair("quantity", hash_number(text_of(*amount)));
            }
            content += pair("uom", std::string(element.string_or("uom")));
            parts.push_back(named("quantityElement", content));
        }
        out_ += named(list, joined_sorted(std::move(parts)));
    }

    void append_persistent_disposition() {
        const Json* const value = event_.find("persistentDisposition");
        if (value == nullptr) {
            return;
        }
        std::string content = terms(Vocabulary::kDisposition, value->find("set"), "set");
        content += terms(Vocabulary::kDisposition, value->find("unset"), "unset");
        out_ += named("persistentDisposition", content);
    }

    void append_place(std::string_view name) {
        constexpr std::array<std::string_view, 1> kMembers = {"id"};
        if (const Json* const value = event_.find(name); value != nullptr) {
            const std::string content = identifiers(value->find("id"), "id");
            out_ += named(name, content + extensions_of(*value, kMembers));
        }
    }

    std::string sensor_value(const SensorField& field, const Json& value) const {
        switch (field.form) {
            case SensorForm::kTime:
                return hash_time(text_of(value));
            case SensorForm::kUri:
                return hash_identifier(text_of(value), names_);
            case SensorForm::kNumber:
                return hash_number(text_of(value));
            case SensorForm::kTerm:
                return web_term(field.vocabulary, text_of(value), names_);
            case SensorForm::kBoolean:
                return hash_extension_value(value, names_);
            case SensorForm::kText:
            case SensorForm::kHexadecimal:
                break;
        }
        return text_of(value);
    }

    std::string sensor_fields(const Json& object, std::span<const SensorField> fields) const {
        std::string content;
        for (const SensorField& field : fields) {
            const Json* const value = object.find(field.name);
            if (value != nullptr && !field.is_hashed_last) {
                content += pair(field.name, sensor_value(field, *value));
            }
        }
        return content;
    }

    std::string sensor_part(const Json& object, std::span<const SensorField> fields) const {
        std::vector<std::string_view> known;
        std::ranges::transform(fields, std::back_inserter(known), &SensorField::name);
        return sensor_fields(object, fields) + extensions_of(object, known);
    }

    void append_sensor_elements() {
        constexpr std::array<std::string_view, 2> kMembers = {"sensorMetadata", "sensorReport"};
        Strings elements;
        for (const Json& element : items_of(event_.find("sensorElementList"))) {
            std::string content;
            if (const Json* const metadata = element.find("sensorMetadata"); metadata != nullptr) {
                content += named("sensorMetadata", sensor_part(*metadata, kSensorMetadataFields));
            }
            Strings reports;
            for (const Json& report : items_of(element.find("sensorReport"))) {
                reports.push_back(named("sensorReport", sensor_part(report, kSensorReportFields)));
            }
            content += joined_sorted(std::move(reports));
            content += extensions_of(element, kMembers);
            elements.push_back(named("sensorElement", content));
        }
        out_ += named("sensorElementList", joined_sorted(std::move(elements)));
    }

    // What of the sensor data has no place in the order of its fields.
    std::string rest_of_sensor_elements() const {
        Strings elements;
        for (const Json& element : items_of(event_.find("sensorElementList"))) {
            Strings reports;
            for (const Json& report : items_of(element.find("sensorReport"))) {
                reports.push_back(
                    named("sensorReport", identifiers(report.find("bizRules"), "bizRules"))
                );
            }
            elements.push_back(named("sensorElement", joined_sorted(std::move(reports))));
        }
        return named("sensorElementList", joined_sorted(std::move(elements)));
    }

    std::string typed_list(std::string_view list, std::string_view member, Vocabulary vocabulary)
        const {
        Strings parts;
        for (const Json& entry : items_of(event_.find(list))) {
            parts.push_back(
                terms(vocabulary, entry.find("type"), "type") +
                identifiers(entry.find(member), member)
            );
        }
        return named(list, joined_sorted(std::move(parts)));
    }

    std::string ilmd() const {
        const Json* const value = event_.find("ilmd");
        return value == nullptr ? std::string() : named("ilmd", extensions_of(*value, {}));
    }

    void append_rest() {
        Strings rest = {
            typed_list("bizTransactionList", "bizTransaction", Vocabulary::kBizTransactionType),
            typed_list("destinationList", "destination", Vocabulary::kSourceDestinationType),
            ilmd(),
            rest_of_sensor_elements(),
            typed_list("sourceList", "source", Vocabulary::kSourceDestinationType),
        };
        for (const JsonMember& member : event_.members()) {
            if (member.name.find(':') != std::string::npos) {
                add_extension(member.name, member.value, rest);
            }
        }
        out_ += joined_sorted(std::move(rest));
    }

    // All members but the known ones, sorted.
    std::string extensions_of(const Json& object, std::span<const std::string_view> known) const {
        if (!object.is_object()) {
            return {};
        }
        Strings parts;
        for (const JsonMember& member : object.members()) {
            if (std::ranges::find(known, member.name) == known.end()) {
                add_extension(member.name, member.value, parts);
            }
        }
        return joined_sorted(std::move(parts));
    }

    // Comments, and what a repository like ours adds to an event that it returns.
    static bool is_ignored(std::string_view name, const std::optional<QualifiedName>& qualified) {
        if (name == "comment" || name == "suyuan:hashId" || name == "suyuan:flags") {
            return true;
        }
        if (!qualified) {
            return false;
        }
        const auto& [space, local] = *qualified;
        return (space == kCommentSpace && local == "comment") ||
               (space == kSuyuanNamespace && (local == "hashId" || local == "flags"));
    }

    // NOLINTNEXTLINE(misc-no-recursion): as deep as the value, which the parser bounds.
    void add_extension(std::string_view name, const Json& value, Strings& parts) const {
        const std::optional<QualifiedName> qualified = names_.resolve(name);
        if (is_ignored(name, qualified) || value.is_null()) {
            return;
        }
        if (value.is_array()) {
            for (const Json& item : value.items()) {
                add_extension(name, item, parts);
            }
            return;
        }
        std::string part =
            qualified ? format("{{{}}}{}", qualified->space, qualified->local) : std::string(name);
        if (value.is_object() && is_people(qualified)) {
            part += extensions_of(person_without_values(value), {});
        } else if (value.is_object()) {
            part += extensions_of(value, {});
        } else if (const std::string text = hash_extension_value(value, names_); !text.empty()) {
            part.append("=").append(text);
        }
        parts.push_back(std::move(part));
    }

    static bool is_people(const std::optional<QualifiedName>& qualified) {
        return qualified && qualified->space == kSuyuanNamespace && qualified->local == "people";
    }

    // A hash of a name or a telephone number would give it away after its erasure.
    static Json person_without_values(const Json& person) {
        Json bare = Json::object();
        if (const Json* const id = person.find("id"); id != nullptr) {
            bare.set("id", *id);
        }
        return bare;
    }

    const Json& event_;
    const Namespaces& names_;
    std::string out_;
};

}  // namespace

std::string prehash_of(const Json& event, const Namespaces& names) {
    return EventHasher(event, names).prehash();
}

std::string hash_id_of(const Json& event, const Namespaces& names) {
    const crypto::Digest digest = crypto::sha256(prehash_of(event, names));
    return format("ni:///sha-256;{}?ver=CBV2.0", crypto::to_hex(digest));
}

std::string event_prehash(const Json& event, const Json& context) {
    const Namespaces document(Namespaces::standard(), &context);
    return prehash_of(event, Namespaces(document, event.find("@context")));
}

std::string event_hash_id(const Json& event, const Json& context) {
    const Namespaces document(Namespaces::standard(), &context);
    return hash_id_of(event, Namespaces(document, event.find("@context")));
}

}  // namespace suyuan::codec
