// SPDX-License-Identifier: Apache-2.0

#include "trace/account.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::SinkKind;

constexpr std::uint32_t kLastPlace = std::numeric_limits<std::uint32_t>::max();
// After everything in the order by time.
constexpr TimeKey kEndOfOrder = {model::kEndOfTime, model::kEndOfTime, kLastPlace, kLastPlace};

enum class Effect : std::uint8_t { kAdds, kTakes, kSets };

// One of the quantified facts and rides.
struct Entry {
    TimeKey key;
    // Of rides by one event at one time: those that arrive, then those that leave, by their packs.
    std::uint64_t order = 0;
    Effect effect = Effect::kAdds;
    bool has_quantity = false;
    graph::UnitId unit;
    std::int64_t millionths = 0;
    std::int64_t Balance::* column = nullptr;  // nullptr: a count, which is in none
};

std::int64_t Balance::* column_of(SinkKind sink) noexcept {
    switch (sink) {
        case SinkKind::kSold:
            return &Balance::sold;
        case SinkKind::kUsed:
            return &Balance::used;
        case SinkKind::kDestroyed:
            return &Balance::destroyed;
        case SinkKind::kLeft:
        case SinkKind::kNone:
            break;
    }
    return &Balance::left;
}

std::int64_t negative_of(std::int64_t amount) noexcept {
    return amount == std::numeric_limits<std::int64_t>::min()
               ? std::numeric_limits<std::int64_t>::max()
               : -amount;
}

// Of what the counts before a moment settle, no less than zero is left; takes them off `counts`.
void settle_before(
    const TimeKey& moment, std::span<const TimedFact* const>& counts, std::vector<Balance>& balances
) {
    for (; !counts.empty() && counts.front()->key < moment; counts = counts.subspan(1)) {
        for (Balance& balance : balances) {
            if (balance.unit == counts.front()->fact.unit) {
                balance.on_hand = std::max<std::int64_t>(balance.on_hand, 0);
            }
        }
    }
}

class Accountant {
public:
    Accountant(const ItemFlow& flow, const SpotEntry& spot) : flow_(flow), spot_(spot) {}

    Account run();

private:
    void collect();
    void add_fact(std::uint32_t place);
    void add_ride(const FlowMove& ride, bool leaves);
    void add_stated(const FlowMove& stated);
    void add_implied(const TimeKey& first_use);
    void find_settlements();

    [[nodiscard]] bool is_lost(const FlowMove& ride) const {
        return ride.move.is_in_transit && flow_.spots[ride.to_spot].fact_count == 0;
    }

    [[nodiscard]] std::vector<Balance> balances() const;
    [[nodiscard]] std::vector<model::MicrosUtc> emptyings() const;
    void add_proven(std::vector<model::MicrosUtc>& found) const;
    [[nodiscard]] StockStatus status(const Account& account) const;
    [[nodiscard]] bool is_only_in_transit() const;

    const ItemFlow& flow_;
    const SpotEntry& spot_;
    std::vector<Entry> entries_;                 // by time
    std::vector<const TimedFact*> settlements_;  // counts that settle what left here, by time
};

void Accountant::add_fact(std::uint32_t place) {
    const TimedFact& fact = flow_.facts[place];
    Entry entry;
    entry.key = fact.key;
    entry.has_quantity = fact.fact.has_quantity;
    entry.unit = fact.fact.unit;
    entry.millionths = fact.fact.millionths;
    switch (fact.fact.kind) {
        case FactKind::kCreate:
            entry.column = &Balance::created;
            break;
        case FactKind::kOutput:
            entry.column = &Balance::produced;
            break;
        case FactKind::kArrive:
            entry.column = &Balance::received;
            break;
        case FactKind::kDepart:
            entry.effect = Effect::kTakes;
            entry.column = std::ranges::binary_search(flow_.departs_under_way, place)
                               ? &Balance::in_transit
                               : &Balance::shipped;
            break;
        case FactKind::kInput:
            entry.effect = Effect::kTakes;
            entry.column = &Balance::used;
            break;
        case FactKind::kSink:
            entry.effect = Effect::kTakes;
            entry.column = column_of(fact.fact.sink);
            break;
        case FactKind::kCount:
            entry.effect = Effect::kSets;
            break;
        default:
            return;
    }
    entries_.push_back(entry);
}

void Accountant::add_ride(const FlowMove& ride, bool leaves) {
    Entry entry;
    entry.key = leaves ? key_of_ride(ride.move.leave, ride.move.leaving_event)
                       : key_of_ride(ride.move.arrive, ride.move.arriving_event);
    constexpr std::uint64_t kLeaves = std::uint64_t{1} << 32;
    entry.order = flow_.stays[ride.leaving_place].pack | (leaves ? kLeaves : 0);
    entry.has_quantity = ride.move.has_quantity;
    entry.unit = ride.move.unit;
    entry.millionths = ride.move.millionths;
    entry.column = &Balance::received;
    if (leaves) {
        entry.effect = Effect::kTakes;
        entry.column = is_lost(ride) ? &Balance::in_transit : &Balance::shipped;
    }
    entries_.push_back(entry);
}

// What the receiver says that it came from here.
void Accountant::add_stated(const FlowMove& stated) {
    Entry entry;
    entry.key = key_of_stated(stated);
    entry.effect = Effect::kTakes;
    entry.has_quantity = stated.move.has_quantity;
    entry.unit = stated.move.unit;
    entry.millionths = stated.move.millionths;
    entry.column = &Balance::shipped;
    entries_.push_back(entry);
}

// Before the first use, whose time it has.
void Accountant::add_implied(const TimeKey& first_use) {
    constexpr std::int64_t kOnePiece = 1'000'000;
    Entry entry;
    entry.key = first_use;
    // Where nothing is taken off, as only stated moves leave, nothing came in either.
    const bool is_used = !entries_.empty() || !flow_.facts_at(spot_).empty();
    entry.has_quantity = spot_.has_one_from_nowhere && is_used;
    entry.millionths = kOnePiece;
    entry.column = &Balance::received;
    entries_.insert(std::ranges::lower_bound(entries_, first_use, {}, &Entry::key), entry);
}

void Accountant::collect() {
    for (const std::uint32_t place : flow_.facts_at(spot_)) {
        add_fact(place);
    }
    const std::size_t facts = entries_.size();
    for (const FlowMove& entry : flow_.leaving(spot_)) {
        if (entry.move.kind == MoveKind::kRide && entry.counts_at_origin) {
            add_ride(entry, true);
        } else if (entry.move.kind == MoveKind::kStated && entry.counts_at_origin) {
            add_stated(entry);
        }
    }
    for (const std::uint32_t place : flow_.reaching(spot_)) {
        const FlowMove& entry = flow_.moves[place];
        if (entry.move.kind == MoveKind::kRide && entry.counts_at_destination && !is_lost(entry)) {
            add_ride(entry, false);
        }
    }
    if (entries_.size() > facts) {
        std::ranges::sort(entries_, {}, [](const Entry& entry) {
            return std::pair(entry.key, entry.order);
        });
    }
    if (spot_.implied_arrival) {
        add_implied(*spot_.implied_arrival);
    }
}

// Counts at the only site that the owner has by name, if it has none here.
void Accountant::find_settlements() {
    const Spot& here = spot_.spot;
    if (here.owner.value() == 0 || here.site.value() != 0) {
        return;
    }
    const auto of_owner = std::ranges::equal_range(
        flow_.spots, here.owner, {}, [](const SpotEntry& entry) { return entry.spot.owner; }
    );
    if (of_owner.size() != 2) {
        return;
    }
    for (const std::uint32_t place : flow_.facts_at(of_owner[1])) {
        const TimedFact& fact = flow_.facts[place];
        if (fact.fact.kind == FactKind::kCount && fact.fact.has_quantity) {
            settlements_.push_back(&fact);
        }
    }
}

std::vector<Balance> Accountant::balances() const {
    std::vector<Balance> balances;
    std::span<const TimedFact* const> settlements = settlements_;
    for (const Entry& entry : entries_) {
        if (!entry.has_quantity) {
            continue;
        }
        settle_before(entry.key, settlements, balances);
        auto balance = std::ranges::lower_bound(balances, entry.unit, {}, &Balance::unit);
        if (balance == balances.end() || balance->unit != entry.unit) {
            balance = balances.insert(balance, Balance{.unit = entry.unit});
        }
        if (entry.effect == Effect::kSets) {
            balance->on_hand = entry.millionths;
            continue;
        }
        const bool takes = entry.effect == Effect::kTakes;
        balance->on_hand =
            sum_of(balance->on_hand, takes ? negative_of(entry.millionths) : entry.millionths);
        std::int64_t& column = (*balance).*entry.column;
        column = sum_of(column, entry.millionths);
    }
    settle_before(kEndOfOrder, settlements, balances);
    std::ranges::for_each(balances, settle);
    return balances;
}

// Moments between the entries up to which everything came to zero and was never below.
void Accountant::add_proven(std::vector<model::MicrosUtc>& found) const {
    const bool is_told = std::ranges::all_of(entries_, [&](const Entry& entry) {
        return entry.has_quantity && entry.unit == entries_.front().unit;
    });
    if (!is_told) {
        return;
    }
    std::int64_t sum = 0;
    model::MicrosUtc last = model::kBeginningOfTime;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        const bool takes = entry.effect == Effect::kTakes;
        sum = entry.effect == Effect::kSets
                  ? entry.millionths
                  : sum_of(sum, takes ? negative_of(entry.millionths) : entry.millionths);
        if (sum < 0) {
            return;
        }
        last = std::max(last, entry.key.last);
        // Entries are by first moment: if the next is later, so are all.
        if (sum == 0 && (i + 1 == entries_.size() || entries_[i + 1].key.first > last)) {
            found.push_back(last);
        }
    }
}

std::vector<model::MicrosUtc> Accountant::emptyings() const {
    std::vector<model::MicrosUtc> found;
    add_proven(found);
    for (const std::uint32_t place : flow_.facts_at(spot_)) {
        if (flow_.facts[place].fact.kind == FactKind::kCleanBreak) {
            found.push_back(flow_.facts[place].key.last);
        }
    }
    sort_unique(found);
    return found;
}

bool Accountant::is_only_in_transit() const {
    const auto reaching = flow_.reaching(spot_);
    return spot_.fact_count == 0 && !reaching.empty() &&
           std::ranges::all_of(reaching, [&](std::uint32_t place) {
               return flow_.moves[place].move.is_in_transit;
           });
}

StockStatus Accountant::status(const Account& account) const {
    if (is_only_in_transit()) {
        return StockStatus::kInTransit;
    }
    if (!account.emptyings.empty() && std::ranges::all_of(entries_, [&](const Entry& entry) {
            return entry.key.last <= account.emptyings.back();
        })) {
        return StockStatus::kClosed;
    }
    const bool is_told = !entries_.empty() && std::ranges::all_of(entries_, &Entry::has_quantity);
    if (!is_told) {
        return StockStatus::kUnknown;
    }
    const bool is_negative = std::ranges::any_of(
        account.stock.balances, [](const Balance& balance) { return balance.on_hand < 0; }
    );
    return is_negative ? StockStatus::kNegative : StockStatus::kOnHand;
}

Account Accountant::run() {
    collect();
    find_settlements();
    Account account;
    account.stock.balances = balances();
    account.emptyings = emptyings();
    account.stock.status = status(account);
    return account;
}

}  // namespace

Account account_of(const ItemFlow& flow, const SpotEntry& spot) {
    return Accountant(flow, spot).run();
}

std::int64_t sum_of(std::int64_t a, std::int64_t b) noexcept {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
    if (b > 0 && a > kMost - b) {
        return kMost;
    }
    if (b < 0 && a < kLeast - b) {
        return kLeast;
    }
    return a + b;
}

std::int64_t difference_of(std::int64_t a, std::int64_t b) noexcept {
    return sum_of(a, negative_of(b));
}

void add_balance(Balance& sum, const Balance& amount) noexcept {
    for (const auto column :
         {&Balance::created,
          &Balance::produced,
          &Balance::received,
          &Balance::shipped,
          &Balance::in_transit,
          &Balance::sold,
          &Balance::used,
          &Balance::destroyed,
          &Balance::left,
          &Balance::on_hand,
          &Balance::unexplained}) {
        sum.*column = sum_of(sum.*column, amount.*column);
    }
}

void settle(Balance& balance) noexcept {
    std::int64_t rest = 0;
    for (const auto column : {&Balance::created, &Balance::produced, &Balance::received}) {
        rest = sum_of(rest, balance.*column);
    }
    for (const auto column :
         {&Balance::on_hand,
          &Balance::in_transit,
          &Balance::shipped,
          &Balance::sold,
          &Balance::used,
          &Balance::destroyed,
          &Balance::left}) {
        rest = sum_of(rest, negative_of(balance.*column));
    }
    balance.unexplained = rest;
}

Blocks::Blocks(std::vector<TimedFact> facts) : facts_(std::move(facts)) {
    std::ranges::sort(facts_, {}, [](const TimedFact& fact) {
        return std::tuple(fact.fact.owner, fact.fact.site, fact.key);
    });
}

const TimedFact* Blocks::last_covering(
    const Spot& spot, const TimeKey& before, bool of_another_event
) const {
    const TimedFact* last = nullptr;
    for (const Spot& named : {spot, Spot{spot.owner, {}}, Spot{{}, spot.site}, Spot{}}) {
        auto after = std::ranges::lower_bound(
            facts_,
            std::tuple(named.owner, named.site, before),
            {},
            [](const TimedFact& fact) {
                return std::tuple(fact.fact.owner, fact.fact.site, fact.key);
            }
        );
        while (after != facts_.begin()) {
            const TimedFact& fact = *--after;
            if (fact.fact.owner != named.owner || fact.fact.site != named.site) {
                break;
            }
            if (!of_another_event || fact.event() != before.event) {
                last = last == nullptr || last->key < fact.key ? &fact : last;
                break;
            }
        }
    }
    return last;
}

Blocks blocks_over(Flows& flows, graph::ItemId item) {
    const auto is_mark = [](const graph::Fact& fact) {
        return fact.kind == FactKind::kBlock || fact.kind == FactKind::kRelease;
    };
    const bool is_thing = flows.view().graph().is_individual(item);
    std::vector<TimedFact> marks;
    std::vector<graph::ItemId> lots;
    for (const TimedFact& fact : flows.of(item).facts) {
        if (is_mark(fact.fact)) {
            marks.push_back(fact);
        } else if (is_thing && fact.fact.kind == FactKind::kPartOf && fact.fact.other != item) {
            lots.push_back(fact.fact.other);
        }
    }
    sort_unique(lots);
    // A lot's facts tell, without its flow.
    const View& view = flows.view();
    for (const graph::ItemId lot : lots) {
        view.visit_facts(
            graph::Chain::kItem,
            lot.value(),
            [&](const graph::FactRow& row, graph::FactIndex index) {
                if (is_mark(row.fact)) {
                    marks.push_back(view.timed(row, index));
                }
            }
        );
    }
    return Blocks(std::move(marks));
}

bool Blocks::is_blocked(const Spot& spot) const {
    const TimedFact* last = last_covering(spot, kEndOfOrder, false);
    return last != nullptr && last->fact.kind == FactKind::kBlock;
}

const TimedFact* Blocks::in_force_before(const Spot& spot, const TimeKey& key) const {
    const TimedFact* last = last_covering(spot, key, true);
    return last != nullptr && last->fact.kind == FactKind::kBlock ? last : nullptr;
}

}  // namespace suyuan::trace
