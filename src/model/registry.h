// SPDX-License-Identifier: Apache-2.0
//
// Who and what is registered: operators, sites, products, regions, and the other codes of a lot.
//
// Pure values. `code` is always the canonical spelling (model/code.h). Names are shown as given.

#pragma once

#include <string>
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

// One dated row of the administrative divisions: 行政区划 (GB/T 2260 codes).
struct Region {
    std::string code;
    std::string name;
    std::string parent;      // empty at the top
    std::string valid_from;  // "2019-12-01"; empty: always
    std::string valid_to;    // last day; empty: still
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

// Fail with kInvalidArgument, naming the row, the field and how to mend it.
[[nodiscard]] Status check_registry(const RegistryRows& rows);

}  // namespace suyuan::model
