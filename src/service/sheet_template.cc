// SPDX-License-Identifier: Apache-2.0

#include "service/sheet_template.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/xlsx_writer.h"
#include "service/chain_workbook.h"
#include "service/line_sheet.h"
#include "service/line_words.h"

namespace suyuan::service {

using codec::Json;

namespace {

// In the language of the titles.
std::vector<std::string> choices_of(const ColumnWords& words) {
    std::vector<std::string> choices;
    for (const ColumnWord& word : words.words) {
        choices.emplace_back(word.zh);
    }
    return choices;
}

// "投入 (input)，产出 (output)".
std::string listed(const ColumnWords& words) {
    std::string text;
    for (const ColumnWord& word : words.words) {
        text += text.empty() ? "" : "，";
        text += word.zh == word.en ? std::string(word.zh) : format("{} ({})", word.zh, word.en);
    }
    return words.takes_others ? text + "，也可以是别的 · or others" : text;
}

}  // namespace

Json sheets_json() {
    Json list = Json::array();
    for (const Sheet& sheet : sheets()) {
        Json columns = Json::array();
        for (const ColumnTitle& column : sheet.columns) {
            columns.push_back(Json::object()
                                  .set("key", Json::string(to_string(column.column)))
                                  .set("zh", Json::string(column.zh))
                                  .set("en", Json::string(column.en))
                                  .set("is_required", Json::boolean(column.is_required)));
        }
        list.push_back(Json::object()
                           .set("key", Json::string(sheet.key))
                           .set("zh", Json::string(sheet.zh))
                           .set("en", Json::string(sheet.en))
                           .set("columns", std::move(columns)));
    }
    return Json::object().set("sheets", std::move(list));
}

Result<std::string> csv_template(const Sheet& sheet) {
    if (sheet.kind == SheetKind::kChain) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "FoodChain-Lab 工作簿有三张工作表，只有 xlsx。",
                "a FoodChain-Lab workbook has three worksheets: there is only xlsx"
            }
        );
    }
    std::string text;
    codec::CsvWriter writer([&](std::string_view piece) -> Status {
        text += piece;
        return {};
    });
    std::vector<std::string> titles;
    for (const ColumnTitle& column : sheet.columns) {
        titles.emplace_back(column.zh);
    }
    SUYUAN_TRY_VOID(writer.write_row(titles));
    SUYUAN_TRY_VOID(writer.finish());
    return text;
}

Status write_workbook_template(const Sheet& sheet, const std::filesystem::path& path) {
    if (sheet.kind == SheetKind::kChain) {
        return write_chain_template(path);
    }
    SUYUAN_TRY(auto writer, codec::XlsxWriter::create(path));
    std::vector<codec::XlsxColumn> titles;
    for (const ColumnTitle& column : sheet.columns) {
        titles.push_back(
            {.header = std::string(column.zh),
             .width = 16,
             .choices = choices_of(words_of(sheet.kind, column.column))}
        );
    }
    SUYUAN_TRY_VOID(writer.add_sheet(sheet.zh, titles));
    const std::vector<codec::XlsxColumn> explained = {
        {.header = "列名 · column", .width = 20},
        {.header = "英文 · English", .width = 20},
        {.header = "必填 · required", .width = 14},
        {.header = "也认作 · also called", .width = 60},
        {.header = "可填的词 · words", .width = 60},
    };
    SUYUAN_TRY_VOID(writer.add_sheet("说明", explained));
    for (const ColumnTitle& column : sheet.columns) {
        std::string others(column.others);
        std::ranges::replace(others, '|', ' ');
        const std::vector<codec::XlsxCell> cells = {
            {.text = std::string(column.zh)},
            {.text = std::string(column.en)},
            {.text = column.is_required ? "必填 · yes" : ""},
            {.text = others},
            {.text = listed(words_of(sheet.kind, column.column))},
        };
        SUYUAN_TRY_VOID(writer.write_row(cells));
    }
    return writer.finish();
}

}  // namespace suyuan::service
