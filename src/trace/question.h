// SPDX-License-Identifier: Apache-2.0
//
// What can be asked of the trace. docs/tracing.md section 6 says what each seed stands for.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"

namespace suyuan::trace {

enum class Direction : std::uint8_t { kBack, kForward, kFull };

// Items by code; a class seed is the class together with its lots and instances. With owner or
// site: only the positions there.
struct ItemSeed {
    std::vector<graph::ItemId> items;
    std::optional<graph::OperatorId> owner;
    std::optional<graph::SiteId> site;
};

struct PaperSeed {
    graph::PaperId paper;
};

struct VehicleSeed {
    graph::VehicleId vehicle;
};

struct PersonSeed {
    graph::PersonId person;
};

struct OperatorSeed {
    graph::OperatorId owner;
};

struct SiteSeed {
    graph::SiteId site;
};

using Seed = std::variant<ItemSeed, PaperSeed, VehicleSeed, PersonSeed, OperatorSeed, SiteSeed>;

// A closed span of event time, open where not given.
struct Window {
    model::MicrosUtc from = model::kBeginningOfTime;
    model::MicrosUtc to = model::kEndOfTime;

    [[nodiscard]] bool is_open() const noexcept {
        return from == model::kBeginningOfTime && to == model::kEndOfTime;
    }
};

struct Question {
    Direction direction = Direction::kForward;
    Seed seed;
    Window window;
    bool escalate = false;                       // an instance seed stands for its lot
    model::MicrosUtc as_of = model::kEndOfTime;  // record time
    // Reached positions in one part; more fail with kLimitExceeded. Ten times the largest answer
    // that a page shows.
    std::size_t positions_max = 2'000'000;
    // Moves derived and looked at; more fail likewise. A process of a thousand inputs and outputs
    // has a million. A move takes some 400 bytes and 4 microseconds until it is answered, so this
    // bounds a question to 800 megabytes and some eight seconds.
    std::size_t moves_max = 2'000'000;
};

}  // namespace suyuan::trace
