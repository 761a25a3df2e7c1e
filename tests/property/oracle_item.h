// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md sections 3.1 to 3.3, read word by word: what happened to one item.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {

struct Quantity {
    bool is_known = false;
    graph::UnitId unit;
    std::int64_t millionths = 0;
};

[[nodiscard]] Quantity quantity_of(const graph::Fact& fact);

struct Stay {
    const Told* pack = nullptr;  // or an unpack that took out a part
    Quantity quantity;
    const Told* end = nullptr;       // none: it runs for ever
    const Told* refilled = nullptr;  // a later pack into the container at another position
    bool is_doubtful = false;        // nobody knows whether an unpack left it

    [[nodiscard]] graph::ItemId container() const { return pack->fact->other; }
};

// The two tests of a ride: something that leaves at `leave` by `event` falls in the stay.
[[nodiscard]] bool possibly_falls_in(
    const Stay& stay, const model::TimeInterval& leave, const graph::FlowEvent& event
);
[[nodiscard]] bool certainly_falls_in(const Stay& stay, const model::TimeInterval& leave);

// A move of sections 3.1 to 3.3 and what it was made from.
struct OwnMove {
    trace::Move move;
    const Told* departure = nullptr;
    const Told* arrival = nullptr;
    std::optional<Stay> stay = {};           // of a ride
    std::size_t pack_order = 0;              // of a ride: place of the pack among the item's stays
    bool is_return = false;                  // a block allows it
    bool is_by_statement = false;            // a ride of a stated move
    bool is_passing = false;                 // seen on the way of a shipment; a ride of such
    bool is_found = false;                   // of 3.3, leaving as it arrives; a ride of such
    bool is_turning_up = false;              // of a lot, from where it was made or first seen
    std::set<const Told*> unloaded_by = {};  // a ride in transit: the receipts of its goods
    std::set<const Told*> carries = {};      // a ride by statement: departures of its goods

    [[nodiscard]] bool is_ride() const { return stay.has_value(); }

    [[nodiscard]] bool is_stated() const { return move.kind == trace::MoveKind::kStated; }
};

struct ImpliedArrival {
    trace::Position position;
    Moment first_use;
    graph::EventIndex event = 0;
    bool is_one_from_nowhere = false;
};

struct ItemStory {
    graph::ItemId item;
    const Log* log = nullptr;
    std::vector<const Told*> facts;      // those at a position, own and inherited, by time
    std::vector<const Told*> inherited;  // from containers (3.2), by time
    std::vector<Stay> stays;             // by time of their packs
    std::vector<OwnMove> moves;
    std::vector<ImpliedArrival> implied;
    std::vector<std::pair<trace::Position, graph::EventIndex>> unknown_suppliers;
    std::vector<std::pair<trace::Position, graph::EventIndex>> unconfirmed_suppliers;
    std::set<trace::Position> accounted_for;

    [[nodiscard]] bool has_fact_at(const trace::Position& position) const;
    // Positions of its facts and of both ends of its moves.
    [[nodiscard]] std::set<trace::Position> positions() const;
    // Not joined to any shipment, but a ride leaves where and by what it says.
    [[nodiscard]] std::vector<const OwnMove*> rides_of_carried(const Told& departure) const;
    // Section 3.1, step 3: by the arrival's event or because it unloaded the ride; or also by an
    // event that tells of the arriving in another step.
    [[nodiscard]] bool came_by_its_event(const Told& arrival, const OwnMove& ride) const;
    [[nodiscard]] bool came_with(const Told& arrival, const OwnMove& ride) const;
    [[nodiscard]] bool is_shipped(const Told& departure) const;  // joined by 3.1
    [[nodiscard]] bool has_shipment(const Told& arrival) const;
};

[[nodiscard]] std::vector<const Told*> of_kind(
    const std::vector<const Told*>& facts, graph::FactKind kind
);

void set_quantity(trace::Move& move, const Quantity& quantity);

// Where the item was last before a moment: by its facts and the arrivals of its rides; at the
// positions `after` only what certainly came before.
[[nodiscard]] std::optional<trace::Position> previous_position(
    const Log& log,
    const ItemStory& story,
    const Moment& moment,
    const std::set<trace::Position>& after = {}
);

// Tells the story of every item of a log. Lifetime: the log outlives it, and it the stories.
class Stories {
public:
    explicit Stories(const Log& log);
    Stories(const Stories&) = delete;  // inherited facts point into it
    Stories& operator=(const Stories&) = delete;
    ~Stories() = default;

    [[nodiscard]] const Log& log() const { return *log_; }

    [[nodiscard]] const ItemStory& of(graph::ItemId item) { return of(item, Circle::kClosed); }

private:
    // kCut: as if the containers on a circle with the item had no moves.
    enum class Circle : std::uint8_t { kClosed, kCut };

    const ItemStory& of(graph::ItemId item, Circle circle);

    void collect_facts(ItemStory& story) const;
    static void join_shipments(ItemStory& story);
    void find_stays(ItemStory& story, Circle circle);
    [[nodiscard]] Stay stay_from(const Told& pack, const Quantity& quantity, Circle circle);
    void inherit(ItemStory& story, Circle circle);
    void inherit_from(graph::ItemId container, ItemStory& story, Circle circle);
    [[nodiscard]] const Told* add_inherited(
        const Told& handed_on, const ItemStory& story, const std::vector<const Stay*>& taken
    );
    void find_rides(ItemStory& story, Circle circle);
    static void unload(ItemStory& story);
    static void carry_departures(ItemStory& story);
    void find_implied_arrivals(ItemStory& story) const;
    void find_suppliers(ItemStory& story) const;
    static void find_who_is_accounted_for(ItemStory& story);
    static void find_transits(ItemStory& story);
    void find_where_transits_ended(ItemStory& story) const;

    // What the child gets from the container: nothing from itself, nor on a circle that is cut.
    [[nodiscard]] const ItemStory* story_of_container(
        graph::ItemId container, graph::ItemId child, Circle circle
    );
    [[nodiscard]] std::vector<OwnMove> moves_of_container(
        graph::ItemId container, graph::ItemId child, Circle circle
    );

    const Log* log_;
    std::set<std::pair<graph::ItemId, graph::ItemId>> leads_into_;  // by pack facts, in steps
    std::map<std::pair<graph::ItemId, Circle>, ItemStory> told_;
    std::deque<graph::Fact> inherited_facts_;
    std::deque<Told> inherited_;
};

}  // namespace suyuan::property
