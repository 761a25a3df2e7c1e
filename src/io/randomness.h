// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace suyuan::io {

// Where unpredictable bytes come from. Threads: fill() may be called from any thread.
class Randomness {
public:
    Randomness() = default;
    Randomness(const Randomness&) = default;
    Randomness& operator=(const Randomness&) = default;
    Randomness(Randomness&&) = default;
    Randomness& operator=(Randomness&&) = default;
    virtual ~Randomness() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

// The kernel's generator: fit for salts, keys and ids.
class SystemRandomness final : public Randomness {
public:
    void fill(std::span<std::byte> bytes) override;
};

// The same bytes for the same seed, for tests and generated worlds. Not for secrets. Not
// thread-safe.
class SeededRandomness final : public Randomness {
public:
    explicit SeededRandomness(std::uint64_t seed) : state_(seed) {}

    void fill(std::span<std::byte> bytes) override;

    [[nodiscard]] std::uint64_t next() noexcept;

    // Uniform enough in [0, bound). Requires bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept;

private:
    std::uint64_t state_;
};

}  // namespace suyuan::io
