// SPDX-License-Identifier: Apache-2.0
//
// What the trace answers, in ids. docs/tracing.md section 7.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"

namespace suyuan::trace {

// Where an item was and whose: the node of every trace. Unknown owner and site are 0.
struct Position {
    graph::ItemId item;
    graph::OperatorId owner;
    graph::SiteId site;

    friend auto operator<=>(const Position&, const Position&) noexcept = default;
};

enum class MoveKind : std::uint8_t {
    kShipment,   // departure and arrival joined
    kStated,     // an arrival whose sender only the receiver names
    kInTransit,  // a departure that nobody received
    kInferred,   // an arrival that nobody recorded
    kRide,       // inside a container
    kProcess,    // input to output
    kSameAs,     // two codes of one thing
    kPartOf,     // lot to instance
};

struct Move {
    Position from;
    Position to;
    MoveKind kind = MoveKind::kShipment;
    model::TimeInterval leave;
    model::TimeInterval arrive;
    bool is_certain = true;      // certain reach may use it (section 5)
    bool is_skewed = false;      // linked by paper or within tolerance, clocks contradict
    bool is_in_transit = false;  // also rides of containers in transit
    bool is_all_to_all = false;  // unmapped process with several inputs and outputs
    bool is_timeless = false;    // same-as: passable at any time
    bool has_quantity = false;
    graph::UnitId unit;
    std::int64_t millionths = 0;
    graph::ItemId carrier;  // the container of a ride
    graph::EventIndex leaving_event = 0;
    graph::EventIndex arriving_event = 0;  // equal to leaving_event where one event says both

    friend bool operator==(const Move&, const Move&) = default;
};

// Amounts of one unit at one position (or of the whole): in = on_hand + in_transit + shipped + sold
// + used + destroyed + left + unexplained, where in = created + produced + received.
struct Balance {
    graph::UnitId unit;
    std::int64_t created = 0;
    std::int64_t produced = 0;
    std::int64_t received = 0;
    std::int64_t shipped = 0;
    std::int64_t in_transit = 0;
    std::int64_t sold = 0;
    std::int64_t used = 0;  // put into a process or used up
    std::int64_t destroyed = 0;
    std::int64_t left = 0;
    std::int64_t on_hand = 0;
    std::int64_t unexplained = 0;

    friend bool operator==(const Balance&, const Balance&) = default;
};

enum class StockStatus : std::uint8_t { kOnHand, kInTransit, kClosed, kNegative, kUnknown };

// What is known of the stock at a position as of the question.
struct Stock {
    std::vector<Balance> balances;  // by unit
    StockStatus status = StockStatus::kUnknown;
    bool is_blocked = false;

    friend bool operator==(const Stock&, const Stock&) = default;
};

struct ReachedPosition {
    Position position;
    model::MicrosUtc possible = 0;  // earliest arrival, or latest departure backward
    std::optional<model::MicrosUtc> certain;
    bool is_seed = false;
    std::uint32_t hops = 0;  // moves from the nearest seed, on the explaining way
    std::optional<std::uint32_t> explained_by;  // place in Part::moves; none for a seed
    Stock stock;

    friend bool operator==(const ReachedPosition&, const ReachedPosition&) = default;
};

struct Part {
    std::vector<ReachedPosition> positions;  // by (possible time in search order, hops, position)
    std::vector<Move> moves;  // those that possible reach took, by (leave, from, to, kind)

    friend bool operator==(const Part&, const Part&) = default;
};

// Somebody or something that the answer touches, with first and last time.
struct Touched {
    std::uint32_t id = 0;
    model::MicrosUtc first = 0;
    model::MicrosUtc last = 0;

    friend bool operator==(const Touched&, const Touched&) = default;
};

enum class OpenEndKind : std::uint8_t {
    kUnknownSupplier,
    kUnconfirmedSupplier,  // named by the receiver, without a shipment of its own
    kInTransit,
    kNegativeStock,
    kSkewedClocks,
    kTwoContainers,
    kConflict,
    kMissingTime,
    kAllToAll,
};

struct OpenEnd {
    OpenEndKind kind = OpenEndKind::kUnknownSupplier;
    Position position;
    graph::EventIndex event = 0;

    friend auto operator<=>(const OpenEnd&, const OpenEnd&) noexcept = default;
};

// Blocked goods that moved on.
struct Violation {
    Position position;
    graph::EventIndex event = 0;  // the departure, input, sale, or receipt that tells of the move
    graph::EventIndex block_event = 0;
    bool is_possible = false;  // where they stood is not said; the block is where they may have

    friend auto operator<=>(const Violation&, const Violation&) noexcept = default;
};

struct Answer {
    std::optional<Part> back;       // directions back and full
    std::optional<Part> forward;    // directions forward and full
    std::vector<Position> sources;  // direction full, and back: where the back part ends
    std::vector<Touched> operators;
    std::vector<Touched> sites;
    std::vector<Touched> vehicles;
    std::vector<Touched> people;
    std::vector<Balance> total;  // over every reached position once, by unit
    std::vector<OpenEnd> open_ends;
    std::vector<Violation> violations;
    graph::Snapshot snapshot;
    model::MicrosUtc cut_off = 0;  // greatest record time known

    friend bool operator==(const Answer& a, const Answer& b) {
        return a.back == b.back && a.forward == b.forward && a.sources == b.sources &&
               a.operators == b.operators && a.sites == b.sites && a.vehicles == b.vehicles &&
               a.people == b.people && a.total == b.total && a.open_ends == b.open_ends &&
               a.violations == b.violations && a.cut_off == b.cut_off;
    }
};

}  // namespace suyuan::trace
