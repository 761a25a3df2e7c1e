// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/registry.h"

#include <cstddef>
#include <cstdint>
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
    Status put(const model::Licence& row);
    Status put(const model::Link& row);
    Status put(const model::RegisteredPaper& row);
    Status put(const model::Vehicle& row);
    Status put(const model::PersonAtWork& row);

    template <typename Row>
    Status put_all(const std::vector<Row>& rows) {
        for (const Row& row : rows) {
            SUYUAN_TRY_VOID(look_after_caller());
            SUYUAN_TRY_VOID(put(row));
            ++written_;
        }
        return {};
    }

private:
    // Now and then.
    [[nodiscard]] Status look_after_caller() const {
        return written_ % kRowsBetweenLooks == 0 ? context_.check_alive() : Status();
    }

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

    // The number of an operator that a row names; 0 if it names none.
    Result<std::uint32_t> operator_number(std::string_view code);

    WriteSession& session_;
    const policy::RequestContext& context_;
    std::uint32_t submitter_;
    std::size_t written_ = 0;
};

Result<std::uint32_t> RegistryWriter::operator_number(std::string_view code) {
    if (code.empty()) {
        return 0;
    }
    return session_.interner.name(
        NameKind::kOperator, code, whose(0, {}, policy::DataClass::kInternal)
    );
}

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
        row.capacity,
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
    SUYUAN_TRY(const std::uint32_t producer, operator_number(row.producer));
    return session_.connection.run(
        sql::kPutProduct,
        id,
        row.gtin,
        row.name,
        row.producer,
        row.category,
        row.unit,
        row.shelf_life_days,
        whose(producer, {}, policy::DataClass::kPublic)
    );
}

Status RegistryWriter::put(const model::Region& row) {
    const Whose row_whose = whose(0, row.code, policy::DataClass::kPublic);
    const auto number = session_.interner.name(NameKind::kRegion, row.code, row_whose);
    if (!number) {
        return Failure(number.error());
    }
    return session_.connection.run(
        sql::kPutRegion, row.code, row.valid_from, row.valid_to, row.name, row.parent, row_whose
    );
}

Status RegistryWriter::put(const model::LotAlias& row) {
    return session_.connection.run(
        sql::kPutAlias, row.alias, row.lot, whose(0, {}, policy::DataClass::kInternal)
    );
}

// Licences are published.
Status RegistryWriter::put(const model::Licence& row) {
    SUYUAN_TRY(const std::uint32_t owner, operator_number(row.operator_code));
    return session_.connection.run(
        sql::kPutLicence,
        row.number,
        row.valid_from,
        row.valid_to,
        row.kind,
        row.operator_code,
        submitter_,
        owner,
        policy::DataClass::kPublic
    );
}

// Who supplies whom is a commercial secret.
Status RegistryWriter::put(const model::Link& row) {
    SUYUAN_TRY(const std::uint32_t owner, operator_number(row.from));
    const auto [kind, to, rival] = model::dated_key(row);
    return session_.connection.run(
        sql::kPutLink,
        kind,
        to,
        rival,
        row.valid_from,
        row.valid_to,
        row.from,
        submitter_,
        owner,
        row.kind == model::LinkKind::kSupplies ? policy::DataClass::kConfidential
                                               : policy::DataClass::kInternal
    );
}

Status RegistryWriter::put(const model::RegisteredPaper& row) {
    SUYUAN_TRY(
        const std::uint32_t owner, operator_number(row.holder.empty() ? row.issuer : row.holder)
    );
    SUYUAN_TRY(
        const std::uint32_t id,
        session_.interner.name(
            NameKind::kPaper, row.number, whose(owner, {}, policy::DataClass::kInternal)
        )
    );
    return session_.connection.run(
        sql::kPutPaper,
        id,
        row.valid_from,
        row.valid_to,
        row.kind,
        row.issuer,
        row.holder,
        submitter_,
        owner,
        policy::DataClass::kInternal
    );
}

Status RegistryWriter::put(const model::Vehicle& row) {
    SUYUAN_TRY(const std::uint32_t owner, operator_number(row.operator_code));
    SUYUAN_TRY(
        const std::uint32_t id,
        session_.interner.name(
            NameKind::kVehicle, row.plate, whose(owner, {}, policy::DataClass::kInternal)
        )
    );
    return session_.connection.run(
        sql::kPutVehicle, id, row.operator_code, submitter_, owner, policy::DataClass::kInternal
    );
}

Status RegistryWriter::put(const model::PersonAtWork& row) {
    SUYUAN_TRY(const std::uint32_t owner, operator_number(row.operator_code));
    SUYUAN_TRY(
        const std::uint32_t id,
        session_.interner.name(
            NameKind::kPerson, row.id, whose(owner, {}, policy::DataClass::kPersonal)
        )
    );
    SUYUAN_TRY_VOID(session_.connection.run(
        sql::kPutPerson,
        id,
        row.valid_from,
        row.valid_to,
        row.operator_code,
        row.title,
        submitter_,
        owner,
        policy::DataClass::kPersonal
    ));
    if (row.name.empty() && row.phone.empty()) {
        return {};
    }
    return session_.connection.run(
        sql::kPutPersonValues,
        id,
        row.name,
        row.phone,
        submitter_,
        owner,
        policy::DataClass::kPersonal
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
    SUYUAN_TRY_VOID(writer.put_all(rows.aliases));
    SUYUAN_TRY_VOID(writer.put_all(rows.licences));
    SUYUAN_TRY_VOID(writer.put_all(rows.links));
    SUYUAN_TRY_VOID(writer.put_all(rows.papers));
    SUYUAN_TRY_VOID(writer.put_all(rows.vehicles));
    return writer.put_all(rows.people);
}

}  // namespace suyuan::store::sqlite
