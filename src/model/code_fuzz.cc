// SPDX-License-Identifier: Apache-2.0
//
// Codes of any bytes: nothing is thrown, what is canonical stays so, and URNs and Digital Links
// agree.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "model/code.h"

namespace {

using suyuan::model::Code;

void check_fixed_point(const Code& code) {
    const Code again = suyuan::model::parse_code(code.uri);
    SUYUAN_ASSERT(again.uri == code.uri);
    SUYUAN_ASSERT(again.kind == code.kind);
    SUYUAN_ASSERT(again.gtin == code.gtin && again.serial == code.serial);
    SUYUAN_ASSERT(code.gtin.empty() || code.gtin.size() == 14);
}

void check_lot(const Code& code) {
    if (code.gtin.empty() || code.lot.empty()) {
        return;
    }
    const Code lot = suyuan::model::parse_code(suyuan::model::lot_uri(code.gtin, code.lot));
    SUYUAN_ASSERT(lot.lot == code.lot && lot.gtin == code.gtin);
}

void check_urn(const Code& code, std::size_t prefix_length) {
    const auto urn = suyuan::model::to_epc_urn(code, prefix_length);
    // An extension of 0 is the location itself.
    SUYUAN_ASSERT(
        !urn || suyuan::model::canonical_uri(*urn) == code.uri || code.uri.ends_with("/254/0")
    );
}

void check(std::string_view text) {
    const Code code = suyuan::model::parse_code(text);
    SUYUAN_ASSERT(suyuan::model::canonical_uri(text) == code.uri);
    check_fixed_point(code);
    check_lot(code);
    for (std::size_t prefix_length = 5; prefix_length <= 13; ++prefix_length) {
        check_urn(code, prefix_length);
    }
    const std::vector<std::string> candidates = suyuan::model::candidate_uris(text);
    const bool is_blank = candidates.empty();
    SUYUAN_ASSERT(is_blank || std::ranges::find(candidates, code.uri) != candidates.end());
}

constexpr std::array kSeeds = {
    "urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()",
    "urn:epc:class:lgtin:4012345.012345.Lot987",
    "urn:epc:id:itip:4012345.011111.01.02.987",
    "urn:epc:id:sgln:4012345.00005.0",
    "urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234",
    "urn:epc:id:grai:4012345.00022.334455",
    "urn:epc:id:giai:4012345.ABC345",
    "urn:epc:idpat:upui:4012345.012345.*",
    "https://example.com/a/gtin/9780345418913/cpv/344/lot/12%2f23/ser/765tz?17=260105#x",
    "https://id.gs1.org/414/4280000000002/254/0",
    "https://id.gs1.org/01/09506000134352/10/%E6%89%B9%E6%AC%A1",
    "(01) 09506000134352 (17)260101(10)AB(1)C",
    "]C1010950600013435210ABC\03521S1",
    "010950600013435210L2601",
    "\xef\xbc\x96\xef\xbc\x99\xef\xbc\x90 1234567892 L5",
    "6 901234 567892",
    "340123453111111115",
    "91350100M000100Y43",
    static_cast<const char*>(nullptr),
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    return kSeeds.data();
}
