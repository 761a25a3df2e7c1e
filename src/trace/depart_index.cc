// SPDX-License-Identifier: Apache-2.0

#include "trace/depart_index.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

constexpr unsigned kFields = 4;
// Bits of the fields.
constexpr unsigned kPeerOwner = 1;
constexpr unsigned kPeerSite = 2;
constexpr unsigned kOwner = 4;
constexpr unsigned kSite = 8;
constexpr unsigned kUnstated = 16;  // of departures whose owner is not stated alone

bool names_no_end(const graph::Fact& depart) noexcept {
    return depart.peer_owner.value() == 0 && depart.peer_site.value() == 0;
}

bool names_no_end(const WantedDepart& wanted) noexcept {
    return wanted.peer_owner.value() == 0 && wanted.peer_site.value() == 0;
}

}  // namespace

DepartIndex::DepartIndex(const std::vector<TimedFact>& facts, std::vector<std::uint32_t> departs)
    : facts_(facts), departs_(std::move(departs)), is_removed_(departs_.size(), false) {}

DepartIndex::Table DepartIndex::make_table(unsigned known) const {
    Table table;
    table.entries.reserve(departs_.size());
    for (std::uint32_t place = 0; place < departs_.size(); ++place) {
        const graph::Fact& fact = depart(place).fact;
        if ((known & kUnstated) != 0 && fact.owner_is_stated) {
            continue;
        }
        Entry entry;
        entry.key = {
            fact.peer_owner.value(), fact.peer_site.value(), fact.owner.value(), fact.site.value()
        };
        for (unsigned field = 0; field < kFields; ++field) {
            entry.key.at(field) *= (known >> field) & 1U;
        }
        entry.place = place;
        table.entries.push_back(entry);
    }
    std::ranges::sort(table.entries, {}, [](const Entry& entry) {
        return std::tie(entry.key, entry.place);
    });
    const auto leaves_alike = [&](const Entry& a, const Entry& b) {
        const graph::Fact& one = depart(a.place).fact;
        const graph::Fact& other = depart(b.place).fact;
        return a.key == b.key && one.owner == other.owner && one.site == other.site &&
               names_no_end(one) == names_no_end(other);
    };
    for (std::uint32_t i = 0; i < table.entries.size(); ++i) {
        const bool continues = i > 0 && leaves_alike(table.entries[i - 1], table.entries[i]);
        table.entries[i].run = continues ? table.entries[i - 1].run : i;
    }
    table.alive.resize(table.entries.size() + 1);
    for (std::uint32_t i = 0; i < table.alive.size(); ++i) {
        table.alive[i] = i;
    }
    return table;
}

DepartIndex::Table& DepartIndex::table_for(unsigned known) {
    const auto made = std::ranges::find(tables_, known, &std::pair<unsigned, Table>::first);
    if (made != tables_.end()) {
        return made->second;
    }
    return tables_.emplace_back(known, make_table(known)).second;
}

// How many of the first `count` entries there are up to the last that is not removed.
std::uint32_t DepartIndex::last_alive(Table& table, std::uint32_t count) {
    while (count > 0) {
        const std::uint32_t next = table.alive[count];
        if (next != count) {
            table.alive[count] = table.alive[next];
            count = next;
        } else if (is_removed_[table.entries[count - 1].place]) {
            table.alive[count] = count - 1;
        } else {
            return count;
        }
    }
    return 0;
}

std::optional<std::uint32_t> DepartIndex::last_with_key(
    Table& table, const Key& key, std::uint32_t limit, const WantedDepart& wanted
) {
    const auto after =
        std::ranges::lower_bound(table.entries, std::pair(key, limit), {}, [](const Entry& entry) {
            return std::pair(entry.key, entry.place);
        });
    auto count = static_cast<std::uint32_t>(after - table.entries.begin());
    for (count = last_alive(table, count); count > 0; count = last_alive(table, count)) {
        const Entry& entry = table.entries[count - 1];
        const TimedFact& fact = depart(entry.place);
        if (entry.key != key) {
            break;
        }
        const bool is_here =
            fact.fact.owner == wanted.position.owner && fact.fact.site == wanted.position.site;
        if (is_here &&
            (wanted.comes_from_elsewhere || (names_no_end(fact.fact) && names_no_end(wanted)))) {
            count = entry.run;
        } else if (fact.event() == wanted.event) {
            --count;
        } else {
            return entry.place;
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> DepartIndex::last_fitting(const WantedDepart& wanted) {
    const Key key = {
        wanted.position.owner.value(),
        wanted.position.site.value(),
        wanted.peer_owner.value(),
        wanted.peer_site.value()
    };
    unsigned known = 0;
    for (unsigned field = 0; field < kFields; ++field) {
        known |= (key.at(field) == 0 ? 0U : 1U) << field;
    }
    const auto after = std::ranges::upper_bound(
        departs_, wanted.before, {}, [&](std::uint32_t fact) { return facts_[fact].key.first; }
    );
    const auto limit = static_cast<std::uint32_t>(after - departs_.begin());
    // Whether the one side's owner, or the other's, need not agree, as both speak of one site.
    const bool has_operator = !wanted.owner_is_stated && (known & kPeerOwner) != 0;
    const bool names_owner = (known & kOwner) != 0;
    std::optional<std::uint32_t> last = last_agreeing(key, known, 0, limit, wanted);
    if (has_operator && (known & kPeerSite) != 0) {
        last = std::max(last, last_agreeing(key, known & ~kPeerOwner, kPeerSite, limit, wanted));
    }
    if (names_owner && (known & kSite) != 0) {
        const unsigned left = (known & ~kOwner) | kUnstated;
        last = std::max(last, last_agreeing(key, left, kSite, limit, wanted));
        if (has_operator && (known & kPeerSite) != 0) {
            const unsigned sites = left & ~kPeerOwner;
            last = std::max(last, last_agreeing(key, sites, kSite | kPeerSite, limit, wanted));
        }
    }
    return last;
}

std::optional<std::uint32_t> DepartIndex::last_agreeing(
    const Key& key,
    unsigned known,
    unsigned required,
    std::uint32_t limit,
    const WantedDepart& wanted
) {
    Table& table = table_for(known);
    std::optional<std::uint32_t> last;
    // Every choice of known fields that the departure knows too.
    for (unsigned stated = 0; stated < (1U << kFields); ++stated) {
        if ((stated & ~known) != 0 || (required & ~stated) != 0) {
            continue;
        }
        Key tried = {};
        for (unsigned field = 0; field < kFields; ++field) {
            tried.at(field) = key.at(field) * ((stated >> field) & 1U);
        }
        last = std::max(last, last_with_key(table, tried, limit, wanted));
    }
    return last;
}

}  // namespace suyuan::trace
