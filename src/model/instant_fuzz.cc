// SPDX-License-Identifier: Apache-2.0
//
// Moments, days and offsets of any bytes: what is accepted survives writing and reading.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/assert.h"
#include "model/instant.h"

namespace {

void check_instant(std::string_view text) {
    const auto instant = suyuan::model::parse_instant(text);
    if (!instant) {
        return;
    }
    const auto back = suyuan::model::parse_instant(
        suyuan::model::format_instant(instant->moment, instant->offset_minutes)
    );
    SUYUAN_ASSERT(back && back->moment == instant->moment);
    SUYUAN_ASSERT(back->offset_minutes == instant->offset_minutes);
}

void check_offset(std::string_view text) {
    const auto offset = suyuan::model::parse_offset(text);
    SUYUAN_ASSERT(!offset || (*offset >= -840 && *offset <= 840));
}

void check_day(std::string_view text, int offset_minutes) {
    const auto day = suyuan::model::parse_day(text, offset_minutes);
    SUYUAN_ASSERT(!day || suyuan::model::day_of(*day, offset_minutes).first == *day);
}

void check_number(std::int64_t moment, int offset_minutes) {
    const auto day = suyuan::model::day_of(moment, offset_minutes);
    SUYUAN_ASSERT(day.first <= moment && moment <= day.last);
    SUYUAN_ASSERT(!suyuan::model::format_instant_millis(moment).empty());
    SUYUAN_ASSERT(!suyuan::model::format_instant(moment, offset_minutes).empty());
}

constexpr std::array kSeeds = {
    "2026-01-01T00:00:00Z",
    "2026-01-01T08:00:00.123456789+08:00",
    "2025-12-31T23:59:60.5Z",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00-14:00",
    "2024-02-29",
    "+08:00",
    "-14:00",
    "\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
    static_cast<const char*>(nullptr),
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_instant(text);
    check_offset(text);
    check_day(text, 0);
    check_day(text, 480);
    std::int64_t moment = 0;
    if (size > sizeof moment) {
        std::memcpy(&moment, data, sizeof moment);
        check_number(moment, (data[sizeof moment] * 6) - 840);
    }
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    return kSeeds.data();
}
