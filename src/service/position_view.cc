// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_cut.h"
#include "service/fact_page.h"
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

}  // namespace

Result<PositionPage> Tracing::position(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view key,
    const PageRequest& page
) const {
    SUYUAN_TRY(const trace::Position position, parse_position_key(key));
    SUYUAN_TRY_VOID(first_row(page.cursor).map([](auto) {}));
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
    add_stock_names(found.stock, names);
    const graph::Snapshot& snapshot = named->answer.snapshot;
    std::vector<graph::FactIndex> facts =
        graph_.facts_of(graph::Chain::kItem, position.item.value(), snapshot);
    std::erase_if(facts, [&](graph::FactIndex index) {
        const graph::FactRow& row = graph_.fact(index);
        return row.fact.owner != position.owner || row.fact.site != position.site ||
               !named->border->knows(row.event);
    });
    SUYUAN_TRY(
        found.facts,
        fact_page(
            {.context = context,
             .naming = inner,
             .store = store_,
             .graph = graph_,
             .snapshot = snapshot,
             .hide = [&](graph::Fact& fact) { hide_peer(*named->border, fact); }},
            facts,
            page,
            names
        )
    );
    SUYUAN_TRY(found.names, NameBook::fetch(context, inner, store_, names));
    return found;
}

}  // namespace suyuan::service
