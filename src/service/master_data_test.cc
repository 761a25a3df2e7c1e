// SPDX-License-Identifier: Apache-2.0

#include "service/master_data.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "codec/epcis_json.h"
#include "io/files.h"
#include "io/process.h"
#include "model/code.h"
#include "model/registry.h"
#include "service/epcis_text.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kGtinLink = "https://id.gs1.org/01/06901234123456";

std::string vtype(std::string_view name) {
    return format("urn:epcglobal:epcis:vtype:{}", name);
}

std::string ours(std::string_view name) {
    return format("https://ns.suyuan.example/epcis/{}", name);
}

std::string mda(std::string_view name) {
    return format("urn:epcglobal:cbv:mda:{}", name);
}

model::RegistryRows read(const std::vector<std::string>& vocabularies) {
    const std::string envelope = format(R"({{"epcisHeader":{}}})", master_data(vocabularies));
    auto read = read_master_data(envelope);
    EXPECT_TRUE(read) << read.error().message();
    return read ? read->rows : model::RegistryRows();
}

TEST(MasterDataTest, ReadsWhoRunsASiteAndWhereItIs) {
    const auto rows = read({vocabulary(
        vtype("BusinessLocation"),
        {{.id = site(1),
          .attributes =
              {
                  {mda("name"), "1号冷库"},
                  {ours("operator"), party(1)},
                  {ours("region"), "410100"},
                  {mda("streetAddressOne"), "中州大道1号"},
                  {mda("city"), "郑州市"},
                  {mda("latitude"), "34.75"},
                  {mda("longitude"), "113.62"},
              }}}
    )});
    ASSERT_EQ(rows.sites.size(), 1U);
    const model::Site& row = rows.sites.front();
    EXPECT_EQ(row.code, model::canonical_uri(site(1)));
    EXPECT_EQ(row.name, "1号冷库");
    EXPECT_EQ(row.operator_code, model::canonical_uri(party(1)));
    EXPECT_EQ(row.region, "410100");
    EXPECT_EQ(row.address, "中州大道1号, 郑州市");
    EXPECT_EQ(row.latitude, "34.75");
    EXPECT_EQ(row.longitude, "113.62");
}

TEST(MasterDataTest, ReadsOperatorsProductsRegionsAndAliases) {
    const auto rows = read({
        vocabulary(
            vtype("Party"),
            {{.id = party(1),
              .attributes =
                  {{mda("name"), "万邦"}, {ours("kind"), "market"}, {ours("region"), "410100"}}}}
        ),
        vocabulary(
            vtype("EPCClass"),
            {{.id = "urn:epc:idpat:sgtin:6901234.012345.*",
              .attributes = {{mda("descriptionShort"), "黄瓜"}}},
             {.id = lot(1), .attributes = {{ours("alias"), "A-1"}, {ours("alias"), "A-2"}}}}
        ),
        vocabulary(
            ours("Region"),
            {{.id = "urn:example:region:410100",
              .attributes =
                  {{ours("name"), "郑州市"},
                   {ours("parent"), "410000"},
                   {ours("validFrom"), "2019-12-01"}}}}
        ),
    });
    ASSERT_EQ(rows.operators.size(), 1U);
    EXPECT_EQ(rows.operators[0].code, model::canonical_uri(party(1)));
    EXPECT_EQ(rows.operators[0].name, "万邦");
    EXPECT_EQ(rows.operators[0].kind, "market");
    EXPECT_EQ(rows.operators[0].region, "410100");
    ASSERT_EQ(rows.products.size(), 1U);
    EXPECT_EQ(rows.products[0].gtin, model::parse_code(lot(1)).gtin);
    EXPECT_EQ(rows.products[0].name, "黄瓜");
    ASSERT_EQ(rows.aliases.size(), 2U);
    EXPECT_EQ(rows.aliases[0].alias, "A-1");
    EXPECT_EQ(rows.aliases[1].alias, "A-2");
    EXPECT_EQ(rows.aliases[1].lot, model::canonical_uri(lot(1)));
    ASSERT_EQ(rows.regions.size(), 1U);
    EXPECT_EQ(rows.regions[0].code, "410100");
    EXPECT_EQ(rows.regions[0].name, "郑州市");
    EXPECT_EQ(rows.regions[0].parent, "410000");
    EXPECT_EQ(rows.regions[0].valid_from, "2019-12-01");
    EXPECT_EQ(rows.regions[0].valid_to, "");
}

TEST(MasterDataTest, ReadsWhatElseIsRegistered) {
    const auto rows = read({
        vocabulary(
            vtype("Party"),
            {{.id = party(1),
              .attributes = {{ours("licence"), "JY14101020000017"}, {mda("name"), "万邦"}}},
             {.id = party(2), .attributes = {{ours("licence"), "sc11834020305037"}}}}
        ),
        vocabulary(
            ours("Licence"),
            {{.id = "https://ns.suyuan.example/epcis/id/SC11834020305037",
              .attributes = {{ours("operator"), party(2)}, {ours("validFrom"), "2025-01-01"}}},
             {.id = "https://ns.suyuan.example/epcis/id/%E5%8A%A8-1",
              .attributes = {{ours("operator"), party(3)}, {ours("kind"), "animal_health"}}}}
        ),
        vocabulary(
            ours("Link"),
            {{.id = party(1), .attributes = {{ours("kind"), "hosts"}, {ours("to"), site(1)}}},
             {.id = party(1),
              .attributes =
                  {{ours("kind"), "supplies"},
                   {ours("to"), party(2)},
                   {ours("validFrom"), "2026-01-01"},
                   {ours("validTo"), "2026-12-31"}}}}
        ),
        vocabulary(
            ours("Paper"),
            {{.id = "urn:example:paper:1",
              .attributes =
                  {{ours("kind"), "quarantine"},
                   {ours("issuer"), party(3)},
                   {ours("holder"), party(1)},
                   {ours("validTo"), "2026-01-31"}}}}
        ),
        vocabulary(
            ours("Vehicle"),
            {{.id = "https://ns.suyuan.example/epcis/id/%E4%BA%AC%41%C2%B712345",
              .attributes = {{ours("operator"), party(1)}}},
             {.id = "urn:example:ship:1", .attributes = {}}}
        ),
        vocabulary(
            ours("Person"),
            {{.id = "urn:example:driver:7",
              .attributes =
                  {{ours("operator"), party(1)}, {ours("name"), "张三"}, {ours("phone"), "139"}}},
             {.id = "urn:example:driver:7",
              .attributes = {{ours("title"), "司机"}, {ours("validFrom"), "2026-01-01"}}}}
        ),
        vocabulary(
            vtype("EPCClass"),
            {{.id = "urn:epc:idpat:sgtin:6901234.012345.*",
              .attributes =
                  {{ours("producer"), party(1)},
                   {ours("category"), "蔬菜"},
                   {ours("unit"), "KGM"},
                   {ours("shelfLifeDays"), "7"}}}}
        ),
        vocabulary(
            vtype("BusinessLocation"), {{.id = site(1), .attributes = {{ours("capacity"), "5 t"}}}}
        ),
    });
    const auto code = [](const std::string& urn) { return model::canonical_uri(urn); };
    // The attribute of a number that has an element of its own says nothing more.
    ASSERT_EQ(rows.licences.size(), 3U);
    EXPECT_EQ(rows.licences[0].number, "SC11834020305037");
    EXPECT_EQ(rows.licences[0].kind, model::kFoodProduction);
    EXPECT_EQ(rows.licences[0].operator_code, code(party(2)));
    EXPECT_EQ(rows.licences[0].valid_from, "2025-01-01");
    EXPECT_EQ(rows.licences[1].number, "动-1");
    EXPECT_EQ(rows.licences[1].kind, "animal_health");
    EXPECT_EQ(rows.licences[2].number, "JY14101020000017");
    EXPECT_EQ(rows.licences[2].kind, model::kFoodTrade);
    EXPECT_EQ(rows.licences[2].operator_code, code(party(1)));
    ASSERT_EQ(rows.operators.size(), 1U);
    ASSERT_EQ(rows.links.size(), 2U);
    EXPECT_EQ(rows.links[0].kind, model::LinkKind::kHosts);
    EXPECT_EQ(rows.links[0].from, code(party(1)));
    EXPECT_EQ(rows.links[0].to, code(site(1)));
    EXPECT_EQ(rows.links[1].kind, model::LinkKind::kSupplies);
    EXPECT_EQ(rows.links[1].to, code(party(2)));
    EXPECT_EQ(rows.links[1].validity(), (model::DayRange{"2026-01-01", "2026-12-31"}));
    ASSERT_EQ(rows.papers.size(), 1U);
    EXPECT_EQ(rows.papers[0].number, "urn:example:paper:1");
    EXPECT_EQ(rows.papers[0].kind, "quarantine");
    EXPECT_EQ(rows.papers[0].issuer, code(party(3)));
    EXPECT_EQ(rows.papers[0].holder, code(party(1)));
    EXPECT_EQ(rows.papers[0].validity(), (model::DayRange{"", "2026-01-31"}));
    ASSERT_EQ(rows.vehicles.size(), 2U);
    EXPECT_EQ(rows.vehicles[0].plate, "京A12345");
    EXPECT_EQ(rows.vehicles[0].operator_code, code(party(1)));
    EXPECT_EQ(rows.vehicles[1].plate, "urn:example:ship:1");
    ASSERT_EQ(rows.people.size(), 2U);
    EXPECT_EQ(rows.people[1].title, "司机");
    EXPECT_EQ(rows.people[1].validity(), (model::DayRange{"2026-01-01", ""}));
    EXPECT_EQ(rows.people[0].id, "urn:example:driver:7");
    EXPECT_EQ(rows.people[0].operator_code, code(party(1)));
    EXPECT_EQ(rows.people[0].name, "张三");
    EXPECT_EQ(rows.people[0].phone, "139");
    ASSERT_EQ(rows.products.size(), 1U);
    EXPECT_EQ(rows.products[0].name, "");
    EXPECT_EQ(rows.products[0].producer, code(party(1)));
    EXPECT_EQ(rows.products[0].category, "蔬菜");
    EXPECT_EQ(rows.products[0].unit, "KGM");
    EXPECT_EQ(rows.products[0].shelf_life_days, "7");
    ASSERT_EQ(rows.sites.size(), 1U);
    EXPECT_EQ(rows.sites[0].capacity, "5 t");
}

TEST(MasterDataTest, EverySpellingOfATermCounts) {
    for (const std::string_view name :
         {"urn:epcglobal:cbv:mda:name",
          "urn:epcglobal:cbv:mda#name",
          "https://ref.gs1.org/cbv/name",
          "https://gs1.org/voc/name",
          "cbvmda:name",
          "cbv:name"}) {
        const auto rows = read({vocabulary(
            "https://ref.gs1.org/epcis/Party",
            {{.id = party(1), .attributes = {{std::string(name), "万邦"}, {"suyuan:kind", "market"}}
            }}
        )});
        ASSERT_EQ(rows.operators.size(), 1U) << name;
        EXPECT_EQ(rows.operators[0].name, "万邦") << name;
        EXPECT_EQ(rows.operators[0].kind, "market") << name;
    }
}

TEST(MasterDataTest, ElementsOfOneCodeAddUpAndTheFirstWordCounts) {
    const auto rows = read({
        vocabulary(
            vtype("BusinessLocation"),
            {{.id = site(1), .attributes = {{mda("name"), "first"}, {ours("operator"), party(1)}}}}
        ),
        vocabulary(
            vtype("ReadPoint"),
            {{.id = site(1), .attributes = {{mda("name"), "second"}, {ours("region"), "410100"}}}}
        ),
    });
    ASSERT_EQ(rows.sites.size(), 1U);
    EXPECT_EQ(rows.sites[0].name, "first");
    EXPECT_EQ(rows.sites[0].operator_code, model::canonical_uri(party(1)));
    EXPECT_EQ(rows.sites[0].region, "410100");
}

TEST(MasterDataTest, ASourceOrDestinationIsASiteIfItsCodeSaysSo) {
    const auto rows = read({vocabulary(
        vtype("SourceDest"),
        {{.id = site(1), .attributes = {{mda("name"), "place"}}},
         {.id = party(1), .attributes = {{mda("name"), "owner"}}}}
    )});
    ASSERT_EQ(rows.sites.size(), 1U);
    EXPECT_EQ(rows.sites[0].name, "place");
    ASSERT_EQ(rows.operators.size(), 1U);
    EXPECT_EQ(rows.operators[0].name, "owner");
}

TEST(MasterDataTest, LeavesAloneWhatItDoesNotKnow) {
    const auto rows = read({
        vocabulary(
            "urn:epcglobal:epcis:vtype:BusinessStep", {{.id = "urn:x:step", .attributes = {}}}
        ),
        vocabulary(
            "https://example.com/ext#Party",
            {{.id = party(1), .attributes = {{mda("name"), "not ours"}}}}
        ),
        vocabulary(
            vtype("Party"),
            {{.id = party(2), .attributes = {{"https://example.com/ext#name", "not a CBV name"}}}}
        ),
        vocabulary(vtype("BusinessLocation"), {{.id = site(1), .attributes = {}}}),
        vocabulary(
            vtype("EPCClass"), {{.id = lot(1), .attributes = {{mda("descriptionShort"), "a lot"}}}}
        ),
    });
    EXPECT_TRUE(rows.operators.empty());
    EXPECT_TRUE(rows.sites.empty());
    EXPECT_TRUE(rows.products.empty());
    EXPECT_TRUE(rows.aliases.empty());
}

TEST(MasterDataTest, ADocumentWithoutMasterDataHasNoRows) {
    for (const std::string_view envelope : {"", "{}", R"({"epcisHeader":{}})"}) {
        const auto rows = read_master_data(envelope);
        ASSERT_TRUE(rows) << envelope;
        EXPECT_TRUE(rows->rows.operators.empty() && rows->rows.sites.empty());
    }
}

TEST(MasterDataTest, PointsAtWhatIsMalformed) {
    constexpr std::string_view kList = "/epcisHeader/epcisMasterData/vocabularyList";

    struct Row {
        std::string master_data;
        std::string pointer;
    };

    const std::string element = format(R"({{"id":"{}"}})", kGtinLink);
    const std::vector<Row> table = {
        {"[]", "/epcisHeader/epcisMasterData"},
        {R"({"vocabularyList":{}})", std::string(kList)},
        {R"({"vocabularyList":[1]})", format("{}/0", kList)},
        {R"({"vocabularyList":[{}]})", format("{}/0/type", kList)},
        {R"({"vocabularyList":[{"type":"urn:x"},{"type":""}]})", format("{}/1/type", kList)},
        {R"({"vocabularyList":[{"type":"urn:x","vocabularyElementList":{}}]})",
         format("{}/0/vocabularyElementList", kList)},
        {R"({"vocabularyList":[{"type":"urn:x","vocabularyElementList":[{}]}]})",
         format("{}/0/vocabularyElementList/0/id", kList)},
        {R"({"vocabularyList":[{"type":"urn:x","vocabularyElementList":[{"id":"urn:y","attributes":0}]}]})",
         format("{}/0/vocabularyElementList/0/attributes", kList)},
        {R"({"vocabularyList":[{"type":"urn:x","vocabularyElementList":)"
         R"([{"id":"urn:y","attributes":[{"attribute":"z"}]}]}]})",
         format("{}/0/vocabularyElementList/0/attributes/0/id", kList)},
        {format(
             R"({{"vocabularyList":[{{"type":"{}","vocabularyElementList":[{{"id":"{}",)"
             R"("attributes":[{{"id":"{}","attribute":"A-1"}}]}}]}}]}})",
             vtype("EPCClass"),
             kGtinLink,
             ours("alias")
         ),
         format("{}/0/vocabularyElementList/0", kList)},
        {format(
             R"({{"vocabularyList":[{{"type":"{}","vocabularyElementList":[{{"id":"410100",)"
             R"("attributes":[{{"id":"{}","attribute":"first of May"}}]}}]}}]}})",
             ours("Region"),
             ours("validFrom")
         ),
         format("{}/0/vocabularyElementList/0", kList)},
        {format(
             R"({{"vocabularyList":[{{"type":"{}","vocabularyElementList":[{{"id":"urn:y",)"
             R"("attributes":[{{"id":"{}","attribute":"owns"}}]}}]}}]}})",
             ours("Link"),
             ours("kind")
         ),
         format("{}/0/vocabularyElementList/0", kList)},
        {format(
             R"({{"vocabularyList":[{{"type":"{}","vocabularyElementList":[{{"id":"urn:y"}}]}}]}})",
             ours("Licence")
         ),
         format("{}/0/vocabularyElementList/0", kList)},
    };
    for (const Row& row : table) {
        const auto rows = read_master_data(
            format(R"({{"epcisHeader":{{"epcisMasterData":{}}}}})", row.master_data)
        );
        ASSERT_FALSE(rows) << row.master_data;
        EXPECT_EQ(rows.error().code(), ErrorCode::kInvalidArgument) << row.master_data;
        EXPECT_TRUE(rows.error().message().starts_with(row.pointer + ": "))
            << row.master_data << "\n  " << rows.error().message();
    }
}

// Of the element that says it, wherever rows of other elements went before or into the same row.
TEST(MasterDataTest, PointsAtTheElementThatSaysIt) {
    const auto error_of = [](const std::vector<std::string>& vocabularies) {
        const auto refused =
            read_master_data(format(R"({{"epcisHeader":{}}})", master_data(vocabularies)));
        EXPECT_FALSE(refused);
        return refused ? Sentence() : sentence_of(refused.error());
    };
    constexpr std::string_view kList = "/epcisHeader/epcisMasterData/vocabularyList";
    // The second element makes no row, the third is the first one's site.
    const Sentence latitude = error_of({
        vocabulary(vtype("Party"), {{.id = party(1), .attributes = {{mda("name"), "a"}}}}),
        vocabulary(
            vtype("BusinessLocation"),
            {{.id = site(1), .attributes = {{mda("name"), "first"}}},
             {.id = site(2), .attributes = {}},
             {.id = site(1), .attributes = {{mda("latitude"), "north"}}}}
        ),
    });
    const std::string third = format("{}/1/vocabularyElementList/2", kList);
    EXPECT_TRUE(latitude.en.starts_with(third + ": latitude: ")) << latitude.en;
    EXPECT_TRUE(latitude.zh.starts_with(third + ": latitude：应为")) << latitude.zh;
    // Days that overlap: the later row's element.
    const auto region = [&](std::string_view from) {
        return vocabulary(
            ours("Region"),
            {{.id = "410105", .attributes = {{ours("validFrom"), std::string(from)}}}}
        );
    };
    const Sentence days = error_of({region("2020-01-01"), region("2019-01-01")});
    EXPECT_TRUE(days.en.starts_with(format("{}/0/vocabularyElementList/0: valid_from: ", kList)))
        << days.en;
    EXPECT_NE(days.en.find("2019-01-01/.."), std::string::npos) << days.en;
}

TEST(MasterDataTest, NumbersThatLookMistypedAreRowsAndWarnings) {
    const auto read = read_master_data(format(
        R"({{"epcisHeader":{}}})",
        master_data({
            vocabulary(
                ours("Licence"),
                {{.id = "SC11834020305037", .attributes = {{ours("operator"), party(1)}}},
                 {.id = "SC11834020305038", .attributes = {{ours("operator"), party(1)}}}}
            ),
            vocabulary(
                vtype("Party"),
                {{.id = party(1), .attributes = {{ours("licence"), "JY1410105000001"}}}}
            ),
            vocabulary(
                ours("Vehicle"),
                {{.id = "豫A12345", .attributes = {}}, {.id = "豫A1234", .attributes = {}}}
            ),
            vocabulary(
                ours("Person"),
                {{.id = "11010519491331002X", .attributes = {{ours("phone"), "1380013800"}}},
                 {.id = "staff-2", .attributes = {{ours("phone"), "0371-65500000"}}}}
            ),
        })
    ));
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->rows.licences.size(), 3U);
    EXPECT_EQ(read->rows.vehicles.size(), 2U);
    std::vector<std::string> told;
    for (const codec::EpcisProblem& warning : read->warnings) {
        constexpr std::size_t kListBytes =
            std::string_view("/epcisHeader/epcisMasterData/vocabularyList").size();
        told.push_back(
            warning.pointer.substr(kListBytes) + " " +
            warning.reason.substr(0, warning.reason.find(':'))
        );
        EXPECT_FALSE(warning.reason_zh.empty());
        EXPECT_EQ(warning.reason.find("1380013800"), std::string::npos);
        EXPECT_EQ(warning.reason.find("11010519491331002X"), std::string::npos);
    }
    EXPECT_EQ(
        told,
        (std::vector<std::string>{
            "/0/vocabularyElementList/1 SC11834020305038",
            "/1/vocabularyElementList/0 JY1410105000001",
            "/2/vocabularyElementList/1 豫A1234",
            "/3/vocabularyElementList/0 id",
            "/3/vocabularyElementList/0 phone",
        })
    );
}

TEST(MasterDataTest, ReadsTheHeaderOfEveryPublicDocument) {
    const auto folder = io::environment("SUYUAN_TEST_DATA");
    if (!folder) {
        GTEST_SKIP() << "skipped: no data";
    }
    const auto files = io::list_files(*folder + "/epcis", {".json", ".jsonld"});
    ASSERT_TRUE(files);
    std::size_t document_count = 0;
    std::size_t with_vocabulary = 0;
    for (const std::filesystem::path& file : *files) {
        const auto text = io::read_file(file, std::uint64_t{64} << 20);
        ASSERT_TRUE(text) << file;
        codec::EpcisOptions options;
        options.accepts_query_documents = true;
        const auto read = codec::read_epcis(*text, options);
        if (!read) {
            continue;  // schemas and refused documents
        }
        ++document_count;
        with_vocabulary += read->envelope.find("vocabularyList") != std::string::npos ? 1U : 0U;
        const auto rows = read_master_data(read->envelope);
        EXPECT_TRUE(rows) << file << ": " << rows.error().message();
    }
    EXPECT_GT(document_count, 80U);
    std::cout << document_count << " documents, " << with_vocabulary << " with vocabulary\n";
}

}  // namespace
}  // namespace suyuan::service
