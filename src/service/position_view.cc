// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_cut.h"
#include "service/event_references.h"
#include "service/inner_scope.h"
#include "service/lookup.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/tracing.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

Failure no_position(std::string_view key) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{format("没有记录涉及位置 {}", key), format("no record makes a position {}", key)}
    );
}

Result<std::size_t> first_row(std::string_view cursor) {
    std::size_t row = 0;
    const auto [rest, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), row);
    if (!cursor.empty() && (error != std::errc() || rest != cursor.data() + cursor.size())) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "cursor：不是某次结果给出的，请从头开始", "cursor: not one that an answer gave"
            }
        );
    }
    return row;
}

// nullptr: the answer does not show it in full.
const trace::ReachedPosition* shown_in(const NamedAnswer& named, const trace::Position& position) {
    if (named.beyond.contains(position)) {
        return nullptr;
    }
    for (const PartKind kind : {PartKind::kForward, PartKind::kBack}) {
        const trace::Part* const part = named.part(kind);
        const auto place = part == nullptr ? std::nullopt : named.index(kind).find(*part, position);
        if (place) {
            return &part->positions[*place];
        }
    }
    return nullptr;
}

// Where the goods came from or went to beyond the border: by whose hands, and no more.
void hide_peer(const Border& border, graph::Fact& fact) {
    const trace::Position peer = {fact.item, fact.peer_owner, fact.peer_site};
    const bool is_known = fact.peer_owner.value() != 0 || fact.peer_site.value() != 0;
    if (is_known && !border.holds(peer)) {
        const trace::Position edge = border.edge_of(peer);
        fact.peer_owner = edge.owner;
        fact.peer_site = edge.site;
    }
}

void add_names(const graph::Fact& fact, NameRequest& names) {
    names.add(trace::Position{fact.item, fact.owner, fact.site});
    names.add(trace::Position{fact.other, fact.peer_owner, fact.peer_site});
    names.add(store::NameKind::kUnit, fact.unit.value());
}

}  // namespace

Result<PositionPage> Tracing::position(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view key,
    const PageRequest& page
) const {
    SUYUAN_TRY(const trace::Position position, parse_position_key(key));
    SUYUAN_TRY(const std::size_t first, first_row(page.cursor));
    if (graph_.facts_of(graph::Chain::kItem, position.item.value(), graph_.snapshot()).empty()) {
        return no_position(key);
    }
    const policy::Scope inner = inner_scope();
    const std::array<graph::ItemId, 1> wanted = {position.item};
    SUYUAN_TRY(const auto items, store_.item_names(context, inner, wanted));
    TraceRequest request;
    request.text = items.front().code.uri;
    auto answer = compute_narrow(context, scope, request);
    if (!answer && answer.error().code() == ErrorCode::kNotFound) {
        return no_position(key);
    }
    SUYUAN_TRY(const auto named, std::move(answer));
    const trace::ReachedPosition* const shown = shown_in(*named, position);
    if (shown == nullptr) {
        return no_position(key);
    }
    PositionPage found;
    found.position = position;
    found.stock = shown->stock;
    NameRequest names;
    names.add(position);
    for (const trace::Balance& balance : found.stock.balances) {
        names.add(store::NameKind::kUnit, balance.unit.value());
    }
    const graph::Snapshot& snapshot = named->answer.snapshot;
    std::vector<graph::FactIndex> facts =
        graph_.facts_of(graph::Chain::kItem, position.item.value(), snapshot);
    std::erase_if(facts, [&](graph::FactIndex index) {
        const graph::FactRow& row = graph_.fact(index);
        return row.fact.owner != position.owner || row.fact.site != position.site ||
               !named->border->knows(row.event);
    });
    const std::size_t begin = std::min(first, facts.size());
    const std::size_t end = begin + std::min({page.size, Lookup::kPageMax, facts.size() - begin});
    std::vector<graph::EventIndex> events;
    for (std::size_t place = begin; place < end; ++place) {
        const graph::FactRow& row = graph_.fact(facts[place]);
        FactLine line;
        line.fact = row.fact;
        line.event = row.event;
        line.is_effective = graph_.is_effective(row.event, model::kEndOfTime, snapshot);
        hide_peer(*named->border, line.fact);
        add_names(line.fact, names);
        events.push_back(row.event);
        found.facts.facts.push_back(line);
    }
    found.facts.total = facts.size();
    found.facts.next = end < facts.size() ? std::to_string(end) : std::string();
    SUYUAN_TRY(
        found.facts.events, fetch_references(context, inner, store_, graph_, std::move(events))
    );
    SUYUAN_TRY(found.names, NameBook::fetch(context, inner, store_, names));
    return found;
}

}  // namespace suyuan::service
