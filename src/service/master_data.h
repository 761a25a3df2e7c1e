// SPDX-License-Identifier: Apache-2.0
//
// Registry rows from the master data in a document's header (EPCIS 2.0 section 9, CBV 2.0 section
// 9; JSON: epcisHeader.epcisMasterData.vocabularyList).
//
// Vocabulary types: BusinessLocation, ReadPoint, Location -> sites; Party, SourceDest -> operators;
// EPCClass -> products. Attributes: CBV master data by short name (name, descriptionShort,
// streetAddressOne, city, latitude, longitude), whichever of its spellings is used, and ours under
// https://ns.suyuan.example/epcis/: `operator` (who runs a site), `region`, `kind` (of an
// operator), `alias` (another code of a lot). A vocabulary of the type
// https://ns.suyuan.example/epcis/Region holds regions (`name`, `parent`, `validFrom`, `validTo`).
// A region is named by its code, alone or as the last part of a URI ("urn:example:region:410100").
// Elements of one code add up, the first word on a field counts; an element that says nothing that
// we keep makes no row.

#pragma once

#include <string_view>

#include "base/result.h"
#include "model/registry.h"

namespace suyuan::service {

// `envelope` is codec::EpcisDocument::envelope. Fails with kInvalidArgument and a JSON pointer if
// the master data is malformed; vocabulary that we do not know is left alone.
[[nodiscard]] Result<model::RegistryRows> read_master_data(std::string_view envelope);

}  // namespace suyuan::service
