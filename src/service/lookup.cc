// SPDX-License-Identifier: Apache-2.0

#include "service/lookup.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
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
#include "model/code.h"
#include "model/identifiers.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/dated_rows.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/own_codes.h"
#include "service/plate_spellings.h"
#include "service/wording.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"

namespace suyuan::service {
namespace {

// A cursor is the number of facts before the page: facts are only ever added at the end.
Result<std::size_t> parse_cursor(std::string_view text) {
    std::size_t first = 0;
    if (text.empty()) {
        return first;
    }
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), first);
    if (error != std::errc() || rest != text.data() + text.size()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"cursor：不是某一页给出的，请从第一页开始", "cursor: not one that a page gave"}
        );
    }
    return first;
}

Result<std::vector<std::string>> codes_meant(std::string_view text) {
    std::vector<std::string> codes = model::candidate_uris(text);
    if (codes.empty()) {
        return fail(ErrorCode::kInvalidArgument, Sentence{"没有写编码", "the code is empty"});
    }
    if (std::ranges::find(codes, text) == codes.end()) {
        codes.emplace_back(text);
    }
    return codes;
}

// What is found under the first of the codes that names anything; `find` gives a
// Result<std::optional>.
template <typename Find>
auto first_found(const std::vector<std::string>& codes, const Find& find) {
    using Found = decltype(find(std::string_view()));
    for (const std::string& code : codes) {
        Found found = find(code);
        if (!found || *found) {
            return found;
        }
    }
    return Found(typename Found::value_type());
}

Status check_day(std::string_view day) {
    if (day.empty()) {
        return {};
    }
    if (const auto parsed = model::parse_day(day, 0); !parsed) {
        const Sentence reason = sentence_of(parsed.error());
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{format("day：{}", reason.zh), format("day: {}", reason.en)}
        );
    }
    return {};
}

Failure not_known(const Words& what, std::string_view code) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format("没有编码为“{}”的{}", code, what.zh),
            format("no {} has the code \"{}\"", what.en, code)
        }
    );
}

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

void add_stock_names(const trace::Stock& stock, NameRequest& names) {
    for (const trace::Balance& balance : stock.balances) {
        names.add(store::NameKind::kUnit, balance.unit.value());
    }
}

}  // namespace

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

Result<FactPage> Lookup::fact_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const std::vector<graph::FactIndex>& facts,
    const PageRequest& page,
    NameRequest& names
) const {
    SUYUAN_TRY(const std::size_t first, parse_cursor(page.cursor));
    if (page.size == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"每页行数：至少一行", "page size: a page has at least one row"}
        );
    }
    const graph::Snapshot snapshot = graph_.snapshot();
    const std::size_t begin = std::min(first, facts.size());
    const std::size_t end = begin + std::min({page.size, kPageMax, facts.size() - begin});
    FactPage found;
    found.total = facts.size();
    std::vector<graph::EventIndex> events;
    for (std::size_t place = begin; place < end; ++place) {
        const graph::FactRow& row = graph_.fact(facts[place]);
        FactLine line;
        line.fact = row.fact;
        line.event = row.event;
        line.is_effective = graph_.is_effective(row.event, model::kEndOfTime, snapshot);
        add_fact_names(row.fact, names);
        events.push_back(row.event);
        found.facts.push_back(line);
    }
    if (end < facts.size()) {
        found.next = std::to_string(end);
    }
    SUYUAN_TRY(found.events, fetch_references(context, scope, store_, graph_, std::move(events)));
    return found;
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
    found.positions = trace::stock_of(graph_, snapshot, *item, model::kEndOfTime);
    found.position_count = found.positions.size();
    if (found.positions.size() > kPageMax) {
        found.positions.resize(kPageMax);
    }
    // What happened to it, and, for a container or a lot, to its contents and pieces.
    const auto own = graph_.facts_of(graph::Chain::kItem, item->value(), snapshot);
    const auto contents = graph_.facts_of(graph::Chain::kOther, item->value(), snapshot);
    std::vector<graph::FactIndex> facts;
    std::ranges::set_union(own, contents, std::back_inserter(facts));
    NameRequest names;
    names.add(*item);
    for (const trace::ItemStock& stock : found.positions) {
        names.add(stock.position);
        add_stock_names(stock.stock, names);
    }
    SUYUAN_TRY(found.facts, fact_page(context, scope, facts, page, names));
    SUYUAN_TRY(found.names, NameBook::fetch(context, scope, store_, names));
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
        if (found.place.id != 0 || !found.is_stub) {
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
    std::vector<graph::FactIndex> facts;
    if (found.place.id != 0) {
        names.add(kind, found.place.id);
        SUYUAN_TRY(found.stock, stock_at(context, scope, kind, found.place.id, request));
        const bool is_site = kind == store::NameKind::kSite;
        const auto chain = is_site ? graph::Chain::kSite : graph::Chain::kOwner;
        facts = graph_.facts_of(chain, found.place.id, graph_.snapshot());
    }
    for (const store::StockRow& row : found.stock.rows) {
        names.add(trace::Position{row.item, row.owner, row.site});
        names.add(store::NameKind::kUnit, row.unit.value());
    }
    SUYUAN_TRY(found.facts, fact_page(context, scope, facts, request.page, names));
    SUYUAN_TRY(found.names, NameBook::fetch(context, scope, store_, names));
    return found;
}

// Licences and links as they hold today.
Status Lookup::add_registered(
    const policy::RequestContext& context, const policy::Scope& scope, PlacePage& page
) const {
    const std::string& code = page.place.code;
    SUYUAN_TRY(page.licences, store_.find_licences(context, scope, code, {}));
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

Result<std::string> Lookup::operator_name(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
) const {
    SUYUAN_TRY(const auto id, store_.find_name(context, scope, store::NameKind::kOperator, code));
    if (!id) {
        return std::string();
    }
    SUYUAN_TRY(
        auto names,
        store_.names(context, scope, store::NameKind::kOperator, std::span(&id.value(), 1))
    );
    return std::move(names.front().name);
}

Result<PaperPage> Lookup::paper(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view number,
    std::string_view day
) const {
    SUYUAN_TRY_VOID(check_day(day));
    SUYUAN_TRY(const auto codes, codes_meant(number));
    SUYUAN_TRY(auto found, first_found(codes, [&](std::string_view code) {
                   return store_.find_paper(context, scope, code, day);
               }));
    if (!found) {
        return not_known({"登记单证", "registered paper"}, number);
    }
    PaperPage page;
    page.paper = *std::move(found);
    SUYUAN_TRY(page.issuer_name, operator_name(context, scope, page.paper.issuer));
    SUYUAN_TRY(page.holder_name, operator_name(context, scope, page.paper.holder));
    return page;
}

Result<VehiclePage> Lookup::vehicle(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view plate
) const {
    SUYUAN_TRY(auto codes, codes_meant(plate));
    if (auto check = model::check_plate(plate); check.verdict != model::Verdict::kMalformed) {
        codes.insert(codes.begin(), std::move(check.normal));
    }
    SUYUAN_TRY(auto found, first_found(codes, [&](std::string_view code) {
                   return store_.find_vehicle(context, scope, code);
               }));
    if (!found) {
        return not_known({"登记车辆", "registered vehicle"}, plate);
    }
    VehiclePage page;
    page.vehicle = *std::move(found);
    SUYUAN_TRY(page.operator_name, operator_name(context, scope, page.vehicle.operator_code));
    return page;
}

// Rows may overlap: each is shown with the days on which it counts.
Status Lookup::add_history(
    const policy::RequestContext& context, const policy::Scope& scope, PersonPage& page
) const {
    SUYUAN_TRY(auto rows, store_.find_person_history(context, scope, page.person.id, kPageMax + 1));
    page.has_more_history = rows.size() > kPageMax;
    if (page.has_more_history) {
        rows.resize(kPageMax);
    }
    std::ranges::reverse(rows);
    for (model::PersonAtWork& row : cut_to_what_counts<model::PersonAtWork>(rows)) {
        PersonDays days;
        SUYUAN_TRY(days.operator_name, operator_name(context, scope, row.operator_code));
        days.row = std::move(row);
        page.history.push_back(std::move(days));
    }
    std::ranges::reverse(page.history);
    return {};
}

Result<PersonPage> Lookup::person(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view id,
    std::string_view day
) const {
    SUYUAN_TRY_VOID(check_day(day));
    SUYUAN_TRY(const auto codes, codes_meant(id));
    SUYUAN_TRY(auto found, first_found(codes, [&](std::string_view code) {
                   return store_.find_person(context, scope, code, day);
               }));
    if (!found) {
        return not_known({"登记从业人员", "registered person at work"}, id);
    }
    PersonPage page;
    page.person = *std::move(found);
    SUYUAN_TRY(page.operator_name, operator_name(context, scope, page.person.operator_code));
    SUYUAN_TRY_VOID(add_history(context, scope, page));
    return page;
}

Result<std::vector<model::Region>> Lookup::regions(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view code_or_parent,
    std::string_view day
) const {
    SUYUAN_TRY_VOID(check_day(day));
    SUYUAN_TRY(auto regions, store_.find_regions(context, scope, code_or_parent, day));
    if (regions.empty() && !code_or_parent.empty()) {
        return not_known({"行政区划", "region"}, code_or_parent);
    }
    return regions;
}

}  // namespace suyuan::service
