// SPDX-License-Identifier: Apache-2.0

#include "service/lookup.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/fact_page.h"
#include "service/lookup_code.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/own_codes.h"
#include "service/plate_spellings.h"
#include "service/seed.h"
#include "service/sight.h"
#include "service/wording.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"

namespace suyuan::service {
Result<store::SearchPage> Lookup::search(
    const policy::RequestContext& context, const policy::Scope& scope, const SearchRequest& request
) const {
    SUYUAN_TRY(auto texts, codes_meant(request.text));
    if (request.hits_max == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"每页行数：至少一行", "page size: a page has at least one row"}
        );
    }
    std::ranges::move(plate_spellings(request.text), std::back_inserter(texts));
    store::SearchQuery query;
    query.texts = std::move(texts);
    query.kinds = request.kinds;
    query.hits_max = std::min(request.hits_max, kPageMax);
    query.page_token = request.cursor;
    SUYUAN_TRY(store::SearchPage page, store_.search(context, scope, query));
    for (store::SearchHit& hit : page.hits) {
        if (hit.kind == store::SearchKind::kItem && hit.name.empty()) {
            // A lot without GTIN has its name in its code.
            if (auto lot = read_lot_code(hit.code)) {
                hit.name = std::move(lot->goods);
            }
        }
    }
    return page;
}

Result<Resolution> Lookup::resolve(
    const policy::RequestContext& context, const policy::Scope& scope, const SeedText& seed
) const {
    return resolve_seed(context, scope, store_, graph_, seed);
}

Result<FactPage> Lookup::fact_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const std::vector<graph::FactIndex>& facts,
    const PageRequest& page,
    NameRequest& names
) const {
    return service::fact_page(
        {.context = context,
         .naming = naming_scope(scope),
         .store = store_,
         .graph = graph_,
         .snapshot = graph_.snapshot()},
        facts,
        page,
        names
    );
}

Result<PositionPage> Lookup::position(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view key,
    const PageRequest& page
) const {
    SUYUAN_TRY(const trace::Position position, parse_position_key(key));
    const graph::Snapshot snapshot = graph_.snapshot();
    const auto stocks = trace::stock_of(graph_, snapshot, position.item, model::kEndOfTime);
    const auto stock = std::ranges::find(stocks, position, &trace::ItemStock::position);
    if (stock == stocks.end()) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("没有记录涉及位置 {}", key), format("no record makes a position {}", key)
            }
        );
    }
    std::vector<graph::FactIndex> facts =
        graph_.facts_of(graph::Chain::kItem, position.item.value(), snapshot);
    std::erase_if(facts, [&](graph::FactIndex index) {
        const graph::Fact& fact = graph_.fact(index).fact;
        return fact.owner != position.owner || fact.site != position.site;
    });
    PositionPage found;
    found.position = position;
    found.stock = stock->stock;
    NameRequest names;
    names.add(position);
    add_stock_names(found.stock, names);
    SUYUAN_TRY(found.facts, fact_page(context, scope, facts, page, names));
    SUYUAN_TRY(found.names, NameBook::fetch(context, scope, store_, names));
    return found;
}

Result<ItemPage> Lookup::item(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view code,
    const PageRequest& page
) const {
    SUYUAN_TRY(const auto codes, codes_meant(code));
    SUYUAN_TRY(const auto item, first_found(codes, [&](std::string_view candidate) {
                   return store_.find_item(context, scope, candidate);
               }));
    if (!item) {
        return not_known({"物品", "item"}, code);
    }
    const graph::Snapshot snapshot = graph_.snapshot();
    ItemPage found;
    found.item = *item;
    // What happened to it, and, for a container or a lot, to its contents and pieces.
    const auto own = graph_.facts_of(graph::Chain::kItem, item->value(), snapshot);
    const auto contents = graph_.facts_of(graph::Chain::kOther, item->value(), snapshot);
    std::vector<graph::FactIndex> facts;
    std::ranges::set_union(own, contents, std::back_inserter(facts));
    const Sight sight(context, scope, store_, graph_);
    SUYUAN_TRY(facts, sight.facts(std::move(facts)));
    SUYUAN_TRY(
        found.positions,
        sight.positions(trace::stock_of(graph_, snapshot, *item, model::kEndOfTime), facts)
    );
    found.position_count = found.positions.size();
    if (found.positions.size() > kPageMax) {
        found.positions.resize(kPageMax);
    }
    NameRequest names;
    names.add(*item);
    for (const trace::ItemStock& stock : found.positions) {
        names.add(stock.position);
        add_stock_names(stock.stock, names);
    }
    if (page.with_facts) {
        SUYUAN_TRY(found.facts, fact_page(context, scope, facts, page, names));
    }
    SUYUAN_TRY(found.names, NameBook::fetch(context, naming_scope(scope), store_, names));
    found.code = found.names.item(*item).code;
    found.product_name = found.names.item(*item).product_name;
    return found;
}

Result<PlacePage> Lookup::look_up(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    store::NameKind kind,
    const std::string& code
) const {
    PlacePage found;
    found.place.code = code;
    SUYUAN_TRY(const auto id, store_.find_name(context, scope, kind, code));
    found.place.id = id.value_or(0);
    if (kind == store::NameKind::kSite) {
        SUYUAN_TRY(found.registered_site, store_.find_site(context, scope, code));
        found.place.name = found.registered_site ? found.registered_site->name : "";
    } else {
        SUYUAN_TRY(found.registered_operator, store_.find_operator(context, scope, code));
        found.place.name = found.registered_operator ? found.registered_operator->name : "";
    }
    found.is_stub = !found.registered_site && !found.registered_operator;
    found.is_held = scope.sees_everything() || !found.is_stub ||
                    (kind == store::NameKind::kOperator && code == scope.operator_code());
    if (!found.is_held && id) {
        SUYUAN_TRY(
            auto names,
            store_.names(context, naming_scope(scope), kind, std::span(&found.place.id, 1))
        );
        found.place.name = std::move(names.front().name);
        found.is_stub = found.place.name.empty();
    }
    return found;
}

Result<PlacePage> Lookup::find_place(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    store::NameKind kind,
    std::string_view text
) const {
    SUYUAN_TRY(const auto codes, codes_meant(text));
    for (const std::string& code : codes) {
        SUYUAN_TRY(PlacePage found, look_up(context, scope, kind, code));
        if (found.place.id != 0 || (found.is_held && !found.is_stub)) {
            return found;
        }
    }
    return not_known(
        kind == store::NameKind::kSite ? Words{"场所", "site"} : Words{"经营主体", "operator"}, text
    );
}

Result<PlacePage> Lookup::place_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    store::NameKind kind,
    const PlaceRequest& request
) const {
    SUYUAN_TRY(PlacePage found, find_place(context, scope, kind, request.code));
    SUYUAN_TRY_VOID(add_registered(context, scope, found));
    NameRequest names;
    const bool has_more = found.place.id != 0 && found.is_held;
    names.add(kind, found.place.id);
    if (request.page.with_stock) {
        found.stock.emplace();
        if (has_more) {
            SUYUAN_TRY(found.stock, stock_at(context, scope, kind, found.place.id, request));
        }
        for (const store::StockRow& row : found.stock->rows) {
            names.add(trace::Position{row.item, row.owner, row.site});
            names.add(store::NameKind::kUnit, row.unit.value());
        }
    }
    if (request.page.with_facts) {
        std::vector<graph::FactIndex> facts;
        if (has_more) {
            const bool is_site = kind == store::NameKind::kSite;
            const auto chain = is_site ? graph::Chain::kSite : graph::Chain::kOwner;
            facts = graph_.facts_of(chain, found.place.id, graph_.snapshot());
            SUYUAN_TRY(facts, Sight(context, scope, store_, graph_).facts(std::move(facts)));
        }
        SUYUAN_TRY(found.facts, fact_page(context, scope, facts, request.page, names));
    }
    SUYUAN_TRY(found.names, NameBook::fetch(context, naming_scope(scope), store_, names));
    return found;
}

// Licences and links as they hold today.
Status Lookup::add_registered(
    const policy::RequestContext& context, const policy::Scope& scope, PlacePage& page
) const {
    const std::string& code = page.place.code;
    SUYUAN_TRY(page.licences, store_.find_licences(context, scope, code, {}));
    if (!page.is_held) {
        return {};
    }
    SUYUAN_TRY(page.links, store_.find_links(context, scope, code, {}, kPageMax + 1));
    page.has_more_links = page.links.size() > kPageMax;
    if (page.has_more_links) {
        page.links.resize(kPageMax);
    }
    return {};
}

Result<PlacePage> Lookup::operator_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view code,
    const PageRequest& page,
    std::string_view stock_after
) const {
    return place_page(context, scope, store::NameKind::kOperator, {code, page, stock_after});
}

Result<PlacePage> Lookup::site_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view code,
    const PageRequest& page,
    std::string_view stock_after
) const {
    return place_page(context, scope, store::NameKind::kSite, {code, page, stock_after});
}

Result<store::StockPage> Lookup::stock_at(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    store::NameKind kind,
    std::uint32_t place,
    const PlaceRequest& request
) const {
    store::StockFilter filter;
    if (kind == store::NameKind::kSite) {
        filter.site = graph::SiteId(place);
    } else {
        filter.owner = graph::OperatorId(place);
    }
    filter.after = request.stock_after;
    filter.rows_max = kPageMax;
    return store_.find_stock(context, scope, filter);
}

}  // namespace suyuan::service
