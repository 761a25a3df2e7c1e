// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/search_sources.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "store/bigrams.h"
#include "store/postings.h"
#include "store/search.h"
#include "store/search_document.h"
#include "store/sql/search.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/dialect.h"
#include "store/sqlite/name_reader.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/sight.h"
#include "store/store.h"
#include "store/text_range.h"

namespace suyuan::store::sqlite {
namespace {

constexpr std::array kKinds = {
    SearchKind::kItem,
    SearchKind::kOperator,
    SearchKind::kSite,
    SearchKind::kVehicle,
    SearchKind::kPerson,
    SearchKind::kPaper,
    SearchKind::kProduct,
    SearchKind::kRegion,
};

// Other codes of one lot, licences of one operator that are looked at.
constexpr std::size_t kAliasesMax = 100;
// Beginnings of a licence's number that are looked for: with the county that issued it, so that
// one letter does not ask for all licences.
constexpr std::size_t kLicenceBytesMin = 9;

std::span<const SearchField> fields_of(SearchKind kind, SearchTier tier) {
    using enum SearchField;
    // A GTIN alone is no lot's and no thing's own code, only the beginning of it.
    static constexpr std::array kExactOfItem = {kCode, kLot, kAlias};
    static constexpr std::array kPrefixOfItem = {kCode, kGtin, kLot, kAlias};
    static constexpr std::array kExactOfOperator = {kCode, kLicence};
    static constexpr std::array kPrefixOfOperator = {kCode, kLicence, kRegion};
    static constexpr std::array kPrefixOfSite = {kCode, kRegion};
    static constexpr std::array kOfOthers = {kCode};
    if (kind == SearchKind::kOperator) {
        return tier == SearchTier::kExact ? std::span<const SearchField>(kExactOfOperator)
                                          : std::span<const SearchField>(kPrefixOfOperator);
    }
    if (kind != SearchKind::kItem) {
        return kind == SearchKind::kSite && tier == SearchTier::kPrefix
                   ? std::span<const SearchField>(kPrefixOfSite)
                   : std::span<const SearchField>(kOfOthers);
    }
    return tier == SearchTier::kExact ? std::span<const SearchField>(kExactOfItem)
                                      : std::span<const SearchField>(kPrefixOfItem);
}

bool wants(const SearchQuery& query, SearchKind kind) {
    return query.kinds.empty() || std::ranges::find(query.kinds, kind) != query.kinds.end();
}

NameKind name_kind_of(SearchKind kind) {
    switch (kind) {
        case SearchKind::kOperator:
            return NameKind::kOperator;
        case SearchKind::kSite:
            return NameKind::kSite;
        case SearchKind::kVehicle:
            return NameKind::kVehicle;
        case SearchKind::kPerson:
            return NameKind::kPerson;
        case SearchKind::kPaper:
            return NameKind::kPaper;
        case SearchKind::kRegion:
            return NameKind::kRegion;
        case SearchKind::kItem:
        case SearchKind::kProduct:
            break;
    }
    SUYUAN_UNREACHABLE();
}

PostingRole role_of(SearchKind kind) {
    switch (kind) {
        case SearchKind::kOperator:
            return PostingRole::kOperator;
        case SearchKind::kSite:
            return PostingRole::kSite;
        case SearchKind::kVehicle:
            return PostingRole::kVehicle;
        case SearchKind::kPerson:
            return PostingRole::kPerson;
        case SearchKind::kPaper:
            return PostingRole::kNamedPaper;
        case SearchKind::kItem:
        case SearchKind::kProduct:
        case SearchKind::kRegion:
            break;
    }
    SUYUAN_UNREACHABLE();
}

// What the codes of all that lies in a region begin with; "" if the text is no region's whole code.
std::string region_stem(std::string_view text) {
    if (model::check_region_code(text).verdict == model::Verdict::kMalformed) {
        return {};
    }
    constexpr std::size_t kProvince = 2;
    constexpr std::size_t kCounty = 6;
    const std::size_t last = text.find_last_not_of('0');
    std::size_t length = last == std::string_view::npos ? text.size() : last + 1;
    // Two digits a level down to the county, three below it.
    if (length <= kCounty) {
        length += length % kProvince;
    } else {
        length += (3 - (length - kCounty) % 3) % 3;
    }
    return std::string(text.substr(0, length));
}

// The text that a field is compared with; "" if it cannot be found by that.
std::string text_for(SearchField field, SearchTier tier, const std::string& text) {
    switch (field) {
        case SearchField::kLicence:
            return tier == SearchTier::kPrefix && text.size() < kLicenceBytesMin ? "" : text;
        case SearchField::kRegion:
            return region_stem(text);
        default:
            return text;
    }
}

bool matches(const SearchSource& source, std::string_view field) {
    static_assert(static_cast<int>(model::CodeKind::kLot) == 1, "kItemsByLot says so");
    return source.tier == SearchTier::kExact ? field == source.text
                                             : field.starts_with(source.text);
}

// The range of texts that a source looks through: exact is a range of one, as codes hold no control
// characters.
std::pair<std::string, std::string> range_of(const SearchSource& source) {
    std::string end =
        source.tier == SearchTier::kExact ? source.text + '\x01' : end_of_prefix(source.text);
    return {source.text, std::move(end)};
}

// The first column of all rows, as `value_of` reads it.
template <typename Value>
Result<std::vector<Value>> read_column(Result<Query> started, Value (*value_of)(const Query&)) {
    SUYUAN_TRY(Query query, std::move(started));
    std::vector<Value> values;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return values;
        }
        values.push_back(value_of(query));
    }
}

Result<std::vector<std::int64_t>> read_ids(Result<Query> started) {
    return read_column<std::int64_t>(std::move(started), [](const Query& query) {
        return query.integer(0);
    });
}

Result<std::vector<std::string>> read_texts(Result<Query> started) {
    return read_column<std::string>(std::move(started), [](const Query& query) {
        return std::string(query.text(0));
    });
}

Result<std::vector<std::int64_t>> ask_items(
    Connection& connection,
    const SearchSource& source,
    const std::optional<Candidate>& after,
    std::size_t ids_max
) {
    const auto [begin, end] = range_of(source);
    const std::int64_t last = after ? after->id : 0;
    const auto ask_field = [&](sql::Text text, const std::string& last_field) {
        return read_ids(connection.start(text, begin, end, last_field, last, ids_max));
    };
    switch (source.field) {
        case SearchField::kCode:
            return read_ids(connection.start(
                sql::kItemsByCode, begin, end, after ? after->code : std::string(), ids_max
            ));
        case SearchField::kGtin:
            return ask_field(sql::kItemsByGtin, after ? after->gtin : std::string());
        case SearchField::kLot:
            return ask_field(sql::kItemsByLot, after ? after->lot : std::string());
        case SearchField::kAlias:
            return read_ids(connection.start(sql::kItemsByAlias, begin, end, last, ids_max));
        case SearchField::kLicence:
        case SearchField::kRegion:
        case SearchField::kName:
            break;
    }
    SUYUAN_UNREACHABLE();
}

// Operators and sites by what the registry says of them.
Result<std::vector<std::int64_t>> ask_registered(
    Connection& connection,
    const SearchSource& source,
    const std::optional<Candidate>& after,
    std::size_t ids_max
) {
    const auto [begin, end] = range_of(source);
    const std::int64_t last = after ? after->id : 0;
    if (source.field == SearchField::kLicence) {
        return read_ids(connection.start(
            sql::kOperatorsByLicence, NameKind::kOperator, begin, end, last, ids_max
        ));
    }
    const sql::Text text =
        source.kind == SearchKind::kSite ? sql::kSitesByRegion : sql::kOperatorsByRegion;
    const std::string region = after ? after->region : std::string();
    return read_ids(connection.start(text, begin, end, region, last, ids_max));
}

Result<std::vector<std::int64_t>> ask_names(
    Connection& connection,
    const SearchSource& source,
    const std::optional<Candidate>& after,
    std::size_t ids_max
) {
    const std::int64_t first =
        after ? search_row(source.kind, after->id) : search_row(source.kind, 0);
    const std::int64_t last =
        search_row(static_cast<SearchKind>(static_cast<int>(source.kind) + 1), 0) - 1;
    SUYUAN_TRY(
        auto rows, read_ids(connection.start(kMatchNames, source.text, first, last, ids_max))
    );
    for (std::int64_t& row : rows) {
        row = id_of_search_row(row);
    }
    return rows;
}

// Codes of things that have a number among the names.
sql::Text statement_by_code(SearchKind kind) {
    switch (kind) {
        case SearchKind::kOperator:
            return sql::kOperatorsByCode;
        case SearchKind::kSite:
            return sql::kSitesByCode;
        case SearchKind::kVehicle:
            return sql::kVehiclesByCode;
        case SearchKind::kPerson:
            return sql::kPeopleByCode;
        case SearchKind::kPaper:
            return sql::kPapersByCode;
        case SearchKind::kRegion:
            return sql::kRegionsByCode;
        case SearchKind::kItem:
        case SearchKind::kProduct:
            break;
    }
    SUYUAN_UNREACHABLE();
}

Result<std::optional<Candidate>> read_item(Connection& connection, std::int64_t id) {
    SUYUAN_TRY(
        auto name, read_item_name(connection, graph::ItemId(static_cast<std::uint32_t>(id)))
    );
    if (!name) {
        return std::nullopt;
    }
    Candidate candidate;
    candidate.id = id;
    candidate.code = std::move(name->code.uri);
    candidate.name = std::move(name->product_name);
    candidate.gtin = std::move(name->code.gtin);
    if (name->code.kind == model::CodeKind::kLot) {
        candidate.lot = std::move(name->code.lot);
    }
    SUYUAN_TRY(
        candidate.aliases,
        read_texts(connection.start(sql::kAliasesOfLot, candidate.code, kAliasesMax))
    );
    return candidate;
}

Result<std::optional<Candidate>> read_product(Connection& connection, std::int64_t id) {
    SUYUAN_TRY(Query query, connection.start(sql::kProductName, id));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    Candidate candidate;
    candidate.kind = SearchKind::kProduct;
    candidate.id = id;
    candidate.code = query.text(0);
    candidate.name = query.text(1);
    return candidate;
}

}  // namespace

std::vector<SearchSource> sources_for(const SearchQuery& query) {
    std::vector<SearchSource> sources;
    std::vector<std::vector<Phrase>> questions;
    for (const SearchTier tier : {SearchTier::kExact, SearchTier::kPrefix}) {
        for (const std::string& text : query.texts) {
            for (const SearchKind kind : kKinds) {
                if (text.empty() || !wants(query, kind)) {
                    continue;
                }
                for (const SearchField field : fields_of(kind, tier)) {
                    if (std::string sought = text_for(field, tier, text); !sought.empty()) {
                        sources.push_back(
                            {.tier = tier, .kind = kind, .field = field, .text = std::move(sought)}
                        );
                    }
                }
            }
        }
    }
    for (const std::string& text : query.texts) {
        questions.push_back(query_phrases(text));
    }
    const std::string expression = match_expression(questions);
    for (const SearchKind kind : kKinds) {
        if (!expression.empty() && wants(query, kind)) {
            sources.push_back(
                {.tier = SearchTier::kName,
                 .kind = kind,
                 .field = SearchField::kName,
                 .text = expression,
                 .questions = questions}
            );
        }
    }
    return sources;
}

bool finds(const SearchSource& source, const Candidate& candidate) {
    if (source.kind != candidate.kind) {
        return false;
    }
    switch (source.field) {
        case SearchField::kCode:
            return matches(source, candidate.code);
        case SearchField::kGtin:
            return matches(source, candidate.gtin);
        case SearchField::kLot:
            return matches(source, candidate.lot);
        case SearchField::kAlias:
            return std::ranges::any_of(candidate.aliases, [&](const std::string& alias) {
                return matches(source, alias);
            });
        case SearchField::kLicence:
            return std::ranges::any_of(candidate.licences, [&](const std::string& number) {
                return matches(source, number);
            });
        case SearchField::kRegion:
            return matches(source, candidate.region);
        case SearchField::kName:
            return false;
    }
    SUYUAN_UNREACHABLE();
}

bool finds_somehow(const SearchSource& source, const Candidate& candidate) {
    if (source.tier != SearchTier::kName) {
        return finds(source, candidate);
    }
    return answers_any(
        source.questions,
        candidate.kind == SearchKind::kItem ? item_words(candidate.code, candidate.lot)
                                            : name_words(candidate.code, candidate.name)
    );
}

Result<std::optional<Candidate>> read_candidate(
    Connection& connection, SearchKind kind, std::int64_t id
) {
    if (kind == SearchKind::kItem) {
        return read_item(connection, id);
    }
    if (kind == SearchKind::kProduct) {
        return read_product(connection, id);
    }
    SUYUAN_TRY(
        auto name, read_name(connection, name_kind_of(kind), static_cast<std::uint32_t>(id))
    );
    if (!name) {
        return std::nullopt;
    }
    Candidate candidate;
    candidate.kind = kind;
    candidate.id = id;
    candidate.code = std::move(name->code);
    candidate.name = std::move(name->name);
    candidate.region = std::move(name->region);
    if (kind == SearchKind::kOperator) {
        SUYUAN_TRY(
            candidate.licences,
            read_texts(connection.start(sql::kLicencesOfOperator, candidate.code, kAliasesMax))
        );
    }
    return candidate;
}

Result<std::vector<std::int64_t>> ask(
    Connection& connection,
    const SearchSource& source,
    const std::optional<Candidate>& after,
    std::size_t ids_max
) {
    if (source.tier == SearchTier::kName) {
        return ask_names(connection, source, after, ids_max);
    }
    if (source.kind == SearchKind::kItem) {
        return ask_items(connection, source, after, ids_max);
    }
    if (source.field != SearchField::kCode) {
        return ask_registered(connection, source, after, ids_max);
    }
    const auto [begin, end] = range_of(source);
    const std::string last = after ? after->code : std::string();
    if (source.kind == SearchKind::kProduct) {
        return read_ids(connection.start(sql::kProductsByGtin, begin, end, last, ids_max));
    }
    return read_ids(connection.start(
        statement_by_code(source.kind), name_kind_of(source.kind), begin, end, last, ids_max
    ));
}

Result<std::uint64_t> count_events(
    Connection& connection, const Candidate& candidate, std::size_t events_max
) {
    if (candidate.kind == SearchKind::kProduct || candidate.kind == SearchKind::kRegion) {
        return 0;
    }
    if (!connection.sees_everything()) {
        SUYUAN_TRY(
            const std::uint64_t events, count_mentions(connection, candidate.kind, candidate.id)
        );
        return std::min<std::uint64_t>(events, events_max);
    }
    SUYUAN_TRY(
        Query query,
        candidate.kind == SearchKind::kItem
            ? connection.start(sql::kCountItemPostings, candidate.id, events_max)
            : connection.start(
                  sql::kCountPostings, role_of(candidate.kind), candidate.id, events_max
              )
    );
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.count(0) : 0;
}

}  // namespace suyuan::store::sqlite
