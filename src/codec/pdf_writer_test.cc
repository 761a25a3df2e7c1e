// SPDX-License-Identifier: Apache-2.0
//
// Goal: what is told stands on the pages, whole, in order and on the right page. Method: documents
// are written and their text is read back from the PDF.

#include "codec/pdf_writer.h"

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/pdf_testing.h"

namespace suyuan::codec {
namespace {

using Story = std::function<Status(PdfWriter&)>;

PdfSetup setup() {
    PdfSetup setup;
    setup.title = "追溯报告 TR-1";
    setup.left = "溯源";
    setup.right = "TR-1";
    setup.foot = "数据截至某时";
    setup.language = "zh-CN";
    setup.made = 1'767'571'200'000'000;
    setup.page_label = [](std::size_t page, std::size_t pages) {
        return format("第 {} 页，共 {} 页", page, pages);
    };
    return setup;
}

std::string written(const Story& story) {
    return write_pdf(setup(), story).value();
}

PdfReading reading(const Story& story) {
    return PdfReading(written(story));
}

std::size_t times(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

// A table of numbered rows.
Story table_of(std::size_t rows, const std::string& name) {
    return [rows, name](PdfWriter& writer) -> Status {
        writer.heading("去向");
        writer.begin_table({{"序号", 1, true}, {"场所", 3}, {"数量", 2, true}});
        for (std::size_t i = 1; i <= rows; ++i) {
            writer.row(
                std::vector<PdfCell>{{format("#{}", i)}, {name}, {format("{}.000001", i * 7)}}
            );
        }
        writer.end_table();
        return {};
    };
}

TEST(PdfWriterTest, EveryKindOfThingStandsOnThePage) {
    const PdfReading read = reading([](PdfWriter& writer) -> Status {
        writer.title("追溯报告", "黄瓜 批次 L1");
        const std::array facts = {
            PdfFact{"编号", "TR-20260105-0a1b2c3d"},
            PdfFact{"方向", "全链"},
            PdfFact{"摘要", "0123456789abcdef", true},
        };
        writer.facts(facts);
        const std::array figures = {
            PdfFigure{"位置", "28"}, PdfFigure{"断链", "1", PdfTone::kWarning}
        };
        writer.figures(figures);
        writer.heading("说明");
        writer.paragraph("Office ffi 𠮷野家 çà 1234567.000001 kg");
        writer.paragraph("红色的话", PdfTone::kWarning);
        PdfPicture picture;
        picture.width = 200;
        picture.height = 80;
        picture.boxes = {
            {{0, 0}, 80, 40, {"绿园基地", "在库 30 公斤"}},
            {{120, 40}, 80, 40, {"黄瓜批发行"}, PdfTone::kStrong},
        };
        picture.arrows = {{{{{80, 20}, {100, 20}, {100, 60}, {120, 60}}}}};
        writer.picture(picture);
        return {};
    });
    ASSERT_EQ(read.pages().size(), 1U);
    const std::string text = read.text();
    for (const std::string_view part : {
             "溯源",
             "TR-1",
             "数据截至某时",
             "第 1 页，共 1 页",
             "追溯报告",
             "黄瓜 批次 L1",
             "TR-20260105-0a1b2c3d",
             "0123456789abcdef",
             "28",
             "断链",
             "说明",
             "Office ffi 𠮷野家 çà 1234567.000001 kg",
             "红色的话",
             "绿园基地",
             "在库 30 公斤",
             "黄瓜批发行",
         }) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

TEST(PdfWriterTest, ATableGoesOnOverPagesUnderItsHeadings) {
    constexpr std::size_t kRows = 1'000;
    const PdfReading read = reading(table_of(kRows, "绿园基地"));
    const std::size_t pages = read.pages().size();
    EXPECT_GT(pages, 20U);
    EXPECT_LT(pages, 40U);
    std::size_t row = 0;
    for (std::size_t i = 0; i < pages; ++i) {
        std::string page = read.pages()[i];
        std::erase(page, '\n');
        EXPECT_EQ(times(page, "序号场所数量"), 1U) << "page " << i + 1;
        EXPECT_EQ(times(page, format("第 {} 页，共 {} 页", i + 1, pages)), 1U) << page;
        while (times(page, format("#{}绿园基地{}.000001", row + 1, (row + 1) * 7)) == 1) {
            ++row;
        }
    }
    EXPECT_EQ(row, kRows);
    EXPECT_EQ(times(read.text(), "绿园基地"), kRows);
}

TEST(PdfWriterTest, LongNamesAreBrokenAndWhole) {
    std::string name;
    for (int i = 0; i < 60; ++i) {
        name += format("食品{}龘𠮷", i);  // no blank to break at
    }
    const PdfReading read = reading(table_of(30, name));
    EXPECT_GT(read.pages().size(), 2U);
    EXPECT_EQ(times(read.text(), name), 30U);
    EXPECT_EQ(times(read.text(), "…"), 0U);
}

TEST(PdfWriterTest, ACellWithoutEndIsCut) {
    std::string name;
    for (int i = 0; i < 32'000; ++i) {
        name += "长";
    }
    const PdfReading read = reading(table_of(3, name));
    EXPECT_LE(read.pages().size(), 2U);
    EXPECT_GT(times(read.text(), "长"), 900U);
    EXPECT_LT(times(read.text(), "长"), 1'300U);
    EXPECT_EQ(times(read.text(), "14.000001"), 1U);
}

TEST(PdfWriterTest, AnEmptyTableHasItsHeadings) {
    const PdfReading read = reading(table_of(0, ""));
    EXPECT_EQ(read.pages().size(), 1U);
    EXPECT_NE(read.text().find("场所"), std::string::npos);
}

TEST(PdfWriterTest, AHeadingIsNeverTheLastThingOnAPage) {
    for (std::size_t rows = 24; rows < 46; ++rows) {  // a page has room for less than 45
        const PdfReading read = reading([rows](PdfWriter& writer) -> Status {
            SUYUAN_TRY_VOID(table_of(rows, "x")(writer));
            writer.heading("合计");
            writer.paragraph("下文");
            return {};
        });
        ASSERT_FALSE(read.pages().empty());
        for (const std::string& page : read.pages()) {
            EXPECT_EQ(
                page.find("合计") == std::string::npos, page.find("下文") == std::string::npos
            );
        }
    }
}

TEST(PdfWriterTest, WhatIsNoTextBecomesText) {
    const PdfReading read = reading([](PdfWriter& writer) -> Status {
        writer.paragraph(std::string_view("a\xff\xc0z\x01\x1b[31m\0end", 14));
        return {};
    });
    EXPECT_NE(read.text().find("a\xef\xbf\xbd\xef\xbf\xbdz"), std::string::npos) << read.text();
    EXPECT_NE(read.text().find("[31m end"), std::string::npos) << read.text();
}

TEST(PdfWriterTest, ALargePictureIsMadeSmaller) {
    const PdfReading read = reading([](PdfWriter& writer) -> Status {
        PdfPicture picture;
        picture.width = 5'000;
        picture.height = 9'000;
        picture.boxes = {{{4'000, 8'000}, 900, 900, {"在角落"}}};
        writer.picture(picture);
        writer.paragraph("图下");
        return {};
    });
    ASSERT_EQ(read.pages().size(), 1U);
    EXPECT_NE(read.text().find("在角落"), std::string::npos);
    EXPECT_NE(read.text().find("图下"), std::string::npos);
}

TEST(PdfWriterTest, TheSameStoryGivesTheSameBytesOnAnyThread) {
    const Story story = table_of(100, "绿园基地 Green Farm");
    const std::string first = written(story);
    EXPECT_NE(first.find("/CreationDate (20260105080000+08'00"), std::string::npos);
    std::array<std::string, 4> others;
    {
        std::vector<std::jthread> threads;
        for (std::string& other : others) {
            threads.emplace_back([&story, &other] { other = written(story); });
        }
    }
    for (const std::string& other : others) {
        EXPECT_EQ(other, first);
    }
}

TEST(PdfWriterTest, AStoryThatFailsGivesNoDocument) {
    const auto outcome = write_pdf(setup(), [](PdfWriter&) -> Status {
        return fail(ErrorCode::kCancelled, "enough");
    });
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code(), ErrorCode::kCancelled);
}

// Of the head of a PNG.
std::size_t png_side(const std::string& png, std::size_t at) {
    std::size_t side = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        side = side * 256 + static_cast<unsigned char>(png.at(at + i));
    }
    return side;
}

TEST(PngTest, APictureIsDrawnAlone) {
    PdfPicture picture;
    picture.width = 200;
    picture.height = 80;
    picture.boxes = {{{0, 0}, 80, 40, {"仓库"}}, {{120, 40}, 80, 40, {"店"}}};
    picture.arrows = {{{{{80, 20}, {100, 20}, {100, 60}, {120, 60}}}}};
    const PngPicture png = draw_png(picture, "zh-CN").value();
    EXPECT_TRUE(png.bytes.starts_with("\x89PNG\r\n"));
    EXPECT_EQ(png.scale, kPngScale);
    EXPECT_EQ(png_side(png.bytes, 16), 620U);  // 200 points and the margins
    EXPECT_EQ(png_side(png.bytes, 20), 320U);
    EXPECT_EQ(draw_png(picture, "zh-CN").value().bytes, png.bytes);
    PdfPicture empty = picture;
    empty.boxes.clear();
    empty.arrows.clear();
    EXPECT_LT(draw_png(empty, "en").value().bytes.size(), png.bytes.size());
}

TEST(PngTest, AHugePictureIsMadeSmaller) {
    PdfPicture picture;
    picture.width = 50'000;
    picture.height = 9'000'000;
    picture.boxes = {{{4'000, 8'000'000}, 900, 900, {"在角落"}}};
    const PngPicture png = draw_png(picture, "zh-CN").value();
    EXPECT_LE(png_side(png.bytes, 20), static_cast<std::size_t>(kPngSideMax));
    EXPECT_GE(png_side(png.bytes, 20), static_cast<std::size_t>(kPngSideMax) - 1);
    EXPECT_LE(png_side(png.bytes, 16), 200U);
}

}  // namespace
}  // namespace suyuan::codec
