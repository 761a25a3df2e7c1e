// SPDX-License-Identifier: Apache-2.0
//
// Pages about one thing: a position, an item or lot, an operator, a site, a region; and the search
// box.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/seed.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"

namespace suyuan::service {

struct SearchRequest {
    std::string text;                      // as typed
    std::vector<store::SearchKind> kinds;  // empty: all
    std::size_t hits_max = 20;             // cut to kPageMax
    std::string cursor;
};

struct PageRequest {
    std::size_t size = 50;  // cut to kPageMax
    std::string cursor;     // `next` of the page before; empty: the first
    // What else than the thing itself was opened to whoever asks.
    bool with_facts = true;
    bool with_stock = true;
};

// One fact of an effective or void record, newest last.
struct FactLine {
    graph::Fact fact;
    graph::EventIndex event = 0;
    bool is_effective = true;
};

// Facts of a thing or place, with their events: those that the scope sees.
struct FactPage {
    std::vector<FactLine> facts;  // in log order
    std::size_t total = 0;
    std::string next;
    EventReferences events;
};

struct PositionPage {
    trace::Position position;
    trace::Stock stock;
    FactPage facts;
    NameBook names;
};

struct ItemPage {
    graph::ItemId item;
    model::Code code;
    std::string product_name;
    std::vector<trace::ItemStock> positions;  // in sight, at most kPageMax
    std::size_t position_count = 0;
    std::optional<FactPage> facts;  // nullopt: not asked for
    NameBook names;
};

// An operator or a site. In a narrow scope one that it does not hold is a name, and of an operator
// its licences.
struct PlacePage {
    store::NamedId place;
    std::optional<model::Operator> registered_operator;
    std::optional<model::Site> registered_site;
    bool is_stub = false;                  // the registry does not know it
    std::vector<model::Licence> licences;  // those that hold today; of an operator
    std::vector<model::Link> links;        // likewise, from either end; at most kPageMax
    bool has_more_links = false;
    bool is_held = true;
    std::optional<store::StockPage> stock;  // nullopt: not asked for, as the facts
    std::optional<FactPage> facts;
    NameBook names;
};

// What is registered under a number, a plate or an id, with the names of the operators that it
// names; "" where one has none.
struct PaperPage {
    model::RegisteredPaper paper;
    std::string issuer_name;
    std::string holder_name;
};

struct VehiclePage {
    model::Vehicle vehicle;
    std::string operator_name;
};

// Some days of somebody at work: whom they worked for, and as what.
struct PersonDays {
    model::PersonAtWork row;
    std::string operator_name;
};

struct PersonPage {
    model::PersonAtWork person;  // as of the day asked; name and phone: "" once they are erased
    std::string operator_name;
    std::vector<PersonDays> history;  // what counts on each day, the last days first
    bool has_more_history = false;    // than the kPageMax rows that began last
};

// A thing that is not in the scope's sight is answered as one that is not there.
// Threads: every member from any thread. Lifetime: what it is made from outlives it.
class Lookup {
public:
    static constexpr std::size_t kPageMax = 1'000;

    Lookup(const store::Store& store, const graph::EventGraph& graph)
        : store_(store), graph_(graph) {}

    [[nodiscard]] Result<store::SearchPage> search(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const SearchRequest& request
    ) const;

    // What a typed text can mean.
    [[nodiscard]] Result<Resolution> resolve(
        const policy::RequestContext& context, const policy::Scope& scope, const SeedText& seed
    ) const;

    // `key` is position_key(). Fails with kInvalidArgument or kNotFound, as all of these do.
    [[nodiscard]] Result<PositionPage> position(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view key,
        const PageRequest& page
    ) const;

    // Any code or alias of an item, lots included.
    [[nodiscard]] Result<ItemPage> item(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code,
        const PageRequest& page
    ) const;

    // The cursor pages the facts; stock comes in one page of at most kPageMax rows, `stock_after`
    // the token of a further one.
    [[nodiscard]] Result<PlacePage> operator_page(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code,
        const PageRequest& page,
        std::string_view stock_after = {}
    ) const;
    [[nodiscard]] Result<PlacePage> site_page(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code,
        const PageRequest& page,
        std::string_view stock_after = {}
    ) const;

    // A paper as it holds on a day ("2026-01-05"; empty: today).
    [[nodiscard]] Result<PaperPage> paper(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view number,
        std::string_view day
    ) const;
    [[nodiscard]] Result<VehiclePage> vehicle(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view plate
    ) const;
    // Somebody at work by the id that events name, as of a day ("2026-01-05"; empty: today).
    [[nodiscard]] Result<PersonPage> person(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::string_view day
    ) const;

    // The region and its children as of a day ("2026-01-05"; empty: today).
    [[nodiscard]] Result<std::vector<model::Region>> regions(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code_or_parent,
        std::string_view day
    ) const;

private:
    Result<FactPage> fact_page(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::vector<graph::FactIndex>& facts,
        const PageRequest& page,
        NameRequest& names
    ) const;

    struct PlaceRequest {
        std::string_view code;
        PageRequest page;
        std::string_view stock_after;
    };

    // What log and registry know of one code: maybe nothing.
    Result<PlacePage> look_up(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        store::NameKind kind,
        const std::string& code
    ) const;
    // The first code that the text can mean and that log or registry know.
    Result<PlacePage> find_place(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        store::NameKind kind,
        std::string_view text
    ) const;
    Result<PlacePage> place_page(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        store::NameKind kind,
        const PlaceRequest& request
    ) const;
    // "" for the empty code and for an operator without a name.
    Result<std::string> operator_name(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const;
    Status add_registered(
        const policy::RequestContext& context, const policy::Scope& scope, PlacePage& page
    ) const;
    Status add_history(
        const policy::RequestContext& context, const policy::Scope& scope, PersonPage& page
    ) const;
    Result<store::StockPage> stock_at(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        store::NameKind kind,
        std::uint32_t place,
        const PlaceRequest& request
    ) const;

    const store::Store& store_;
    const graph::EventGraph& graph_;
};

}  // namespace suyuan::service
