// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/registry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/sql/registry.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/interner.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
namespace {

// Rows between two looks at whether the caller left.
constexpr std::size_t kRowsBetweenLooks = 256;

// Writes the rows of one call; lives for one job.
class RegistryWriter {
public:
    RegistryWriter(
        WriteSession& session, const policy::RequestContext& context, std::uint32_t submitter
    )
        : session_(session), context_(context), submitter_(submitter) {}

    Status put(const model::Operator& row);
    Status put(const model::Site& row);
    Status put(const model::Product& row);
    Status put(const model::Region& row);
    Status put(const model::LotAlias& row);

    template <typename Row>
    Status put_all(const std::vector<Row>& rows) {
        for (const Row& row : rows) {
            if (written_ % kRowsBetweenLooks == 0) {
                SUYUAN_TRY_VOID(context_.check_alive());
            }
            SUYUAN_TRY_VOID(put(row));
            ++written_;
        }
        return {};
    }

private:
    [[nodiscard]] Whose whose(
        std::uint32_t owner, std::string_view territory, policy::DataClass data_class
    ) const {
        return {
            .submitter = submitter_,
            .owner = owner,
            .territory = territory,
            .data_class = data_class,
        };
    }

    WriteSession& session_;
    const policy::RequestContext& context_;
    std::uint32_t submitter_;
    std::size_t written_ = 0;
};

Status RegistryWriter::put(const model::Operator& row) {
    const Whose name = whose(0, row.region, policy::DataClass::kInternal);
    SUYUAN_TRY(const std::uint32_t id, session_.interner.name(NameKind::kOperator, row.code, name));
    return session_.connection.run(
        sql::kPutOperator,
        id,
        row.name,
        row.region,
        row.kind,
        whose(id, row.region, policy::DataClass::kInternal)
    );
}

Status RegistryWriter::put(const model::Site& row) {
    Whose row_whose = whose(0, row.region, policy::DataClass::kInternal);
    if (!row.operator_code.empty()) {
        SUYUAN_TRY(
            row_whose.owner,
            session_.interner.name(NameKind::kOperator, row.operator_code, row_whose)
        );
    }
    SUYUAN_TRY(
        const std::uint32_t id, session_.interner.name(NameKind::kSite, row.code, row_whose)
    );
    return session_.connection.run(
        sql::kPutSite,
        id,
        row.name,
        row.operator_code,
        row.region,
        row.address,
        row.latitude,
        row.longitude,
        row_whose
    );
}

Status RegistryWriter::put(const model::Product& row) {
    std::int64_t id = 0;
    {
        SUYUAN_TRY(Query query, session_.connection.start(sql::kNumberOfProduct, row.gtin));
        SUYUAN_TRY(const bool has_row, query.next());
        id = has_row ? query.integer(0) : session_.counters.next(Counter::kProducts);
    }
    return session_.connection.run(
        sql::kPutProduct, id, row.gtin, row.name, whose(0, {}, policy::DataClass::kPublic)
    );
}

Status RegistryWriter::put(const model::Region& row) {
    return session_.connection.run(
        sql::kPutRegion,
        row.code,
        row.valid_from,
        row.valid_to,
        row.name,
        row.parent,
        whose(0, row.code, policy::DataClass::kPublic)
    );
}

Status RegistryWriter::put(const model::LotAlias& row) {
    return session_.connection.run(
        sql::kPutAlias, row.alias, row.lot, whose(0, {}, policy::DataClass::kInternal)
    );
}

}  // namespace

Status put_registry(
    WriteSession& session, const policy::RequestContext& context, const model::RegistryRows& rows
) {
    SUYUAN_TRY(
        const std::uint32_t submitter,
        session.interner.name(NameKind::kOperator, context.principal().operator_code, Whose())
    );
    RegistryWriter writer(session, context, submitter);
    SUYUAN_TRY_VOID(writer.put_all(rows.operators));
    SUYUAN_TRY_VOID(writer.put_all(rows.sites));
    SUYUAN_TRY_VOID(writer.put_all(rows.products));
    SUYUAN_TRY_VOID(writer.put_all(rows.regions));
    return writer.put_all(rows.aliases);
}

Result<std::optional<model::Operator>> find_operator(
    Connection& connection, std::string_view code
) {
    SUYUAN_TRY(Query query, connection.start(sql::kFindOperator, NameKind::kOperator, code));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    model::Operator row;
    row.code = query.text(0);
    row.name = query.text(1);
    row.region = query.text(2);
    row.kind = query.text(3);
    return row;
}

Result<std::optional<model::Site>> find_site(Connection& connection, std::string_view code) {
    SUYUAN_TRY(Query query, connection.start(sql::kFindSite, NameKind::kSite, code));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    model::Site row;
    row.code = query.text(0);
    row.name = query.text(1);
    row.operator_code = query.text(2);
    row.region = query.text(3);
    row.address = query.text(4);
    row.latitude = query.text(5);
    row.longitude = query.text(6);
    return row;
}

Result<std::optional<model::Product>> find_product(Connection& connection, std::string_view gtin) {
    SUYUAN_TRY(Query query, connection.start(sql::kFindProduct, gtin));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    model::Product row;
    row.gtin = query.text(0);
    row.name = query.text(1);
    return row;
}

Result<std::vector<model::Region>> find_regions(
    Connection& connection, std::string_view code_or_parent, std::string_view day
) {
    SUYUAN_TRY(Query query, connection.start(sql::kFindRegions, code_or_parent, day));
    std::vector<model::Region> rows;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return rows;
        }
        model::Region& row = rows.emplace_back();
        row.code = query.text(0);
        row.name = query.text(1);
        row.parent = query.text(2);
        row.valid_from = query.text(3);
        row.valid_to = query.text(4);
    }
}

}  // namespace suyuan::store::sqlite
