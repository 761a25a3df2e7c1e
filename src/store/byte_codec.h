// SPDX-License-Identifier: Apache-2.0
//
// Numbers as bytes, for what the store keeps in one column: little-endian base 128, seven bits a
// byte.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace suyuan::store {

class ByteWriter {
public:
    void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }

    void number(std::uint64_t value) {
        while (value >= 0x80U) {
            byte(static_cast<std::uint8_t>(value | 0x80U));
            value >>= 7U;
        }
        byte(static_cast<std::uint8_t>(value));
    }

    // Small whether positive or negative.
    void signed_number(std::int64_t value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

    // With its length before it.
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }

    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

private:
    std::string bytes_;
};

// Distrusts what it reads: past the end or after a malformed number everything is 0 and
// is_good() is false. Lifetime: borrows the bytes.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] bool is_good() const noexcept { return is_good_; }

    // Everything was read and nothing was malformed.
    [[nodiscard]] bool is_complete() const noexcept { return is_good_ && place_ == bytes_.size(); }

    std::uint8_t byte() noexcept {
        if (place_ == bytes_.size()) {
            is_good_ = false;
            return 0;
        }
        return static_cast<std::uint8_t>(bytes_[place_++]);
    }

    std::uint64_t number() noexcept {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            value |= std::uint64_t{next & 0x7fU} << shift;
            if (next < 0x80U) {
                // The tenth byte holds one bit; more would fall off.
                is_good_ = is_good_ && (shift < 63 || next <= 1);
                return is_good_ ? value : 0;
            }
        }
        is_good_ = false;
        return 0;
    }

    // A number that must fit, such as an id.
    std::uint32_t small_number() noexcept {
        const std::uint64_t value = number();
        is_good_ = is_good_ && value <= UINT32_MAX;
        return is_good_ ? static_cast<std::uint32_t>(value) : 0;
    }

    std::int64_t signed_number() noexcept {
        const std::uint64_t bits = number();
        return std::bit_cast<std::int64_t>((bits >> 1U) ^ (0 - (bits & 1U)));
    }

    // How many entries follow, each of at least one byte: bounds what a reader reserves.
    std::size_t count() noexcept {
        const std::uint64_t value = number();
        is_good_ = is_good_ && value <= bytes_.size() - place_;
        return is_good_ ? static_cast<std::size_t>(value) : 0;
    }

    std::string_view text() noexcept {
        const std::size_t length = count();
        const std::string_view value = bytes_.substr(place_, length);
        place_ += length;
        return value;
    }

private:
    std::string_view bytes_;
    std::size_t place_ = 0;
    bool is_good_ = true;
};

}  // namespace suyuan::store
