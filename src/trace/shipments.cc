// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.1: which receipt belongs to which shipment. O(n log n) beside the moves
// made.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/depart_index.h"
#include "trace/item_flow.h"
#include "trace/lot_stays.h"
#include "trace/view.h"
#include "trace/whereabouts.h"

namespace suyuan::trace {
namespace {

using graph::Fact;
using graph::FactKind;

// Whether the owner that one side names is the other's. Who is but the operator of a site may keep
// what is another's, if `is_theirs`: the two are linked, or speak of that site.
bool names_owner(graph::OperatorId named, const Fact& fact, bool is_theirs) noexcept {
    return agrees(named, fact.owner) || (!fact.owner_is_stated && is_theirs);
}

bool is_one_site(graph::SiteId named, graph::SiteId site) noexcept {
    return named == site && site.value() != 0;
}

bool fits(const TimedFact& departure, const TimedFact& arrival, bool are_linked) noexcept {
    const Fact& depart = departure.fact;
    const Fact& arrive = arrival.fact;
    const bool no_ends_named = depart.peer_owner.value() == 0 && depart.peer_site.value() == 0 &&
                               arrive.peer_owner.value() == 0 && arrive.peer_site.value() == 0;
    if (no_ends_named && depart.owner == arrive.owner && depart.site == arrive.site) {
        return false;
    }
    return departure.event() != arrival.event() && agrees(depart.peer_site, arrive.site) &&
           agrees(arrive.peer_site, depart.site) &&
           names_owner(
               depart.peer_owner, arrive, are_linked || is_one_site(depart.peer_site, arrive.site)
           ) &&
           names_owner(
               arrive.peer_owner, depart, are_linked || is_one_site(arrive.peer_site, depart.site)
           );
}

WantedDepart wanted_by(const TimedFact& arrival) noexcept {
    return {
        .position = arrival.position(),
        .peer_owner = arrival.fact.peer_owner,
        .peer_site = arrival.fact.peer_site,
        .event = arrival.event(),
        .before = arrival.key.last,
        .owner_is_stated = arrival.fact.owner_is_stated,
    };
}

// How far two clocks may differ before a shipment and a receipt are two happenings.
constexpr model::MicrosUtc kClockTolerance = model::MicrosUtc{2} * 3600 * 1'000'000;

// Of all moments within the tolerance after `moment`, the last.
model::MicrosUtc soon_after(model::MicrosUtc moment) noexcept {
    return moment > model::kEndOfTime - kClockTolerance ? model::kEndOfTime
                                                        : moment + kClockTolerance;
}

bool have_one_quantity(const Fact& a, const Fact& b) noexcept {
    return a.has_quantity && b.has_quantity && a.unit == b.unit && a.millionths == b.millionths;
}

// Who ships to whom, and who has from whom.
struct Parties {
    graph::OperatorId from;
    graph::OperatorId to;

    [[nodiscard]] bool are_named() const noexcept { return from.value() != 0 && to.value() != 0; }

    friend auto operator<=>(const Parties&, const Parties&) noexcept = default;
};

Parties parties_of(const Fact& fact) noexcept {
    return fact.kind == FactKind::kDepart ? Parties{fact.owner, fact.peer_owner}
                                          : Parties{fact.peer_owner, fact.owner};
}

// The facts between two named parties, by parties, then by time.
class Dealings {
public:
    // `places`: in `facts`, in the order by time.
    Dealings(const std::vector<TimedFact>& facts, const std::vector<std::uint32_t>& places)
        : facts_(facts) {
        for (std::uint32_t place = 0; place < places.size(); ++place) {
            if (const Parties parties = parties_of(facts[places[place]].fact);
                parties.are_named()) {
                entries_.push_back({parties, place, places[place]});
            }
        }
        std::ranges::stable_sort(entries_, {}, &Entry::parties);
    }

    // The place in `places` of the first that begins in [from, to] and that `is_it` likes, called
    // with that place and the fact.
    template <typename IsIt>
    [[nodiscard]] std::optional<std::uint32_t> first_in(
        const Parties& parties, model::MicrosUtc from, model::MicrosUtc to, const IsIt& is_it
    ) const {
        const auto after = std::ranges::lower_bound(
            entries_,
            std::pair(parties, from),
            {},
            [&](const Entry& entry) {
                return std::pair(entry.parties, facts_[entry.fact].key.first);
            }
        );
        for (auto entry = after; entry != entries_.end() && entry->parties == parties; ++entry) {
            const TimedFact& fact = facts_[entry->fact];
            if (fact.key.first > to) {
                break;
            }
            if (is_it(entry->place, fact)) {
                return entry->place;
            }
        }
        return std::nullopt;
    }

private:
    struct Entry {
        Parties parties;
        std::uint32_t place = 0;
        std::uint32_t fact = 0;
    };

    const std::vector<TimedFact>& facts_;
    std::vector<Entry> entries_;
};

// What an arrival has beyond the departures that it took: one receipt of two shipments takes both.
class Missing {
public:
    explicit Missing(const Fact& arrival) noexcept
        : is_known_(is_amount(arrival)), unit_(arrival.unit), millionths_(arrival.millionths) {}

    void take(const Fact& departure) noexcept {
        is_known_ = is_known_ && is_amount(departure) && departure.unit == unit_;
        millionths_ = is_known_ ? millionths_ - departure.millionths : 0;
    }

    // Whether half of it, or more, is missing.
    [[nodiscard]] bool asks_for(const Fact& departure) const noexcept {
        return is_known_ && is_amount(departure) && departure.unit == unit_ && millionths_ > 0 &&
               millionths_ >= departure.millionths - millionths_;
    }

private:
    [[nodiscard]] static bool is_amount(const Fact& fact) noexcept {
        return fact.has_quantity && fact.millionths > 0;
    }

    bool is_known_;
    graph::UnitId unit_;
    std::int64_t millionths_;
};

FlowMove stated_move(const TimedFact& arrival, const Spot& sender) {
    FlowMove stated;
    Move& move = stated.move;
    move.from = {arrival.fact.item, sender.owner, sender.site};
    move.to = arrival.position();
    move.kind = MoveKind::kStated;
    move.is_certain = false;
    move.leave = arrival.time();
    move.arrive = arrival.time();
    set_quantity(move, amount_of(arrival.fact));
    move.leaving_event = arrival.event();
    move.arriving_event = arrival.event();
    stated.leaving_place = arrival.key.place;
    stated.arriving_place = arrival.key.place;
    stated.is_return = arrival.fact.is_return;
    return stated;
}

// Whether a spot is said by its owner or its site alone.
bool names_in_part(const Spot& said, const Spot& spot) noexcept {
    return said.owner.value() == 0 ? said.site == spot.site
                                   : said.site.value() == 0 && said.owner == spot.owner;
}

// A departure by one of the papers that its event names.
struct PaperDeparture {
    graph::PaperId paper;
    std::uint32_t departure = 0;
};

// What joins a departure to an arrival: a paper, the order by time, or the order within tolerance.
enum class Tie : std::uint8_t { kPaper, kOrder, kTolerance };

class Joiner {
public:
    explicit Joiner(Draft& draft) : draft_(draft) {}

    void run() {
        if (!draft_.departures.empty() && !draft_.arrivals.empty()) {
            join_linked();
            join_unlinked();
        }
        for (Draft::Arrival& arrival : draft_.arrivals) {
            if (!arrival.is_joined) {
                arrival.first = draft_.fact_of(arrival).key.first;
            }
        }
    }

private:
    [[nodiscard]] std::vector<PaperDeparture> departures_by_paper() const;
    void join_linked();
    void join_unlinked();
    void list_dealings();
    [[nodiscard]] std::optional<std::uint32_t> left_soon_after(
        const Draft::Arrival& arrival, bool is_of_its_quantity
    );
    void join(Draft::Departure& departure, Draft::Arrival& arrival, Tie tie);

    Draft& draft_;
    std::vector<std::uint32_t> unlinked_;  // places of departures that no paper takes
    std::optional<Dealings> shipped_;      // those
    std::optional<Dealings> received_;     // arrivals that no paper takes
};

void Joiner::join(Draft::Departure& departure, Draft::Arrival& arrival, Tie tie) {
    const TimedFact& from = draft_.fact_of(departure);
    const TimedFact& to = draft_.fact_of(arrival);
    FlowMove joined;
    Move& move = joined.move;
    move.from = from.position();
    move.to = to.position();
    move.leave = from.time();
    move.is_skewed = tie != Tie::kOrder && to.key.last < from.key.first;
    move.arrive = move.is_skewed ? from.time() : to.time();
    if (tie == Tie::kTolerance) {
        move.leave = {to.key.first, from.key.last};
        move.arrive = move.leave;
        move.is_certain = false;
    }
    set_quantity(move, amount_of(to.fact.has_quantity ? to.fact : from.fact));
    move.leaving_event = from.event();
    move.arriving_event = to.event();
    joined.leaving_place = from.key.place;
    joined.arriving_place = to.key.place;
    joined.is_return = from.fact.is_return;
    joined.leaving_fact = departure.fact;
    joined.arriving_fact = arrival.fact;
    joined.leaves_by_depart = true;
    arrival.first = std::min(arrival.first, move.arrive.first);
    departure.is_joined = true;
    arrival.is_joined = true;
    draft_.add(joined);
}

std::vector<PaperDeparture> Joiner::departures_by_paper() const {
    const graph::EventGraph& graph = draft_.view.graph();
    std::vector<PaperDeparture> found;
    for (std::uint32_t place = 0; place < draft_.departures.size(); ++place) {
        const graph::EventIndex event = draft_.fact_of(draft_.departures[place]).event();
        graph.visit_linking_papers(graph.event(event), [&](graph::PaperId paper) {
            found.push_back({paper, place});
        });
    }
    std::ranges::sort(found, {}, [](const PaperDeparture& entry) {
        return std::pair(entry.paper, entry.departure);
    });
    return found;
}

void Joiner::join_linked() {
    const std::vector<PaperDeparture> by_paper = departures_by_paper();
    if (by_paper.empty()) {
        return;
    }
    const graph::EventGraph& graph = draft_.view.graph();
    std::vector<std::uint32_t> linked;
    for (Draft::Arrival& arrival : draft_.arrivals) {
        const TimedFact& to = draft_.fact_of(arrival);
        linked.clear();
        graph.visit_linking_papers(graph.event(to.event()), [&](graph::PaperId paper) {
            for (const PaperDeparture& entry :
                 std::ranges::equal_range(by_paper, paper, {}, &PaperDeparture::paper)) {
                linked.push_back(entry.departure);
            }
        });
        sort_unique(linked);
        for (const std::uint32_t place : linked) {
            Draft::Departure& departure = draft_.departures[place];
            if (fits(draft_.fact_of(departure), to, true)) {
                join(departure, arrival, Tie::kPaper);
            }
            if (!draft_.work.step()) {
                return;
            }
        }
    }
}

void Joiner::list_dealings() {
    std::vector<std::uint32_t> facts;
    for (const std::uint32_t place : unlinked_) {
        facts.push_back(draft_.departures[place].fact);
    }
    shipped_.emplace(draft_.flow.facts, facts);
    facts.clear();
    for (const Draft::Arrival& arrival : draft_.arrivals) {
        if (!arrival.is_linked) {
            facts.push_back(arrival.fact);
        }
    }
    received_.emplace(draft_.flow.facts, facts);
}

// The departure, as place in unlinked_, that the clocks alone keep from this arrival.
std::optional<std::uint32_t> Joiner::left_soon_after(
    const Draft::Arrival& arrival, bool is_of_its_quantity
) {
    const TimedFact& to = draft_.fact_of(arrival);
    const Parties parties = parties_of(to.fact);
    if (!parties.are_named() || to.key.last == model::kEndOfTime) {
        return std::nullopt;
    }
    if (!shipped_) {
        list_dealings();
    }
    const auto is_left = [&](std::uint32_t place, const TimedFact& from) {
        if (!draft_.work.step() || draft_.departures[unlinked_[place]].is_joined ||
            !fits(from, to, false) ||
            (is_of_its_quantity && !have_one_quantity(from.fact, to.fact))) {
            return false;
        }
        const auto in_time = received_->first_in(
            parties,
            from.key.first,
            soon_after(from.key.first),
            [&](std::uint32_t /*place*/, const TimedFact& other) {
                return draft_.work.step() && other.key != to.key && fits(from, other, false);
            }
        );
        return !in_time.has_value();
    };
    return shipped_->first_in(parties, to.key.last + 1, soon_after(to.key.last), is_left);
}

void Joiner::join_unlinked() {
    std::vector<std::uint32_t>& departures = unlinked_;
    std::vector<std::uint32_t> facts;
    for (std::uint32_t place = 0; place < draft_.departures.size(); ++place) {
        if (!draft_.departures[place].is_joined) {
            departures.push_back(place);
            facts.push_back(draft_.departures[place].fact);
        }
    }
    for (Draft::Arrival& arrival : draft_.arrivals) {
        arrival.is_linked = arrival.is_joined;
    }
    DepartIndex all(draft_.flow.facts, facts);
    DepartIndex left(draft_.flow.facts, std::move(facts));  // that no arrival took
    for (Draft::Arrival& arrival : draft_.arrivals) {
        if (arrival.is_joined || !draft_.work.step()) {
            continue;
        }
        const WantedDepart wanted = wanted_by(draft_.fact_of(arrival));
        auto found = left.last_fitting(wanted);
        if (!found) {
            found = all.last_fitting(wanted);
            if (const auto late = left_soon_after(arrival, found.has_value())) {
                join(draft_.departures[departures[*late]], arrival, Tie::kTolerance);
                left.remove(*late);
                continue;
            }
        }
        Missing missing(draft_.fact_of(arrival).fact);
        while (found && draft_.work.step()) {
            Draft::Departure& departure = draft_.departures[departures[*found]];
            missing.take(draft_.fact_of(departure).fact);
            join(departure, arrival, Tie::kOrder);
            left.remove(*found);
            found = left.last_fitting(wanted);
            if (found &&
                !missing.asks_for(draft_.fact_of(draft_.departures[departures[*found]]).fact)) {
                break;
            }
        }
    }
}

}  // namespace

void join_shipments(Draft& draft) {
    Joiner(draft).run();
}

void add_stated_arrivals(Draft& draft) {
    std::optional<Whereabouts> whereabouts;  // of a thing
    if (draft.view.graph().is_individual(draft.flow.item)) {
        whereabouts.emplace(draft);
    }
    for (Draft::Arrival& arrival : draft.arrivals) {
        if (arrival.is_joined || arrival.came_with_ride) {
            continue;
        }
        const TimedFact& fact = draft.fact_of(arrival);
        const FlowMark mark = {spot_of(fact.position()), fact.event()};
        const Spot sender = {fact.fact.peer_owner, fact.fact.peer_site};
        arrival.is_stated = sender != Spot() && sender != mark.spot;
        if (arrival.is_stated) {
            draft.flow.unconfirmed_suppliers.push_back(mark);
            const auto last = whereabouts ? whereabouts->before(fact.key) : std::nullopt;
            const bool is_taken_from_there =
                last && *last != mark.spot && names_in_part(sender, *last);
            draft.add(stated_move(fact, is_taken_from_there ? *last : sender));
        } else {
            draft.flow.unknown_suppliers.push_back(mark);
        }
    }
}

}  // namespace suyuan::trace
