// SPDX-License-Identifier: Apache-2.0
//
// Whatever bytes lie in the column of facts: they are refused, or read as an event that is written
// as bytes which are read as the same event.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "graph/fact.h"
#include "store/flow_codec.h"
#include "store/store.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    suyuan::graph::FlowEvent event;
    std::vector<suyuan::store::ItemDeclaration> declared;
    if (!suyuan::store::decode_flow(bytes, event, declared)) {
        return 0;
    }
    const std::string written = suyuan::store::encode_flow(event, declared);
    suyuan::graph::FlowEvent again;
    SUYUAN_ASSERT(suyuan::store::decode_flow(written, again, declared).has_value());
    SUYUAN_ASSERT(event == again);
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    // An event with one of everything: zeros would end the string.
    static const char* const kSeeds[] = {
        // NOLINT(*-avoid-c-arrays)
        "\x01"
        "\x01\x05\x01"
        "\x01\xf4\x02\x01\x01"
        "\x01\x01\x3f\x01\x01\x01\x01\x01\x01\x01\x02"
        "\x01\x01\x01\x01"
        "\x01\x01\x01\x01\x01\x01\x01\x01",
        nullptr,
    };
    return kSeeds;
}
