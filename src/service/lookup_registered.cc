// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/identifiers.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/dated_rows.h"
#include "service/lookup.h"
#include "service/lookup_code.h"
#include "service/sight.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

Status check_day(std::string_view day) {
    if (day.empty()) {
        return {};
    }
    if (const auto parsed = model::parse_day(day, 0); !parsed) {
        const Sentence reason = sentence_of(parsed.error());
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{format("day：{}", reason.zh), format("day: {}", reason.en)}
        );
    }
    return {};
}

}  // namespace

Result<std::string> Lookup::operator_name(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
) const {
    SUYUAN_TRY(const auto id, store_.find_name(context, scope, store::NameKind::kOperator, code));
    if (!id) {
        return std::string();
    }
    SUYUAN_TRY(
        auto names,
        store_.names(
            context, naming_scope(scope), store::NameKind::kOperator, std::span(&id.value(), 1)
        )
    );
    return std::move(names.front().name);
}

Result<PaperPage> Lookup::paper(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view number,
    std::string_view day
) const {
    SUYUAN_TRY_VOID(check_day(day));
    SUYUAN_TRY(const auto codes, codes_meant(number));
    SUYUAN_TRY(auto found, first_found(codes, [&](std::string_view code) {
                   return store_.find_paper(context, scope, code, day);
               }));
    if (!found) {
        return not_known({"登记单证", "registered paper"}, number);
    }
    PaperPage page;
    page.paper = *std::move(found);
    SUYUAN_TRY(page.issuer_name, operator_name(context, scope, page.paper.issuer));
    SUYUAN_TRY(page.holder_name, operator_name(context, scope, page.paper.holder));
    return page;
}

Result<VehiclePage> Lookup::vehicle(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view plate
) const {
    SUYUAN_TRY(auto codes, codes_meant(plate));
    if (auto check = model::check_plate(plate); check.verdict != model::Verdict::kMalformed) {
        codes.insert(codes.begin(), std::move(check.normal));
    }
    SUYUAN_TRY(auto found, first_found(codes, [&](std::string_view code) {
                   return store_.find_vehicle(context, scope, code);
               }));
    if (!found) {
        return not_known({"登记车辆", "registered vehicle"}, plate);
    }
    VehiclePage page;
    page.vehicle = *std::move(found);
    SUYUAN_TRY(page.operator_name, operator_name(context, scope, page.vehicle.operator_code));
    return page;
}

// Rows may overlap: each is shown with the days on which it counts.
Status Lookup::add_history(
    const policy::RequestContext& context, const policy::Scope& scope, PersonPage& page
) const {
    SUYUAN_TRY(auto rows, store_.find_person_history(context, scope, page.person.id, kPageMax + 1));
    page.has_more_history = rows.size() > kPageMax;
    if (page.has_more_history) {
        rows.resize(kPageMax);
    }
    std::ranges::reverse(rows);
    for (model::PersonAtWork& row : cut_to_what_counts<model::PersonAtWork>(rows)) {
        PersonDays days;
        SUYUAN_TRY(days.operator_name, operator_name(context, scope, row.operator_code));
        days.row = std::move(row);
        page.history.push_back(std::move(days));
    }
    std::ranges::reverse(page.history);
    return {};
}

Result<PersonPage> Lookup::person(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view id,
    std::string_view day
) const {
    SUYUAN_TRY_VOID(check_day(day));
    SUYUAN_TRY(const auto codes, codes_meant(id));
    SUYUAN_TRY(auto found, first_found(codes, [&](std::string_view code) {
                   return store_.find_person(context, scope, code, day);
               }));
    if (!found) {
        return not_known({"登记从业人员", "registered person at work"}, id);
    }
    PersonPage page;
    page.person = *std::move(found);
    SUYUAN_TRY(page.operator_name, operator_name(context, scope, page.person.operator_code));
    SUYUAN_TRY_VOID(add_history(context, scope, page));
    return page;
}

Result<std::vector<model::Region>> Lookup::regions(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view code_or_parent,
    std::string_view day
) const {
    SUYUAN_TRY_VOID(check_day(day));
    SUYUAN_TRY(auto regions, store_.find_regions(context, scope, code_or_parent, day));
    if (regions.empty() && !code_or_parent.empty()) {
        return not_known({"行政区划", "region"}, code_or_parent);
    }
    return regions;
}

}  // namespace suyuan::service
