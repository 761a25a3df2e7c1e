// SPDX-License-Identifier: Apache-2.0
//
// A trace's answer with everything needed to show it. Constant once made; shared by pages.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/scope.h"
#include "service/answer_cut.h"
#include "service/name_book.h"
#include "service/seed.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {

// Which half of an answer a position is in.
enum class PartKind : std::uint8_t { kBack, kForward };

[[nodiscard]] std::string_view to_string(PartKind part) noexcept;  // "back", "forward"

// Finds positions of a part, and the moves that belong to each: forward those that lead to it, back
// those that leave it. Every move belongs to exactly one position. Lifetime: borrows nothing; good
// for the part that it was made from.
class PartIndex {
public:
    PartIndex() = default;
    PartIndex(PartKind kind, const trace::Part& part);

    // Place in part.positions.
    [[nodiscard]] std::optional<std::uint32_t> find(
        const trace::Part& part, const trace::Position& position
    ) const noexcept;

    // The same. Requires that the part has the position.
    [[nodiscard]] std::uint32_t require(const trace::Part& part, const trace::Position& position)
        const noexcept;

    // Places in part.moves, ascending. Requires a place in part.positions.
    [[nodiscard]] std::span<const std::uint32_t> moves_of(std::size_t place) const noexcept;

private:
    std::vector<std::uint32_t> by_position_;  // places in part.positions
    std::vector<std::uint32_t> first_move_;   // of each position in moves_; one more than positions
    std::vector<std::uint32_t> moves_;        // places in part.moves
};

// A row of an answer: positions of the back part first, then those of the forward part.
struct PlaceInAnswer {
    PartKind part = PartKind::kBack;
    std::size_t place = 0;  // in that part's positions
};

struct NamedAnswer {
    std::string principal;        // who asked: nobody else pages through it
    std::string text;             // as typed
    Reading reading;              // what it was taken for
    std::vector<Reading> others;  // what else it can mean
    trace::Question question;     // as asked; as_of is kEndOfTime for "now"
    trace::Answer answer;
    NameBook names;               // of every id in `answer`
    std::string digest;           // sha-256, hex: answer_digest()
    std::int64_t took_us = 0;     // of the search and the naming
    std::int64_t made_at_us = 0;  // io::Clock::monotonic_us()
    PartIndex back_index;         // of answer.back, answer.forward; empty where there is none
    PartIndex forward_index;
    policy::View view = policy::View::kEverything;  // how far whoever asked sees
    std::set<trace::Position> beyond;               // the first step beyond that
    std::shared_ptr<const Border> border;           // where that ends; null: nowhere

    [[nodiscard]] std::size_t position_count() const noexcept;
    // Those of both parts counted once.
    [[nodiscard]] std::size_t distinct_position_count() const noexcept;
    [[nodiscard]] std::size_t move_count() const noexcept;

    // Requires row < position_count().
    [[nodiscard]] PlaceInAnswer at(std::size_t row) const noexcept;

    // nullptr if the question had no such half.
    [[nodiscard]] const trace::Part* part(PartKind kind) const noexcept;
    [[nodiscard]] const PartIndex& index(PartKind kind) const noexcept;
};

// Every id in what was asked and answered, so that `names` names all.
[[nodiscard]] NameRequest names_needed(
    const trace::Question& question, const trace::Answer& answer
);

// "12.7.3": item, owner, site. Opaque to clients, valid for one store.
[[nodiscard]] std::string position_key(const trace::Position& position);
// Fails with kInvalidArgument.
[[nodiscard]] Result<trace::Position> parse_position_key(std::string_view key);

// Words of the machine output, one per enumerator: "shipment", "on_hand", "unknown_supplier",
// "back", ...
[[nodiscard]] std::string_view to_string(trace::MoveKind kind) noexcept;
[[nodiscard]] std::string_view to_string(trace::StockStatus status) noexcept;
[[nodiscard]] std::string_view to_string(trace::OpenEndKind kind) noexcept;
[[nodiscard]] std::string_view to_string(trace::Direction direction) noexcept;
[[nodiscard]] std::optional<trace::Direction> parse_direction(std::string_view text) noexcept;

// sha-256 over canonical text lines of what was asked and answered, sorted, in codes instead of
// ids: equal on every machine that holds the same events, whenever and in whatever order it
// received them. Time taken, names, the cut-off time and places in the log are not in it, nor which
// of several equally good moves explains a position.
[[nodiscard]] std::string answer_digest(
    std::string_view seed_code,
    const trace::Question& question,
    const trace::Answer& answer,
    const NameBook& names
);

}  // namespace suyuan::service
