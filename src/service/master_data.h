// SPDX-License-Identifier: Apache-2.0
//
// Registry rows from the master data in a document's header (EPCIS 2.0 section 9, CBV 2.0 section
// 9; JSON: epcisHeader.epcisMasterData.vocabularyList).
//
// docs/epcis-mapping.md says which vocabularies and attributes there are: the standard's, in any of
// their spellings, and ours under https://ns.suyuan.example/epcis/. Elements of one code add up,
// the first word on a field counts; an element that says nothing that we keep makes no row. Dated
// rows and links may be of one code. register_export.h writes what is read here.

#pragma once

#include <string_view>

#include "base/result.h"
#include "model/registry.h"

namespace suyuan::service {

// `envelope` is codec::EpcisDocument::envelope. Fails with kInvalidArgument and a JSON pointer if
// the master data is malformed; vocabulary that we do not know is left alone.
[[nodiscard]] Result<model::RegistryRows> read_master_data(std::string_view envelope);

}  // namespace suyuan::service
