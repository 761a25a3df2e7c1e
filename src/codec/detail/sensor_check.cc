// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/error.h"
#include "codec/detail/checker.h"
#include "codec/detail/event_reader.h"
#include "codec/detail/problems.h"
#include "codec/detail/sensor_fields.h"
#include "codec/json.h"

namespace suyuan::codec {
namespace {

void check_field(const SensorField& field, const Json& value, const Path& place, Checker& check) {
    switch (field.form) {
        case SensorForm::kTime:
            check.instant(value, place);
            break;
        case SensorForm::kUri:
            check.uri(value, place);
            break;
        case SensorForm::kNumber:
            check.is_number(value, place);
            break;
        case SensorForm::kText:
            check.text(value, place);
            break;
        case SensorForm::kBoolean:
            check.is_boolean(value, place);
            break;
        case SensorForm::kHexadecimal:
            check.is_hexadecimal(value, place);
            break;
        case SensorForm::kTerm:
            check.term(field.vocabulary, value, place);
            break;
    }
}

void check_fields(
    const Json& object, std::span<const SensorField> fields, const Path& place, Checker& check
) {
    for (const JsonMember& member : object.members()) {
        const Path at = place.member(member.name);
        const auto field = std::ranges::find(fields, member.name, &SensorField::name);
        if (field == fields.end()) {
            check.extension_name(member.name, at);
        } else {
            check_field(*field, member.value, at, check);
        }
    }
}

void check_reports(const Json& reports, const Path& place, Checker& check) {
    if (!check.is_array(reports, place)) {
        return;
    }
    if (reports.items().empty()) {
        check.refuse(place, Sentence{"至少写一项 sensorReport。", "Add at least one report."});
    }
    for (std::size_t i = 0; i < reports.items().size(); ++i) {
        const Json& report = reports.items()[i];
        const Path at = place.item(i);
        if (check.is_object(report, at)) {
            check.required(report, "type", "\"Temperature\"", at);
            check_fields(report, kSensorReportFields, at, check);
        }
    }
}

void check_element(const Json& element, const Path& place, Checker& check) {
    constexpr std::array<std::string_view, 2> kMembers = {"sensorMetadata", "sensorReport"};
    if (!check.is_object(element, place)) {
        return;
    }
    check.only_members_and_extensions(element, kMembers, place);
    if (const Json* const metadata = element.find("sensorMetadata"); metadata != nullptr) {
        const Path at = place.member("sensorMetadata");
        if (check.is_object(*metadata, at)) {
            check_fields(*metadata, kSensorMetadataFields, at, check);
        }
    }
    if (const Json* const reports = check.required(
            element,
            "sensorReport",
            R"([{"type": "Temperature", "value": 4.5, "uom": "CEL"}])",
            place
        );
        reports != nullptr) {
        check_reports(*reports, place.member("sensorReport"), check);
    }
}

}  // namespace

void check_sensor_elements(const Json& elements, const Path& place, Checker& check) {
    if (!check.is_array(elements, place)) {
        return;
    }
    for (std::size_t i = 0; i < elements.items().size(); ++i) {
        check_element(elements.items()[i], place.item(i), check);
    }
}

}  // namespace suyuan::codec
