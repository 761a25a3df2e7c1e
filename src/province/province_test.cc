// SPDX-License-Identifier: Apache-2.0

#include "province/province.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/result.h"
#include "codec/epcis_json.h"
#include "model/code.h"
#include "model/event.h"
#include "model/registry.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/check.h"
#include "province/dice.h"
#include "province/epcis_document.h"
#include "province/event_lines.h"
#include "province/life.h"
#include "province/papers.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"

namespace suyuan::province {
namespace {

constexpr Scale kSmall{.seed = 7, .operators = 200, .days = 10};

Province make(const Scale& scale) {
    return Province::make(scale).value();
}

void append(const Line& line, std::string& out) {
    for (const std::string& cell : line) {
        out += cell + ",";
    }
    out += "\n";
}

// Every line of the world, and its register.
std::string text_of(const Province& province) {
    std::string out;
    for (std::uint32_t page = 0; page < province.registry_page_count(); ++page) {
        out += master_data_document(province.registry_page(page));
    }
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        const Life life = province.life(number);
        RegistryPage papers;
        papers.rows.papers = papers_of(life);
        out += master_data_document(papers);
        for (const Report& report : life.reports) {
            EXPECT_TRUE(for_each_line(report.event, [&out](const Line& line) -> Status {
                append(line, out);
                return {};
            }));
        }
    }
    return out;
}

TEST(ProvinceTest, EqualScalesAreEqualWorlds) {
    const std::string text = text_of(make(kSmall));
    EXPECT_EQ(text, text_of(make(kSmall)));
    EXPECT_NE(text, text_of(make({.seed = 8, .operators = 200, .days = 10})));
    // On every machine: changes with the world and with nothing else.
    std::uint64_t digest = 0;
    for (const char c : text) {
        digest = mix(digest ^ static_cast<unsigned char>(c));
    }
    EXPECT_EQ(digest, 3'906'036'272'189'076'803U);
}

TEST(ProvinceTest, EveryCodeNameAndFlowIsRight) {
    const Province province = make({.seed = 7, .operators = 1'200, .days = 15});
    Checker checker(province);
    for (std::uint32_t page = 0; page < province.registry_page_count(); ++page) {
        checker.check_registry(province.registry_page(page));
    }
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        checker.check_life(province.life(number));
    }
    const auto counts = checker.counts();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        EXPECT_GT(counts.at(i).checked, 0U) << to_string(static_cast<Check>(i));
        EXPECT_EQ(counts.at(i).valid, counts.at(i).checked) << to_string(static_cast<Check>(i));
    }
}

std::uint64_t wrong(const Checker& checker, Check check) {
    const CheckCount count = checker.counts().at(static_cast<std::size_t>(check));
    return count.checked - count.valid;
}

// The first life of the recipe, with its events in the order of the goods.
Life life_of(const Province& province, Recipe recipe) {
    return province.life(static_cast<std::uint64_t>(recipe));
}

void divide(model::EventItem& item, std::int64_t by) {
    if (item.quantity) {
        item.quantity->amount.millionths /= by;
    }
}

TEST(ProvinceTest, TheCheckSeesWhatIsWrong) {
    const Province province = make(kSmall);
    Checker checker(province);
    Life produce = life_of(province, Recipe::kVegetables);
    produce.faults = {};
    ASSERT_EQ(produce.reports.front().event.biz_step, "commissioning");
    divide(produce.reports.front().event.items.front(), 2);
    produce.reports.at(1).event.vehicles = {"豫I12345"};
    checker.check_life(produce);
    EXPECT_GT(wrong(checker, Check::kBalances), 0U);
    EXPECT_EQ(wrong(checker, Check::kPlates), 1U);
    EXPECT_EQ(wrong(checker, Check::kDeliveries), 0U);
    ASSERT_EQ(produce.reports.at(2).event.biz_step, "receiving");
    divide(produce.reports.at(2).event.items.front(), 2);
    checker.check_life(produce);
    EXPECT_EQ(wrong(checker, Check::kDeliveries), 1U);
    Life meat = life_of(province, Recipe::kMeatProducts);
    for (Report& report : meat.reports) {
        for (model::EventItem& item : report.event.items) {
            if (item.role == model::ItemRole::kInput) {
                divide(item, 3);
            }
        }
    }
    checker.check_life(meat);
    EXPECT_GT(wrong(checker, Check::kProcesses), 0U);
    EXPECT_GT(wrong(checker, Check::kIngredients), 0U);
}

TEST(ProvinceTest, TheRegistryIsValid) {
    const Province province = make(kSmall);
    for (std::uint32_t page = 0; page < province.registry_page_count(); ++page) {
        const Status checked = model::check_registry(province.registry_page(page).rows);
        EXPECT_TRUE(checked) << checked.error().message();
    }
}

// What the codec reads is what was told.
void expect_same(const model::Event& read, const model::Event& told) {
    EXPECT_EQ(read.kind, told.kind);
    EXPECT_EQ(read.action, told.action);
    EXPECT_EQ(read.event_id, told.event_id);
    EXPECT_EQ(read.event_time, told.event_time);
    EXPECT_EQ(read.precision, told.precision);
    EXPECT_EQ(read.biz_step, told.biz_step);
    EXPECT_EQ(read.disposition, told.disposition);
    EXPECT_EQ(read.read_point, told.read_point);
    EXPECT_EQ(read.biz_location, told.biz_location);
    EXPECT_EQ(read.owner, told.owner);
    EXPECT_EQ(read.custodian, told.custodian);
    EXPECT_EQ(read.vehicles, told.vehicles);
    EXPECT_EQ(read.people, told.people);
    EXPECT_EQ(read.sink, told.sink);
    EXPECT_EQ(read.sources.size(), told.sources.size());
    EXPECT_EQ(read.destinations.size(), told.destinations.size());
    ASSERT_EQ(read.papers.size(), told.papers.size());
    for (std::size_t i = 0; i < read.papers.size(); ++i) {
        EXPECT_EQ(read.papers[i].type, told.papers[i].type);
        EXPECT_EQ(read.papers[i].id, told.papers[i].id);
    }
    ASSERT_EQ(read.items.size(), told.items.size());
    for (std::size_t i = 0; i < read.items.size(); ++i) {
        EXPECT_EQ(read.items[i].code, told.items[i].code);
        EXPECT_EQ(read.items[i].role, told.items[i].role);
        EXPECT_EQ(read.items[i].quantity, told.items[i].quantity);
    }
}

TEST(ProvinceTest, TheCodecTakesEveryDocumentAsItIsMeant) {
    const Province province = make(kSmall);
    std::uint64_t events = 0;
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        const Life life = province.life(number);
        DocumentWriter writer;
        for (const Report& report : life.reports) {
            writer.add(report.event);
        }
        const auto document = codec::read_epcis(writer.take(), {});
        ASSERT_TRUE(document) << document.error().message();
        for (const codec::EpcisProblem& problem : document->problems) {
            ADD_FAILURE() << problem.pointer << " " << problem.reason;
        }
        ASSERT_EQ(document->events.size(), life.reports.size());
        for (std::size_t i = 0; i < life.reports.size(); ++i) {
            expect_same(document->events[i].event, life.reports[i].event);
        }
        events += life.reports.size();
    }
    EXPECT_GT(events, 2'000U);
    EXPECT_EQ(DocumentWriter().event_count(), 0U);
}

// Eight digits of a code of ours, behind the GS1 prefix.
std::uint32_t number_in(std::string_view code, std::string_view start) {
    EXPECT_TRUE(code.starts_with(start)) << code;
    constexpr std::size_t kDigits = 8;
    const std::string_view digits = code.substr(start.size(), kDigits);
    std::uint32_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

Category packed_category(const Roster& roster, std::string_view lot_code) {
    const std::uint32_t number = number_in(lot_code, "https://id.gs1.org/01/06909");
    const auto place = static_cast<std::uint32_t>(number / kPackedPerMaker);
    const Business maker = roster.business(roster.tier(Tier::kProcessor).first + place);
    return packed_products(static_cast<Craft>(maker.trade))[number % kPackedPerMaker].category;
}

bool promises(const std::string& name, Category category) {
    const auto says = [&](std::string_view word) { return name.find(word) != std::string::npos; };
    switch (category) {
        case Category::kVegetables:
            return says("蔬菜") || says("生鲜");
        case Category::kFruit:
            return says("果") || says("生鲜");
        case Category::kMeat:
            return says("肉") || says("生鲜");
        case Category::kAquatic:
            return says("水产") || says("生鲜");
        case Category::kLiquor:
        case Category::kHealthFood:
        case Category::kInfantFormula:
            return false;
        default:
            return says("生鲜");
    }
}

// What stalls, and shops of fresh food, have that their names do not promise, as "name: goods".
std::set<std::string> strange_goods(const Province& province, const Life& life) {
    const Roster& roster = province.roster();
    std::set<std::string> strange;
    for (const Report& report : life.reports) {
        const model::Event& event = report.event;
        if (event.biz_step != "receiving") {
            continue;
        }
        constexpr std::uint32_t kSitesOfOne = 8;
        const std::uint32_t number =
            number_in(event.biz_location, "https://id.gs1.org/414/6909") / kSitesOfOne;
        const Business who = roster.business(number);
        const std::string name = roster.name(who);
        const bool is_fresh_shop = name.find("生鲜店") != std::string::npos;
        if (who.tier != Tier::kStall && !is_fresh_shop) {
            continue;
        }
        for (const model::EventItem& item : event.items) {
            const auto loose = loose_index_of(item.code);
            const Category category =
                loose ? loose_products()[*loose].category : packed_category(roster, item.code);
            if (!promises(name, category)) {
                strange.insert(name + ": " + std::string(name_of(category)));
            }
        }
    }
    return strange;
}

TEST(ProvinceTest, StallsAndFreshShopsTradeInWhatTheirNamesSay) {
    for (const std::uint32_t operators : {200U, 2'000U}) {
        const Province province = make({.seed = 7, .operators = operators, .days = 12});
        for (std::uint64_t number = 0; number < province.life_count(); ++number) {
            EXPECT_EQ(strange_goods(province, province.life(number)), std::set<std::string>());
        }
    }
}

TEST(ProvinceTest, ASecondPartyTellsTheSame) {
    const Province province = make({.seed = 7, .operators = 2'000, .days = 10});
    std::uint32_t doubles = 0;
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        const Life life = province.life(number);
        for (std::size_t i = 0; i < life.reports.size(); ++i) {
            if (!life.reports[i].is_double) {
                continue;
            }
            ++doubles;
            DocumentWriter writer;
            writer.add(life.reports[i - 1].event);
            writer.add(life.reports[i].event);
            const auto document = codec::read_epcis(writer.take(), {});
            ASSERT_TRUE(document);
            EXPECT_EQ(document->events[0].hash_id, document->events[1].hash_id);
            EXPECT_NE(document->events[0].event.event_id, document->events[1].event.event_id);
        }
    }
    EXPECT_GT(doubles, 0U);
}

TEST(ProvinceTest, FaultsComeAtTheirRates) {
    const Province province = make({.seed = 7, .operators = 2'000, .days = 20});
    std::array<std::uint64_t, kFaultCount> faults{};
    std::uint64_t receipts = 0;
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        const Life life = province.life(number);
        for (std::size_t i = 0; i < kFaultCount; ++i) {
            faults.at(i) += life.faults.at(i);
        }
        for (const Report& report : life.reports) {
            receipts += report.event.biz_step == "receiving" ? 1U : 0U;
        }
    }
    for (const std::uint64_t count : faults) {
        EXPECT_GT(count, receipts / 1'000);
        EXPECT_LT(count, receipts / 50);
    }
}

TEST(ProvinceTest, NothingHappensAfterTheLastDayAndIdsDiffer) {
    const Province province = make(kSmall);
    std::set<std::string> ids;
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        for (const Report& report : province.life(number).reports) {
            EXPECT_LT(report.event.event_time, moment(kSmall.days, 1)) << report.event.event_id;
            EXPECT_TRUE(ids.insert(report.event.event_id).second) << report.event.event_id;
            for (const model::EventItem& item : report.event.items) {
                EXPECT_EQ(model::canonical_uri(item.code), item.code);
            }
        }
    }
}

TEST(ProvinceTest, AllKeyCategoriesAndCanteensAreThere) {
    const Province province = make({.seed = 7, .operators = 2'000, .days = 10});
    std::set<Category> categories;
    for (std::uint32_t craft = 0; craft < kCraftCount; ++craft) {
        for (const Product& product : packed_products(static_cast<Craft>(craft))) {
            categories.insert(product.category);
        }
    }
    for (const Product& product : loose_products()) {
        categories.insert(product.category);
    }
    EXPECT_EQ(categories.size(), kCategoryCount);
    std::set<std::uint32_t> trades;
    const TierRange& canteens = province.roster().tier(Tier::kCanteen);
    for (std::uint32_t i = 0; i < canteens.size; ++i) {
        trades.insert(province.roster().business(canteens.first + i).trade);
    }
    EXPECT_EQ(trades.size(), kTrades);
}

TEST(ProvinceTest, MasterDataIsADocumentToo) {
    const Province province = make(kSmall);
    for (std::uint32_t page = 0; page < province.registry_page_count(); ++page) {
        const auto document =
            codec::read_epcis(master_data_document(province.registry_page(page)), {});
        ASSERT_TRUE(document) << document.error().message();
        EXPECT_TRUE(document->problems.empty());
    }
}

}  // namespace
}  // namespace suyuan::province
