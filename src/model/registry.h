// SPDX-License-Identifier: Apache-2.0
//
// Who and what is registered: operators and their licences, sites, what binds them to each other,
// products, papers, vehicles, people at work, regions, and the other codes of a lot.
//
// Pure values. `code` is always the canonical spelling (model/code.h). Names are shown as given.
// A dated row holds from `valid_from` to `valid_to`, days as "2026-01-05", both included; empty:
// open on that side.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::model {

// A business that owns or holds goods: 经营主体.
struct Operator {
    std::string code;  // USCC, PGLN link, or any party id
    std::string name;
    std::string region;  // region code; empty: unknown
    std::string kind;  // "producer", "importer", "wholesaler", "market", "retailer", "carrier", ...
};

// A place where goods are: 场所.
struct Site {
    std::string code;  // SGLN link or any location id
    std::string name;
    std::string operator_code;  // who runs it; empty: unknown
    std::string region;
    std::string address;
    std::string latitude;  // decimal text; empty: unknown
    std::string longitude;
    std::string capacity;  // as its operator puts it: "500 t", "120 摊位"
};

// A product class: 产品.
struct Product {
    std::string gtin;  // 14 digits
    std::string name;
    std::string producer;         // operator code; empty: unknown
    std::string category;         // as given: a class of food, a standard's number
    std::string unit;             // UN/ECE Rec. 20 code that it is counted in; empty: unknown
    std::string shelf_life_days;  // decimal digits; empty: unknown
};

// What carries goods: 车辆.
struct Vehicle {
    std::string plate;          // as model::check_plate() spells it
    std::string operator_code;  // who runs it; empty: unknown
};

// The days from `first` to `last`, both included, as "2026-01-05"; empty: open on that side.
struct DayRange {
    std::string first;
    std::string last;

    [[nodiscard]] bool contains(std::string_view day) const noexcept;
    [[nodiscard]] bool overlaps(const DayRange& other) const noexcept;

    friend bool operator==(const DayRange&, const DayRange&) = default;
};

// Somebody in the role in which they handle goods: 从业人员. Events name the id alone; what tells
// who it is lives apart and can be erased. Whom they work for, and as what, is dated: a row holds
// until one that began later does. Name and phone are of the person, not of the row.
struct PersonAtWork {
    std::string id;             // of the operator's own choice
    std::string operator_code;  // whom they work for; empty: unknown
    std::string name;           // empty: unknown, erased or not told
    std::string phone;          // likewise
    std::string title = {};     // 岗位, as given; one that is told has a first day
    std::string valid_from = {};
    std::string valid_to = {};

    [[nodiscard]] DayRange validity() const { return {valid_from, valid_to}; }
};

// One dated row of the administrative divisions: 行政区划 (GB/T 2260 codes).
struct Region {
    std::string code;
    std::string name;
    std::string parent;      // empty at the top
    std::string valid_from;  // "2019-12-01"; empty: always
    std::string valid_to;    // last day; empty: still

    [[nodiscard]] DayRange validity() const { return {valid_from, valid_to}; }
};

// Another platform's code for a lot: 外部追溯码.
struct LotAlias {
    std::string alias;
    std::string lot;  // canonical code
};

// What a licence allows, where its number tells.
inline constexpr std::string_view kFoodProduction = "food_production";  // 食品生产许可: SC
inline constexpr std::string_view kFoodTrade = "food_trade";            // 食品经营许可: JY

// One dated row of a licence: 许可证. On a day a number is one operator's.
struct Licence {
    std::string number;
    std::string kind;  // kFoodProduction, kFoodTrade, or another as given; empty: unknown
    std::string operator_code;
    std::string valid_from;
    std::string valid_to;

    [[nodiscard]] DayRange validity() const { return {valid_from, valid_to}; }
};

// The kind that a licence's number tells: kFoodProduction, kFoodTrade, or "".
[[nodiscard]] std::string_view licence_kind_of(std::string_view number);

// What binds two entries of the registry.
enum class LinkKind : std::uint8_t {
    kRuns,      // an operator runs a site: 经营. A site has one such operator on a day
    kSupplies,  // an operator supplies an operator: 供货. As many as there are
    kHosts,     // a market's operator hosts a stall, which is a site: 开办. A stall has one host
};

[[nodiscard]] std::string_view to_string(LinkKind kind) noexcept;  // "runs", "supplies", "hosts"
[[nodiscard]] std::optional<LinkKind> parse_link_kind(std::string_view text) noexcept;
// Whether what the link leads to has at most one of this kind on a day.
[[nodiscard]] bool is_exclusive(LinkKind kind) noexcept;

// One dated row of a link: 关联. Whose goods an event without owner moves, the operator tells that
// runs the site on the event's day, and Site::operator_code where no row holds on it.
struct Link {
    LinkKind kind = LinkKind::kRuns;
    std::string from;  // operator code
    std::string to;    // site or operator code
    std::string valid_from;
    std::string valid_to;

    [[nodiscard]] DayRange validity() const { return {valid_from, valid_to}; }
};

// One dated row of a paper that is registered apart from any event: 单证 (a quarantine certificate,
// a test report). On a day a number is one paper's.
struct RegisteredPaper {
    std::string number;  // canonical code, as events name it
    std::string kind;    // a CBV business transaction type, or another as given; empty: unknown
    std::string issuer;  // operator code; empty: unknown
    std::string holder;  // operator code; empty: unknown
    std::string valid_from;
    std::string valid_to;

    [[nodiscard]] DayRange validity() const { return {valid_from, valid_to}; }
};

// What dated rows share of which only one holds on a day. Lifetime: borrows from the row.
using DatedKey = std::array<std::string_view, 3>;

[[nodiscard]] DatedKey dated_key(const Region& row) noexcept;
[[nodiscard]] DatedKey dated_key(const Licence& row) noexcept;
[[nodiscard]] DatedKey dated_key(const Link& row) noexcept;
[[nodiscard]] DatedKey dated_key(const RegisteredPaper& row) noexcept;
[[nodiscard]] DatedKey dated_key(const PersonAtWork& row) noexcept;

struct RegistryRows {
    std::vector<Operator> operators;
    std::vector<Site> sites;
    std::vector<Product> products;
    std::vector<Region> regions;
    std::vector<LotAlias> aliases;
    std::vector<Licence> licences;
    std::vector<Link> links;
    std::vector<RegisteredPaper> papers;
    std::vector<Vehicle> vehicles;
    std::vector<PersonAtWork> people;

    [[nodiscard]] std::size_t count() const noexcept;
};

// The row of a code that holds on a day; nullptr if none does. Lifetime: that of `rows`.
[[nodiscard]] const Region* find_region(
    const std::vector<Region>& rows, std::string_view code, std::string_view day
) noexcept;

// Bounds of the text in a row: longer than anything real, short enough to be shown and indexed.
inline constexpr std::size_t kRegistryCodeBytesMax = 2'048;
inline constexpr std::size_t kRegistryTextBytesMax = 1'024;

// Codes and names that can be stored and shown: a code in its canonical spelling, text without
// control characters, a GTIN with its check digit, coordinates on the globe, real days, dated rows
// of one region, licence, paper or exclusive link that do not overlap, one title of a person at a
// time, from a first day on, an alias that is not the lot itself, licences of the kind that their
// numbers tell, plates in their one spelling. What is only
// improbable passes (model/identifiers.h). Fails with kInvalidArgument, naming the row, the field
// and how to mend it, in English and Chinese; values of persons are not repeated.
[[nodiscard]] Status check_registry(const RegistryRows& rows);

}  // namespace suyuan::model
