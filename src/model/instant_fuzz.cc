// SPDX-License-Identifier: Apache-2.0
//
// Moments, days and offsets of any bytes: what is accepted survives writing and reading.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/assert.h"
#include "model/instant.h"

namespace {

void check_text(std::string_view text) {
    if (const auto instant = suyuan::model::parse_instant(text)) {
        const auto back = suyuan::model::parse_instant(
            suyuan::model::format_instant(instant->moment, instant->offset_minutes)
        );
        SUYUAN_ASSERT(back && back->moment == instant->moment);
        SUYUAN_ASSERT(back->offset_minutes == instant->offset_minutes);
    }
    if (const auto offset = suyuan::model::parse_offset(text)) {
        SUYUAN_ASSERT(*offset >= -840 && *offset <= 840);
        if (const auto day = suyuan::model::parse_day(text, *offset)) {
            SUYUAN_ASSERT(suyuan::model::day_of(*day, *offset).first == *day);
        }
    }
}

void check_number(std::int64_t moment, int offset_minutes) {
    const auto day = suyuan::model::day_of(moment, offset_minutes);
    SUYUAN_ASSERT(day.first <= moment && moment <= day.last);
    SUYUAN_ASSERT(!suyuan::model::format_instant_millis(moment).empty());
    SUYUAN_ASSERT(!suyuan::model::format_instant(moment, offset_minutes).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check_text(std::string_view(reinterpret_cast<const char*>(data), size));
    std::int64_t moment = 0;
    if (size > sizeof moment) {
        std::memcpy(&moment, data, sizeof moment);
        check_number(moment, static_cast<int>(data[sizeof moment]) * 7 - 840);
    }
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const char* const kSeeds[] = {
        "2026-01-01T00:00:00Z",
        "2026-01-01T08:00:00.123456789+08:00",
        "2025-12-31T23:59:60.5Z",
        "9999-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00-14:00",
        "2024-02-29",
        "+08:00",
        "-14:00",
        "\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
        nullptr,
    };
    return kSeeds;
}
