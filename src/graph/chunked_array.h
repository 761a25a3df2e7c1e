// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>

#include "base/assert.h"

namespace suyuan::graph {

// An array that only grows and never moves its elements, so that readers need no lock.
//
// Small arrays stay small: the first 2^16 elements lie in chunks of doubling size from 64 on; what
// follows lies in chunks of 2^16, found through a directory that is made only then.
//
// Threads: one writer; any number of readers, which read only elements whose presence they learned
// through something published after them (EventGraph's counts and list heads).
template <typename T>
class ChunkedArray {
public:
    ChunkedArray() = default;
    ChunkedArray(const ChunkedArray&) = delete;
    ChunkedArray& operator=(const ChunkedArray&) = delete;

    ~ChunkedArray() {
        for (std::atomic<T*>& chunk : small_) {
            destroy(chunk);
        }
        if (const std::unique_ptr<Directory> directory(directory_.load()); directory != nullptr) {
            for (std::atomic<T*>& chunk : *directory) {
                destroy(chunk);
            }
        }
    }

    // The writer makes room for every index below `size`; new elements are value-initialised.
    void reserve(std::size_t size) {
        std::size_t capacity = capacity_.load(std::memory_order_relaxed);
        while (capacity < size) {
            if (capacity < kSmallSize) {
                const std::size_t chunk = small_chunk(capacity);
                const std::size_t chunk_size = kFirstSize << (chunk == 0 ? 0 : chunk - 1);
                publish(small_.at(chunk), chunk_size);
                capacity += chunk_size;
                continue;
            }
            if (directory_.load(std::memory_order_relaxed) == nullptr) {
                directory_.store(
                    std::make_unique<Directory>().release(), std::memory_order_release
                );
            }
            const std::size_t chunk = capacity / kSmallSize - 1;
            SUYUAN_ASSERT(chunk < kChunksMax);
            publish((*directory_.load(std::memory_order_relaxed))[chunk], kSmallSize);
            capacity += kSmallSize;
        }
        capacity_.store(capacity, std::memory_order_relaxed);
    }

    // Of the elements made room for, and of the directory.
    [[nodiscard]] std::size_t memory_bytes() const noexcept {
        const bool has_directory = directory_.load(std::memory_order_relaxed) != nullptr;
        return capacity_.load(std::memory_order_relaxed) * sizeof(T) +
               (has_directory ? sizeof(Directory) : 0);
    }

    // Requires that the writer reserved `index`.
    [[nodiscard]] T& operator[](std::size_t index) noexcept { return *locate(index); }

    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return *locate(index); }

    // nullptr if the writer never made room for it.
    [[nodiscard]] const T* find(std::size_t index) const noexcept {
        return index / kSmallSize > kChunksMax ? nullptr : locate(index);
    }

private:
    static constexpr std::size_t kFirstSize = 64;
    static constexpr std::size_t kSmallSize = std::size_t{1} << 16;
    static constexpr std::size_t kSmallChunks = 11;  // 64, 64, 128, 256, ... 2^15: 2^16 in all
    static constexpr std::size_t kChunksMax = std::size_t{1} << 15;  // 2^31 elements

    using Directory = std::array<std::atomic<T*>, kChunksMax>;

    static constexpr std::size_t small_chunk(std::size_t index) noexcept {
        return static_cast<std::size_t>(std::bit_width(index / kFirstSize));
    }

    static void publish(std::atomic<T*>& place, std::size_t size) {
        auto chunk = std::make_unique<T[]>(size);  // NOLINT(*-avoid-c-arrays)
        place.store(chunk.release(), std::memory_order_release);
    }

    static void destroy(std::atomic<T*>& place) {
        const std::unique_ptr<T[]> owned(place.load());  // NOLINT(*-avoid-c-arrays)
    }

    [[nodiscard]] T* locate(std::size_t index) const noexcept {
        if (index < kSmallSize) {
            const std::size_t chunk = small_chunk(index);
            T* begin = small_[chunk].load(std::memory_order_acquire);
            const std::size_t start = chunk == 0 ? 0 : kFirstSize << (chunk - 1);
            return begin == nullptr ? nullptr : begin + (index - start);
        }
        Directory* directory = directory_.load(std::memory_order_acquire);
        if (directory == nullptr) {
            return nullptr;
        }
        T* begin = (*directory)[index / kSmallSize - 1].load(std::memory_order_acquire);
        return begin == nullptr ? nullptr : begin + index % kSmallSize;
    }

    mutable std::array<std::atomic<T*>, kSmallChunks> small_ = {};
    std::atomic<Directory*> directory_ = nullptr;
    std::atomic<std::size_t> capacity_ = 0;  // the writer's; anybody may ask how much it is
};

}  // namespace suyuan::graph
