// SPDX-License-Identifier: Apache-2.0
//
// Goal: the codec judges, hashes and returns public documents as the standard's own tools do.
// Method: every document of the data folder that SUYUAN_TEST_DATA names; skipped where there is
// none. What the folders hold is told by the README beside them.

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "crypto/sha256.h"

namespace suyuan::codec {
namespace {

namespace fs = std::filesystem;

constexpr EpcisOptions kImport{.accepts_query_documents = true, .limits = {}};

std::string read_text(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> read_lines(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) {
            lines.push_back(line);
        }
    }
    return lines;
}

// All problems of a document, one a line.
std::string told(const Result<EpcisDocument>& document) {
    if (!document) {
        return document.error().message();
    }
    std::string text;
    for (const EpcisProblem& problem : document->problems) {
        text += problem.pointer + ": " + problem.reason + "\n";
    }
    return text;
}

bool is_accepted(const Result<EpcisDocument>& document) {
    return document.has_value() && document->problems.empty() && !document->events.empty();
}

Json parse_document(std::string_view text) {
    return parse_json(text, {}, Duplicates::kEventIdMayRepeat).value();
}

// The events as they stand in the text, whatever kind of document it is.
std::vector<Json> events_in(const Json& document) {
    const Json* value = document.find("epcisBody");
    if (value == nullptr) {
        return {document};
    }
    if (const Json* const results = value->find("queryResults"); results != nullptr) {
        value = results->find("resultsBody");
    }
    return value->find("eventList")->items();
}

class EpcisDataTest : public testing::Test {
protected:
    void SetUp() override {
        const char* const folder = std::getenv("SUYUAN_TEST_DATA");
        if (folder == nullptr) {
            GTEST_SKIP() << "skipped: no data";
        }
        root_ = fs::path(folder) / "epcis";
    }

    [[nodiscard]] std::vector<fs::path> documents_in(std::string_view folder) const {
        std::vector<fs::path> paths;
        for (const auto& entry : fs::recursive_directory_iterator(root_ / folder)) {
            const fs::path extension = entry.path().extension();
            if (extension == ".json" || extension == ".jsonld") {
                paths.push_back(entry.path());
            }
        }
        std::ranges::sort(paths);
        return paths;
    }

    // Those that capture must accept, and the query documents, which import reads.
    [[nodiscard]] std::vector<fs::path> valid_documents() const {
        std::vector<fs::path> paths;
        for (const std::string_view folder :
             {"gs1/JSON", "openepcis/Capture/Documents", "openepcis/Capture/Events", "hash"}) {
            std::ranges::copy_if(
                documents_in(folder),
                std::back_inserter(paths),
                [](const fs::path& path) {
                    // Two reports of it have no type, which no schema accepts.
                    return path.filename() != "SensorData_with_combined_events.json";
                }
            );
        }
        return paths;
    }

    fs::path root_;
};

TEST_F(EpcisDataTest, AcceptsEveryValidCaptureDocument) {
    std::size_t accepted = 0;
    std::size_t queries = 0;
    std::size_t events = 0;
    for (const fs::path& path : valid_documents()) {
        const std::string text = read_text(path);
        const bool is_query = text.find("\"EPCISQueryDocument\"") != std::string::npos;
        const Result<EpcisDocument> captured = read_epcis(text, {});
        EXPECT_EQ(is_accepted(captured), !is_query) << path << "\n" << told(captured);
        const Result<EpcisDocument> imported = read_epcis(text, kImport);
        EXPECT_TRUE(is_accepted(imported)) << path << "\n" << told(imported);
        (is_query ? queries : accepted) += 1U;
        events += imported ? imported->events.size() : 0;
    }
    std::printf("accepted %zu, of queries %zu, events %zu\n", accepted, queries, events);
    EXPECT_GE(accepted, 88U);
    EXPECT_GE(queries, 2U);
}

TEST_F(EpcisDataTest, RefusesEveryInvalidDocument) {
    std::vector<fs::path> paths = documents_in("openepcis/Capture/Invalid");
    paths.push_back(root_ / "openepcis/Capture/Documents/SensorData_with_combined_events.json");
    std::size_t rejected = 0;
    for (const fs::path& path : paths) {
        const Result<EpcisDocument> document = read_epcis(read_text(path), {});
        EXPECT_FALSE(is_accepted(document)) << path;
        EXPECT_FALSE(told(document).empty()) << path;
        rejected += is_accepted(document) ? 0U : 1U;
    }
    std::printf("rejected %zu of %zu\n", rejected, paths.size());
    EXPECT_GE(paths.size(), 16U);
}

TEST_F(EpcisDataTest, PointsAtTheFaultOfEachInvalidDocument) {
    const std::map<std::string, std::vector<std::string>> pointers = {
        {"Combination_of_events_with_missing_mandatory_fields.json",
         {"0/action", "1/eventTimeZoneOffset", "1/action"}},
        {"Combination_of_multiple_invalid_fields.json",
         {"0/bizStep",
          "1/disposition",
          "2/sourceList/0/type",
          "3/ilmd/materialType",
          "4/eventTime",
          "4/action"}},
        {"Combination_of_non_standard_bizStep_and_disposition.json", {"0/bizStep", "1/disposition"}
        },
        {"ObjectEvent_with_ilmd_field_without_namespace.json", {"0/ilmd/materialType"}},
        {"ObjectEvent_with_invalid_action.json", {"0/action"}},
        {"ObjectEvent_with_invalid_certificationInfo.json",
         {"0/certificationInfo/0", "0/certificationInfo/1"}},
        {"ObjectEvent_with_invalid_eventTime_format.json", {"0/eventTime"}},
        {"ObjectEvent_with_non_standard_bizStep.json", {"0/bizStep"}},
        {"ObjectEvent_with_non_standard_bizStep_in_second_event.json", {"1/bizStep"}},
        {"ObjectEvent_with_non_standard_disposition.json", {"0/disposition"}},
        {"ObjectEvent_with_quantity_as_text.json", {"0/quantityList/0/quantity"}},
        {"ObjectEvent_with_unknown_field_in_quantityList.json", {"0/quantityList/0/weight"}},
        {"ObjectEvent_without_action_and_eventTime.json",
         {"0/eventTime", "0/eventTimeZoneOffset", "0/action"}},
        {"ObjectEvent_without_identifier_list.json", {"0/epcList"}},
    };
    for (const auto& [file, expected] : pointers) {
        const Result<EpcisDocument> document =
            read_epcis(read_text(root_ / "openepcis/Capture/Invalid" / file), {});
        ASSERT_TRUE(document) << file << ": " << told(document);
        std::vector<std::string> found;
        for (const EpcisProblem& problem : document->problems) {
            found.push_back(problem.pointer);
        }
        std::vector<std::string> whole;
        for (const std::string& pointer : expected) {
            whole.push_back("/epcisBody/eventList/" + pointer);
        }
        EXPECT_EQ(found, whole) << file << "\n" << told(document);
    }
    const Result<EpcisDocument> bare = read_epcis(
        read_text(root_ / "openepcis/Capture/Invalid/EPCISDocument_without_context.json"), {}
    );
    ASSERT_TRUE(bare);
    ASSERT_EQ(bare->problems.size(), 1U);
    EXPECT_EQ(bare->problems.front().pointer, "/@context");
}

TEST_F(EpcisDataTest, ReturnsEveryEventAsItCame) {
    std::size_t events = 0;
    for (const fs::path& path : valid_documents()) {
        const std::string text = read_text(path);
        const Result<EpcisDocument> document = read_epcis(text, kImport);
        ASSERT_TRUE(document) << path;
        const std::vector<Json> submitted = events_in(parse_document(text));
        ASSERT_EQ(document->events.size(), submitted.size()) << path;
        for (std::size_t i = 0; i < submitted.size(); ++i) {
            const EpcisEvent& event = document->events[i];
            EXPECT_EQ(restore_event(event.payload, event.people, {}), submitted[i])
                << path << event.pointer;
            Json expected = submitted[i];
            expected.set("recordTime", Json::string("2026-01-05T08:00:00.000Z"))
                .set("suyuan:hashId", Json::string(event.hash_id));
            const EpcisAddition addition{
                .record_time = "2026-01-05T08:00:00.000Z",
                .hash_id = event.hash_id,
                .context = "",
                .flags = {}
            };
            EXPECT_EQ(restore_event(event.payload, event.people, addition), expected)
                << path << event.pointer;
            ++events;
        }
    }
    std::printf("returned equal %zu events\n", events);
}

TEST_F(EpcisDataTest, ReadsItsOwnAnswerAgain) {
    for (const fs::path& path : valid_documents()) {
        const Result<EpcisDocument> document = read_epcis(read_text(path), kImport);
        ASSERT_TRUE(document) << path;
        std::vector<Json> events;
        for (const EpcisEvent& event : document->events) {
            const EpcisAddition addition{
                .record_time = "2026-01-05T08:00:00.000Z",
                .hash_id = event.hash_id,
                .context = "",
                .flags = {"conflict"}
            };
            events.push_back(restore_event(event.payload, event.people, addition));
        }
        const std::vector<std::string> contexts(events.size(), document->context);
        const Json answer = query_document(std::move(events), contexts, "2026-01-05T08:00:00Z");
        const Result<EpcisDocument> again = read_epcis(write_json(answer), kImport);
        ASSERT_TRUE(is_accepted(again)) << path << "\n" << told(again);
        ASSERT_EQ(again->events.size(), document->events.size()) << path;
        for (std::size_t i = 0; i < again->events.size(); ++i) {
            EXPECT_EQ(again->events[i].hash_id, document->events[i].hash_id) << path;
        }
    }
}

TEST_F(EpcisDataTest, HashesEveryVectorEqually) {
    std::size_t hashes = 0;
    std::size_t prehashes = 0;
    for (const fs::path& path : documents_in("hash")) {
        const Json document = parse_document(read_text(path));
        const std::vector<Json> events = events_in(document);
        const std::vector<std::string> expected =
            read_lines(fs::path(path).replace_extension(".hashes"));
        const std::vector<std::string> strings =
            read_lines(fs::path(path).replace_extension(".prehashes"));
        ASSERT_EQ(events.size(), expected.size()) << path;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const Json& context = *document.find("@context");
            const std::string prehash = event_prehash(events[i], context);
            EXPECT_EQ(event_hash_id(events[i], context), expected[i]) << path << "\n" << prehash;
            ++hashes;
            // One published string is not the one that its published hash is of.
            if (i < strings.size() &&
                expected[i].find(crypto::to_hex(crypto::sha256(strings[i]))) != std::string::npos) {
                EXPECT_EQ(prehash, strings[i]) << path;
                ++prehashes;
            }
        }
    }
    std::printf("hash vectors equal %zu, strings equal %zu\n", hashes, prehashes);
    EXPECT_GE(hashes, 26U);
    EXPECT_GE(prehashes, 24U);
}

}  // namespace
}  // namespace suyuan::codec
