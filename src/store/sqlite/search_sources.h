// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/bigrams.h"
#include "store/search.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

enum class SearchTier : std::uint8_t { kExact, kPrefix, kName };

// What of a thing a text is compared with.
enum class SearchField : std::uint8_t { kCode, kGtin, kLot, kAlias, kLicence, kRegion, kName };

struct SearchSource {
    SearchTier tier = SearchTier::kExact;
    SearchKind kind = SearchKind::kItem;
    SearchField field = SearchField::kCode;
    std::string text;  // of kName: the expression that the index of names matches
    std::vector<std::vector<Phrase>> questions = {};  // of kName: what the expression says
};

// In the order in which they are asked.
[[nodiscard]] std::vector<SearchSource> sources_for(const SearchQuery& query);

// A thing that a source found.
struct Candidate {
    SearchKind kind = SearchKind::kItem;
    std::int64_t id = 0;  // surrogate; of a product, its number in the registry
    std::string code;
    std::string name;
    std::string gtin;
    std::string lot;
    std::vector<std::string> aliases;   // of a lot
    std::vector<std::string> licences;  // of an operator
    std::string region;                 // of an operator or site
};

// True if the source finds the thing by its codes.
[[nodiscard]] bool finds(const SearchSource& source, const Candidate& candidate);

// True if the source finds it, by its codes or its words.
[[nodiscard]] bool finds_somehow(const SearchSource& source, const Candidate& candidate);

// nullopt: there is no such thing, or the scope does not open it.
[[nodiscard]] Result<std::optional<Candidate>> read_candidate(
    Connection& connection, SearchKind kind, std::int64_t id
);

// Ids that a source finds behind `after` (nullopt: from its beginning), in the source's order.
[[nodiscard]] Result<std::vector<std::int64_t>> ask(
    Connection& connection,
    const SearchSource& source,
    const std::optional<Candidate>& after,
    std::size_t ids_max
);

// How often events of the scope name it, at most `events_max`; 0 of products.
[[nodiscard]] Result<std::uint64_t> count_events(
    Connection& connection, const Candidate& candidate, std::size_t events_max
);

}  // namespace suyuan::store::sqlite
