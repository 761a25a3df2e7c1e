// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/register_reader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"
#include "model/registry.h"
#include "store/page_token.h"
#include "store/sql/register.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// A page is built in memory.
constexpr std::size_t kPageMax = 10'000;

// Each reads the columns of its kind, as sql/register.h orders them.
model::Operator read_operator(const Query& query) {
    model::Operator row;
    row.code = query.text(0);
    row.name = query.text(1);
    row.region = query.text(2);
    row.kind = query.text(3);
    return row;
}

model::Site read_site(const Query& query) {
    model::Site row;
    row.code = query.text(0);
    row.name = query.text(1);
    row.operator_code = query.text(2);
    row.region = query.text(3);
    row.address = query.text(4);
    row.latitude = query.text(5);
    row.longitude = query.text(6);
    row.capacity = query.text(7);
    return row;
}

model::Product read_product(const Query& query) {
    model::Product row;
    row.gtin = query.text(0);
    row.name = query.text(1);
    row.producer = query.text(2);
    row.category = query.text(3);
    row.unit = query.text(4);
    row.shelf_life_days = query.text(5);
    return row;
}

model::Region read_region(const Query& query) {
    model::Region row;
    row.code = query.text(0);
    row.name = query.text(1);
    row.parent = query.text(2);
    row.valid_from = query.text(3);
    row.valid_to = query.text(4);
    return row;
}

model::LotAlias read_alias(const Query& query) {
    return {.alias = std::string(query.text(0)), .lot = std::string(query.text(1))};
}

model::Licence read_licence(const Query& query) {
    model::Licence row;
    row.number = query.text(0);
    row.kind = query.text(1);
    row.operator_code = query.text(2);
    row.valid_from = query.text(3);
    row.valid_to = query.text(4);
    return row;
}

Result<model::Link> read_link(const Query& query) {
    model::Link row;
    const auto kind = model::parse_link_kind(query.text(0));
    if (!kind) {
        return fail(ErrorCode::kCorruption, "a link of no kind that there is");
    }
    row.kind = *kind;
    row.from = query.text(1);
    row.to = query.text(2);
    row.valid_from = query.text(3);
    row.valid_to = query.text(4);
    return row;
}

model::RegisteredPaper read_paper(const Query& query) {
    model::RegisteredPaper row;
    row.number = query.text(0);
    row.kind = query.text(1);
    row.issuer = query.text(2);
    row.holder = query.text(3);
    row.valid_from = query.text(4);
    row.valid_to = query.text(5);
    return row;
}

model::Vehicle read_vehicle(const Query& query) {
    return {.plate = std::string(query.text(0)), .operator_code = std::string(query.text(1))};
}

model::PersonAtWork read_person(const Query& query) {
    model::PersonAtWork row;
    row.id = query.text(0);
    row.operator_code = query.text(1);
    row.name = query.text(2);
    row.phone = query.text(3);
    row.title = query.text(4);
    row.valid_from = query.text(5);
    row.valid_to = query.text(6);
    return row;
}

// The first row that a statement finds.
template <typename Row>
Result<std::optional<Row>> read_one(Result<Query> started, Row (*read)(const Query&)) {
    SUYUAN_TRY(Query query, std::move(started));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? std::optional<Row>(read(query)) : std::nullopt;
}

template <typename Row, typename Read>
Result<std::vector<Row>> read_all(Result<Query> started, const Read& read) {
    SUYUAN_TRY(Query query, std::move(started));
    std::vector<Row> rows;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return rows;
        }
        SUYUAN_TRY(Row row, Result<Row>(read(query)));
        rows.push_back(std::move(row));
    }
}

using Key = std::vector<std::string>;

// What a row is found by, in the order of its list.
Key key_of(const model::Region& row) {
    return {row.code, row.valid_from};
}

Key key_of(const model::Operator& row) {
    return {row.code};
}

Key key_of(const model::Licence& row) {
    return {row.number, row.valid_from};
}

Key key_of(const model::Site& row) {
    return {row.code};
}

Key key_of(const model::Link& row) {
    const auto [kind, to, rival] = model::dated_key(row);
    return {std::string(kind), std::string(to), std::string(rival), row.valid_from};
}

Key key_of(const model::Product& row) {
    return {row.gtin};
}

Key key_of(const model::RegisteredPaper& row) {
    return {row.number, row.valid_from};
}

Key key_of(const model::Vehicle& row) {
    return {row.plate};
}

Key key_of(const model::PersonAtWork& row) {
    return {row.id, row.valid_from};
}

Key key_of(const model::LotAlias& row) {
    return {row.alias};
}

// How many texts the keys of a kind have.
std::size_t key_length(RegistryKind kind) {
    switch (kind) {
        case RegistryKind::kRegion:
        case RegistryKind::kLicence:
        case RegistryKind::kPaper:
        case RegistryKind::kPerson:
            return 2;
        case RegistryKind::kLink:
            return 4;
        case RegistryKind::kOperator:
        case RegistryKind::kSite:
        case RegistryKind::kProduct:
        case RegistryKind::kVehicle:
        case RegistryKind::kAlias:
            return 1;
    }
    SUYUAN_UNREACHABLE();
}

// One page on its way: the rows behind a key, one more than the page holds.
class Lister {
public:
    Lister(Connection& connection, Key last, std::size_t rows_max)
        : connection_(connection), last_(std::move(last)), rows_max_(rows_max) {}

    // The key that the next page begins behind; empty: there is none.
    Result<Key> list(RegistryKind kind, model::RegistryRows& rows);

private:
    // By the code in the dictionary, or by a code of the row's own.
    template <typename Row>
    Result<Key> named(
        sql::Text text, NameKind kind, Row (*read)(const Query&), std::vector<Row>& rows
    ) {
        return take(connection_.start(text, kind, last_[0], rows_max_ + 1), read, rows);
    }

    template <typename Row>
    Result<Key> coded(sql::Text text, Row (*read)(const Query&), std::vector<Row>& rows) {
        return take(connection_.start(text, last_[0], rows_max_ + 1), read, rows);
    }

    template <typename Row>
    Result<Key> dated(sql::Text text, Row (*read)(const Query&), std::vector<Row>& rows) {
        return take(connection_.start(text, last_[0], last_[1], rows_max_ + 1), read, rows);
    }

    template <typename Row>
    Result<Key> named_dated(
        sql::Text text, NameKind kind, Row (*read)(const Query&), std::vector<Row>& rows
    ) {
        return take(connection_.start(text, kind, last_[0], last_[1], rows_max_ + 1), read, rows);
    }

    template <typename Row, typename Read>
    Result<Key> take(Result<Query> started, const Read& read, std::vector<Row>& rows) {
        SUYUAN_TRY(rows, read_all<Row>(std::move(started), read));
        if (rows.size() <= rows_max_) {
            return Key();
        }
        rows.resize(rows_max_);
        return key_of(rows.back());
    }

    Connection& connection_;
    Key last_;
    std::size_t rows_max_;
};

Result<Key> Lister::list(RegistryKind kind, model::RegistryRows& rows) {
    switch (kind) {
        case RegistryKind::kRegion:
            return dated(sql::kListRegions, read_region, rows.regions);
        case RegistryKind::kOperator:
            return named(sql::kListOperators, NameKind::kOperator, read_operator, rows.operators);
        case RegistryKind::kLicence:
            return dated(sql::kListLicences, read_licence, rows.licences);
        case RegistryKind::kSite:
            return named(sql::kListSites, NameKind::kSite, read_site, rows.sites);
        case RegistryKind::kLink:
            return take(
                connection_.start(
                    sql::kListLinks, last_[0], last_[1], last_[2], last_[3], rows_max_ + 1
                ),
                read_link,
                rows.links
            );
        case RegistryKind::kProduct:
            return coded(sql::kListProducts, read_product, rows.products);
        case RegistryKind::kPaper:
            return named_dated(sql::kListPapers, NameKind::kPaper, read_paper, rows.papers);
        case RegistryKind::kVehicle:
            return named(sql::kListVehicles, NameKind::kVehicle, read_vehicle, rows.vehicles);
        case RegistryKind::kPerson:
            return named_dated(sql::kListPeople, NameKind::kPerson, read_person, rows.people);
        case RegistryKind::kAlias:
            return coded(sql::kListAliases, read_alias, rows.aliases);
    }
    SUYUAN_UNREACHABLE();
}

}  // namespace

Result<std::optional<model::Operator>> find_operator(
    Connection& connection, std::string_view code
) {
    return read_one(connection.start(sql::kFindOperator, NameKind::kOperator, code), read_operator);
}

Result<std::optional<model::Site>> find_site(Connection& connection, std::string_view code) {
    return read_one(connection.start(sql::kFindSite, NameKind::kSite, code), read_site);
}

Result<std::optional<model::Product>> find_product(Connection& connection, std::string_view gtin) {
    return read_one(connection.start(sql::kFindProduct, gtin), read_product);
}

Result<std::vector<model::Region>> find_regions(
    Connection& connection, std::string_view code_or_parent, std::string_view day
) {
    return read_all<model::Region>(
        connection.start(sql::kFindRegions, code_or_parent, day), read_region
    );
}

Result<std::vector<model::Licence>> find_licences(
    Connection& connection, std::string_view operator_code, std::string_view day
) {
    return read_all<model::Licence>(
        connection.start(sql::kFindLicences, operator_code, day, Store::kLicencesMax), read_licence
    );
}

Result<std::vector<model::Link>> find_links(
    Connection& connection, std::string_view code, std::string_view day, std::size_t rows_max
) {
    return read_all<model::Link>(connection.start(sql::kFindLinks, code, day, rows_max), read_link);
}

Result<std::vector<model::Link>> find_runners(
    Connection& connection, std::string_view site, std::size_t rows_max
) {
    return read_all<model::Link>(connection.start(sql::kFindRunners, site, rows_max), read_link);
}

Result<std::optional<model::RegisteredPaper>> find_paper(
    Connection& connection, std::string_view number, std::string_view day
) {
    return read_one(connection.start(sql::kFindPaper, NameKind::kPaper, number, day), read_paper);
}

Result<std::optional<model::Vehicle>> find_vehicle(Connection& connection, std::string_view plate) {
    return read_one(connection.start(sql::kFindVehicle, NameKind::kVehicle, plate), read_vehicle);
}

Result<std::optional<model::PersonAtWork>> find_person(
    Connection& connection, std::string_view id, std::string_view day
) {
    return read_one(connection.start(sql::kFindPerson, day, NameKind::kPerson, id), read_person);
}

Result<std::vector<model::PersonAtWork>> find_person_history(
    Connection& connection, std::string_view id, std::size_t rows_max
) {
    return read_all<model::PersonAtWork>(
        connection.start(sql::kFindPersonHistory, NameKind::kPerson, id, rows_max), read_person
    );
}

Result<RegistryListing> list_registry(
    Connection& connection,
    const TokenSealer& sealer,
    RegistryKind kind,
    std::string_view after,
    std::size_t rows_max
) {
    if (rows_max == 0) {
        return fail(
            ErrorCode::kInvalidArgument, Sentence{"每页至少一行", "a page holds at least one row"}
        );
    }
    const std::string question = std::to_string(static_cast<int>(kind));
    // Behind empty texts is everything: no code is empty.
    Key last(key_length(kind));
    if (!after.empty()) {
        SUYUAN_TRY(last, sealer.open_texts(ListKind::kRegistry, question, after, last.size()));
    }
    RegistryListing page;
    SUYUAN_TRY(
        const Key next,
        Lister(connection, std::move(last), std::min(rows_max, kPageMax)).list(kind, page.rows)
    );
    if (!next.empty()) {
        page.next = sealer.seal_texts(ListKind::kRegistry, question, next);
    }
    return page;
}

}  // namespace suyuan::store::sqlite
