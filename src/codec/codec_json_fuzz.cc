// SPDX-License-Identifier: Apache-2.0
//
// Any bytes: parsing ends, and what it accepts is written and read again as the same value.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/result.h"
#include "codec/json.h"

namespace {

using suyuan::codec::Duplicates;
using suyuan::codec::Json;
using suyuan::codec::parse_json;

void check(std::string_view text, Duplicates duplicates) {
    const suyuan::Result<Json> value = parse_json(text, {}, duplicates);
    if (!value) {
        SUYUAN_ASSERT(!value.error().message().empty());
        return;
    }
    const std::string compact = suyuan::codec::write_json(*value);
    const suyuan::Result<Json> again = parse_json(compact);
    SUYUAN_ASSERT(again.has_value() && *again == *value);
    SUYUAN_ASSERT(suyuan::codec::write_json(*again) == compact);
    const suyuan::Result<Json> wide = parse_json(suyuan::codec::write_json_indented(*value));
    SUYUAN_ASSERT(wide.has_value() && *wide == *value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check(text, Duplicates::kRefused);
    check(text, Duplicates::kEventIdMayRepeat);
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const char* const kSeeds[] = {
        R"({"a":[1,-2.50,1e-7,18446744073709551616],"b":{"c":null,"d":[true,false]}})",
        "[\"\\u00e9\\ud83e\\udd52\\n\\\"\\\\\",\"\xe9\xbb\x84\xe7\x93\x9c\"]",
        R"({"a":1,"a":{"b":[[[[[[0]]]]]]}})",
        " [ 0 , -0 , 0.0 ] ",
        nullptr,
    };
    return kSeeds;
}
