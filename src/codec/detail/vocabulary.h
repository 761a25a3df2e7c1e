// SPDX-License-Identifier: Apache-2.0
//
// The vocabularies that the standard closes: a term is one of its short names, or a URI of somebody
// else's vocabulary.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "codec/detail/namespaces.h"

namespace suyuan::codec {

enum class Vocabulary : std::uint8_t {
    kBizStep,
    kDisposition,
    kBizTransactionType,
    kSourceDestinationType,
    kErrorReason,
    kMeasurementType,
    kSensorAlertType,
    kComponent,
};

// "shipping"; not its URI.
[[nodiscard]] bool is_standard_term(Vocabulary vocabulary, std::string_view text);

// Why the text is no term, as the rest of a sentence; nullopt if it is one. Requires the text to be
// a URI if it has a colon.
[[nodiscard]] std::optional<Sentence> refusal_of_term(Vocabulary vocabulary, std::string_view text);

// The short name of a standard term however it is written, the full URI of any other.
[[nodiscard]] std::string model_term(
    Vocabulary vocabulary, std::string_view text, const Namespaces& names
);

// The web URI of a term, as the hash needs it: "https://ref.gs1.org/cbv/BizStep-shipping".
[[nodiscard]] std::string web_term(
    Vocabulary vocabulary, std::string_view text, const Namespaces& names
);

// The same for an EPCIS 1.x URN of any of the vocabularies; any other text as it is.
[[nodiscard]] std::string web_form_of_urn(std::string_view text);

}  // namespace suyuan::codec
