// SPDX-License-Identifier: Apache-2.0
//
// Goal: a wrong policy file is refused with its line, what is wrong and how to mend it, in both
// languages. Method: the product's own file, one change at a time.

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "policy/policy.h"

namespace suyuan::policy {
namespace {

struct Mistake {
    std::string_view from;  // the first such text of the file becomes `to`
    std::string_view to;
    std::string_view reason;  // in what is told
    int line_after = 0;       // lines from the change to the line that is named; -1: not looked at
};

// NOLINTBEGIN(readability-function-size,modernize-raw-string-literal): a table of texts of the
// file.
const std::vector<Mistake>& mistakes() {
    static const std::vector<Mistake> kAll = {
        {"version = ", "version ", "This is not TOML"},
        {"version = \"2026-11-26\"", "", "lacks \"version\"", -1},
        {"version = ", "edition = 1\nversion = ", "has no key \"edition\""},
        {"trace      = [\"追溯\"", "trail = [\"追溯\"", "trail"},
        {"trace      = [\"追溯\", \"trace\"]", "", "The action \"trace\" is missing", -1},
        {"own              = [", "owns = [", "owns"},
        {"log            = [", "note = [", "note"},
        {"supervision    = [\"日常监管\", \"supervision\"]",
         "supervision = \"日常监管\"",
         "name = ["},
        {"name = \"stock\" ", "name = \"stocks\" ", "stocks"},
        {"actions = [\"read\", \"search\", \"export\"]\npublic",
         "actions = [\"look\"]\npublic",
         "look"},
        {"internal = [\"code\", \"kind\", \"category\"",
         "internal = [\"colour\", \"kind\", \"category\"",
         "colour"},
        {"internal = [\"code\", \"kind\"", "internal = [\"lot\", \"kind\"", "lot"},
        {"vehicle             = [",
         "weather = [\"天气\", \"weather\"]\nvehicle = [",
         "No resource has the field \"weather\""},
        {"authentication = [\"none\"]", "authentication = [\"trust\"]", "trust"},
        {"authentication = [\"none\"]", "authentication = []", "not empty"},
        {"name = \"operator_clerk\"", "name = \"operator_owner\"", "operator_owner"},
        {"roles = [\"cold_store\", \"carrier\"]", "roles = [\"cold_store\", \"pirate\"]", "pirate"},
        {"roles = [\"custodians\"]", "roles = [\"carriers\"]", "carriers"},
        {"rule = \"territory\"", "rule = \"consumer-view\"", "consumer-view", -1},
        {"rule = \"territory\"\n", "", "lacks \"rule\"", -1},
        {"en = \"A key fetches nobody's personal data.\"\n", "", "lacks \"en\"", -1},
        {"region = \"outside\"", "region = \"abroad\"", "\"subtree\" or \"outside\""},
        {"relations = [\"published\"]", "relations = [\"famous\"]", "famous"},
        {"relations = [\"published\"]", "relations = [\"published\", \"published\"]", "twice"},
        {"purposes = [\"testing\"]", "purposes = [\"curiosity\"]", "curiosity"},
        {"functions = [\"statistics\"]", "functions = [\"gossip\"]", "gossip"},
        {"departments = [\"market_regulation\"]", "departments = [\"taxes\"]", "taxes"},
        {"data_class = \"public\"\nfields = [\"factory_report\"]",
         "data_class = \"secret\"\nfields = [\"factory_report\"]",
         "secret"},
        {"data_class = \"public\"\nfields = [\"factory_report\"]",
         "fields = [\"factory_report\"]",
         "lacks \"data_class\"",
         -1},
        {"fields = [\"factory_report\"]", "fields = [\"owner\"]", "touches no field of", -1},
        {"fields = [\"factory_report\"]", "fields = [\"plate\"]", "touches no field of", -1},
        {"duties = [\"log\", \"watermark\"]", "duties = [\"sing\"]", "sing"},
        {"steps_up = 1", "steps_up = -1", "from 0 to 254"},
        {"steps_up = 1", "steps_up = \"some\"", "from 0 to 254"},
        {"relations = [\"one_up\"]\ndata_class = \"internal\"",
         "relations = [\"one_up\"]\ndata_class = \"internal\"\nsteps_up = 1",
         "Only the action trace has steps"},
        {"mask = [\"identity_number\"]", "mask = [\"plate\"]", "plate"},
        {"actions = [\"read\"]\nresources = [\"policy\"]",
         "actions = [\"trace\"]\nresources = [\"policy\"]",
         "none of the rule\'s actions",
         -1},
        {"roles = [\"audit_officer\"]\nactions = [\"audit\", \"export\"]",
         "roles = [\"officers\"]\nactions = [\"audit\", \"export\"]",
         "keeps apart",
         -1},
        {"unless_relations = [\"incident\"]",
         "relations = [\"incident\"]\nunless_relations = [\"incident\"]",
         "asks for a relation and excepts it",
         -1},
        {"relations = [\"published\"]",
         "hide = [\"lot\"]\nrelations = [\"published\"]",
         "hide means nothing",
         -1},
    };
    return kAll;
}

// NOLINTEND(readability-function-size,modernize-raw-string-literal)

TEST(PolicyReaderTest, TheProductsFileIsRead) {
    const auto policy = Policy::parse(product_policy_text(), "suyuan-policy.toml");
    ASSERT_TRUE(policy) << policy.error().message();
    EXPECT_EQ(policy->digest().size(), 64U);
    EXPECT_EQ(policy->content().roles.size(), 17U);
    EXPECT_GE(policy->content().rules.size(), 60U);
    EXPECT_EQ(policy->content().separations.size(), 1U);
    for (const Rule& rule : policy->content().rules) {
        EXPECT_FALSE(rule.zh.empty() || rule.en.empty() || rule.source.empty()) << rule.name;
    }
}

TEST(PolicyReaderTest, EveryMistakeIsToldWithItsLine) {
    for (const Mistake& mistake : mistakes()) {
        std::string text(product_policy_text());
        const std::size_t at = text.find(mistake.from);
        ASSERT_NE(at, std::string::npos) << mistake.from;
        const auto line = 1 + std::ranges::count(std::string_view(text).substr(0, at), '\n');
        text.replace(at, mistake.from.size(), mistake.to);
        const auto policy = Policy::parse(text, "f.toml");
        ASSERT_FALSE(policy) << mistake.to;
        EXPECT_EQ(policy.error().code(), ErrorCode::kInvalidArgument);
        const Sentence told = sentence_of(policy.error());
        EXPECT_NE(told.en.find(mistake.reason), std::string::npos)
            << told.en << " / " << mistake.to;
        EXPECT_NE(told.zh, told.en);
        EXPECT_TRUE(told.zh.starts_with("f.toml:")) << told.zh;
        if (mistake.line_after >= 0) {
            // The change's own line, or one of those that it covers.
            bool is_near = false;
            for (int more = 0; more <= 2; ++more) {
                is_near = is_near || told.en.starts_with(format("f.toml:{}:", line + more));
            }
            EXPECT_TRUE(is_near) << told.en << " / line " << line;
        }
    }
}

// No text brings the reader down, and what it takes is a policy that answers.
TEST(PolicyReaderTest, SpoiltTextIsRefusedOrRead) {
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same on every machine
    const std::string_view whole = product_policy_text();
    int read = 0;
    for (int i = 0; i < 300; ++i) {
        std::string text(whole);
        for (int change = 0; change < 3; ++change) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
                case 0:
                    text[at] = static_cast<char>(random() % 256);
                    break;
                case 1:
                    text.erase(at, random() % 40);
                    break;
                default:
                    text.insert(at, text.substr(random() % text.size(), random() % 40));
            }
        }
        const auto policy = Policy::parse(text, "f.toml");
        read += policy ? 1 : 0;
        if (!policy) {
            const Sentence told = sentence_of(policy.error());
            EXPECT_FALSE(told.zh.empty() || told.en.empty());
        }
    }
    EXPECT_LT(read, 300);
    for (const std::string_view text : {"", "\n", "a", "[actions]", "version = 1", "\xff\xfe"}) {
        EXPECT_FALSE(Policy::parse(text, "f.toml")) << text;
    }
}

TEST(PolicyReaderTest, AFileThatIsNotThereIsSaidToBeMissing) {
    const auto policy = Policy::load("/nowhere/policy.toml");
    ASSERT_FALSE(policy);
    EXPECT_NE(policy.error().message().find("policy.toml"), std::string::npos);
}

}  // namespace
}  // namespace suyuan::policy
