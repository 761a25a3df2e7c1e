// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2: what is done with a container is done with what is in it.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "trace/item_flow.h"
#include "trace/lot_stays.h"
#include "trace/view.h"
#include "trace/work.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

class Heir {
public:
    Heir(ItemFlow& flow, bool exists_once, Work& work)
        : flow_(flow), exists_once_(exists_once), work_(work) {}

    void inherit_from(const NamedCarrier& carrier);
    void settle();

private:
    [[nodiscard]] std::optional<TimedFact> inherited(
        const TimedFact& handed, std::span<const Stay> stays
    ) const;
    [[nodiscard]] bool has_own(const TimedFact& handed) const;

    ItemFlow& flow_;
    bool exists_once_;
    Work& work_;
    std::vector<TimedFact> inherited_;  // by container, then by time
};

bool takes(const TimedFact& handed, const Stay& stay) noexcept {
    return stay.end == handed.key || possibly_falls_in(stay, handed.time(), handed.event());
}

bool certainly_takes(const TimedFact& handed, const Stay& stay) noexcept {
    const bool is_in_time =
        stay.end == handed.key || !stay.end || handed.key.last <= stay.end->first;
    return is_in_time && !stay.is_doubtful && stay.pack_key.last <= handed.key.first &&
           (!stay.refilled || handed.key.last <= stay.refilled->first);
}

bool Heir::has_own(const TimedFact& handed) const {
    const TimeKey begin = {handed.key.first, handed.key.last, handed.event(), 0};
    for (auto fact = std::ranges::lower_bound(flow_.facts, begin, {}, &TimedFact::key);
         fact != flow_.facts.end() && fact->event() == handed.event();
         ++fact) {
        if (fact->fact.kind == handed.fact.kind && fact->fact.owner == handed.fact.owner &&
            fact->fact.site == handed.fact.site) {
            return true;
        }
    }
    return false;
}

// `stays` in the container that the handed fact is of.
std::optional<TimedFact> Heir::inherited(const TimedFact& handed, std::span<const Stay> stays)
    const {
    const bool is_block = handed.fact.kind == FactKind::kBlock;
    bool is_taken = false;
    bool is_doubtful = handed.is_doubtful;
    Amount sum;
    for (const Stay& stay : stays) {
        if (!takes(handed, stay) || !work_.step()) {
            continue;
        }
        is_doubtful = is_doubtful || !certainly_takes(handed, stay);
        sum = std::exchange(is_taken, true) ? together(sum, stay.amount) : stay.amount;
    }
    if (!is_taken || has_own(handed)) {
        return std::nullopt;
    }
    TimedFact fact = handed;
    fact.is_inherited = true;
    fact.is_doubtful = is_doubtful && !is_block;
    // Whose own fact it is: a mapping of a process may name that.
    fact.fact.other = handed.is_inherited ? handed.fact.other : handed.fact.item;
    fact.fact.item = flow_.item;
    const bool is_told = sum.is_known && !is_doubtful && !is_block;
    fact.fact.has_quantity = is_told;
    fact.fact.unit = is_told ? sum.unit : graph::UnitId();
    fact.fact.millionths = is_told ? sum.millionths : 0;
    return fact;
}

void Heir::inherit_from(const NamedCarrier& carrier) {
    const std::span<const Stay> stays = flow_.stays_in(carrier.container);
    bool is_blocked = false;
    for (const TimedFact& handed : carrier.carrier->handed_on) {
        if (handed.fact.kind == FactKind::kRelease) {
            if (is_blocked) {
                TimedFact release = handed;
                release.is_inherited = true;
                release.fact.item = flow_.item;
                inherited_.push_back(release);
            }
        } else if (auto fact = inherited(handed, stays)) {
            is_blocked = is_blocked || handed.fact.kind == FactKind::kBlock;
            inherited_.push_back(*std::move(fact));
        }
    }
}

// Puts them in the order by time, and the stays with them.
void Heir::settle() {
    if (inherited_.empty()) {
        return;
    }
    std::ranges::stable_sort(inherited_, {}, &TimedFact::key);
    if (exists_once_) {
        const auto repeated = std::ranges::unique(inherited_, {}, &TimedFact::key);
        inherited_.erase(repeated.begin(), repeated.end());
    }
    std::vector<TimedFact> all;
    all.reserve(flow_.facts.size() + inherited_.size());
    std::vector<std::uint32_t> places(flow_.facts.size());
    auto next = inherited_.begin();
    for (std::uint32_t place = 0; place < flow_.facts.size(); ++place) {
        while (next != inherited_.end() && next->key < flow_.facts[place].key) {
            all.push_back(*next++);
        }
        places[place] = static_cast<std::uint32_t>(all.size());
        all.push_back(flow_.facts[place]);
    }
    std::copy(next, inherited_.end(), std::back_inserter(all));
    for (Stay& stay : flow_.stays) {
        stay.pack = places[stay.pack];
    }
    flow_.facts = std::move(all);
}

}  // namespace

void inherit(ItemFlow& flow, std::span<const NamedCarrier> carriers, const View& view, Work& work) {
    Heir heir(flow, view.graph().is_individual(flow.item), work);
    for (const NamedCarrier& carrier : carriers) {
        if (!carrier.carrier->handed_on.empty()) {
            heir.inherit_from(carrier);
        }
    }
    heir.settle();
}

}  // namespace suyuan::trace
