// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_seeds.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "tests/property/oracle_moves.h"
#include "tests/property/oracle_stock.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

using graph::FactKind;
using graph::ItemId;
using model::MicrosUtc;
using model::TimeInterval;
using trace::Position;

// The times of the facts at a position, of the stated moves that leave it and of the rides that
// reach or (if asked for) leave it.
std::vector<TimeInterval> times_at(const History& history, const Position& position, bool leaving) {
    std::vector<TimeInterval> times;
    const ItemStory& story = history.story(position.item);
    for (const Told* told : story.facts) {
        if (told->position() == position) {
            times.push_back(told->time());
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_ride() && own.move.to == position) {
            times.push_back(own.move.arrive);
        }
        if (own.is_ride() && own.move.from == position && leaving) {
            times.push_back(own.move.leave);
        }
        if (own.is_stated() && own.move.from == position) {
            times.push_back(own.move.leave);
        }
    }
    return times;
}

bool possibly_begins_before_end(const Stay& a, const Stay& b) {
    return b.end == nullptr || a.pack->time().first <= b.end->time().last;
}

bool possibly_overlap(const Stay& a, const Stay& b) {
    return possibly_begins_before_end(a, b) && possibly_begins_before_end(b, a);
}

class Sower {
public:
    Sower(const History& history, const trace::Question& question, Sense sense)
        : history_(&history), question_(&question), sense_(sense) {}

    Seeds sow() {
        std::visit([this](const auto& seed) { sow(seed); }, question_->seed);
        return seeds_;
    }

private:
    void sow(const trace::ItemSeed& seed);
    void sow_contents(ItemId container, const Stay* outer, std::set<const Told*>& seen);

    [[nodiscard]] bool meets_window(const TimeInterval& time) const {
        return time.first <= question_->window.to && time.last >= question_->window.from;
    }

    [[nodiscard]] bool meets_window(const Stay& stay) const {
        const MicrosUtc last = stay.end == nullptr ? model::kEndOfTime : stay.end->time().last;
        return meets_window(TimeInterval{stay.pack->time().first, last});
    }

    void sow(const trace::PaperSeed& /*seed*/) { sow_events(); }

    void sow(const trace::VehicleSeed& /*seed*/) { sow_events(); }

    void sow(const trace::PersonSeed& /*seed*/) { sow_events(); }

    void sow(const trace::OperatorSeed& seed) {
        sow_places([&](const Position& position) { return position.owner == seed.owner; });
    }

    void sow(const trace::SiteSeed& seed) {
        sow_places([&](const Position& position) { return position.site == seed.site; });
    }

    void sow_events();
    void sow_event(graph::EventIndex index);
    void sow_fact(const Told& told);
    // A repeat stands for what it repeats; none: it is no departure.
    [[nodiscard]] const Told* departure_of(const Told& told) const;
    void sow_contents_of_fact(const Told& told, ItemId container, std::set<ItemId>& seen);
    void sow_ends(const Told& departure);
    void sow_contents_of_move(const OwnMove& carrying, ItemId container, std::set<ItemId>& seen);

    template <typename IsThere>
    void sow_places(const IsThere& is_there);

    // A moment of a seed of items, held to the question's owner, site and window.
    void sow_held(const Position& position, MicrosUtc moment);

    void sow(const Position& position, MicrosUtc moment) {
        const auto [place, is_new] = seeds_.emplace(position, moment);
        if (!is_new) {
            place->second =
                is_forward() ? std::min(place->second, moment) : std::max(place->second, moment);
        }
    }

    [[nodiscard]] bool is_forward() const { return sense_ == Sense::kForward; }

    [[nodiscard]] MicrosUtc moment_of(const TimeInterval& time) const {
        return is_forward() ? time.first : time.last;
    }

    const History* history_;
    const trace::Question* question_;
    Sense sense_;
    Seeds seeds_;
};

void Sower::sow_held(const Position& position, MicrosUtc moment) {
    const auto& seed = std::get<trace::ItemSeed>(question_->seed);
    const trace::Window& window = question_->window;
    const auto first = first_there(*history_, position);
    const bool is_elsewhere = (seed.owner.has_value() && *seed.owner != position.owner) ||
                              (seed.site.has_value() && *seed.site != position.site);
    if (!first.has_value() || *first > window.to || is_elsewhere) {
        return;
    }
    sow(position, is_forward() ? std::max(window.from, moment) : std::min(window.to, moment));
}

// An item stands for itself, for its instances and for its contents.
void Sower::sow(const trace::ItemSeed& seed) {
    const std::set<ItemId> named = history_->with_the_same({seed.items.begin(), seed.items.end()});
    std::set<ItemId> items = named;
    std::vector<const Told*> parts;
    for (const Told& told : history_->log().facts()) {
        if (told.fact->kind == FactKind::kPartOf) {
            parts.push_back(&told);
        }
    }
    if (question_->escalate) {
        for (const Told* part : parts) {
            if (named.contains(part->fact->item)) {
                items.insert(part->fact->other);
            }
        }
    }
    const std::set<ItemId> lots = items;
    for (const Told* part : parts) {
        if (!lots.contains(part->fact->other)) {
            continue;
        }
        if (history_->log().world().is_individual(part->fact->item)) {
            items.insert(part->fact->item);
        } else if (meets_window(part->time())) {
            sow_held(part->position(), moment_of(part->time()));
        }
    }
    for (const ItemId item : items) {
        for (const Position& position : history_->story(item).positions()) {
            const auto moment =
                is_forward() ? first_there(*history_, position) : last_there(*history_, position);
            if (moment.has_value()) {
                sow_held(position, *moment);
            }
        }
        std::set<const Told*> seen;
        sow_contents(item, nullptr, seen);
    }
}

// The stays in the container: all of them, or those that possibly overlap the container's own
// `outer`.
void Sower::sow_contents(ItemId container, const Stay* outer, std::set<const Told*>& seen) {
    for (const auto& [child, story] : history_->stories()) {
        for (const Stay& stay : story.stays) {
            if (stay.container() != container || !meets_window(stay) ||
                (outer != nullptr && !possibly_overlap(stay, *outer)) ||
                !seen.insert(stay.pack).second) {
                continue;
            }
            sow_held(stay.pack->position(), moment_of(stay.pack->time()));
            for (const OwnMove& own : story.moves) {
                if (!is_forward() && own.is_ride() && own.stay->pack == stay.pack &&
                    own.move.arrive.first <= question_->window.to) {
                    sow_held(own.move.to, own.move.arrive.last);
                }
            }
            sow_contents(child, &stay, seen);
        }
    }
}

void Sower::sow_events() {
    for (const graph::EventIndex index : events_named(history_->log(), *question_)) {
        sow_event(index);
    }
}

const Told* Sower::departure_of(const Told& told) const {
    const Source source = told.repeats.value_or(Source{told.index, told.place});
    for (const Told* other : history_->story(told.fact->item).facts) {
        if (other->fact->kind == FactKind::kDepart && !other->is_inherited() &&
            Source{other->index, other->place} == source) {
            return other;
        }
    }
    return nullptr;
}

void Sower::sow_event(graph::EventIndex index) {
    std::vector<const Told*> facts;  // at a position, own and inherited
    for (const auto& [item, story] : history_->stories()) {
        std::ranges::copy_if(story.facts, std::back_inserter(facts), [&](const Told* told) {
            return told->index == index;
        });
    }
    std::vector<const Told*> departures;
    for (const Told* told : facts) {
        if (const Told* departure = departure_of(*told); departure != nullptr) {
            departures.push_back(departure);
        }
    }
    if (is_forward() && !departures.empty()) {  // what stayed did not go that way
        for (const Told* departure : departures) {
            sow_ends(*departure);
        }
        return;
    }
    for (const Told* told : facts) {
        sow_fact(*told);
    }
}

void Sower::sow_fact(const Told& told) {
    sow(told.position(), moment_of(told.time()));
    std::set<ItemId> seen;
    sow_contents_of_fact(told, told.fact->item, seen);
    if (const Told* departure = departure_of(told); departure != nullptr) {
        sow_ends(*departure);
    }
}

void Sower::sow_contents_of_fact(const Told& told, ItemId container, std::set<ItemId>& seen) {
    if (!seen.insert(container).second) {
        return;
    }
    for (const auto& [child, story] : history_->stories()) {
        const bool is_inside = std::ranges::any_of(story.stays, [&](const Stay& stay) {
            return stay.container() == container &&
                   possibly_falls_in(stay, told.time(), *told.event);
        });
        if (is_inside) {
            sow({child, told.fact->owner, told.fact->site}, moment_of(told.time()));
            sow_contents_of_fact(told, child, seen);
        }
    }
}

void Sower::sow_ends(const Told& departure) {
    const ItemStory& story = history_->story(departure.fact->item);
    std::vector<const OwnMove*> moves;
    for (const OwnMove* ride : story.rides_of_carried(departure)) {
        if (ride->move.leaving_event == departure.index) {
            moves.push_back(ride);
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.departure == &departure) {
            moves.push_back(&own);
        }
    }
    for (const OwnMove* own : moves) {
        sow(own->move.to, moment_of(own->move.arrive));
        std::set<ItemId> seen;
        sow_contents_of_move(*own, departure.fact->item, seen);
    }
}

// What rode the move: the rides by that container with its times, events and ends.
void Sower::sow_contents_of_move(
    const OwnMove& carrying, ItemId container, std::set<ItemId>& seen
) {
    if (!seen.insert(container).second) {
        return;
    }
    const trace::Move& whole = carrying.move;
    for (const auto& [child, story] : history_->stories()) {
        for (const OwnMove& own : story.moves) {
            const trace::Move& ride = own.move;
            const bool is_of_move =
                own.is_ride() && ride.carrier == container && ride.leave == whole.leave &&
                ride.arrive == whole.arrive && ride.leaving_event == whole.leaving_event &&
                ride.arriving_event == whole.arriving_event &&
                ride.from == Position{child, whole.from.owner, whole.from.site} &&
                ride.to == Position{child, whole.to.owner, whole.to.site};
            if (is_of_move) {
                sow(ride.to, moment_of(ride.arrive));
                sow_contents_of_move(own, child, seen);
            }
        }
    }
}

template <typename IsThere>
void Sower::sow_places(const IsThere& is_there) {
    const trace::Window& window = question_->window;
    for (const auto& [item, story] : history_->stories()) {
        for (const Position& position : story.positions()) {
            if (!is_there(position)) {
                continue;
            }
            const auto emptied = emptyings(history_->log(), story, position);
            const auto times = times_at(*history_, position, false);
            const bool is_meant = std::ranges::any_of(times, [&](const TimeInterval& time) {
                return time.first <= window.to &&
                       std::ranges::none_of(emptied, [&](MicrosUtc moment) {
                           return moment < window.from && time.first <= moment;
                       });
            });
            if (is_meant) {
                sow(position,
                    is_forward() ? std::max(window.from, *first_there(*history_, position))
                                 : std::min(window.to, *last_there(*history_, position)));
            }
        }
    }
}

}  // namespace

std::optional<MicrosUtc> first_there(const History& history, const Position& position) {
    std::optional<MicrosUtc> first;
    for (const TimeInterval& time : times_at(history, position, true)) {
        first = std::min(first.value_or(time.first), time.first);
    }
    return first;
}

std::optional<MicrosUtc> last_there(const History& history, const Position& position) {
    std::optional<MicrosUtc> last;
    for (const TimeInterval& time : times_at(history, position, true)) {
        last = std::max(last.value_or(time.last), time.last);
    }
    return last;
}

std::vector<graph::EventIndex> events_named(const Log& log, const trace::Question& question) {
    std::vector<graph::EventIndex> named;
    for (const graph::EventIndex index : log.records()) {
        const graph::FlowEvent& event = log.event(index);
        const auto* const paper = std::get_if<trace::PaperSeed>(&question.seed);
        const auto* const vehicle = std::get_if<trace::VehicleSeed>(&question.seed);
        const auto* const person = std::get_if<trace::PersonSeed>(&question.seed);
        const bool is_named =
            (paper != nullptr && std::ranges::count(event.papers, paper->paper) > 0) ||
            (vehicle != nullptr && std::ranges::count(event.vehicles, vehicle->vehicle) > 0) ||
            (person != nullptr && std::ranges::count(event.people, person->person) > 0);
        if (is_named && event.time.first <= question.window.to &&
            event.time.last >= question.window.from) {
            named.push_back(index);
        }
    }
    return named;
}

Seeds seeds_of(const History& history, const trace::Question& question, Sense sense) {
    return Sower(history, question, sense).sow();
}

}  // namespace suyuan::property
