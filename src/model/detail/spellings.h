// SPDX-License-Identifier: Apache-2.0
//
// The spellings of GS1 keys. Each reader returns nullopt for what is not in its spelling; all of
// them take any bytes.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/detail/gs1_key.h"

namespace suyuan::model::detail {

// "urn:epc:id:sgtin:4012345.011111.9876", and urn:epc:class and urn:epc:idpat, with check digits
// computed (EPC Tag Data Standard 2.0, section 6 and 7).
[[nodiscard]] std::optional<Elements> read_epc_urn(std::string_view text);

// The other direction; `elements` are those of a canonical code. Fails with kInvalidArgument where
// the prefix is not 6 to 12 digits long, or the value cannot stand in a URN.
[[nodiscard]] Result<std::string> write_epc_urn(
    const Elements& elements, std::size_t company_prefix_length
);

// "https://example.com/any/path/01/09506000134352/10/ABC?17=260105" (GS1 Digital Link URI Syntax,
// not compressed; names of keys as in its version 1.1).
[[nodiscard]] std::optional<Elements> read_digital_link(std::string_view text);

// "(01)09506000134352(10)ABC".
[[nodiscard]] std::optional<Elements> read_bracketed(std::string_view text);

// What a scanner sends: "]C1" or the like and elements, those of open length ended by FNC1 (byte
// 1D).
[[nodiscard]] std::optional<Elements> read_scanned(std::string_view text);

// The same without a prefix and without FNC1: only the shape tells, so use it for guesses alone.
[[nodiscard]] std::optional<Elements> read_unmarked(std::string_view text);

}  // namespace suyuan::model::detail
