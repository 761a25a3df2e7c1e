// SPDX-License-Identifier: Apache-2.0
//
// docs/policy.md section 8: questions and answers in the words of the file.

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/instant.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {
namespace {

constexpr model::MicrosUtc kNow = 1'000;
constexpr RegionCode kProvince = 410000;
constexpr RegionCode kCounty = 410105;
constexpr RegionCode kOtherCounty = 410106;

struct Row {
    std::string_view role;
    Action action{};
    ResourceKind kind{};
    std::string_view rule;  // that decides
    bool is_permitted = true;
    // More of the question.
    RelationSet relations = {};
    std::string_view purpose = {};
    std::string_view department = {};
    std::string_view function = {};
    RegionCode region = kCounty;
    RegionCode lies_in = kCounty;
    CaseNumber case_number = 0;
    DataClass data_class = DataClass::kPublic;
};

Authentication least_of(const Role& role) {
    for (const auto way :
         {Authentication::kNone,
          Authentication::kKey,
          Authentication::kPassword,
          Authentication::kTwoFactor}) {
        if (role.authentications.contains(way)) {
            return way;
        }
    }
    return Authentication::kNone;
}

Decision answer(const Row& row) {
    const Policy& policy = product_policy();
    Subject subject;
    subject.role = policy.role(row.role).value();
    subject.region = row.region;
    subject.authentication =
        least_of(policy.content().roles[static_cast<std::size_t>(subject.role)]);
    if (!row.department.empty()) {
        subject.department = policy.department(row.department);
    }
    if (!row.function.empty()) {
        subject.functions.insert(policy.function(row.function).value());
    }
    Resource resource;
    resource.kind = row.kind;
    resource.data_class = row.data_class;
    resource.regions.codes = {kProvince, 410100, row.lies_in};
    resource.relations = row.relations;
    resource.incident = {.number = 7, .open = {.from = 0, .until = kNow + 1}};
    if (subject.department) {
        resource.supervisors.insert(*subject.department);
    }
    Context context{.now = kNow, .purpose = std::nullopt, .case_number = row.case_number};
    if (!row.purpose.empty()) {
        context.purpose = policy.purpose(row.purpose);
    }
    return policy.decide(subject, row.action, resource, context);
}

std::vector<std::string_view> names(ResourceKind kind, FieldSet fields) {
    std::vector<std::string_view> names;
    const auto& all = product_policy().content().kinds[static_cast<std::size_t>(kind)].fields;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (fields.contains(static_cast<FieldId>(i))) {
            names.emplace_back(all[i]);
        }
    }
    return names;
}

using enum ResourceKind;

TEST(DecisionTableTest, EveryRowIsAnsweredByItsRule) {
    const auto own = RelationSet::of(Relation::kOwn);
    const std::vector<Row> table = {
        {"public_consumer", Action::kRead, kItem, "consumer-view"},
        {"public_consumer", Action::kRead, kEvent, "public-sees-only-the-consumer-view", false},
        {"public_consumer", Action::kRead, kOperator, "public-sees-only-the-consumer-view", false},
        {"public_consumer", Action::kSearch, kItem, "#default", false},
        {"operator_clerk", Action::kTrace, kPosition, "own-trace", true, own},
        {"operator_clerk", Action::kTrace, kPosition, "businesses-see-no-strangers", false},
        {"operator_clerk",
         Action::kRead,
         kPosition,
         "partner-positions",
         true,
         RelationSet::of(Relation::kOneDown)},
        {"operator_clerk", Action::kCorrect, kEvent, "#default", false, own},
        {"operator_clerk", Action::kExport, kEvent, "#default", false, own},
        {"operator_owner", Action::kExport, kEvent, "own-export", true, own},
        {"operator_owner", Action::kAudit, kAuditTrail, "#default", false, own},
        {"integrator", Action::kRead, kPerson, "keys-see-no-people", false, own},
        {"cold_store",
         Action::kRead,
         kItem,
         "custody-goods",
         true,
         RelationSet::of(Relation::kInCustody)},
        {"market_owner",
         Action::kRead,
         kStock,
         "market-sees-no-stalls-customers",
         false,
         RelationSet::of(Relation::kMarketOwnerOf)},
        {"laboratory",
         Action::kRead,
         kItem,
         "blind-sample",
         true,
         RelationSet::of(Relation::kAssigned),
         "testing"},
        {"laboratory", Action::kRead, kItem, "#default", false, RelationSet::of(Relation::kAssigned)
        },
        {"laboratory",
         Action::kRead,
         kOperator,
         "laboratory-sees-samples-only",
         false,
         RelationSet::of(Relation::kAssigned),
         "testing"},
        {"regulator_county",
         Action::kTrace,
         kPosition,
         "territory-trace",
         true,
         {},
         "case",
         "market_regulation"},
        {"regulator_county",
         Action::kTrace,
         kPosition,
         "#default",
         false,
         {},
         {},
         "market_regulation"},
        {"regulator_county",
         Action::kTrace,
         kPosition,
         "territory",
         false,
         {},
         "case",
         "market_regulation",
         {},
         kCounty,
         kOtherCounty},
        {"regulator_county",
         Action::kTrace,
         kPosition,
         "case-trace",
         true,
         {},
         "case",
         "market_regulation",
         {},
         kCounty,
         kOtherCounty,
         7},
        {"regulator_county",
         Action::kTrace,
         kPosition,
         "territory",
         false,
         {},
         "case",
         "market_regulation",
         {},
         kCounty,
         kOtherCounty,
         8},
        {"regulator_county",
         Action::kUnmask,
         kPerson,
         "territory-unmask",
         true,
         {},
         "case",
         "market_regulation",
         "enforcement"},
        {"regulator_station",
         Action::kUnmask,
         kPerson,
         "station-takes-nothing-out",
         false,
         {},
         "case",
         "market_regulation",
         "enforcement"},
        {"department_officer",
         Action::kRead,
         kItem,
         "departments-do-not-browse",
         false,
         {},
         "incident",
         {}},
        {"department_officer",
         Action::kTrace,
         kPosition,
         "department-incident-trace",
         true,
         {},
         "incident",
         "health",
         {},
         kOtherCounty,
         kCounty,
         7},
        {"system_officer", Action::kRead, kEvent, "officers-see-no-business", false},
        {"system_officer", Action::kAdminister, kService, "system-administration"},
        {"system_officer", Action::kGrant, kAccount, "#default", false},
        {"security_officer", Action::kGrant, kAccount, "security-grants"},
        {"security_officer", Action::kAudit, kAuditTrail, "#default", false},
        {"audit_officer", Action::kAudit, kAuditTrail, "audit-search", true, {}, "security"},
        {"audit_officer", Action::kGrant, kAccount, "#default", false},
    };
    for (const Row& row : table) {
        const Decision decision = answer(row);
        EXPECT_EQ(product_policy().rule_name(decision), row.rule)
            << row.role << ' ' << to_string(row.action) << ' ' << to_string(row.kind);
        EXPECT_EQ(decision.is_permitted, row.is_permitted) << row.role << ' ' << row.rule;
    }
}

TEST(DecisionTableTest, AConsumerSeesTheScanPageAndNothingElse) {
    const Decision decision =
        answer({.role = "public_consumer", .action = Action::kRead, .kind = kItem, .rule = {}});
    EXPECT_EQ(
        names(kItem, decision.visible),
        (std::vector<std::string_view>{
            "product_name",
            "producer_name",
            "producer_uscc",
            "production_date",
            "shelf_life",
            "specification",
            "lot",
            "barcode",
            "recall_notice",
            "paper_status"
        })
    );
    EXPECT_TRUE(decision.masked.is_empty());
    // A published report comes with it; nothing of a row that is not public does.
    const Decision published = answer({
        .role = "public_consumer",
        .action = Action::kRead,
        .kind = kItem,
        .rule = {},
        .relations = RelationSet::of(Relation::kPublished),
    });
    EXPECT_TRUE(published.visible.contains(product_policy().field(kItem, "factory_report").value())
    );
    EXPECT_FALSE(answer({
                            .role = "public_consumer",
                            .action = Action::kRead,
                            .kind = kItem,
                            .rule = {},
                            .data_class = DataClass::kInternal,
                        })
                     .is_permitted);
}

TEST(DecisionTableTest, ABusinessTracesOneStepARegulatorAll) {
    const Decision own = answer({
        .role = "operator_clerk",
        .action = Action::kTrace,
        .kind = kPosition,
        .rule = {},
        .relations = RelationSet::of(Relation::kOwn),
    });
    EXPECT_EQ(own.steps_up, 1);
    EXPECT_EQ(own.steps_down, 1);
    const Decision all = answer({
        .role = "regulator_county",
        .action = Action::kTrace,
        .kind = kPosition,
        .rule = {},
        .purpose = "case",
        .department = "market_regulation",
    });
    EXPECT_EQ(all.steps_up, kAllSteps);
    EXPECT_TRUE(all.duties.contains(Duty::kLog));
    EXPECT_TRUE(all.duties.contains(Duty::kMask));
}

TEST(DecisionTableTest, AStoreSeesOwnerAndReceiverAndNoPrice) {
    const Decision held = answer({
        .role = "cold_store",
        .action = Action::kRead,
        .kind = kItem,
        .rule = {},
        .relations = RelationSet::of(Relation::kInCustody),
    });
    const auto& policy = product_policy();
    EXPECT_TRUE(held.visible.contains(policy.field(kItem, "owner").value()));
    EXPECT_TRUE(held.visible.contains(policy.field(kItem, "receiver").value()));
    EXPECT_FALSE(held.visible.contains(policy.field(kItem, "price").value()));
}

// 三员分立, over everything that the file permits.
TEST(DecisionTableTest, NoRoleMayDoTwoOfTheThree) {
    for (const Role& role : product_policy().content().roles) {
        int held = 0;
        for (const auto& [action, kind] :
             {std::pair(Action::kAdminister, kService),
              std::pair(Action::kGrant, kAccount),
              std::pair(Action::kAudit, kAuditTrail)}) {
            held += answer({.role = role.term.name,
                            .action = action,
                            .kind = kind,
                            .rule = {},
                            .purpose = "security"})
                            .is_permitted
                        ? 1
                        : 0;
        }
        EXPECT_LE(held, 1) << role.term.name;
    }
}

}  // namespace
}  // namespace suyuan::policy
