// SPDX-License-Identifier: Apache-2.0
//
// Where a list goes on: opaque to whoever carries it, useless once altered.
//
// A token holds the kind of list, a fingerprint of what was asked, and the numbers or texts that
// the last row is found by; a keyed digest seals it. So a token of another store, another list or
// another question is refused, and nobody steers a statement by writing one.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::store {

enum class ListKind : std::uint8_t { kEvents = 1, kSearch = 2, kStock = 3, kRegistry = 4 };

// Threads: immutable, any may use it.
class TokenSealer {
public:
    // `key`: secret bytes that belong to one store for good.
    explicit TokenSealer(std::string key) : key_(std::move(key)) {}

    // `question`: what tells one question from another, in any spelling that equal questions share.
    [[nodiscard]] std::string seal(
        ListKind kind, std::string_view question, std::span<const std::int64_t> numbers
    ) const;

    // The numbers of a token for this question. Fails with kInvalidArgument for anything else than
    // a token that seal() made for the same kind, question and count.
    [[nodiscard]] Result<std::vector<std::int64_t>> open(
        ListKind kind, std::string_view question, std::string_view token, std::size_t count
    ) const;

    // The same for rows that are found by texts.
    [[nodiscard]] std::string seal_texts(
        ListKind kind, std::string_view question, std::span<const std::string> texts
    ) const;
    [[nodiscard]] Result<std::vector<std::string>> open_texts(
        ListKind kind, std::string_view question, std::string_view token, std::size_t count
    ) const;

private:
    // A body with its seal, and back.
    [[nodiscard]] std::string close(std::string_view body) const;
    [[nodiscard]] Result<std::string> unseal(std::string_view token) const;
    [[nodiscard]] std::string digest(std::string_view body) const;

    std::string key_;
};

}  // namespace suyuan::store
