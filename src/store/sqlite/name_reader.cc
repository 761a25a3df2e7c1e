// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/name_reader.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/fact.h"
#include "model/code.h"
#include "policy/request_context.h"
#include "store/sql/names.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// Names between two looks at whether the caller left.
constexpr std::size_t kNamesBetweenLooks = 1'024;

// Items of one product class, read by one statement.
constexpr std::size_t kItemsPiece = 10'000;

sql::Text statement_for(NameKind kind) {
    switch (kind) {
        case NameKind::kOperator:
            return sql::kNameOfOperator;
        case NameKind::kSite:
            return sql::kNameOfSite;
        case NameKind::kRegion:
            return sql::kNameOfRegion;
        case NameKind::kVehicle:
            return sql::kNameOfVehicle;
        case NameKind::kPerson:
            return sql::kNameOfPerson;
        case NameKind::kPaper:
            return sql::kNameOfPaper;
        case NameKind::kUnit:
        case NameKind::kProcess:
            return sql::kName;
    }
    return sql::kName;
}

sql::Text statement_that_finds(NameKind kind) {
    switch (kind) {
        case NameKind::kOperator:
            return sql::kFindOperatorName;
        case NameKind::kSite:
            return sql::kFindSiteName;
        case NameKind::kVehicle:
            return sql::kFindVehicleName;
        case NameKind::kPerson:
            return sql::kFindPersonName;
        case NameKind::kPaper:
            return sql::kFindPaperName;
        case NameKind::kUnit:
        case NameKind::kProcess:
        case NameKind::kRegion:
            return sql::kNumberOfName;
    }
    return sql::kNumberOfName;
}

Failure no_such(std::string_view what, std::uint32_t id) {
    return fail(ErrorCode::kCorruption, format("there is no {} {}", what, id));
}

}  // namespace

Result<std::optional<ItemName>> read_item_name(Connection& connection, graph::ItemId item) {
    SUYUAN_TRY(Query query, connection.start(sql::kItemName, item));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    ItemName name;
    name.item = item;
    name.code.uri = query.text(0);
    name.code.kind = static_cast<model::CodeKind>(query.integer(1));
    name.code.gtin = query.text(2);
    name.code.lot = query.text(3);
    name.code.serial = query.text(4);
    name.product_name = query.text(5);
    return name;
}

Result<std::optional<NamedId>> read_name(Connection& connection, NameKind kind, std::uint32_t id) {
    SUYUAN_TRY(Query query, connection.start(statement_for(kind), kind, id));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    NamedId name;
    name.id = id;
    name.code = query.text(0);
    if (kind == NameKind::kOperator || kind == NameKind::kSite || kind == NameKind::kRegion) {
        name.name = query.text(1);
        name.region = query.text(2);
    }
    return name;
}

Result<std::vector<ItemName>> read_item_names(
    Connection& connection,
    const policy::RequestContext& context,
    std::span<const graph::ItemId> items
) {
    std::vector<ItemName> names;
    names.reserve(items.size());
    for (const graph::ItemId item : items) {
        if (names.size() % kNamesBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        SUYUAN_TRY(auto name, read_item_name(connection, item));
        if (!name) {
            return no_such("item", item.value());
        }
        names.push_back(*std::move(name));
    }
    return names;
}

Result<std::vector<NamedId>> read_names(
    Connection& connection,
    const policy::RequestContext& context,
    NameKind kind,
    std::span<const std::uint32_t> ids
) {
    std::vector<NamedId> names;
    names.reserve(ids.size());
    for (const std::uint32_t id : ids) {
        if (names.size() % kNamesBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        SUYUAN_TRY(auto name, read_name(connection, kind, id));
        if (!name) {
            return no_such("name", id);
        }
        names.push_back(*std::move(name));
    }
    return names;
}

Result<std::optional<graph::ItemId>> find_item(Connection& connection, std::string_view code) {
    for (const sql::Text& text : {sql::kFindItem, sql::kFindItemByAlias}) {
        SUYUAN_TRY(Query query, connection.start(text, code));
        SUYUAN_TRY(const bool has_row, query.next());
        if (has_row) {
            return graph::ItemId(query.id(0));
        }
    }
    return std::nullopt;
}

Result<std::vector<graph::ItemId>> find_items_of_gtin(
    Connection& connection, const policy::RequestContext& context, std::string_view gtin
) {
    std::vector<graph::ItemId> items;
    while (true) {
        SUYUAN_TRY_VOID(context.check_alive());
        const graph::ItemId last = items.empty() ? graph::ItemId() : items.back();
        const std::size_t before = items.size();
        SUYUAN_TRY(Query query, connection.start(sql::kFindItemsOfGtin, gtin, last, kItemsPiece));
        while (true) {
            SUYUAN_TRY(const bool has_row, query.next());
            if (!has_row) {
                break;
            }
            items.emplace_back(query.id(0));
        }
        if (items.size() - before < kItemsPiece) {
            return items;
        }
    }
}

Result<std::optional<std::uint32_t>> find_name(
    Connection& connection, NameKind kind, std::string_view code
) {
    SUYUAN_TRY(Query query, connection.start(statement_that_finds(kind), kind, code));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    return query.id(0);
}

}  // namespace suyuan::store::sqlite
