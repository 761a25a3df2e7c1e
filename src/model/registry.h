// SPDX-License-Identifier: Apache-2.0
//
// Who and what is registered: operators, sites, products, vehicles, people at work, regions, and
// the other codes of a lot.
//
// Pure values. `code` is always the canonical spelling (model/code.h). Names are shown as given.

#pragma once

#include <cstddef>
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
};

// A product class: 产品.
struct Product {
    std::string gtin;  // 14 digits
    std::string name;
};

// What carries goods: 车辆.
struct Vehicle {
    std::string plate;          // as model::check_plate() spells it
    std::string operator_code;  // who runs it; empty: unknown
};

// Somebody in the role in which they handle goods: 从业人员. Events name the id alone; what tells
// who it is lives apart and can be erased.
struct PersonAtWork {
    std::string id;             // of the operator's own choice
    std::string operator_code;  // whom they work for; empty: unknown
    std::string name;           // empty: unknown or erased
    std::string phone;
};

// The days from `first` to `last`, both included, as "2026-01-05"; empty: open on that side.
struct DayRange {
    std::string first;
    std::string last;

    [[nodiscard]] bool contains(std::string_view day) const noexcept;
    [[nodiscard]] bool overlaps(const DayRange& other) const noexcept;

    friend bool operator==(const DayRange&, const DayRange&) = default;
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

struct RegistryRows {
    std::vector<Operator> operators;
    std::vector<Site> sites;
    std::vector<Product> products;
    std::vector<Region> regions;
    std::vector<LotAlias> aliases;
};

// The row of a code that holds on a day; nullptr if none does. Lifetime: that of `rows`.
[[nodiscard]] const Region* find_region(
    const std::vector<Region>& rows, std::string_view code, std::string_view day
) noexcept;

// Bounds of the text in a row: longer than anything real, short enough to be shown and indexed.
inline constexpr std::size_t kRegistryCodeBytesMax = 2'048;
inline constexpr std::size_t kRegistryTextBytesMax = 1'024;

// Codes and names that can be stored and shown: a code in its canonical spelling, text without
// control characters, a GTIN with its check digit, coordinates on the globe, region rows of one
// code that do not overlap, an alias that is not the lot itself. Fails with kInvalidArgument,
// naming the row, the field and how to mend it, in English and Chinese.
[[nodiscard]] Status check_registry(const RegistryRows& rows);

}  // namespace suyuan::model
