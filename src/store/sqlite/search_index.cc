// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/search_index.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/search.h"
#include "store/search_document.h"
#include "store/sql/search.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/dialect.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
namespace {

// Rows looked at in one transaction: commits wait for it, some tens of milliseconds.
constexpr std::size_t kPiece = 2'000;

constexpr unsigned kIdBits = 40;

// A dictionary and how far the index has followed it.
struct Followed {
    SearchKind kind = SearchKind::kItem;
    NameKind name_kind = NameKind::kOperator;   // not of items
    Counter given = Counter::kItems;            // ids given out
    Counter indexed = Counter::kSearchedItems;  // ids in the index
};

constexpr std::array<Followed, 6> kFollowed = {{
    {SearchKind::kItem, NameKind::kOperator, Counter::kItems, Counter::kSearchedItems},
    {SearchKind::kOperator, NameKind::kOperator, Counter::kOperators, Counter::kSearchedOperators},
    {SearchKind::kSite, NameKind::kSite, Counter::kSites, Counter::kSearchedSites},
    {SearchKind::kVehicle, NameKind::kVehicle, Counter::kVehicles, Counter::kSearchedVehicles},
    {SearchKind::kPerson, NameKind::kPerson, Counter::kPeople, Counter::kSearchedPeople},
    {SearchKind::kPaper, NameKind::kPaper, Counter::kPapers, Counter::kSearchedPapers},
}};

// A row to be indexed, off its query, so that the index can be written.
struct Entry {
    std::int64_t id = 0;
    std::string code;
    std::string name;  // of an item: its lot
    std::string territory;
    Whose whose;  // without the territory
};

Result<std::vector<Entry>> read_entries(Result<Query> started) {
    SUYUAN_TRY(Query query, std::move(started));
    std::vector<Entry> entries;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return entries;
        }
        Entry& entry = entries.emplace_back();
        entry.id = query.integer(0);
        entry.code = query.text(1);
        entry.name = query.text(2);
        entry.whose.submitter = query.id(3);
        entry.whose.owner = query.id(4);
        entry.territory = query.text(5);
        entry.whose.data_class = static_cast<policy::DataClass>(query.integer(6));
    }
}

// Writes the index; lives for one job.
class Indexer {
public:
    Indexer(WriteSession& session, const policy::RequestContext& context)
        : session_(session), context_(context) {}

    Status follow(const Followed& followed);
    Status update_operators();
    Status update_sites();
    Status update_products();
    Status update_regions();

    [[nodiscard]] bool has_room() const noexcept { return room_ > 0; }

private:
    Status put(SearchKind kind, const Entry& entry);
    Status update(SearchKind kind, const std::vector<Entry>& entries, sql::Text mark_indexed);

    WriteSession& session_;
    const policy::RequestContext& context_;
    std::size_t room_ = kPiece;
};

Status Indexer::put(SearchKind kind, const Entry& entry) {
    --room_;
    SUYUAN_TRY_VOID(context_.check_alive());
    const std::int64_t row = search_row(kind, entry.id);
    SUYUAN_TRY_VOID(session_.connection.run(kDropSearchRow, row));
    const std::vector<std::string> found = kind == SearchKind::kItem
                                               ? item_words(entry.code, entry.name)
                                               : name_words(entry.code, entry.name);
    if (found.empty()) {
        return {};
    }
    std::string words;
    for (const std::string& word : found) {
        words += words.empty() ? "" : " ";
        words += word;
    }
    Whose whose = entry.whose;
    whose.territory = entry.territory;
    return session_.connection.run(kInsertSearchRow, row, words, whose);
}

Status Indexer::follow(const Followed& followed) {
    if (session_.counters[followed.indexed] == session_.counters[followed.given] || room_ == 0) {
        return {};
    }
    Connection& connection = session_.connection;
    const std::int64_t last = session_.counters[followed.indexed];
    SUYUAN_TRY(
        const auto entries,
        read_entries(
            followed.kind == SearchKind::kItem
                ? connection.start(sql::kItemsToIndex, last, room_)
                : connection.start(sql::kNamesToIndex, followed.name_kind, last, room_)
        )
    );
    for (const Entry& entry : entries) {
        SUYUAN_TRY_VOID(put(followed.kind, entry));
        session_.counters[followed.indexed] = entry.id;
    }
    return {};
}

Status Indexer::update(SearchKind kind, const std::vector<Entry>& entries, sql::Text mark_indexed) {
    for (const Entry& entry : entries) {
        SUYUAN_TRY_VOID(put(kind, entry));
        SUYUAN_TRY_VOID(session_.connection.run(mark_indexed, entry.id));
    }
    return {};
}

Status Indexer::update_operators() {
    SUYUAN_TRY(
        const auto entries,
        read_entries(session_.connection.start(sql::kOperatorsToIndex, NameKind::kOperator, room_))
    );
    return update(SearchKind::kOperator, entries, sql::kOperatorIsIndexed);
}

Status Indexer::update_sites() {
    SUYUAN_TRY(
        const auto entries,
        read_entries(session_.connection.start(sql::kSitesToIndex, NameKind::kSite, room_))
    );
    return update(SearchKind::kSite, entries, sql::kSiteIsIndexed);
}

Status Indexer::update_products() {
    SUYUAN_TRY(
        const auto entries, read_entries(session_.connection.start(sql::kProductsToIndex, room_))
    );
    return update(SearchKind::kProduct, entries, sql::kProductIsIndexed);
}

Status Indexer::update_regions() {
    SUYUAN_TRY(
        const auto rows,
        read_entries(session_.connection.start(sql::kRegionsToIndex, NameKind::kRegion, room_))
    );
    std::vector<Entry> regions;
    for (const Entry& row : rows) {
        if (!regions.empty() && regions.back().id == row.id) {
            regions.back().name += ' ' + row.name;
        } else {
            regions.push_back(row);
        }
    }
    for (const Entry& region : regions) {
        SUYUAN_TRY_VOID(put(SearchKind::kRegion, region));
        SUYUAN_TRY_VOID(session_.connection.run(sql::kRegionIsIndexed, NameKind::kRegion, region.id)
        );
    }
    return {};
}

Result<bool> has_row(Result<Query> started) {
    SUYUAN_TRY(Query query, std::move(started));
    return query.next();
}

}  // namespace

std::int64_t search_row(SearchKind kind, std::int64_t id) noexcept {
    return static_cast<std::int64_t>(
        (static_cast<std::uint64_t>(kind) << kIdBits) | static_cast<std::uint64_t>(id)
    );
}

std::int64_t id_of_search_row(std::int64_t row) noexcept {
    return static_cast<std::int64_t>(
        static_cast<std::uint64_t>(row) & ((std::uint64_t{1} << kIdBits) - 1)
    );
}

Result<bool> needs_indexing(Connection& connection) {
    SUYUAN_TRY(const Counters counters, Counters::read(connection));
    for (const Followed& followed : kFollowed) {
        if (counters[followed.indexed] != counters[followed.given]) {
            return true;
        }
    }
    SUYUAN_TRY(
        const bool operators,
        has_row(connection.start(sql::kOperatorsToIndex, NameKind::kOperator, 1))
    );
    SUYUAN_TRY(const bool sites, has_row(connection.start(sql::kSitesToIndex, NameKind::kSite, 1)));
    SUYUAN_TRY(const bool products, has_row(connection.start(sql::kProductsToIndex, 1)));
    SUYUAN_TRY(
        const bool regions, has_row(connection.start(sql::kRegionsToIndex, NameKind::kRegion, 1))
    );
    return operators || sites || products || regions;
}

// The dictionaries first, the registry's names over them.
Result<bool> index_piece(WriteSession& session, const policy::RequestContext& context) {
    Indexer indexer(session, context);
    for (const Followed& followed : kFollowed) {
        SUYUAN_TRY_VOID(indexer.follow(followed));
    }
    SUYUAN_TRY_VOID(indexer.update_operators());
    SUYUAN_TRY_VOID(indexer.update_sites());
    SUYUAN_TRY_VOID(indexer.update_products());
    SUYUAN_TRY_VOID(indexer.update_regions());
    return !indexer.has_room();
}

}  // namespace suyuan::store::sqlite
