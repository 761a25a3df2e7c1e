// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

namespace suyuan::policy {

// A set of at most 64 members of an enumeration or of small numbers. A plain value, no allocation.
template <typename Member>
class BitSet {
public:
    constexpr BitSet() = default;

    // The members 0 to `count` - 1.
    [[nodiscard]] static constexpr BitSet first(unsigned count) noexcept {
        return BitSet(count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1);
    }

    [[nodiscard]] static constexpr BitSet of(auto... members) noexcept {
        BitSet set;
        (set.insert(members), ...);
        return set;
    }

    constexpr void insert(Member member) noexcept { bits_ |= bit(member); }

    [[nodiscard]] constexpr bool contains(Member member) const noexcept {
        return (bits_ & bit(member)) != 0;
    }

    [[nodiscard]] constexpr bool contains_all(BitSet other) const noexcept {
        return (other.bits_ & ~bits_) == 0;
    }

    [[nodiscard]] constexpr bool meets(BitSet other) const noexcept {
        return (other.bits_ & bits_) != 0;
    }

    [[nodiscard]] constexpr bool is_empty() const noexcept { return bits_ == 0; }

    friend constexpr BitSet operator|(BitSet a, BitSet b) noexcept {
        return BitSet(a.bits_ | b.bits_);
    }

    friend constexpr BitSet operator&(BitSet a, BitSet b) noexcept {
        return BitSet(a.bits_ & b.bits_);
    }

    // What is in `a` and not in `b`.
    friend constexpr BitSet operator-(BitSet a, BitSet b) noexcept {
        return BitSet(a.bits_ & ~b.bits_);
    }

    constexpr BitSet& operator|=(BitSet other) noexcept {
        bits_ |= other.bits_;
        return *this;
    }

    friend constexpr bool operator==(BitSet, BitSet) noexcept = default;

private:
    explicit constexpr BitSet(std::uint64_t bits) noexcept : bits_(bits) {}

    [[nodiscard]] static constexpr std::uint64_t bit(Member member) noexcept {
        return std::uint64_t{1} << static_cast<unsigned>(member);
    }

    std::uint64_t bits_ = 0;
};

}  // namespace suyuan::policy
