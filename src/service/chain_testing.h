// SPDX-License-Identifier: Apache-2.0
//
// FoodChain-Lab workbooks for tests, and a second store to read what was written into.

#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "codec/xlsx_writer.h"
#include "service/answering_fixture.h"
#include "service/chain_workbook.h"
#include "service/detail/chain_export.h"
#include "service/file_import.h"
#include "service/person_ids_testing.h"
#include "service/tracing.h"

namespace suyuan::service {

// Cells by column; what is left out is blank.
using ChainCells = std::map<ChainColumn, std::string>;

inline std::vector<codec::XlsxCell> chain_row(const ChainSheet& sheet, const ChainCells& cells) {
    std::vector<codec::XlsxCell> row;
    bool is_marked = false;
    for (const ChainTitle& title : sheet.columns) {
        if (title.is_additional && !is_marked) {
            row.emplace_back();
            is_marked = true;
        }
        const auto found = cells.find(title.column);
        row.push_back({.text = found == cells.end() ? std::string() : found->second});
    }
    return row;
}

// Stations, deliveries, links; titles in two rows, as FoodChain-Lab has them.
inline void write_chain(
    const std::filesystem::path& path, const std::array<std::vector<ChainCells>, 3>& rows
) {
    auto writer = codec::XlsxWriter::create(path);
    ASSERT_TRUE(writer) << writer.error().message();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ChainSheet& sheet = chain_sheets()[i];
        ASSERT_TRUE(writer->add_sheet(sheet.worksheet, detail::chain_columns(sheet, true)));
        if (sheet.key != ChainColumn::kDeliveryId) {
            ASSERT_TRUE(writer->write_row(chain_row(sheet, {})));
        }
        for (const ChainCells& cells : rows.at(i)) {
            ASSERT_TRUE(writer->write_row(chain_row(sheet, cells)));
        }
    }
    ASSERT_TRUE(writer->finish());
}

// Days as {"5", "1", "2026"}, months as {"", "1", "2026"}.
using ChainDay = std::array<std::string, 3>;

inline ChainCells chain_delivery(
    std::string id,
    std::string from,
    std::string to,
    std::string lot,
    const ChainDay& departure,
    const ChainDay& arrival
) {
    using enum ChainColumn;
    return {
        {kDeliveryId, std::move(id)},
        {kStation, std::move(from)},
        {kRecipient, std::move(to)},
        {kProduct, "Onions"},
        {kLot, std::move(lot)},
        {kDepartureDay, departure[0]},
        {kDepartureMonth, departure[1]},
        {kDepartureYear, departure[2]},
        {kArrivalDay, arrival[0]},
        {kArrivalMonth, arrival[1]},
        {kArrivalYear, arrival[2]},
        {kAmount, "10"},
        {kUnit, "kg"},
    };
}

inline ChainCells chain_link(std::string from, std::string into) {
    return {{ChainColumn::kFrom, std::move(from)}, {ChainColumn::kInto, std::move(into)}};
}

// Two stores: what was said to the one, and what the other read of it.
class TwoStoresTest : public AnsweringTest {
protected:
    void SetUp() override {
        AnsweringTest::SetUp();
        auto opened = open_store(other_directory_.path(), clock_, randomness_);
        ASSERT_TRUE(opened) << opened.error().message();
        other_store_ = *std::move(opened);
        other_ = std::make_unique<Recorder>(*other_store_, clock_);
        ASSERT_TRUE(other_->intake.put_registry(context_, scope_, cucumber_registry()));
    }

    [[nodiscard]] std::filesystem::path file(std::string_view name) const {
        return directory_.path() / name;
    }

    static FileTally import_into(
        Recorder& recorder,
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::filesystem::path& path,
        const FileImportOptions& options = {}
    ) {
        const auto ignore = [](const FileProgress&) {};
        const auto checked = check_file(
            context,
            path,
            options,
            {.faults_file = path.string() + ".faults.xlsx",
             .progress = ignore,
             .people = test_person_ids(),
             .is_known = {}}
        );
        EXPECT_TRUE(checked) << checked.error().message();
        if (checked && !checked->problems.empty()) {
            const RowProblem& problem = checked->problems.front();
            ADD_FAILURE() << problem.worksheet << ' ' << problem.row << ' ' << problem.column << ' '
                          << problem.value << ": " << problem.reason.en;
        }
        const auto tally = publish_file(
            context,
            scope,
            {recorder.intake, recorder.store, test_person_ids()},
            path,
            options,
            ignore
        );
        EXPECT_TRUE(tally) << tally.error().message();
        return tally.value_or(FileTally{});
    }

    FileTally import_here(const std::filesystem::path& path) {
        return import_into(recorder(), context_, scope_, path);
    }

    FileTally import_there(const std::filesystem::path& path) {
        return import_into(*other_, context_, scope_, path);
    }

    // The whole answer of the second store. Requires one.
    TracePage trace_there(std::string text, trace::Direction direction) {
        const Tracing tracing(*other_store_, other_->graph, clock_);
        auto answer = tracing.answer(context_, scope_, ask_for(std::move(text), direction));
        EXPECT_TRUE(answer) << answer.error().message();
        TracePage page;
        page.answer = std::make_shared<NamedAnswer>();
        if (answer) {
            page = tracing.whole(context_, scope_, *answer).value();
        }
        return page;
    }

    TemporaryDirectory other_directory_;
    std::unique_ptr<store::Store> other_store_;
    std::unique_ptr<Recorder> other_;
};

}  // namespace suyuan::service
