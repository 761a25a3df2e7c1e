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
#include <vector>

#include "base/result.h"
#include "codec/epcis_json.h"
#include "model/registry.h"

namespace suyuan::service {

struct MasterData {
    model::RegistryRows rows;
    // Numbers that look mistyped (check_digits.h): they are rows all the same. Values of persons
    // are not repeated.
    std::vector<codec::EpcisProblem> warnings;
};

// `envelope` is codec::EpcisDocument::envelope. Fails with kInvalidArgument and the JSON pointer of
// the element or member that is malformed; vocabulary that we do not know is left alone.
[[nodiscard]] Result<MasterData> read_master_data(std::string_view envelope);

}  // namespace suyuan::service
