// SPDX-License-Identifier: Apache-2.0
//
// The search box: exact and prefix for codes, papers and lots; bigrams for names. An operator is
// found by its licences too, and what lies in a region by the region's whole code.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace suyuan::store {

enum class SearchKind : std::uint8_t {
    kItem,
    kOperator,
    kSite,
    kVehicle,
    kPerson,
    kPaper,
    kProduct,
    kRegion
};

struct SearchQuery {
    // Tried in order: exact codes, then prefixes, then names. More than one where a typed text can
    // mean several codes (model::candidate_uris).
    std::vector<std::string> texts;
    std::vector<SearchKind> kinds;  // empty: all
    std::size_t hits_max = 20;
    std::string page_token;
};

struct SearchHit {
    SearchKind kind = SearchKind::kItem;
    std::uint32_t id = 0;  // surrogate; 0 for a product, which is named by its GTIN
    std::string code;      // canonical
    std::string name;      // "" if none is known
    bool is_exact = false;
    std::uint64_t event_count =
        0;  // how often the log names it, capped at 1,000; 0 for products, regions
};

struct SearchPage {
    std::vector<SearchHit> hits;  // exact first, then prefix, then by name; stable
    std::string next;
};

}  // namespace suyuan::store
