// SPDX-License-Identifier: Apache-2.0
//
// A trace's answer with everything needed to show it. Constant once made; shared by pages.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/instant.h"
#include "service/name_book.h"
#include "service/seed.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {

struct NamedAnswer {
    std::string text;             // as typed
    Reading reading;              // what it was taken for
    std::vector<Reading> others;  // what else it can mean
    trace::Question question;     // as asked; as_of is kEndOfTime for "now"
    trace::Answer answer;
    NameBook names;            // of every id in `answer`
    std::string digest;        // sha-256, hex: answer_digest()
    std::int64_t took_us = 0;  // of the search and the naming
};

// Which half of an answer a position is in.
enum class PartKind : std::uint8_t { kBack, kForward };

[[nodiscard]] std::string_view to_string(PartKind part) noexcept;  // "back", "forward"

// Where an event of the answer can be read.
struct EventReference {
    graph::RecordId record;
    std::string event_id;  // empty if the submitter gave none
    std::string hash_id;
    std::string biz_step;  // short name; empty if none
    std::vector<std::string> papers;
    model::TimeInterval time;
    model::MicrosUtc record_time = 0;
};

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
// ids: equal on every machine that holds the same events. Time taken and names are not in it.
[[nodiscard]] std::string answer_digest(
    std::string_view seed_code,
    const trace::Question& question,
    const trace::Answer& answer,
    const NameBook& names
);

}  // namespace suyuan::service
