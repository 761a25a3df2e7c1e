// SPDX-License-Identifier: Apache-2.0

#include "service/file_import.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_file.h"
#include "codec/xlsx_writer.h"
#include "crypto/sha256.h"
#include "io/files.h"
#include "model/code.h"
#include "service/person_ids.h"
#include "service/person_ids_testing.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kOperator = "91410100MA45X2TP0T";
constexpr std::string_view kTitles = "单据号,行号,进货时间,品名,批号,生产者,数量,单位,供货者名称\n";

std::string good_row(int number) {
    return format("DN-1,{},2026-01-02 08:30,黄瓜,L{},南山农场,10,公斤,北郊菜地\n", number, number);
}

class FileImportTest : public ServiceTest {
protected:
    std::filesystem::path file(std::string_view text, std::string_view name = "lines.csv") {
        const std::filesystem::path path = scratch_.path() / name;
        EXPECT_TRUE(io::write_file(path, text));
        return path;
    }

    [[nodiscard]] std::filesystem::path faults() const { return scratch_.path() / "faults.xlsx"; }

    [[nodiscard]] static FileImportOptions options() {
        FileImportOptions options;
        options.operator_code = kOperator;
        return options;
    }

    Result<FileCheck> check(const std::filesystem::path& path, const FileImportOptions& how) {
        return check_file(
            context_,
            path,
            how,
            {.faults_file = faults(),
             .progress = [](const FileProgress&) {},
             .people = test_person_ids(),
             .is_known = [this](std::string_view code) -> Result<bool> {
                 return store_->find_item(context_, scope_, code).transform([](const auto& item) {
                     return item.has_value();
                 });
             }}
        );
    }

    FileTally publish(
        const std::filesystem::path& path,
        const FileImportOptions& how,
        const PersonIds& people = test_person_ids()
    ) {
        const auto tally = publish_file(
            context_,
            scope_,
            {.intake = recorder().intake, .store = recorder().store, .people = people},
            path,
            how,
            [](const FileProgress&) {}
        );
        EXPECT_TRUE(tally) << tally.error().message();
        return tally.value_or(FileTally{});
    }

    bool is_person_known(const std::string& id) {
        const auto known = store_->find_name(context_, scope_, store::NameKind::kPerson, id);
        EXPECT_TRUE(known) << known.error().message();
        return known && known->has_value();
    }

private:
    TemporaryDirectory scratch_;
};

TEST_F(FileImportTest, TheNameOfALedgerMayStandAboveItsTitles) {
    const std::string above =
        "南山批发市场进货台账\n\n单位：南山批发市场,,2026年1月\n制表：一,二,三,四,五,六,七,八,九,"
        "十\n";
    const auto path = file(above + std::string(kTitles) + good_row(1) + good_row(2));
    const auto preview = preview_file(path, {});
    ASSERT_TRUE(preview) << preview.error().message();
    EXPECT_FALSE(preview->problem);
    EXPECT_EQ(preview->titles_row, 5U);
    EXPECT_EQ(preview->titles.size(), 9U);
    EXPECT_EQ(preview->rows.size(), 2U);
    const FileTally tally = publish(path, options());
    EXPECT_EQ(tally.rows, 2U);
    EXPECT_EQ(tally.bad_rows, 0U);
    EXPECT_EQ(tally.stored, 2U);

    const auto bad =
        file(above + std::string(kTitles) + good_row(1) + "DN-2,1,昨天,a,b,c,1,公斤,d\n");
    const auto checked = check(bad, options());
    ASSERT_TRUE(checked) << checked.error().message();
    ASSERT_EQ(checked->problems.size(), 1U);
    EXPECT_EQ(checked->problems[0].row, 7U);
}

TEST_F(FileImportTest, TitlesThatFitNoSheetAreTheFirstFullRow) {
    const auto path = file("进货台账\n单位：甲,,\n甲,乙,丙,丁\n1,2,3,4\n");
    const auto preview = preview_file(path, {});
    ASSERT_TRUE(preview) << preview.error().message();
    EXPECT_TRUE(preview->problem);
    EXPECT_EQ(preview->titles_row, 3U);
    EXPECT_EQ(preview->titles, (std::vector<std::string>{"甲", "乙", "丙", "丁"}));
    ASSERT_EQ(preview->rows.size(), 1U);
    EXPECT_EQ(preview->rows[0][3], "4");
}

TEST_F(FileImportTest, APreviewSaysWhatIsWhat) {
    const auto preview = preview_file(file(std::string(kTitles) + good_row(1)), {});
    ASSERT_TRUE(preview) << preview.error().message();
    EXPECT_EQ(preview->format, "csv");
    EXPECT_EQ(preview->encoding, "UTF-8");
    EXPECT_EQ(preview->sheet, "inbound");
    EXPECT_EQ(preview->titles.size(), 9U);
    EXPECT_EQ(preview->columns[2], Column::kTime);
    EXPECT_EQ(preview->rows.at(0).at(3), "黄瓜");
    EXPECT_FALSE(preview->problem);
}

TEST_F(FileImportTest, TitlesOfNobodysSheetArePreviewedWithTheReason) {
    const auto preview = preview_file(file("甲,乙\n1,2\n"), {});
    ASSERT_TRUE(preview) << preview.error().message();
    ASSERT_TRUE(preview->problem);
    EXPECT_FALSE(preview->problem->zh.empty());
    EXPECT_EQ(preview->sheet, "");
    const auto nearly = preview_file(file("进货时间,品名,批号\n1,2,3\n"), {});
    ASSERT_TRUE(nearly->problem);
    EXPECT_EQ(nearly->sheet, "inbound");
    EXPECT_EQ(nearly->columns[1], Column::kGoods);
    // Whoever says which sheet it is chooses among its columns.
    FileImportOptions inbound;
    inbound.sheet = "inbound";
    const auto chosen = preview_file(file("甲,批号\n1,2\n"), inbound);
    ASSERT_TRUE(chosen && chosen->problem);
    EXPECT_EQ(chosen->sheet, "inbound");
    EXPECT_EQ(chosen->columns[1], Column::kLot);
}

// A workbook with these sheets; the titles of each are "a,b,c".
void write_workbook(
    const std::filesystem::path& path,
    const std::vector<std::pair<std::string, std::vector<std::string>>>& sheets
) {
    auto writer = codec::XlsxWriter::create(path);
    ASSERT_TRUE(writer) << writer.error().message();
    for (const auto& [name, titles] : sheets) {
        std::vector<codec::XlsxColumn> columns;
        for (const std::string& title : titles) {
            columns.push_back({.header = title, .width = 10});
        }
        ASSERT_TRUE(writer->add_sheet(name, columns));
    }
    ASSERT_TRUE(writer->finish());
}

TEST_F(FileImportTest, NoWorksheetOfSeveralIsLeftOutUnsaid) {
    const std::vector<std::string> inbound = {
        "进货时间", "商品名称", "批号", "数量", "单位", "供货单位"
    };
    const std::vector<std::string> outbound = {
        "出货时间", "商品名称", "批号", "数量", "单位", "收货单位"
    };
    const std::filesystem::path path = file("");
    write_workbook(path, {{"封面", {"说明"}}, {"进货", inbound}, {"出货", outbound}});
    const auto preview = preview_file(path, {});
    ASSERT_TRUE(preview) << preview.error().message();
    EXPECT_EQ(preview->worksheet, "进货");
    ASSERT_TRUE(preview->problem);
    EXPECT_NE(preview->problem->zh.find("进货、出货"), std::string::npos) << preview->problem->zh;
    EXPECT_FALSE(check(path, options()));

    FileImportOptions chosen = options();
    chosen.worksheet = "出货";
    EXPECT_FALSE(preview_file(path, chosen)->problem);
    EXPECT_EQ(preview_file(path, chosen)->sheet, "outbound");
    // The sheet decides as well: there is one worksheet for it.
    chosen = options();
    chosen.sheet = "outbound";
    EXPECT_EQ(preview_file(path, chosen)->worksheet, "出货");
    EXPECT_TRUE(check(path, chosen));

    write_workbook(path, {{"封面", {"说明"}}, {"进货", inbound}});
    EXPECT_EQ(preview_file(path, {})->worksheet, "进货");
    EXPECT_FALSE(preview_file(path, {})->problem);
}

TEST_F(FileImportTest, OfEqualTitlesTheChosenOneIsRead) {
    const std::filesystem::path path =
        file("进货时间,商品名称,批号,数量,数量,单位\n2026-01-02,黄瓜,L1,5,60,公斤\n");
    FileImportOptions how = options();
    how.choices = {{.title = "数量", .column = ""}, {.title = "数量", .column = "quantity"}};
    const auto preview = preview_file(path, how);
    ASSERT_TRUE(preview) << preview.error().message();
    EXPECT_FALSE(preview->columns.at(3));
    EXPECT_EQ(preview->columns.at(4), Column::kQuantity);
}

TEST_F(FileImportTest, OneDamagedCellOrQuoteKeepsNoOtherRowOut) {
    std::string text(kTitles);
    text += good_row(1) + "2026-01-02,\xff\n" + good_row(2) + "\"2026-01-02,黄瓜\n" + good_row(3);
    const auto checked = check(file(text), options());
    ASSERT_TRUE(checked) << checked.error().message();
    EXPECT_EQ(checked->tally.rows, 5U);
    EXPECT_EQ(checked->tally.bad_rows, 2U);
    EXPECT_TRUE(io::exists(faults()));
}

TEST_F(FileImportTest, AnEmptyFileIsNoTable) {
    for (const std::string_view text : {"", "\n\n", "%PDF-1.4"}) {
        const auto preview = preview_file(file(text), {});
        ASSERT_FALSE(preview) << text;
        EXPECT_EQ(preview.error().code(), ErrorCode::kInvalidArgument);
    }
}

TEST_F(FileImportTest, BadRowsAreCopiedToBeMended) {
    const auto path = file(
        std::string(kTitles) + good_row(1) + "DN-1,2,昨天,黄瓜,L2,南山农场,-3,公斤,北郊菜地\n" +
        good_row(3)
    );
    const auto checked = check(path, options());
    ASSERT_TRUE(checked) << checked.error().message();
    EXPECT_EQ(checked->tally.rows, 3U);
    EXPECT_EQ(checked->tally.bad_rows, 1U);
    ASSERT_EQ(checked->problems.size(), 2U);
    EXPECT_EQ(checked->problems[0].row, 3U);
    EXPECT_EQ(checked->problems[0].value, "昨天");
    EXPECT_EQ(checked->problems[0].column, "进货时间");
    // Nothing of a check is stored.
    EXPECT_EQ(recorder().store.counts(context_, scope_)->events, 0U);

    // The copy has the row as it was, and can be imported once it is mended.
    auto source = codec::source_of_file(faults());
    ASSERT_TRUE(source);
    auto table = codec::TableReader::open(*std::move(source));
    ASSERT_TRUE(table) << table.error().message();
    const auto titles = table->next();
    ASSERT_TRUE(titles && *titles);
    EXPECT_EQ((*titles)->cells.at(0), "单据号");
    const auto row = table->next();
    ASSERT_TRUE(row && *row);
    EXPECT_EQ((*row)->cells.at(2), "昨天");
    EXPECT_EQ((*row)->cells.at(9), "3");
    EXPECT_NE((*row)->cells.at(10).find("数量不能为负"), std::string::npos);
    const auto end = table->next();
    EXPECT_TRUE(end && !*end);
    EXPECT_EQ(preview_file(faults(), {})->sheet, "inbound");
}

TEST_F(FileImportTest, GoodRowsLandOnceHoweverOftenTheyCome) {
    std::string text(kTitles);
    constexpr int kRows = 1'203;  // more than two batches
    for (int row = 1; row <= kRows; ++row) {
        text += good_row(row);
    }
    text +=
        ",,2026-01-02 09:00,西红柿,T1,南山农场,1,公斤,\n,,2026-01-02 "
        "09:00,西红柿,T1,南山农场,1,公斤,\n";
    const auto path = file(text);
    const FileTally first = publish(path, options());
    EXPECT_EQ(first.rows, 1'205U);
    EXPECT_EQ(first.stored, 1'205U);
    EXPECT_EQ(first.bad_rows, 0U);
    const FileTally second = publish(path, options());
    EXPECT_EQ(second.stored, 0U);
    EXPECT_EQ(second.duplicates, 1'205U);
    EXPECT_EQ(recorder().store.counts(context_, scope_)->events, 1'205U);
    // A line of a paper that says something else now is a second version of it.
    const auto other = file(
        std::string(kTitles) + "DN-1,1,2026-01-02 08:30,黄瓜,L1,南山农场,11,公斤,北郊菜地\n",
        "other.csv"
    );
    const FileTally third = publish(other, options());
    EXPECT_EQ(third.stored, 1U);
    EXPECT_EQ(third.conflicts, 1U);
}

TEST_F(FileImportTest, NamesInPassingNeverReplaceTheRegister) {
    const auto path = file(
        "进货时间,商品条码,品名,批号,数量,单位,供货者,供货者名称\n"
        "2026-01-02,6901234567892,黄瓜,L1,5,公斤,91350100M000100Y43,福州某某\n"
    );
    publish(path, options());
    const std::string code = "https://ns.suyuan.example/uscc/91350100M000100Y43";
    EXPECT_EQ((*recorder().store.find_operator(context_, scope_, code))->name, "福州某某");
    EXPECT_EQ((*recorder().store.find_product(context_, scope_, "06901234567892"))->name, "黄瓜");
    publish(
        file("进货时间,商品条码,品名,批号,数量,单位,供货者,供货者名称\n"
             "2026-01-03,6901234567892,瓜,L1,5,公斤,91350100M000100Y43,别名\n"),
        options()
    );
    EXPECT_EQ((*recorder().store.find_operator(context_, scope_, code))->name, "福州某某");
    EXPECT_EQ((*recorder().store.find_product(context_, scope_, "06901234567892"))->name, "黄瓜");
}

TEST_F(FileImportTest, MasterDataGoesIntoTheRegister) {
    const FileTally tally = publish(
        file("统一社会信用代码,主体名称,行政区划代码\n91350100M000100Y43,福州某某,350100\nx,y,z\n"),
        {}
    );
    EXPECT_EQ(tally.registry_rows, 1U);
    EXPECT_EQ(tally.bad_rows, 1U);
    EXPECT_EQ(tally.stored, 0U);
    const auto found = recorder().store.find_operator(
        context_, scope_, "https://ns.suyuan.example/uscc/91350100M000100Y43"
    );
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->region, "350100");
}

TEST_F(FileImportTest, GoodRowsOfABadFileCanBePublishedAlone) {
    const FileTally tally = publish(
        file(std::string(kTitles) + good_row(1) + "DN-1,2,昨天,,,,,,\n" + good_row(3)), options()
    );
    EXPECT_EQ(tally.stored, 2U);
    EXPECT_EQ(tally.bad_rows, 1U);
}

TEST_F(FileImportTest, RowsThatSayNothingAreNotCounted) {
    const auto path =
        file(std::string(kTitles) + good_row(1) + ",2,,,,,,公斤,\n合计,,,,,,10,公斤,\n");
    const auto checked = check(path, options());
    ASSERT_TRUE(checked) << checked.error().message();
    EXPECT_EQ(checked->tally.rows, 1U);
    EXPECT_EQ(checked->tally.bad_rows, 0U);
    const FileTally tally = publish(path, options());
    EXPECT_EQ(tally.rows, 1U);
    EXPECT_EQ(tally.stored, 1U);
    EXPECT_EQ(tally.bad_rows, 0U);
}

TEST_F(FileImportTest, ACorrectedLineCountsOnce) {
    constexpr std::string_view kMarked =
        "单据号,行号,进货时间,品名,批号,生产者,数量,单位,更正作废\n";
    const std::string old_row = "D-1,1,2026-01-02,黄瓜,L1,南山农场,100,公斤,";
    const FileTally first = publish(file(std::string(kMarked) + old_row + "\n"), options());
    EXPECT_EQ(first.stored, 1U);
    const auto path = file(
        std::string(kMarked) + old_row + "作废\n" +
            "D-1,1,2026-01-02,黄瓜,L1,南山农场,10,公斤,更正\n",
        "corrected.csv"
    );
    const FileTally second = publish(path, options());
    EXPECT_EQ(second.stored, 2U);
    EXPECT_EQ(second.conflicts, 0U);
    EXPECT_EQ(recorder().store.counts(context_, scope_)->voids, 1U);
    // And the same once more changes nothing.
    EXPECT_EQ(publish(path, options()).duplicates, 2U);
}

TEST_F(FileImportTest, Gb18030IsRead) {
    // 进货时间,品名,批号,数量,单位 / 黄瓜 in GB18030
    const std::string text =
        "\xBD\xF8\xBB\xF5\xCA\xB1\xBC\xE4,\xC6\xB7\xC3\xFB,\xC5\xFA\xBA\xC5,\xCA\xFD\xC1\xBF,"
        "\xB5\xA5\xCE\xBB\n"
        "2026-01-02,\xBB\xC6\xB9\xCF,L1,5,kg\n";
    const auto path = file(text);
    EXPECT_EQ(preview_file(path, {})->encoding, "GB18030");
    EXPECT_EQ(publish(path, options()).stored, 1U);
    EXPECT_TRUE(*recorder().store.find_item(
        context_, scope_, "https://ns.suyuan.example/lot/91410100MA45X2TP0T/黄瓜/L1"
    ));
}

TEST_F(FileImportTest, OptionsThatDoNotFitAreRefused) {
    const auto path = file(std::string(kTitles) + good_row(1));
    FileImportOptions wrong_sheet = options();
    wrong_sheet.sheet = "tax";
    FileImportOptions wrong_operator = options();
    wrong_operator.operator_code = "91410100MA45X2TP0K";
    FileImportOptions wrong_worksheet = options();
    wrong_worksheet.worksheet = "x";
    for (const FileImportOptions& wrong : {wrong_sheet, wrong_operator, wrong_worksheet}) {
        EXPECT_FALSE(check(path, wrong));
    }
}

TEST_F(FileImportTest, GoodsThatLeaveAndNeverCameAreWarnedOf) {
    const std::string received =
        "进货时间,品名,批号,数量,单位,供货商\n2026-03-01,苹果,LA,10,公斤,果农甲\n";
    publish(file(received), options());
    const std::string titles = "出货时间,品名,批号,数量,单位,客户,原供货者\n";
    const auto stranger = check(file(titles + "2026-03-02,苹果,LA,4,公斤,乙店,\n"), options());
    ASSERT_TRUE(stranger) << stranger.error().message();
    EXPECT_TRUE(stranger->problems.empty());
    ASSERT_EQ(stranger->warnings.size(), 1U);
    EXPECT_EQ(stranger->warnings[0].row, 2U);
    EXPECT_NE(stranger->warnings[0].reason.zh.find("原供货者"), std::string::npos);
    const auto known = check(file(titles + "2026-03-02,苹果,LA,4,公斤,乙店,果农甲\n"), options());
    ASSERT_TRUE(known);
    EXPECT_TRUE(known->warnings.empty());
    // Of its own making: told of by the process before.
    publish(
        file("加工单号,投入产出,加工时间,品名,批号,数量,单位\nP1,产出,2026-03-01,苹果酱,J1,5,瓶\n"
             "P1,投入,2026-03-01,苹果,LB,5,公斤\n"),
        options()
    );
    const auto own = check(file(titles + "2026-03-02,苹果酱,J1,1,瓶,乙店,\n"), options());
    ASSERT_TRUE(own);
    EXPECT_TRUE(own->warnings.empty());
}

// Rows that name who took the goods in.
std::string rows_with_names() {
    return "单据号,行号,进货时间,品名,批号,数量,单位,经手人\n"
           "DN-1,1,2026-01-02,黄瓜,L1,10,公斤,张三\n"
           "DN-1,2,2026-01-02,黄瓜,L2,10,公斤,李四\n";
}

// What anybody can make.
std::string keyless_id(std::string_view name) {
    const std::string text = format("{}\n{}", model::social_credit_uri(kOperator), name);
    return "person-" + crypto::to_hex(crypto::sha256(text)).substr(0, 16);
}

TEST_F(FileImportTest, IdsOfNamesNeedTheKeyOfTheStoreAndAFileThatComesAgainChangesNothing) {
    const auto path = file(rows_with_names());
    EXPECT_EQ(publish(path, options()).stored, 2U);
    const FileTally again = publish(path, options());
    EXPECT_EQ(again.stored, 0U);
    EXPECT_EQ(again.duplicates, 2U);
    EXPECT_FALSE(is_person_known(keyless_id("张三")));
}

TEST_F(FileImportTest, IdsFromBeforeTheKeyStayThoseOfTheirPeople) {
    const auto path = file(rows_with_names());
    const std::string key(PersonIds::kKeyBytes, 'k');
    // As an earlier version numbered them.
    const PersonIds before(key, [](std::string_view) -> Result<bool> { return true; });
    EXPECT_EQ(publish(path, options(), before).stored, 2U);
    EXPECT_TRUE(is_person_known(keyless_id("张三")));
    const PersonIds now(key, [this](std::string_view id) -> Result<bool> {
        SUYUAN_TRY(
            const auto known, store_->find_name(context_, scope_, store::NameKind::kPerson, id)
        );
        return known.has_value();
    });
    const FileTally again = publish(path, options(), now);
    EXPECT_EQ(again.stored, 0U);
    EXPECT_EQ(again.duplicates, 2U);
    // And if nobody can say who is known, nothing is stored on a guess.
    const PersonIds lost(key, [](std::string_view) -> Result<bool> {
        return fail(ErrorCode::kUnavailable, "the disk is gone");
    });
    EXPECT_FALSE(publish_file(
        context_,
        scope_,
        {.intake = recorder().intake, .store = recorder().store, .people = lost},
        path,
        options(),
        [](const FileProgress&) {}
    ));
}

TEST_F(FileImportTest, ACancelledCheckStops) {
    policy::RequestContext context(policy::local_principal());
    context.cancel();
    const auto checked = check_file(
        context,
        file(std::string(kTitles) + good_row(1)),
        options(),
        {.faults_file = faults(),
         .progress = [](const FileProgress&) {},
         .people = test_person_ids(),
         .is_known = {}}
    );
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code(), ErrorCode::kCancelled);
}

}  // namespace
}  // namespace suyuan::service
