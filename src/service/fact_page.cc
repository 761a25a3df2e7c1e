// SPDX-License-Identifier: Apache-2.0

#include "service/fact_page.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/event_references.h"
#include "service/lookup.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

void add_fact_names(const graph::Fact& fact, NameRequest& names) {
    using store::NameKind;
    names.add(fact.item);
    names.add(fact.other);
    names.add(NameKind::kOperator, fact.owner.value());
    names.add(NameKind::kOperator, fact.peer_owner.value());
    names.add(NameKind::kSite, fact.site.value());
    names.add(NameKind::kSite, fact.peer_site.value());
    names.add(NameKind::kUnit, fact.unit.value());
}

}  // namespace

Result<std::size_t> first_row(std::string_view cursor) {
    std::size_t first = 0;
    if (cursor.empty()) {
        return first;
    }
    const auto [rest, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), first);
    if (error != std::errc() || rest != cursor.data() + cursor.size()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"cursor：不是某一页给出的，请从第一页开始", "cursor: not one that a page gave"}
        );
    }
    return first;
}

void add_stock_names(const trace::Stock& stock, NameRequest& names) {
    for (const trace::Balance& balance : stock.balances) {
        names.add(store::NameKind::kUnit, balance.unit.value());
    }
}

Result<FactPage> fact_page(
    const FactSource& source,
    const std::vector<graph::FactIndex>& facts,
    const PageRequest& page,
    NameRequest& names
) {
    SUYUAN_TRY(const std::size_t first, first_row(page.cursor));
    if (page.size == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"每页行数：至少一行", "page size: a page has at least one row"}
        );
    }
    const std::size_t begin = std::min(first, facts.size());
    const std::size_t end = begin + std::min({page.size, Lookup::kPageMax, facts.size() - begin});
    FactPage found;
    found.total = facts.size();
    std::vector<graph::EventIndex> events;
    for (std::size_t place = begin; place < end; ++place) {
        const graph::FactRow& row = source.graph.fact(facts[place]);
        FactLine line;
        line.fact = row.fact;
        line.event = row.event;
        line.is_effective =
            source.graph.is_effective(row.event, model::kEndOfTime, source.snapshot);
        if (source.hide) {
            source.hide(line.fact);
        }
        add_fact_names(line.fact, names);
        events.push_back(row.event);
        found.facts.push_back(line);
    }
    if (end < facts.size()) {
        found.next = std::to_string(end);
    }
    SUYUAN_TRY(
        found.events,
        fetch_references(
            source.context, source.naming, source.store, source.graph, std::move(events)
        )
    );
    return found;
}

}  // namespace suyuan::service
