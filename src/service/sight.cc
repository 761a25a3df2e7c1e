// SPDX-License-Identifier: Apache-2.0

#include "service/sight.h"

#include <cstdint>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/admission.h"
#include "policy/scope.h"
#include "service/inner_scope.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"

namespace suyuan::service {
namespace {

std::vector<trace::Position> places_of(const graph::Fact& fact, graph::ItemId item) {
    return {{item, fact.owner, fact.site}, {item, fact.peer_owner, fact.peer_site}};
}

}  // namespace

policy::Scope naming_scope(const policy::Scope& scope) {
    return scope.sees_everything() ? scope : inner_scope();
}

// The scope's operator; 0: no event and no row names it.
Result<graph::OperatorId> Sight::own_operator() const {
    SUYUAN_TRY(
        const auto own,
        store_.find_name(
            context_, inner_scope(), store::NameKind::kOperator, scope_.operator_code()
        )
    );
    return graph::OperatorId(own.value_or(0));
}

// By who submitted it alone, as the store judges too.
Result<std::vector<graph::FactIndex>> Sight::own_facts(std::vector<graph::FactIndex> facts) const {
    SUYUAN_TRY(const graph::OperatorId own, own_operator());
    std::erase_if(facts, [&](graph::FactIndex fact) {
        return graph_.event(graph_.fact(fact).event).submitter != own;
    });
    return facts;
}

Result<std::vector<graph::FactIndex>> Sight::facts(std::vector<graph::FactIndex> facts) const {
    if (scope_.sees_everything()) {
        return facts;
    }
    if (scope_.view() == policy::View::kOwn) {
        return own_facts(std::move(facts));
    }
    const auto log_index_of = [&](graph::FactIndex fact) {
        return graph_.event(graph_.fact(fact).event).log_index;
    };
    std::vector<std::uint64_t> events;
    events.reserve(facts.size());
    for (const graph::FactIndex fact : facts) {
        events.push_back(log_index_of(fact));
    }
    sort_unique(events);
    SUYUAN_TRY(const auto seen, store_.events_in_sight(context_, scope_, events));
    const std::unordered_set<std::uint64_t> in_sight(seen.begin(), seen.end());
    std::erase_if(facts, [&](graph::FactIndex fact) {
        return !in_sight.contains(log_index_of(fact));
    });
    return facts;
}

Result<std::vector<trace::ItemStock>> Sight::positions(
    std::vector<trace::ItemStock> positions, const std::vector<graph::FactIndex>& facts
) const {
    if (scope_.sees_everything() || positions.empty()) {
        return positions;
    }
    const graph::ItemId item = positions.front().position.item;
    std::set<trace::Position> told;
    for (const graph::FactIndex fact : facts) {
        for (const trace::Position& place : places_of(graph_.fact(fact).fact, item)) {
            told.insert(place);
        }
    }
    std::erase_if(positions, [&](const trace::ItemStock& stock) {
        return !told.contains(stock.position);
    });
    if (scope_.view() == policy::View::kOwn) {
        SUYUAN_TRY(const graph::OperatorId own, own_operator());
        std::erase_if(positions, [&](const trace::ItemStock& stock) {
            return own.value() == 0 || stock.position.owner != own;
        });
        return positions;
    }
    NameRequest wanted;
    for (const trace::ItemStock& stock : positions) {
        wanted.add(stock.position);
    }
    SUYUAN_TRY(const NameBook names, NameBook::fetch(context_, inner_scope(), store_, wanted));
    const std::string region = policy::region_prefix(scope_.region());
    std::erase_if(positions, [&](const trace::ItemStock& stock) {
        return !names.region_of(stock.position).starts_with(region);
    });
    return positions;
}

}  // namespace suyuan::service
