// SPDX-License-Identifier: Apache-2.0
//
// Goal: a policy file that says something wrong, contradictory or idle is refused, with file, line
// and a sentence in both languages (docs/policy.md section 7).
// Method: the product's own file with one fault at a time; bounds by repetition; the file with each
// of its lines taken out.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "policy/decision.h"
#include "policy/policy.h"

namespace suyuan::policy {
namespace {

// In the product's file the first `from` after `after` becomes `to`; what is said points at the
// line on which the first `at` after `after` then stands (at the first line of `to` if it is left
// out) and holds `en` and `zh`.
struct Fault {
    std::string_view after;
    std::string_view from;
    std::string_view to;
    std::string_view en;
    std::string_view zh;
    std::string_view at = {};  // NOLINT(readability-redundant-member-init): GCC asks for it
};

// clang-format off: tables
// NOLINTBEGIN(modernize-raw-string-literal): escapes line up
constexpr std::array kShapeFaults = {
    Fault{"", R"(version = "2026-11-26")", "version = ", "This is not TOML", "不是有效的 TOML"},
    Fault{"", "version =", "versions =", "the file has no key \"versions\"", "没有键“versions”"},
    Fault{"", R"(version = "2026-11-26")", "version = 7", "\"version\" must be a text", "须为非空文字"},
    Fault{"", R"(version = "2026-11-26")", "[=]", "This is not TOML", "不是有效的 TOML"},
    Fault{"", R"(version = "2026-11-26")", "[版]", "\"0xE7\" cannot stand outside of quotes", "不能有“0xE7”"},
    Fault{"", R"(version = "2026-11-26")", "z\u03BE", "\"0xCE\" cannot stand outside of quotes", "不能有“0xCE”"},
    Fault{"", R"(version = "2026-11-26")", "a.b = \"c\"", "\".\" cannot stand outside of quotes", "不能有“.”"},
    Fault{"", R"(version = "2026-11-26")", "version = { a = 1 }", "\"{\" cannot stand outside", "不能有“{”"},
    Fault{"", R"(version = "2026-11-26")", "version = \"2026\\\"", "A text ends on its line", "文字须在本行内以引号结束"},
    Fault{"", R"(version = "2026-11-26")", "version = \"\"\"2026\"\"\"", "A text ends on its line", "不用三引号"},
    Fault{"", R"(version = "2026-11-26")", "version = '2026", "A text ends on its line", "文字须在本行内以引号结束"},
    Fault{"[actions]", R"(read       = ["查看", "read one thing"])", "read = \"查看\"", "A row of [actions] is name", "每一行写作"},
    Fault{"[actions]", R"(read       = ["查看", "read one thing"])", "read = [\"查看\", \"\"]", "A row of [actions] is name", "每一行写作"},
    Fault{"consumer-published-report", R"(["published"])", "[]", "leave the key out for any", "请删去此键", "relations ="},
    Fault{"consumer-published-report", R"(["published"])", "\"published\"", "leave the key out for any", "须为非空列表", "relations ="},
    Fault{"consumer-published-report", R"(["published"])", "[\"published\", \"published\"]", "lists \"published\" twice", "重复列出“published”", "relations ="},
    Fault{"consumer-published-report", R"(["published"])", "[1]", "\"relations\" lists texts only", "只能列出文字", "relations ="},
    Fault{"own-trace", "steps_up = 1", "steps_up = 255", "a number from 0 to 254", "0 至 254"},
    Fault{"own-trace", "steps_up = 1", "steps_up = -1", "a number from 0 to 254", "0 至 254"},
    Fault{"own-trace", "steps_up = 1", "steps_up = \"some\"", "or \"all\"", "\"all\""},
    Fault{"", "[[separation]]", "[separation]", "is written [[separation]]", "须写作 [[separation]]"},
    Fault{"# ---- 上一级", "[[permit]]", "[[permits]]", "has no key \"permits\"", "没有键“permits”"},
    Fault{"own-trace", "data_class = \"confidential\"\n", "", "permit lacks \"data_class\"", "缺少“data_class”", "before"},
    Fault{"own-trace", "source = ", "sources = ", "has no key \"sources\"", "没有键“sources”"},
    Fault{"rule = \"territory\"", "region =", "mask = [\"price\"]\nregion =", "forbid has no key \"mask\"", "没有键“mask”"},
    Fault{"rule = \"territory\"", "region =", "data_class = \"public\"\nregion =", "no key \"data_class\"", "没有键“data_class”"},
    Fault{"own-trace", "steps_up", "unless_relations = [\"shared\"]\nsteps_up", "permit has no key \"unless_relations\"", "没有键“unless_relations”"},
};

constexpr std::array kNameFaults = {
    Fault{"[actions]", "read       =", "reads =", "No action is called \"reads\"", "没有名为“reads”的操作"},
    Fault{"[actions]", "audit      = [\"安全审计\", \"search the audit trail\"]\n", "", "The action \"audit\" is missing", "缺少操作“audit”", "-"},
    Fault{"[relations]", "own ", "owned ", "No relation is called \"owned\"", "没有名为“owned”的关系"},
    Fault{"[duties]", "log ", "logs ", "No duty is called \"logs\"", "没有名为“logs”的义务"},
    Fault{"[fields]", "capacity ", "capacities ", "No field is called \"capacity\"", "没有名为“capacity”的字段", "\"location\", \"capacity\""},
    Fault{"[fields]", "capacity ", "unused = [\"无\", \"none\"]\ncapacity ", "No resource has the field \"unused\"", "没有资源使用字段“unused”"},
    Fault{"name = \"sheet\"", "\"title\"", "\"title\", \"titel\"", "No field is called \"titel\"", "没有名为“titel”的字段"},
    Fault{"name = \"share\"", "internal = [", "public = [\"purpose\"]\ninternal = [", "The field \"purpose\" is declared twice", "重复声明", "\"organisation\""},
    Fault{"", "name = \"sheet\"", "name = \"sheets\"", "No resource is called \"sheets\"", "没有名为“sheets”的资源"},
    Fault{"", "name = \"sheet\"", "name = \"story\"", "The resource \"story\" is declared twice", "资源“story”重复声明", "name = \"story\"            # 演"},
    Fault{"name = \"sheet\"", "actions = [\"read\"]", "actions = [\"rad\"]", "No action is called \"rad\"", "没有名为“rad”的操作"},
    Fault{"", "name = \"carrier\"", "name = \"cold_store\"", "The role \"cold_store\" is declared twice", "角色“cold_store”重复声明"},
    Fault{"name = \"carrier\"", "\"password\"", "\"passwort\"", "No authentication is called \"passwort\"", "验证方式"},
    Fault{"", "name = \"custodians\"", "name = \"laboratory\"", "The role or group \"laboratory\" is declared twice", "重复声明"},
    Fault{"name = \"custodians\"", "\"carrier\"", "\"lorry\"", "No role is called \"lorry\"", "没有名为“lorry”的角色"},
    Fault{"", "[[group]]\nname = \"custodians\"", "[[group]]\nname = \"idle\"\nzh = \"闲\"\nroles = [\"carrier\"]\n[[group]]\nname = \"custodians\"", "No rule names the group \"idle\"", "没有规则使用角色组“idle”", "name = \"idle\""},
    Fault{"name = \"three-officers\"", "\"audit\"", "\"audits\"", "No action is called \"audits\"", "没有名为“audits”的操作"},
    Fault{"", "rule = \"own-trace\"", "rule = \"own-staff\"", "The rule \"own-staff\" is declared twice", "规则“own-staff”重复声明"},
    Fault{"own-trace", "\"enterprises\"", "\"firms\"", "No role or group is called \"firms\"", "没有名为“firms”的角色或角色组"},
    Fault{"own-trace", "[\"trace\"]", "[\"tracing\"]", "No action is called \"tracing\"", "没有名为“tracing”的操作"},
    Fault{"own-trace", "[\"position\"]", "[\"place\"]", "No resource is called \"place\"", "没有名为“place”的资源"},
    Fault{"own-trace", "[\"own\"]", "[\"mine\"]", "No relation is called \"mine\"", "没有名为“mine”的关系"},
    Fault{"rule = \"territory\"", "[\"incident\"]", "[\"accident\"]", "No relation is called \"accident\"", "没有名为“accident”的关系"},
    Fault{"territory-stock", "\"market_regulation\"", "\"markets\"", "No department is called \"markets\"", "没有名为“markets”的部门"},
    Fault{"territory-stock", "\"cold_chain\"", "\"cold\"", "No function is called \"cold\"", "没有名为“cold”的职能"},
    Fault{"territory-trace", "\"complaint\"", "\"complain\"", "No purpose is called \"complain\"", "没有名为“complain”的目的"},
    Fault{"own-capture", "[\"log\"]", "[\"lock\"]", "No duty is called \"lock\"", "没有名为“lock”的义务"},
    Fault{"own-trace", "\"confidential\"", "\"secret\"", "No data class is called \"secret\"", "没有名为“secret”的密级"},
    Fault{"territory-files", "\"subtree\"", "\"below\"", "region is \"subtree\" or \"outside\"", "region 须为"},
};

constexpr std::array kMeaningFaults = {
    Fault{"own-capture", "duties", "steps_up = 1\nduties", "Only the action trace has steps", "只有操作 trace"},
    Fault{"custody-goods", "fields =", "hide = [\"lot\"]\nfields =", "hide means nothing", "hide 没有意义"},
    Fault{"rule = \"territory\"", "unless_relations", "relations = [\"incident\"]\nunless_relations", "asks for a relation and excepts it", "既被要求又被排除", "unless_relations"},
    Fault{"own-capture", "\"paper\"]", "\"paper\", \"region\"]", "\"region\" has none of the rule's actions", "没有本规则的任何操作"},
    Fault{"own-capture", "[\"capture\"]", "[\"capture\", \"erase\"]", "None of the rule's resources has the action \"erase\"", "都没有操作“erase”"},
    Fault{"consumer-view", "\"paper_status\"]", "\"paper_status\", \"phone\"]", "None of the rule's resources has the field \"phone\"", "都没有字段“phone”"},
    Fault{"consumer-view", "\"paper_status\"]", "\"paper_status\", \"price\"]", "The rule does not open \"price\"", "字段“price”不在"},
    Fault{"custody-stock", "\"content\"", "\"content\", \"person_name\"", "The rule does not open \"person_name\"", "字段“person_name”不在", "hide ="},
    Fault{"own-staff\"", "mask = [", "fields = [\"code\"]\nmask = [", "The rule does not open \"identity_number\"", "字段“identity_number”不在", "mask ="},
    Fault{"consumer-view", "[\"item\"]", "[\"item\", \"page\"]", "The rule touches no field of \"page\"", "不涉及资源“page”"},
};

constexpr std::string_view kCopyOfOwnTrace = R"([[permit]]
rule = "again"
zh = "又一次"
en = "Once more."
source = "test"
roles = ["operator_owner"]
actions = ["trace"]
resources = ["position"]
relations = ["own"]
data_class = "internal"
steps_up = 1

[[permit]]
rule = "own-trace")";

constexpr std::string_view kClosesOwnTrace = R"([[forbid]]
rule = "closed"
zh = "关闭"
en = "Closed."
source = "test"
actions = ["trace"]
resources = ["position"]

[[permit]]
rule = "own-trace")";

constexpr std::string_view kClosesPublishedReport = R"([[forbid]]
rule = "closed"
zh = "关闭"
en = "Closed."
source = "test"
roles = ["public_consumer"]
resources = ["item"]
fields = ["factory_report"]

[[permit]]
rule = "own-trace")";

constexpr std::string_view kForbidsTwice = R"([[forbid]]
rule = "twice"
zh = "又一次"
en = "Once more."
source = "test"
roles = ["audit_officer"]
actions = ["read"]
resources = ["event"]

[[permit]]
rule = "own-trace")";

constexpr std::array kIdleFaults = {
    Fault{"", "[[permit]]\nrule = \"own-trace\"", kCopyOfOwnTrace, "covers the rule \"again\"", "规则“again”已被“own-trace”", "[[permit]]"},
    Fault{"", "[[permit]]\nrule = \"own-trace\"", kClosesOwnTrace, "contradicts the forbid \"closed\"", "与禁止“closed”", "[[permit]]"},
    Fault{"", "[[permit]]\nrule = \"own-trace\"", kClosesPublishedReport, "\"consumer-published-report\" contradicts the forbid \"closed\"", "许可“consumer-published-report”与禁止“closed”", "-"},
    Fault{"", "[[permit]]\nrule = \"own-trace\"", kForbidsTwice, "covers the rule \"twice\"", "规则“twice”已被“officers-see-no-business”", "[[forbid]]"},
    Fault{"audit-accounts", "\"read\", \"search\"]", "\"read\", \"search\", \"grant\"]", "\"audit_officer\" holds 2 acts that \"three-officers\" keeps apart", "兼有 2 项须分离的操作", "-"},
};

// NOLINTEND(modernize-raw-string-literal)
// clang-format on

std::size_t line_of(std::string_view text, std::size_t place) {
    return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, place), '\n'));
}

// Line that the sentence "file:LINE…" names; 0 if it names none.
std::size_t line_named(std::string_view sentence) {
    constexpr std::string_view kFile = "p.toml:";
    if (!sentence.starts_with(kFile)) {
        return 0;
    }
    std::size_t line = 0;
    std::from_chars(sentence.data() + kFile.size(), sentence.data() + sentence.size(), line);
    return line;
}

// `from` becomes `to` once; where it stood goes to `place`.
std::string edited(const Fault& fault, std::size_t& place) {
    std::string text(product_policy_text());
    const std::size_t after = text.find(fault.after);
    EXPECT_NE(after, std::string::npos) << fault.after;
    place = text.find(fault.from, after);
    EXPECT_NE(place, std::string::npos) << fault.from;
    if (place != std::string::npos) {
        text.replace(place, fault.from.size(), fault.to);
    }
    return text;
}

void expect_refused(std::span<const Fault> faults) {
    for (const Fault& fault : faults) {
        SCOPED_TRACE(std::string(fault.en));
        std::size_t place = 0;
        const std::string text = edited(fault, place);
        const auto policy = Policy::parse(text, "p.toml");
        ASSERT_FALSE(policy.has_value());
        EXPECT_EQ(policy.error().code(), ErrorCode::kInvalidArgument);
        const Sentence sentence = sentence_of(policy.error());
        EXPECT_NE(sentence.en.find(fault.en), std::string::npos) << sentence.en;
        EXPECT_NE(sentence.zh.find(fault.zh), std::string::npos) << sentence.zh;
        EXPECT_EQ(line_named(sentence.en), line_named(sentence.zh));
        if (fault.at == "before") {
            EXPECT_LT(line_named(sentence.en), line_of(text, place)) << sentence.en;
        } else if (fault.at == "-") {
            EXPECT_GT(line_named(sentence.en), 1U) << sentence.en;
        } else {
            const std::size_t at =
                fault.at.empty() ? place : text.find(fault.at, text.rfind('\n', place) + 1);
            EXPECT_EQ(line_named(sentence.en), line_of(text, at)) << sentence.en;
        }
    }
}

TEST(PolicyReader, RefusesWhatIsWrittenWrongly) {
    expect_refused(kShapeFaults);
}

TEST(PolicyReader, RefusesNamesThatNobodyDeclaredOrDeclaredTwice) {
    expect_refused(kNameFaults);
}

TEST(PolicyReader, RefusesWhatMeansNothingWhereItStands) {
    expect_refused(kMeaningFaults);
}

TEST(PolicyReader, RefusesRulesThatContradictOrDoNothing) {
    expect_refused(kIdleFaults);
}

TEST(PolicyReader, SaysWhichTableIsMissing) {
    const auto policy = Policy::parse("version = \"1\"\n", "p.toml");
    ASSERT_FALSE(policy.has_value());
    const Sentence sentence = sentence_of(policy.error());
    EXPECT_EQ(sentence.en, "p.toml:1: The table [actions] is missing.");
    EXPECT_EQ(sentence.zh, "p.toml:1：缺少 [actions] 表。");
    EXPECT_EQ(
        sentence_of(Policy::parse("", "p.toml").error()).en,
        "p.toml:1: the file lacks \"version\", a text."
    );
}

// The product's file with `count` copies of a piece of text, each with its number for '#', before
// the first `before`.
std::string repeated(std::string_view before, std::string_view piece, std::size_t count) {
    std::string text(product_policy_text());
    std::string pieces;
    for (std::size_t i = 0; i < count; ++i) {
        std::string copy(piece);
        for (std::size_t at = copy.find('#'); at != std::string::npos; at = copy.find('#')) {
            copy.replace(at, 1, std::to_string(i));
        }
        pieces += copy;
    }
    const std::size_t place = text.find(before);
    EXPECT_NE(place, std::string::npos);
    return text.insert(place, pieces);
}

void expect_bound(const std::string& text, std::string_view en) {
    const auto policy = Policy::parse(text, "p.toml");
    ASSERT_FALSE(policy.has_value());
    EXPECT_NE(sentence_of(policy.error()).en.find(en), std::string::npos)
        << sentence_of(policy.error()).en;
}

TEST(PolicyReader, HasBounds) {
    expect_bound(
        repeated(
            "# ---- 公众",
            "[[forbid]]\nrule = \"r#\"\nzh = \"#\"\nen = \"#\"\nsource = \"#\"\nactions = "
            "[\"erase\"]\n",
            kRulesMax
        ),
        "At most 256 of rules"
    );
    expect_bound(
        repeated(
            "[[role]]", "[[role]]\nname = \"r#\"\nzh = \"#\"\nauthentication = [\"none\"]\n", 64
        ),
        "At most 64 of roles"
    );
    expect_bound(
        repeated("own_business   =", "p# = [\"#\", \"#\"]\n", 32), "At most 32 of purposes"
    );
    expect_bound(
        repeated("market_regulation =", "d# = [\"#\", \"#\"]\n", 32), "At most 32 of departments"
    );
    expect_bound(repeated("production  =", "f# = [\"#\", \"#\"]\n", 32), "At most 32 of functions");
    std::string fields = repeated("account_state       =", "f# = [\"#\", \"#\"]\n", 65);
    std::string list = "[";
    for (std::size_t i = 0; i < 65; ++i) {
        list += format("\"f{}\",", i);
    }
    constexpr std::string_view kSheetFields = "internal = [\"title\", \"content\"]";
    fields.replace(fields.find(kSheetFields), kSheetFields.size(), "internal = " + list + "]");
    expect_bound(fields, "At most 64 of the fields of a resource; there are 65");
}

// Whatever is taken out, the file is read or the refusal says where, in both languages.
TEST(PolicyReader, ReadsOrSaysWhereForEveryLineTakenOut) {
    const std::string text(product_policy_text());
    const std::size_t lines = line_of(text, text.size());
    std::size_t read = 0;
    std::size_t refused = 0;
    std::size_t begin = 0;
    for (std::size_t line = 1; begin < text.size(); ++line) {
        const std::size_t end = text.find('\n', begin) + 1;
        if (line % 3 == 0) {
            const auto policy = Policy::parse(text.substr(0, begin) + text.substr(end), "p.toml");
            if (policy) {
                ++read;
            } else {
                ++refused;
                const Sentence sentence = sentence_of(policy.error());
                EXPECT_GE(line_named(sentence.en), 1U) << sentence.en;
                EXPECT_LE(line_named(sentence.en), lines) << sentence.en;
                EXPECT_NE(sentence.en, sentence.zh);
            }
        }
        begin = end;
    }
    EXPECT_GT(read, 50U);
    EXPECT_GT(refused, 50U);
}

TEST(PolicyReader, TheProductsFileHasAVersionAndADigest) {
    const Policy& policy = product_policy();
    EXPECT_EQ(policy.content().version, "2026-11-26");
    EXPECT_EQ(policy.digest().size(), 64U);
    EXPECT_EQ(policy.digest(), Policy::parse(product_policy_text(), "other").value().digest());
    EXPECT_GT(policy.content().rules.size(), 60U);
    for (const Rule& rule : policy.content().rules) {
        EXPECT_NE(rule.zh, rule.en);
    }
}

}  // namespace
}  // namespace suyuan::policy
