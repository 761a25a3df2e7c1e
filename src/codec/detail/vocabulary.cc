// SPDX-License-Identifier: Apache-2.0
//
// The terms are those of CBV 2.0 section 7 and of the GS1 Web Vocabulary's measurement types, as
// the JSON binding of EPCIS 2.0 lists them.

#include "codec/detail/vocabulary.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "codec/detail/namespaces.h"

namespace suyuan::codec {
namespace {

constexpr std::array<std::string_view, 41> kBizSteps = {
    "accepting",
    "arriving",
    "assembling",
    "collecting",
    "commissioning",
    "consigning",
    "creating_class_instance",
    "cycle_counting",
    "decommissioning",
    "departing",
    "destroying",
    "disassembling",
    "dispensing",
    "encoding",
    "entering_exiting",
    "holding",
    "inspecting",
    "installing",
    "killing",
    "loading",
    "other",
    "packing",
    "picking",
    "receiving",
    "removing",
    "repackaging",
    "repairing",
    "replacing",
    "reserving",
    "retail_selling",
    "sampling",
    "sensor_reporting",
    "shipping",
    "staging_outbound",
    "stock_taking",
    "stocking",
    "storing",
    "transporting",
    "unloading",
    "unpacking",
    "void_shipping"
};

constexpr std::array<std::string_view, 33> kDispositions = {
    "active",
    "available",
    "completeness_inferred",
    "completeness_verified",
    "conformant",
    "container_closed",
    "container_open",
    "damaged",
    "destroyed",
    "dispensed",
    "disposed",
    "encoded",
    "expired",
    "in_progress",
    "in_transit",
    "inactive",
    "mismatch_class",
    "mismatch_instance",
    "mismatch_quantity",
    "needs_replacement",
    "no_pedigree_match",
    "non_conformant",
    "non_sellable_other",
    "partially_dispensed",
    "recalled",
    "reserved",
    "retail_sold",
    "returned",
    "sellable_accessible",
    "sellable_not_accessible",
    "stolen",
    "unavailable",
    "unknown"
};

constexpr std::array<std::string_view, 13> kBizTransactionTypes = {
    "bol",
    "cert",
    "desadv",
    "inv",
    "pedigree",
    "po",
    "poc",
    "prodorder",
    "recadv",
    "rma",
    "testprd",
    "testres",
    "upevt"
};

constexpr std::array<std::string_view, 3> kSourceDestinationTypes = {
    "location", "owning_party", "possessing_party"
};

constexpr std::array<std::string_view, 2> kErrorReasons = {"did_not_occur", "incorrect_data"};

// Plus EffectiveDoseRate, which GS1's own examples use though its list leaves it out.
constexpr std::array<std::string_view, 73> kMeasurementTypes = {
    "AbsoluteHumidity",
    "AbsorbedDose",
    "AbsorbedDoseRate",
    "Acceleration",
    "Altitude",
    "AmountOfSubstance",
    "AmountOfSubstancePerUnitVolume",
    "Angle",
    "AngularAcceleration",
    "AngularMomentum",
    "AngularVelocity",
    "Area",
    "Capacitance",
    "Conductance",
    "Conductivity",
    "Count",
    "Density",
    "Dimensionless",
    "DoseEquivalent",
    "DoseEquivalentRate",
    "DynamicViscosity",
    "EffectiveDoseRate",
    "ElectricCharge",
    "ElectricCurrent",
    "ElectricCurrentDensity",
    "ElectricFieldStrength",
    "Energy",
    "Exposure",
    "Force",
    "Frequency",
    "Illuminance",
    "Inductance",
    "Irradiance",
    "KinematicViscosity",
    "Length",
    "LinearMomentum",
    "Luminance",
    "LuminousFlux",
    "LuminousIntensity",
    "MagneticFlux",
    "MagneticFluxDensity",
    "MagneticVectorPotential",
    "Mass",
    "MassConcentration",
    "MassFlowRate",
    "MassPerAreaTime",
    "MemoryCapacity",
    "MolalityOfSolute",
    "MolarEnergy",
    "MolarMass",
    "MolarVolume",
    "Power",
    "Pressure",
    "RadiantFlux",
    "RadiantIntensity",
    "Radioactivity",
    "RelativeHumidity",
    "Resistance",
    "Resistivity",
    "SolidAngle",
    "SpecificVolume",
    "Speed",
    "SurfaceDensity",
    "SurfaceTension",
    "Temperature",
    "Time",
    "Torque",
    "Voltage",
    "Volume",
    "VolumeFlowRate",
    "VolumeFraction",
    "VolumetricFlux",
    "Wavenumber"
};

constexpr std::array<std::string_view, 2> kSensorAlertTypes = {
    "ALARM_CONDITION", "ERROR_CONDITION"
};

constexpr std::array<std::string_view, 14> kComponents = {
    "altitude",
    "axial_distance",
    "azimuth",
    "easting",
    "elevation_angle",
    "height",
    "latitude",
    "longitude",
    "northing",
    "polar_angle",
    "spherical_radius",
    "x",
    "y",
    "z"
};

struct VocabularyFacts {
    std::string_view title_zh;
    std::string_view title;
    std::string_view web_prefix;
    std::string_view urn_prefix;              // of EPCIS 1.x; empty: there was none
    std::span<const std::string_view> terms;  // sorted
};

constexpr std::array<VocabularyFacts, 8> kFacts = {{
    {"业务步骤",
     "business step",
     "https://ref.gs1.org/cbv/BizStep-",
     "urn:epcglobal:cbv:bizstep:",
     kBizSteps},
    {"处置状态",
     "disposition",
     "https://ref.gs1.org/cbv/Disp-",
     "urn:epcglobal:cbv:disp:",
     kDispositions},
    {"业务单证类型",
     "business transaction type",
     "https://ref.gs1.org/cbv/BTT-",
     "urn:epcglobal:cbv:btt:",
     kBizTransactionTypes},
    {"来源或去向类型",
     "source or destination type",
     "https://ref.gs1.org/cbv/SDT-",
     "urn:epcglobal:cbv:sdt:",
     kSourceDestinationTypes},
    {"差错原因",
     "error reason",
     "https://ref.gs1.org/cbv/ER-",
     "urn:epcglobal:cbv:er:",
     kErrorReasons},
    {"测量类型", "measurement type", "https://gs1.org/voc/", "", kMeasurementTypes},
    {"传感器告警类型", "sensor alert type", "https://gs1.org/voc/", "", kSensorAlertTypes},
    {"部件", "component", "https://ref.gs1.org/cbv/Comp-", "", kComponents},
}};
static_assert(std::ranges::all_of(kFacts, [](const VocabularyFacts& facts) {
    return std::ranges::is_sorted(facts.terms);
}));

constexpr std::string_view kGs1Vocabulary = "https://gs1.org/voc/";

// The spellings that the JSON binding reserves: their terms go by their short names there.
constexpr std::array<std::string_view, 4> kLongGs1Forms = {
    "https://gs1.org/voc/",
    "http://gs1.org/voc/",
    "https://www.gs1.org/voc/",
    "http://www.gs1.org/voc/"
};
constexpr std::array<std::string_view, 3> kLongCbvForms = {
    "urn:epcglobal:cbv", "https://ns.gs1.org/cbv/", "http://ns.gs1.org/cbv/"
};

const VocabularyFacts& facts_of(Vocabulary vocabulary) {
    const auto index = static_cast<std::size_t>(vocabulary);
    SUYUAN_ASSERT(index < kFacts.size());
    return kFacts[index];
}

}  // namespace

bool is_standard_term(Vocabulary vocabulary, std::string_view text) {
    return std::ranges::binary_search(facts_of(vocabulary).terms, text);
}

std::string model_term(Vocabulary vocabulary, std::string_view text, const Namespaces& names) {
    std::string uri = names.expand(text);
    const VocabularyFacts& facts = facts_of(vocabulary);
    if (uri.starts_with(facts.web_prefix)) {
        uri.erase(0, facts.web_prefix.size());
    }
    return uri;
}

std::string web_term(Vocabulary vocabulary, std::string_view text, const Namespaces& names) {
    const VocabularyFacts& facts = facts_of(vocabulary);
    if (text.find(':') == std::string_view::npos) {
        return std::string(facts.web_prefix).append(text);
    }
    if (!facts.urn_prefix.empty() && text.starts_with(facts.urn_prefix)) {
        return std::string(facts.web_prefix).append(text.substr(facts.urn_prefix.size()));
    }
    return names.expand(text);
}

std::string web_form_of_urn(std::string_view text) {
    for (const VocabularyFacts& facts : kFacts) {
        if (!facts.urn_prefix.empty() && text.starts_with(facts.urn_prefix)) {
            return std::string(facts.web_prefix).append(text.substr(facts.urn_prefix.size()));
        }
    }
    return std::string(text);
}

std::optional<Sentence> refusal_of_term(Vocabulary vocabulary, std::string_view text) {
    const VocabularyFacts& facts = facts_of(vocabulary);
    if (text.find(':') == std::string_view::npos) {
        if (is_standard_term(vocabulary, text)) {
            return std::nullopt;
        }
        return Sentence{
            format(
                "不是标准里的{}：请写标准的名称（例如 \"{}\"），或自己的完整 URI",
                facts.title_zh,
                facts.terms.front()
            ),
            format(
                "is no {} of the standard: write one of its names (such as \"{}\") or a full URI "
                "of your own",
                facts.title,
                facts.terms.front()
            )
        };
    }
    const std::span<const std::string_view> long_forms =
        facts.web_prefix == kGs1Vocabulary ? std::span<const std::string_view>(kLongGs1Forms)
                                           : kLongCbvForms;
    const bool is_long_form = std::ranges::any_of(long_forms, [&](std::string_view prefix) {
        return text.starts_with(prefix);
    });
    if (is_long_form) {
        return Sentence{
            format(
                "是标准的长写法：请写{}的短名称，例如 \"{}\"", facts.title_zh, facts.terms.front()
            ),
            format(
                "is a long form of the standard: write the short name of the {}, such as \"{}\"",
                facts.title,
                facts.terms.front()
            )
        };
    }
    return std::nullopt;
}

}  // namespace suyuan::codec
