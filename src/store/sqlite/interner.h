// SPDX-License-Identifier: Apache-2.0
//
// Numbers for names: what was never seen gets the next number of its dictionary.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "model/code.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {

struct Interned {
    std::uint32_t id = 0;
    bool is_new = false;
};

// Remembers what it looked up. Threads: the writer's. Lifetime: borrows connection and counters.
//
// Whoever rolls a transaction back calls forget_since() with the mark taken at its start: what the
// rollback took from the tables must not be remembered.
class Interner {
public:
    using Mark = std::size_t;

    Interner(Connection& connection, Counters& counters)
        : connection_(connection), counters_(counters) {}

    Result<Interned> item(const model::Code& code, const Whose& whose);
    Result<std::uint32_t> name(NameKind kind, std::string_view code, const Whose& whose);
    Result<std::uint32_t> term(std::string_view word, const Whose& whose);
    // A document's "@context".
    Result<std::uint32_t> context(std::string_view body, const Whose& whose);

    [[nodiscard]] Mark mark() const noexcept { return journal_.size(); }

    void forget_since(Mark mark);
    // The transaction is durable.
    void keep_all();

private:
    struct Hash {
        using is_transparent = void;  // NOLINT(readability-identifier-naming)

        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    using Known = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;

    struct Entry {
        Known* known = nullptr;
        std::string key;
    };

    static constexpr std::size_t kNameKinds = 8;
    // A dictionary that grows beyond this is forgotten and looked up again: bounds memory at
    // some eight megabytes each. Contexts are few, but may be long.
    static constexpr std::size_t kRemembered = 50'000;
    static constexpr std::size_t kContextsRemembered = 1'000;

    // Looks `key` up in `known`; 0 if it is not there.
    static std::uint32_t find(const Known& known, std::string_view key);
    void remember(Known& known, std::string_view key, std::uint32_t id, bool is_new);
    // The next number of a dictionary; they are 32 bits wide.
    Result<std::uint32_t> next(Counter counter);

    Connection& connection_;
    Counters& counters_;
    Known items_;
    std::array<Known, kNameKinds> names_;
    Known terms_;
    Known contexts_;
    std::vector<Entry> journal_;  // what is new since the last keep_all()
};

}  // namespace suyuan::store::sqlite
