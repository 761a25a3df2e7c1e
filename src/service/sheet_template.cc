// SPDX-License-Identifier: Apache-2.0

#include "service/sheet_template.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/xlsx_writer.h"
#include "service/chain_workbook.h"
#include "service/line_sheet.h"

namespace suyuan::service {

using codec::Json;

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
        titles.push_back({.header = std::string(column.zh), .width = 16});
    }
    SUYUAN_TRY_VOID(writer.add_sheet(sheet.zh, titles));
    const std::vector<codec::XlsxColumn> explained = {
        {.header = "列名 · column", .width = 20},
        {.header = "英文 · English", .width = 20},
        {.header = "必填 · required", .width = 14},
        {.header = "也认作 · also called", .width = 60},
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
        };
        SUYUAN_TRY_VOID(writer.write_row(cells));
    }
    return writer.finish();
}

}  // namespace suyuan::service
