// SPDX-License-Identifier: Apache-2.0
//
// Goal: the product's policy says what docs/policy.md section 8 and the bureau's rules say.
// Method: a table of questions and answers that can be read without knowing the program.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "model/instant.h"
#include "policy/bit_set.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {
namespace {

constexpr RegionCode kProvince = 410000;
constexpr RegionCode kCity = 410100;
constexpr RegionCode kCounty = 410105;
constexpr RegionCode kNextCounty = 410106;
constexpr model::MicrosUtc kNow = 1'000'000;
constexpr std::uint64_t kCase = 7;

// What a row leaves out is unsaid. Lists are written with blanks between.
// NOLINTBEGIN(readability-redundant-member-init): GCC asks for them
struct Row {
    std::string_view who;  // role
    std::string_view does;
    std::string_view what;  // kind of resource; all of them lie in the county
    std::string_view relations = {};
    RegionCode region = 0;  // of the subject
    std::string_view department = {};
    std::string_view function = {};
    std::string_view purpose = {};
    bool is_supervised = false;  // by the subject's department
    bool is_shared = false;      // until a moment after now
    bool is_in_case = false;     // of number 7, open
    std::uint64_t names_case = 0;
    std::string_view data_class = "internal";  // of the row
    // The answer.
    bool may = false;
    std::string_view rule = "#default";
    std::string_view visible = "?";  // "?": not looked at
    std::string_view masked = {};
    std::string_view duties = {};
    std::string_view steps = "0 0";  // up, down
};

// NOLINTEND(readability-redundant-member-init)

constexpr std::string_view kConsumerView =
    "product_name producer_name producer_uscc production_date shelf_life specification lot "
    "barcode recall_notice paper_status";
constexpr std::string_view kWholeChain = "all all";
constexpr std::string_view kMarket = "market_regulation";

// clang-format off: a table
constexpr std::array kPublicRows = {
    Row{.who = "public_consumer", .does = "read", .what = "item", .data_class = "public",
        .may = true, .rule = "consumer-view", .visible = kConsumerView},
    Row{.who = "public_consumer", .does = "read", .what = "item", .relations = "published",
        .data_class = "public", .may = true, .rule = "consumer-view",
        .visible = "product_name producer_name producer_uscc production_date shelf_life "
                   "specification lot barcode factory_report recall_notice paper_status"},
    Row{.who = "public_consumer", .does = "read", .what = "item"},
    Row{.who = "public_consumer", .does = "search", .what = "item", .data_class = "public"},
    Row{.who = "public_consumer", .does = "export", .what = "item", .data_class = "public"},
    Row{.who = "public_consumer", .does = "read", .what = "event",
        .rule = "public-sees-only-the-consumer-view"},
    Row{.who = "public_consumer", .does = "trace", .what = "position", .relations = "own",
        .rule = "public-sees-only-the-consumer-view"},
    Row{.who = "public_consumer", .does = "read", .what = "page", .data_class = "public",
        .may = true, .rule = "open-pages", .visible = "content"},
    Row{.who = "public_consumer", .does = "operate", .what = "service", .data_class = "public",
        .may = true, .rule = "open-pages", .visible = "status"},
    Row{.who = "public_consumer", .does = "read", .what = "policy"},
};

constexpr std::array kBusinessRows = {
    Row{.who = "operator_clerk", .does = "read", .what = "event", .relations = "own",
        .data_class = "personal", .may = true, .rule = "own-records",
        .visible = "event_id event_time record_time log_index biz_step disposition item lot papers "
                   "region submitter site source destination quantity price vehicle person_name "
                   "phone",
        .masked = "person_name phone", .duties = "mask"},
    Row{.who = "operator_owner", .does = "trace", .what = "position", .relations = "own",
        .data_class = "confidential", .may = true, .rule = "own-trace", .steps = "1 1"},
    Row{.who = "operator_owner", .does = "trace", .what = "position", .relations = "one_up",
        .data_class = "confidential", .may = true, .rule = "partner-positions",
        .visible = "item product_name lot event_time region status block_state owner"},
    Row{.who = "operator_owner", .does = "trace", .what = "position",
        .rule = "businesses-see-no-strangers"},
    Row{.who = "operator_owner", .does = "trace", .what = "position", .is_shared = true,
        .may = true, .rule = "shared-beyond", .visible = "product_name lot event_time region",
        .duties = "log", .steps = kWholeChain},
    Row{.who = "operator_owner", .does = "read", .what = "event", .relations = "one_up"},
    Row{.who = "operator_owner", .does = "read", .what = "operator", .relations = "one_down",
        .may = true, .rule = "partner-files",
        .visible = "name uscc kind region address licences contact"},
    Row{.who = "operator_owner", .does = "read", .what = "operator"},
    Row{.who = "operator_clerk", .does = "export", .what = "event", .relations = "own"},
    Row{.who = "operator_owner", .does = "export", .what = "event", .relations = "own",
        .may = true, .rule = "own-export",
        .visible = "event_id event_time record_time log_index biz_step disposition item lot papers "
                   "region submitter site source destination quantity price vehicle",
        .duties = "log watermark"},
    Row{.who = "integrator", .does = "capture", .what = "event", .relations = "own", .may = true,
        .rule = "own-capture", .duties = "log"},
    Row{.who = "integrator", .does = "read", .what = "person", .relations = "own",
        .rule = "keys-see-no-people"},
    Row{.who = "operator_owner", .does = "erase", .what = "person", .relations = "own",
        .purpose = "data_subject", .data_class = "personal", .may = true,
        .rule = "own-staff-erasure", .duties = "log two_people reauthenticate"},
    Row{.who = "operator_owner", .does = "erase", .what = "person", .relations = "own",
        .data_class = "personal"},
    Row{.who = "operator_owner", .does = "read", .what = "access_log", .relations = "own",
        .may = true, .rule = "own-access-log",
        .visible = "moment organisation role purpose fields_seen decision"},
    Row{.who = "cold_store", .does = "read", .what = "item", .relations = "in_custody",
        .data_class = "confidential", .may = true, .rule = "custody-goods",
        .visible = "product_name production_date shelf_life specification lot barcode "
                   "recall_notice code kind block_state papers owner receiver quantity"},
    Row{.who = "carrier", .does = "read", .what = "stock", .relations = "in_custody",
        .data_class = "confidential", .may = true, .rule = "custody-stock-and-papers",
        .visible = "item product_name lot block_state owner site quantity"},
    Row{.who = "cold_store", .does = "read", .what = "stock",
        .rule = "businesses-see-no-strangers"},
    Row{.who = "market_owner", .does = "read", .what = "operator", .relations = "market_owner_of",
        .may = true, .rule = "market-archive",
        .visible = "name uscc kind region address licences contact", .duties = "log"},
    Row{.who = "market_owner", .does = "read", .what = "event", .relations = "market_owner_of",
        .rule = "market-sees-no-stalls-customers"},
    Row{.who = "laboratory", .does = "read", .what = "item", .relations = "assigned",
        .purpose = "testing", .may = true, .rule = "blind-sample",
        .visible = "product_name production_date shelf_life specification category sample_number",
        .duties = "log"},
    Row{.who = "laboratory", .does = "read", .what = "operator", .relations = "assigned",
        .purpose = "testing", .rule = "laboratory-sees-samples-only"},
};

constexpr std::array kRegulatorRows = {
    Row{.who = "regulator_county", .does = "trace", .what = "position", .region = kCounty,
        .department = kMarket, .purpose = "supervision", .data_class = "personal", .may = true,
        .rule = "territory-trace",
        .visible = "item product_name lot event_time region status block_state owner site quantity "
                   "balances papers vehicle person_name",
        .masked = "person_name", .duties = "log mask", .steps = kWholeChain},
    Row{.who = "regulator_county", .does = "trace", .what = "position", .region = kCounty,
        .department = kMarket},
    Row{.who = "regulator_county", .does = "trace", .what = "position", .region = kNextCounty,
        .department = kMarket, .purpose = "supervision", .rule = "territory"},
    Row{.who = "regulator_county", .does = "trace", .what = "position", .region = kNextCounty,
        .department = kMarket, .purpose = "case", .is_in_case = true, .names_case = kCase,
        .data_class = "confidential", .may = true, .rule = "case-trace", .duties = "log",
        .steps = kWholeChain},
    Row{.who = "regulator_county", .does = "trace", .what = "position", .region = kNextCounty,
        .department = kMarket, .purpose = "case", .is_in_case = true, .names_case = kCase + 1,
        .rule = "territory"},
    Row{.who = "regulator_station", .does = "trace", .what = "position", .region = kNextCounty,
        .department = kMarket, .purpose = "case", .is_in_case = true, .names_case = kCase},
    Row{.who = "regulator_city", .does = "read", .what = "operator", .region = kCity,
        .department = kMarket, .data_class = "confidential", .may = true,
        .rule = "territory-files",
        .visible = "name uscc kind region address licences contact links counts",
        .duties = "log"},
    Row{.who = "regulator_province", .does = "search", .what = "stock", .region = kProvince,
        .department = kMarket, .function = "circulation", .may = true, .rule = "territory-stock",
        .duties = "log"},
    Row{.who = "regulator_province", .does = "search", .what = "stock", .region = kProvince,
        .department = kMarket, .function = "statistics"},
    Row{.who = "regulator_county", .does = "read", .what = "operator", .region = kCounty,
        .department = "education"},
    Row{.who = "regulator_county", .does = "read", .what = "operator", .department = kMarket,
        .rule = "territory"},
    Row{.who = "regulator_county", .does = "unmask", .what = "person", .region = kCounty,
        .department = kMarket, .function = "enforcement", .purpose = "case",
        .data_class = "personal", .may = true, .rule = "territory-unmask",
        .visible = "code role person_name phone identity_number",
        .duties = "log two_people reauthenticate"},
    Row{.who = "regulator_station", .does = "unmask", .what = "person", .region = kCounty,
        .department = kMarket, .function = "enforcement", .purpose = "case",
        .data_class = "personal", .rule = "station-takes-nothing-out"},
    Row{.who = "regulator_county", .does = "export", .what = "position", .region = kCounty,
        .department = kMarket, .purpose = "case", .data_class = "confidential", .may = true,
        .rule = "territory-export",
        .visible = "item product_name lot event_time region status block_state owner site quantity "
                   "balances papers vehicle",
        .duties = "log reauthenticate watermark"},
    Row{.who = "regulator_station", .does = "export", .what = "position", .region = kCounty,
        .department = kMarket, .purpose = "case", .rule = "station-takes-nothing-out"},
    Row{.who = "department_officer", .does = "read", .what = "operator", .region = kCounty,
        .department = "health", .purpose = "supervision", .rule = "departments-do-not-browse"},
    Row{.who = "department_officer", .does = "trace", .what = "position", .department = "health",
        .purpose = "incident", .is_in_case = true, .names_case = kCase,
        .data_class = "confidential", .may = true, .rule = "department-incident-trace",
        .visible = "item product_name lot event_time region status block_state owner site",
        .duties = "log", .steps = kWholeChain},
    Row{.who = "department_officer", .does = "read", .what = "operator", .region = kCounty,
        .department = "education", .purpose = "supervision", .is_supervised = true, .may = true,
        .rule = "department-supervision", .duties = "log"},
    Row{.who = "department_officer", .does = "read", .what = "paper", .department = "transport",
        .purpose = "statistics", .is_shared = true, .may = true, .rule = "department-agreement",
        .duties = "log"},
};

constexpr std::array kOfficerRows = {
    Row{.who = "system_officer", .does = "administer", .what = "service", .may = true,
        .rule = "system-administration", .visible = "status counts usage progress setting",
        .duties = "log"},
    Row{.who = "system_officer", .does = "read", .what = "event",
        .rule = "officers-see-no-business"},
    Row{.who = "system_officer", .does = "audit", .what = "audit_trail", .purpose = "security"},
    Row{.who = "security_officer", .does = "grant", .what = "account", .may = true,
        .rule = "security-grants", .duties = "log reauthenticate"},
    Row{.who = "security_officer", .does = "grant", .what = "policy", .purpose = "security",
        .may = true, .rule = "security-policy-change", .duties = "log two_people reauthenticate"},
    Row{.who = "security_officer", .does = "read", .what = "operator",
        .rule = "officers-see-no-business"},
    Row{.who = "audit_officer", .does = "audit", .what = "audit_trail", .purpose = "security",
        .data_class = "personal", .may = true, .rule = "audit-search",
        .visible = "moment organisation role purpose fields_seen decision case_number content "
                   "actor",
        .duties = "log"},
    Row{.who = "audit_officer", .does = "audit", .what = "audit_trail"},
    Row{.who = "audit_officer", .does = "grant", .what = "account"},
    Row{.who = "audit_officer", .does = "trace", .what = "audit_trail", .rule = "#unknown"},
};

// clang-format on

// Members of a list that is written with blanks between.
template <typename Member>
BitSet<Member> set_of(std::string_view words, auto find) {
    BitSet<Member> set;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (end > 0) {
            set.insert(static_cast<Member>(find(words.substr(0, end))));
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return set;
}

std::size_t place_in(std::span<const std::string_view> names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    EXPECT_NE(found, names.end()) << name;
    return static_cast<std::size_t>(found - names.begin());
}

template <typename Id>
Id known(const std::optional<Id>& id) {
    EXPECT_TRUE(id.has_value());
    return id.value_or(Id());
}

Decision answer_to(const Row& row) {
    const Policy& policy = product_policy();
    Subject subject;
    subject.role = known(policy.role(row.who));
    subject.region = row.region;
    if (!row.department.empty()) {
        subject.department = policy.department(row.department);
    }
    if (!row.function.empty()) {
        subject.functions.insert(known(policy.function(row.function)));
    }
    const auto& ways = policy.content().roles[static_cast<std::size_t>(subject.role)];
    for (std::size_t i = 0; i < authentication_names().size(); ++i) {
        if (ways.authentications.contains(static_cast<Authentication>(i))) {
            subject.authentication = static_cast<Authentication>(i);
        }
    }
    Resource resource;
    resource.kind = static_cast<ResourceKind>(place_in(resource_kind_names(), row.what));
    resource.data_class = static_cast<DataClass>(1 + place_in(data_class_names(), row.data_class));
    resource.regions.codes = {kProvince, kCity, kCounty};
    resource.relations = set_of<Relation>(row.relations, [](std::string_view name) {
        return place_in(relation_names(), name);
    });
    if (row.is_supervised) {
        resource.supervisors.insert(known(subject.department));
    }
    if (row.is_shared) {
        resource.share = Period{.until = kNow + 1};
    }
    if (row.is_in_case) {
        resource.incident = {.number = kCase, .open = {.until = kNow + 1}};
    }
    Context context;
    context.now = kNow;
    context.case_number = row.names_case;
    if (!row.purpose.empty()) {
        context.purpose = policy.purpose(row.purpose);
    }
    const auto action = static_cast<Action>(place_in(action_names(), row.does));
    return policy.decide(subject, action, resource, context);
}

std::string fields_text(std::string_view kind, FieldSet fields) {
    const std::size_t place = place_in(resource_kind_names(), kind);
    const auto& names = product_policy().content().kinds[place].fields;
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (fields.contains(static_cast<FieldId>(i))) {
            text += text.empty() ? "" : " ";
            text += names[i];
        }
    }
    return text;
}

std::string steps_text(const Decision& decision) {
    const auto text = [](std::uint8_t steps) {
        return steps == kAllSteps ? "all" : std::to_string(steps);
    };
    return text(decision.steps_up) + " " + text(decision.steps_down);
}

void expect_answers(std::span<const Row> rows) {
    for (const Row& row : rows) {
        SCOPED_TRACE(
            std::string(row.who) + " " + std::string(row.does) + " " + std::string(row.what) +
            " (row " + std::to_string(&row - rows.data()) + ")"
        );
        const Decision decision = answer_to(row);
        EXPECT_EQ(decision.is_permitted, row.may);
        EXPECT_EQ(product_policy().rule_name(decision), row.rule);
        EXPECT_EQ(fields_text(row.what, decision.masked), row.masked);
        EXPECT_EQ(steps_text(decision), row.steps);
        const auto duties = set_of<Duty>(row.duties, [](std::string_view name) {
            return place_in(duty_names(), name);
        });
        EXPECT_EQ(decision.duties, duties);
        if (row.visible != "?") {
            EXPECT_EQ(fields_text(row.what, decision.visible), row.visible);
        }
        if (!row.may) {
            EXPECT_TRUE(decision.visible.is_empty());
        }
    }
}

TEST(DecisionTable, ThePublicSeesTheConsumerViewAndNothingElse) {
    expect_answers(kPublicRows);
}

TEST(DecisionTable, ABusinessSeesItsOwnAndOneStepUpAndDown) {
    expect_answers(kBusinessRows);
}

TEST(DecisionTable, ARegulatorSeesTheTerritoryAndBeyondItANumberedCase) {
    expect_answers(kRegulatorRows);
}

TEST(DecisionTable, TheThreeOfficersAreKeptApart) {
    expect_answers(kOfficerRows);
}

}  // namespace
}  // namespace suyuan::policy
