// SPDX-License-Identifier: Apache-2.0
//
// The fields of sensor data, in the order in which the event hash takes them (CBV 2.0 section 8.9).

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "codec/detail/vocabulary.h"

namespace suyuan::codec {

enum class SensorForm : std::uint8_t { kTime, kUri, kNumber, kText, kBoolean, kHexadecimal, kTerm };

struct SensorField {
    std::string_view name;
    SensorForm form = SensorForm::kText;
    Vocabulary vocabulary = Vocabulary::kMeasurementType;  // of kTerm only
    bool is_hashed_last =
        false;  // bizRules of a report: the hash order of CBV 2.0 has no place for it
};

inline constexpr std::array<SensorField, 8> kSensorMetadataFields = {{
    {"time", SensorForm::kTime},
    {"startTime", SensorForm::kTime},
    {"endTime", SensorForm::kTime},
    {"deviceID", SensorForm::kUri},
    {"deviceMetadata", SensorForm::kUri},
    {"rawData", SensorForm::kUri},
    {"dataProcessingMethod", SensorForm::kUri},
    {"bizRules", SensorForm::kUri},
}};

inline constexpr std::array<SensorField, 24> kSensorReportFields = {{
    {"type", SensorForm::kTerm, Vocabulary::kMeasurementType},
    {"exception", SensorForm::kTerm, Vocabulary::kSensorAlertType},
    {"deviceID", SensorForm::kUri},
    {"deviceMetadata", SensorForm::kUri},
    {"rawData", SensorForm::kUri},
    {"dataProcessingMethod", SensorForm::kUri},
    {"time", SensorForm::kTime},
    {"microorganism", SensorForm::kUri},
    {"chemicalSubstance", SensorForm::kUri},
    {"value", SensorForm::kNumber},
    {"component", SensorForm::kTerm, Vocabulary::kComponent},
    {"stringValue", SensorForm::kText},
    {"booleanValue", SensorForm::kBoolean},
    {"hexBinaryValue", SensorForm::kHexadecimal},
    {"uriValue", SensorForm::kUri},
    {"minValue", SensorForm::kNumber},
    {"maxValue", SensorForm::kNumber},
    {"meanValue", SensorForm::kNumber},
    {"sDev", SensorForm::kNumber},
    {"percRank", SensorForm::kNumber},
    {"percValue", SensorForm::kNumber},
    {"uom", SensorForm::kText},
    {"coordinateReferenceSystem", SensorForm::kUri},
    {"bizRules", SensorForm::kUri, Vocabulary::kMeasurementType, true},
}};

}  // namespace suyuan::codec
