// SPDX-License-Identifier: Apache-2.0
//
// What every system call here needs: a descriptor that closes itself, and errno as an Error.

#pragma once

#include <cerrno>
#include <filesystem>
#include <source_location>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"

namespace suyuan::io::detail {

// An open file. Lifetime: closed on destruction; -1 holds nothing.
class Descriptor {
public:
    Descriptor() noexcept = default;

    explicit Descriptor(int value) noexcept : value_(value) {}

    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}

    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] int value() const noexcept { return value_; }

    [[nodiscard]] bool is_open() const noexcept { return value_ >= 0; }

    // Gives the descriptor away: the caller closes it.
    [[nodiscard]] int release() noexcept { return std::exchange(value_, -1); }

private:
    int value_ = -1;
};

// Calls `action` until a signal no longer interrupts it.
template <typename Action>
[[nodiscard]] auto retry_interrupted(Action action) {
    auto outcome = action();
    while (outcome < 0 && errno == EINTR) {
        outcome = action();
    }
    return outcome;
}

// The Error for the errno of the call that just failed: "open /data/x: No such file or directory".
[[nodiscard]] Failure fail_with_errno(
    std::string_view action,
    const std::filesystem::path& path,
    std::source_location origin = std::source_location::current()
);

[[nodiscard]] ErrorCode code_from_errno(int error) noexcept;

// Writes all bytes at the descriptor's place.
[[nodiscard]] Status write_all(
    const Descriptor& file, std::string_view bytes, const std::filesystem::path& path
);

}  // namespace suyuan::io::detail
