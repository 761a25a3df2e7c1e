// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_stock.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;
using graph::SinkKind;
using trace::Balance;
using trace::Position;
using trace::StockStatus;

enum class Effect : std::uint8_t { kAdds, kTakes, kSets };

// A quantified fact, or one end of a ride, at the position.
struct Entry {
    Moment moment;
    bool is_implied = false;       // it comes before the use that implies it
    std::size_t order_in_tie = 0;  // rides of one event: those that arrive, then those that leave
    Effect effect = Effect::kAdds;
    bool has_quantity = false;
    graph::UnitId unit;
    std::int64_t millionths = 0;
    bool is_settling = false;                  // a count elsewhere
    std::int64_t Balance::* column = nullptr;  // where it is told in the balance; none for a count

    [[nodiscard]] auto key() const { return std::tuple(moment.key(), !is_implied, order_in_tie); }
};

std::int64_t Balance::* column_of_sink(SinkKind sink) {
    switch (sink) {
        case SinkKind::kSold:
            return &Balance::sold;
        case SinkKind::kUsed:
            return &Balance::used;
        case SinkKind::kDestroyed:
            return &Balance::destroyed;
        case SinkKind::kLeft:
        case SinkKind::kNone:
            return &Balance::left;
    }
    return nullptr;
}

bool is_ride_in_transit(const ItemStory& story, const OwnMove& own) {
    return own.move.is_in_transit && !story.has_fact_at(own.move.to);
}

// Whether what departs is told as in transit, not as shipped.
bool is_under_way(const ItemStory& story, const Told& departure) {
    const auto rides = story.rides_of_carried(departure);
    if (!rides.empty()) {
        return std::ranges::all_of(rides, [&](const OwnMove* ride) {
            return is_ride_in_transit(story, *ride);
        });
    }
    return std::ranges::any_of(story.moves, [&](const OwnMove& own) {
        return own.departure == &departure && own.move.is_in_transit;
    });
}

std::optional<Entry> entry_of_fact(const ItemStory& story, const Told& told) {
    const Fact& fact = *told.fact;
    Entry entry;
    entry.moment = told.moment();
    entry.has_quantity = fact.has_quantity;
    entry.unit = fact.unit;
    entry.millionths = fact.millionths;
    switch (fact.kind) {
        case FactKind::kCreate:
            entry.column = &Balance::created;
            return entry;
        case FactKind::kOutput:
            entry.column = &Balance::produced;
            return entry;
        case FactKind::kArrive:
            entry.column = &Balance::received;
            return entry;
        case FactKind::kDepart:
            entry.effect = Effect::kTakes;
            entry.column = is_under_way(story, told) ? &Balance::in_transit : &Balance::shipped;
            return entry;
        case FactKind::kInput:
            entry.effect = Effect::kTakes;
            entry.column = &Balance::used;
            return entry;
        case FactKind::kSink:
            entry.effect = Effect::kTakes;
            entry.column = column_of_sink(fact.sink);
            return entry;
        case FactKind::kCount:
            entry.effect = Effect::kSets;
            return entry;
        default:
            return std::nullopt;
    }
}

Entry entry_of_ride(const OwnMove& own) {
    Entry entry;
    entry.has_quantity = own.move.has_quantity;
    entry.unit = own.move.unit;
    entry.millionths = own.move.millionths;
    return entry;
}

bool leaves_with_carried_departure(const ItemStory& story, const OwnMove& ride) {
    return std::ranges::any_of(story.facts, [&](const Told* told) {
        const auto rides = told->fact->kind == FactKind::kDepart ? story.rides_of_carried(*told)
                                                                 : std::vector<const OwnMove*>();
        return std::ranges::count(rides, &ride) > 0;
    });
}

bool arrives_with_own_arrival(const ItemStory& story, const OwnMove& ride) {
    return std::ranges::any_of(story.facts, [&](const Told* told) {
        return told->fact->kind == FactKind::kArrive && story.came_with(*told, ride);
    });
}

// The quantified facts and rides at the position, by time.
std::vector<Entry> entries_at(const Log& log, const ItemStory& story, const Position& position) {
    std::vector<Entry> entries;
    for (const Told* told : story.facts) {
        const auto entry = entry_of_fact(story, *told);
        if (told->position() == position && entry.has_value()) {
            entries.push_back(*entry);
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_passing) {
            continue;
        }
        if (own.is_ride() && own.move.to == position && !arrives_with_own_arrival(story, own) &&
            !is_ride_in_transit(story, own)) {
            Entry entry = entry_of_ride(own);
            entry.moment = {own.move.arrive, log.event(own.move.arriving_event).log_index, 0};
            entry.order_in_tie = own.pack_order;
            entry.column = &Balance::received;
            entries.push_back(entry);
        }
        if (own.is_ride() && own.move.from == position &&
            !leaves_with_carried_departure(story, own)) {
            Entry entry = entry_of_ride(own);
            entry.moment = {own.move.leave, log.event(own.move.leaving_event).log_index, 0};
            entry.order_in_tie = story.stays.size() + 1 + own.pack_order;
            entry.effect = Effect::kTakes;
            entry.column =
                is_ride_in_transit(story, own) ? &Balance::in_transit : &Balance::shipped;
            entries.push_back(entry);
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_stated() && own.move.from == position &&
            story.accounted_for.contains(position)) {
            Entry entry = entry_of_fact(story, *own.arrival).value();
            entry.effect = Effect::kTakes;
            entry.column = &Balance::shipped;
            entries.push_back(entry);
        }
    }
    for (const ImpliedArrival& arrival : story.implied) {
        if (arrival.position == position) {
            Entry entry;
            entry.moment = arrival.first_use;
            entry.is_implied = true;
            const bool has_fact = std::ranges::any_of(story.facts, [&](const Told* told) {
                return told->position() == position;
            });
            entry.has_quantity = arrival.is_one_from_nowhere && (has_fact || !entries.empty());
            entry.millionths = 1'000'000;
            entry.column = &Balance::received;
            entries.push_back(entry);
        }
    }
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return a.key() < b.key(); });
    return entries;
}

void apply(const Entry& entry, std::int64_t& amount) {
    switch (entry.effect) {
        case Effect::kAdds:
            amount += entry.millionths;
            return;
        case Effect::kTakes:
            amount -= entry.millionths;
            return;
        case Effect::kSets:
            amount = entry.millionths;
            return;
    }
}

// Whether the sum over the first `size` entries comes to zero and was never negative.
bool comes_to_zero(const std::vector<Entry>& entries, std::size_t size) {
    std::int64_t amount = 0;
    for (std::size_t i = 0; i < size; ++i) {
        apply(entries[i], amount);
        if (amount < 0) {
            return false;
        }
    }
    return amount == 0;
}

std::vector<model::MicrosUtc> proven_empty(const std::vector<Entry>& entries) {
    std::vector<model::MicrosUtc> found;
    const bool is_one_unit = std::ranges::all_of(entries, [&](const Entry& entry) {
        return entry.has_quantity && entry.unit == entries.front().unit;
    });
    if (!is_one_unit) {
        return found;
    }
    for (std::size_t size = 1; size <= entries.size(); ++size) {
        model::MicrosUtc greatest = entries.front().moment.time.last;
        for (std::size_t i = 0; i < size; ++i) {
            greatest = std::max(greatest, entries[i].moment.time.last);
        }
        bool is_cut = true;
        for (std::size_t i = size; i < entries.size(); ++i) {
            is_cut = is_cut && entries[i].moment.time.first > greatest;
        }
        if (is_cut && comes_to_zero(entries, size)) {
            found.push_back(greatest);
        }
    }
    return found;
}

// Section 7: counts where the owner alone may have had what left from no site said.
std::vector<const Told*> settling_counts(const ItemStory& story, const Position& position) {
    std::vector<const Told*> counts;
    std::set<Position> named;
    for (const Position& other : story.positions()) {
        if (other.owner == position.owner && other.site != graph::SiteId()) {
            named.insert(other);
        }
    }
    const bool is_unnamed =
        position.site == graph::SiteId() && position.owner != graph::OperatorId();
    if (is_unnamed && named.size() == 1) {
        std::ranges::copy_if(story.facts, std::back_inserter(counts), [&](const Told* told) {
            return told->fact->kind == FactKind::kCount && told->fact->has_quantity &&
                   told->position() == *named.begin();
        });
    }
    return counts;
}

// `settling`: counts that leave no less than zero.
std::vector<Balance> balances_of(
    std::vector<Entry> entries, const std::vector<const Told*>& settling
) {
    for (const Told* count : settling) {
        Entry entry;
        entry.moment = count->moment();
        entry.unit = count->fact->unit;
        entry.has_quantity = true;
        entry.is_settling = true;
        entries.push_back(entry);
    }
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return a.key() < b.key(); });
    std::map<graph::UnitId, Balance> by_unit;
    for (const Entry& entry : entries) {
        if (!entry.has_quantity) {
            continue;
        }
        if (entry.is_settling) {
            const auto balance = by_unit.find(entry.unit);
            if (balance != by_unit.end() && balance->second.on_hand < 0) {
                balance->second.on_hand = 0;
            }
            continue;
        }
        Balance& balance = by_unit[entry.unit];
        balance.unit = entry.unit;
        apply(entry, balance.on_hand);
        if (entry.column != nullptr) {
            balance.*entry.column += entry.millionths;
        }
    }
    std::vector<Balance> balances;
    for (auto& [unit, balance] : by_unit) {
        const std::int64_t in = balance.created + balance.produced + balance.received;
        balance.unexplained = in - balance.on_hand - balance.in_transit - balance.shipped -
                              balance.sold - balance.used - balance.destroyed - balance.left;
        balances.push_back(balance);
    }
    return balances;
}

bool is_only_on_the_way_to(const ItemStory& story, const Position& position) {
    bool has_arriving = false;
    for (const OwnMove& own : story.moves) {
        if (own.move.to != position) {
            continue;
        }
        if (!own.move.is_in_transit) {
            return false;
        }
        has_arriving = true;
    }
    return has_arriving && !story.has_fact_at(position);
}

StockStatus status_of(
    const Log& log, const ItemStory& story, const Position& position, const trace::Stock& stock
) {
    if (is_only_on_the_way_to(story, position)) {
        return StockStatus::kInTransit;
    }
    const auto entries = entries_at(log, story, position);
    const bool is_closed =
        std::ranges::any_of(emptyings(log, story, position), [&](model::MicrosUtc emptied) {
            return std::ranges::all_of(entries, [&](const Entry& entry) {
                return entry.moment.time.last <= emptied;
            });
        });
    if (is_closed) {
        return StockStatus::kClosed;
    }
    const bool has_unmeasured =
        std::ranges::any_of(entries, [](const Entry& entry) { return !entry.has_quantity; });
    if (entries.empty() || has_unmeasured) {
        return StockStatus::kUnknown;
    }
    const bool is_negative = std::ranges::any_of(stock.balances, [](const Balance& balance) {
        return balance.on_hand < 0;
    });
    return is_negative ? StockStatus::kNegative : StockStatus::kOnHand;
}

}  // namespace

std::vector<model::MicrosUtc> emptyings(
    const Log& log, const ItemStory& story, const Position& position
) {
    auto found = proven_empty(entries_at(log, story, position));
    for (const Told* told : story.facts) {
        if (told->fact->kind == FactKind::kCleanBreak && told->position() == position) {
            found.push_back(told->time().last);
        }
    }
    return found;
}

std::vector<const Told*> blocks_and_releases_of(
    const Log& log, const ItemStory& story, const Position& position
) {
    std::set<graph::ItemId> own_count = {position.item};  // itself and the lots that it is part of
    for (const Told& told : log.facts()) {
        if (told.fact->kind == FactKind::kPartOf && told.fact->item == position.item &&
            log.world().is_individual(position.item)) {
            own_count.insert(told.fact->other);
        }
    }
    std::vector<const Told*> said = story.inherited;
    for (const Told& told : log.facts()) {
        if (own_count.contains(told.fact->item)) {
            said.push_back(&told);
        }
    }
    std::erase_if(said, [&](const Told* told) {
        const Fact& fact = *told->fact;
        return (fact.kind != FactKind::kBlock && fact.kind != FactKind::kRelease) ||
               (fact.owner != graph::OperatorId() && fact.owner != position.owner) ||
               (fact.site != graph::SiteId() && fact.site != position.site);
    });
    std::ranges::stable_sort(said, [](const Told* a, const Told* b) {
        return a->moment() < b->moment();
    });
    return said;
}

trace::Stock stock_at(const Log& log, const ItemStory& story, const Position& position) {
    trace::Stock stock;
    stock.balances =
        balances_of(entries_at(log, story, position), settling_counts(story, position));
    stock.status = status_of(log, story, position, stock);
    const auto said = blocks_and_releases_of(log, story, position);
    stock.is_blocked = !said.empty() && said.back()->fact->kind == FactKind::kBlock;
    return stock;
}

}  // namespace suyuan::property
