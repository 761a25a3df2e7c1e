// SPDX-License-Identifier: Apache-2.0
//
// Which departure is the last that fits an arrival (docs/tracing.md section 3.1), without walking
// over those that do not.
//
// "Fits" compares four fields, each only where both sides know it. What an arrival knows picks a
// table: the departures by those fields, then by time. A departure that does not know a field
// stands there with 0, so an arrival that knows k fields looks in 2^k places. Owners that are not
// stated need not agree where both sides speak of one site: for these there are tables that leave
// them out.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "trace/view.h"

namespace suyuan::trace {

// An arrival in search of its departure.
struct WantedDepart {
    Position position;  // where it arrives
    graph::OperatorId peer_owner;
    graph::SiteId peer_site;
    graph::EventIndex event = 0;
    model::MicrosUtc before = 0;        // the departure's first moment is not after this
    bool comes_from_elsewhere = false;  // even where ends are named
    bool owner_is_stated = true;        // of the position
};

// Lifetime: borrows the facts.
class DepartIndex {
public:
    // `departs`: places in `facts`, in the order by time.
    DepartIndex(const std::vector<TimedFact>& facts, std::vector<std::uint32_t> departs);

    // The last by time of those that fit and are not removed, as place in `departs`.
    [[nodiscard]] std::optional<std::uint32_t> last_fitting(const WantedDepart& wanted);

    void remove(std::uint32_t place) { is_removed_[place] = true; }

private:
    using Key = std::array<std::uint32_t, 4>;  // peer owner, peer site, owner, site

    struct Entry {
        Key key = {};
        std::uint32_t place = 0;  // in departs_
        std::uint32_t run =
            0;  // first entry of the run that leaves the same position for as little known ends
    };

    struct Table {
        std::vector<Entry> entries;  // by key, then time
        std::vector<std::uint32_t>
            alive;  // for each entry + 1: where to look for the last not removed
    };

    [[nodiscard]] const TimedFact& depart(std::uint32_t place) const {
        return facts_[departs_[place]];
    }

    // `known`: a bit a field, and kUnstated for a table of departures whose owner is not stated.
    Table& table_for(unsigned known);
    [[nodiscard]] Table make_table(unsigned known) const;
    // Of those that agree in every field of `known` that they know, and know those of `required`.
    [[nodiscard]] std::optional<std::uint32_t> last_agreeing(
        const Key& key,
        unsigned known,
        unsigned required,
        std::uint32_t limit,
        const WantedDepart& wanted
    );
    [[nodiscard]] std::uint32_t last_alive(Table& table, std::uint32_t count);
    [[nodiscard]] std::optional<std::uint32_t> last_with_key(
        Table& table, const Key& key, std::uint32_t limit, const WantedDepart& wanted
    );

    const std::vector<TimedFact>& facts_;
    std::vector<std::uint32_t> departs_;
    std::vector<bool> is_removed_;
    std::vector<std::pair<unsigned, Table>>
        tables_;  // by what is known, made when asked for; at most 24
};

}  // namespace suyuan::trace
