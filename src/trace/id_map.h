// SPDX-License-Identifier: Apache-2.0
//
// From ids to places in an array: open addressing, one array, no node a key. The standard map costs
// an allocation an entry, which is most of the time of a small trace.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace suyuan::trace {

// Keys never leave. Places are below 2^32 - 1.
class IdMap {
public:
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t key) const noexcept {
        if (slots_.empty()) {
            return std::nullopt;
        }
        for (std::size_t at = first_slot(key);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at].place_plus_one == 0) {
                return std::nullopt;
            }
            if (slots_[at].key == key) {
                return slots_[at].place_plus_one - 1;
            }
        }
    }

    // The place of a key, which becomes `place` if the key is new.
    std::uint32_t insert(std::uint64_t key, std::uint32_t place) {
        if ((size_ + 1) * 2 > slots_.size()) {
            grow();
        }
        Slot& slot = slot_of(key);
        if (slot.place_plus_one == 0) {
            slot = {key, place + 1};
            ++size_;
        }
        return slot.place_plus_one - 1;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t place_plus_one = 0;
    };

    // Fibonacci hashing: ids are dense, so neighbours must not share a run.
    [[nodiscard]] std::size_t first_slot(std::uint64_t key) const noexcept {
        const std::uint64_t mixed = (key ^ (key >> 32)) * 0x9E3779B97F4A7C15U;
        return static_cast<std::size_t>(mixed >> shift_);
    }

    [[nodiscard]] Slot& slot_of(std::uint64_t key) noexcept {
        std::size_t at = first_slot(key);
        while (slots_[at].place_plus_one != 0 && slots_[at].key != key) {
            at = (at + 1) & (slots_.size() - 1);
        }
        return slots_[at];
    }

    void grow() {
        std::vector<Slot> old(slots_.empty() ? kFirstSize : slots_.size() * 2);
        old.swap(slots_);
        shift_ = 64 - std::countr_zero(slots_.size());
        for (const Slot& slot : old) {
            if (slot.place_plus_one != 0) {
                slot_of(slot.key) = slot;
            }
        }
    }

    static constexpr std::size_t kFirstSize = 16;

    std::vector<Slot> slots_;  // a power of two, at most half full
    std::size_t size_ = 0;
    int shift_ = 64;
};

}  // namespace suyuan::trace
