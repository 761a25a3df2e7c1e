// SPDX-License-Identifier: Apache-2.0
//
// Goal: documents are told apart, what stands around the events is judged and kept, and every event
// is told where it stood. Method: small documents, edited once each.

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/epcis_testing.h"
#include "codec/json.h"
#include "codec/limits.h"

namespace suyuan::codec {
namespace {

constexpr EpcisOptions kImport{.accepts_query_documents = true, .limits = {}};

Json event_of(std::string_view text) {
    return parse_json(text).value();
}

struct DocumentEdit {
    std::string_view at;
    std::string_view value;    // empty: taken away
    std::string_view problem;  // where the only problem must be; kOk: nowhere
};

void check_documents(const Json& document, std::span<const DocumentEdit> edits) {
    for (const DocumentEdit& edit : edits) {
        const Result<EpcisDocument> read =
            read_epcis(write_json(edited(document, edit.at, edit.value)), kImport);
        ASSERT_TRUE(read) << edit.at << ": " << read.error().message();
        const std::string expected =
            edit.problem == kOk ? std::string() : std::string(edit.problem) + "\n";
        EXPECT_EQ(pointers_of(*read), expected) << edit.at << " = " << edit.value << "\n"
                                                << reasons_of(*read);
        EXPECT_EQ(read->events.size(), expected.empty() ? 1U : 0U) << edit.at;
    }
}

TEST(EpcisDocumentTest, JudgesWhatStandsAroundTheEvents) {
    constexpr std::array kEdits = {
        DocumentEdit{"/id", R"("https://documents.example.com/1")", kOk},
        DocumentEdit{"/id", R"("document 1")", "/id"},
        DocumentEdit{"/@context", "", "/@context"},
        DocumentEdit{"/@context", "5", "/@context"},
        DocumentEdit{"/@context/0", R"("epcis")", "/@context/0"},
        DocumentEdit{"/@context/1", "null", "/@context/1"},
        DocumentEdit{
            "/@context/2",
            R"("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld")",
            "/@context/2"
        },
        DocumentEdit{"/@context/1/suyuan", R"("https://ns.example.com/")", "/@context/1/suyuan"},
        DocumentEdit{"/schemaVersion", "", "/schemaVersion"},
        DocumentEdit{"/schemaVersion", "2", "/schemaVersion"},
        DocumentEdit{"/schemaVersion", R"("1.2")", "/schemaVersion"},
        DocumentEdit{"/schemaVersion", R"("2.")", "/schemaVersion"},
        DocumentEdit{"/schemaVersion", R"("2.0b")", "/schemaVersion"},
        DocumentEdit{"/schemaVersion", R"("2.0.1")", kOk},
        DocumentEdit{"/creationDate", "", "/creationDate"},
        DocumentEdit{"/creationDate", R"("2026-01-05")", "/creationDate"},
        DocumentEdit{"/sender", R"("urn:epc:id:sgln:0614141.07346.0")", kOk},
        DocumentEdit{"/sender", "7", "/sender"},
        DocumentEdit{"/receiver", "{}", "/receiver"},
        DocumentEdit{"/instanceIdentifier", "[]", "/instanceIdentifier"},
        DocumentEdit{"/note", R"("x")", "/note"},
        DocumentEdit{"/other:note", R"("x")", "/other:note"},
        DocumentEdit{"/example:note", R"("x")", kOk},
        DocumentEdit{"/epcisHeader", "[]", "/epcisHeader"},
        DocumentEdit{"/epcisHeader/vocabularyList", "[]", "/epcisHeader/vocabularyList"},
        DocumentEdit{"/epcisHeader/epcisMasterData", "[]", "/epcisHeader/epcisMasterData"},
    };
    check_documents(document_of({event_of(kAggregationEvent)}), kEdits);
}

TEST(EpcisDocumentTest, JudgesMasterData) {
    constexpr std::string_view kMasterData = R"({"vocabularyList": [{
        "type": "urn:epcglobal:epcis:vtype:Location",
        "vocabularyElementList": [{
            "id": "urn:epc:id:sgln:0614141.07346.0",
            "attributes": [{"id": "urn:epcglobal:cbv:mda#name", "attribute": "汉口冷库"}],
            "children": ["urn:epc:id:sgln:0614141.07346.1"]}]}]})";
    const Json document = edited(
        document_of({event_of(kAggregationEvent)}), "/epcisHeader/epcisMasterData", kMasterData
    );
#define SUYUAN_LIST "/epcisHeader/epcisMasterData/vocabularyList"
#define SUYUAN_ELEMENT SUYUAN_LIST "/0/vocabularyElementList/0"
    constexpr std::array kEdits = {
        DocumentEdit{SUYUAN_LIST, "[]", kOk},
        DocumentEdit{SUYUAN_LIST, "{}", SUYUAN_LIST},
        DocumentEdit{SUYUAN_LIST "/0", "5", SUYUAN_LIST "/0"},
        DocumentEdit{SUYUAN_LIST "/0/type", "", SUYUAN_LIST "/0/type"},
        DocumentEdit{SUYUAN_LIST "/0/type", R"("Location")", SUYUAN_LIST "/0/type"},
        DocumentEdit{
            SUYUAN_LIST "/0/vocabularyElementList", "{}", SUYUAN_LIST "/0/vocabularyElementList"
        },
        DocumentEdit{SUYUAN_ELEMENT, "null", SUYUAN_ELEMENT},
        DocumentEdit{SUYUAN_ELEMENT "/id", "", SUYUAN_ELEMENT "/id"},
        DocumentEdit{SUYUAN_ELEMENT "/id", R"("cold store")", SUYUAN_ELEMENT "/id"},
        DocumentEdit{SUYUAN_ELEMENT "/attributes", "{}", SUYUAN_ELEMENT "/attributes"},
        DocumentEdit{SUYUAN_ELEMENT "/attributes/0", "1", SUYUAN_ELEMENT "/attributes/0"},
        DocumentEdit{SUYUAN_ELEMENT "/attributes/0/id", "", SUYUAN_ELEMENT "/attributes/0/id"},
        DocumentEdit{SUYUAN_ELEMENT "/attributes/0/attribute", "7", kOk},
        DocumentEdit{
            SUYUAN_ELEMENT "/attributes/0/attribute",
            "true",
            SUYUAN_ELEMENT "/attributes/0/attribute"
        },
        DocumentEdit{SUYUAN_ELEMENT "/children/0", R"("bay")", SUYUAN_ELEMENT "/children/0"},
    };
#undef SUYUAN_ELEMENT
#undef SUYUAN_LIST
    check_documents(document, kEdits);
}

TEST(EpcisDocumentTest, KeepsContextAndEnvelope) {
    const Json document = edited(
        edited(document_of({event_of(kAggregationEvent)}), "/sender", R"("urn:epc:id:sgln:1.2.0")"),
        "/epcisHeader/epcisMasterData",
        R"({"vocabularyList": []})"
    );
    const EpcisDocument read = read_epcis(write_json(document), {}).value();
    EXPECT_EQ(read.kind, EpcisDocumentKind::kCapture);
    EXPECT_EQ(parse_json(read.context).value(), *document.find("@context"));
    EXPECT_EQ(parse_json(read.envelope).value(), edited(document, "/epcisBody/eventList", ""));
    EXPECT_EQ(read.events.at(0).pointer, "/epcisBody/eventList/0");
}

TEST(EpcisDocumentTest, KeepsTheGoodEventsBesideTheBad) {
    const Json bad = edited(event_of(kAggregationEvent), "/action", R"("PACK")");
    const Json document =
        document_of({event_of(kObjectEvent), bad, event_of(kTransactionEvent), Json::integer(5)});
    const EpcisDocument read = read_epcis(write_json(document), {}).value();
    ASSERT_EQ(read.events.size(), 2U);
    EXPECT_EQ(read.events[0].pointer, "/epcisBody/eventList/0");
    EXPECT_EQ(read.events[1].pointer, "/epcisBody/eventList/2");
    EXPECT_EQ(pointers_of(read), "/epcisBody/eventList/1/action\n/epcisBody/eventList/3\n");
}

TEST(EpcisDocumentTest, GivesNoEventOfASpoiledDocument) {
    const Json document = edited(
        document_of(
            {event_of(kObjectEvent), edited(event_of(kAggregationEvent), "/action", R"("PACK")")}
        ),
        "/schemaVersion",
        ""
    );
    const EpcisDocument read = read_epcis(write_json(document), {}).value();
    EXPECT_TRUE(read.events.empty());
    EXPECT_EQ(pointers_of(read), "/schemaVersion\n/epcisBody/eventList/1/action\n");
}

TEST(EpcisDocumentTest, AcceptsADocumentWithoutEvents) {
    const EpcisDocument read = read_epcis(write_json(document_of({})), {}).value();
    EXPECT_TRUE(read.events.empty());
    EXPECT_EQ(reasons_of(read), "");
}

TEST(EpcisDocumentTest, ReadsABareEvent) {
    Json event = event_of(kObjectEvent);
    const EpcisDocument bare = read_epcis(write_json(event), {}).value();
    EXPECT_TRUE(bare.events.empty());
    EXPECT_TRUE(pointers_of(bare).starts_with("/@context\n")) << reasons_of(bare);

    event.set("@context", event_of(kTestContext));
    const EpcisDocument read = read_epcis(write_json(event), {}).value();
    EXPECT_EQ(reasons_of(read), "");
    EXPECT_EQ(read.kind, EpcisDocumentKind::kBareEvent);
    ASSERT_EQ(read.events.size(), 1U);
    EXPECT_EQ(read.events[0].pointer, "");
    EXPECT_EQ(read.envelope, "");
    EXPECT_EQ(parse_json(read.context).value(), event_of(kTestContext));
    EXPECT_EQ(parse_json(read.events[0].payload).value(), event);

    EXPECT_EQ(
        pointers_of(read_epcis(write_json(edited(event, "/action", "")), {}).value()), "/action\n"
    );
}

TEST(EpcisDocumentTest, ReadsQueryDocumentsWhereTheyAreWanted) {
    const Json document = query_document(
        {event_of(kObjectEvent)}, {std::string(kTestContext)}, "2026-01-05T08:00:00Z"
    );
    const Result<EpcisDocument> captured = read_epcis(write_json(document), {});
    ASSERT_FALSE(captured);
    EXPECT_EQ(captured.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(captured.error().message().starts_with("/type: ")) << captured.error().message();

    const EpcisDocument read = read_epcis(write_json(document), kImport).value();
    EXPECT_EQ(reasons_of(read), "");
    EXPECT_EQ(read.kind, EpcisDocumentKind::kQuery);
    ASSERT_EQ(read.events.size(), 1U);
    EXPECT_EQ(read.events[0].pointer, "/epcisBody/queryResults/resultsBody/eventList/0");
    constexpr std::array kEdits = {
        DocumentEdit{"/schemaVersion", "", kOk},
        DocumentEdit{"/creationDate", "", kOk},
        DocumentEdit{"/creationDate", "5", "/creationDate"},
        DocumentEdit{"/sender", R"("x")", "/sender"},
        DocumentEdit{"/epcisBody/note", "1", "/epcisBody/note"},
        DocumentEdit{"/epcisBody/queryResults/queryName", "", "/epcisBody/queryResults/queryName"},
        DocumentEdit{
            "/epcisBody/queryResults/subscriptionID", "7", "/epcisBody/queryResults/subscriptionID"
        },
        DocumentEdit{
            "/epcisBody/queryResults/resultsBody/vocabularyList",
            "{}",
            "/epcisBody/queryResults/resultsBody/vocabularyList"
        },
    };
    check_documents(document, kEdits);
}

TEST(EpcisDocumentTest, RefusesWhatIsNoDocument) {
    struct Refusal {
        std::string_view text;
        std::string_view message;
    };

    constexpr std::array kRefusals = {
        Refusal{"[]", ": Write an EPCISDocument"},
        Refusal{"{}", "/type: "},
        Refusal{R"({"type": "Invoice"})", "/type: "},
        Refusal{R"({"type": ["EPCISDocument"]})", "/type: "},
        Refusal{R"({"type": "EPCISDocument"})", "/epcisBody: "},
        Refusal{R"({"type": "EPCISDocument", "epcisBody": []})", "/epcisBody/eventList: "},
        Refusal{
            R"({"type": "EPCISDocument", "epcisBody": {"eventList": {}}})", "/epcisBody/eventList: "
        },
        Refusal{
            R"({"type": "EPCISQueryDocument", "epcisBody": {"eventList": []}})",
            "/epcisBody/queryResults: "
        },
        Refusal{"{", "line 1, column 2: "},
    };
    for (const auto& [text, message] : kRefusals) {
        const Result<EpcisDocument> document = read_epcis(text, kImport);
        ASSERT_FALSE(document) << text;
        EXPECT_EQ(document.error().code(), ErrorCode::kInvalidArgument) << text;
        EXPECT_TRUE(document.error().message().starts_with(message)) << text << "\n"
                                                                     << document.error().message();
    }
    const EpcisOptions small{.accepts_query_documents = false, .limits = {.bytes_max = 10}};
    const Result<EpcisDocument> large = read_epcis(write_json(document_of({})), small);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code(), ErrorCode::kLimitExceeded);
}

TEST(EpcisDocumentTest, TakesTheLastOfTwoEventIdsAndRefusesOtherMembersOfOneName) {
    Json event = event_of(kAggregationEvent);
    event.set("eventID", Json::string("urn:uuid:second"));
    const std::string text = write_json(document_of({event}));
    std::string two_ids = text;
    two_ids.insert(text.find("\"eventID\""), R"("eventID":"urn:uuid:first",)");
    const EpcisDocument read = read_epcis(two_ids, {}).value();
    EXPECT_EQ(reasons_of(read), "");
    EXPECT_EQ(read.events.at(0).event.event_id, "urn:uuid:second");
    EXPECT_EQ(parse_json(read.events.at(0).payload).value(), event);
    std::string two_steps = text;
    two_steps.insert(text.find("\"bizStep\""), R"("bizStep":"nonsense",)");
    EXPECT_FALSE(read_epcis(two_steps, {}));
}

TEST(EpcisDocumentTest, ReadsTheContextOfAnEventToo) {
    Json event = edited(event_of(kAggregationEvent), "/more:note", "1");
    EXPECT_EQ(pointers_of(read_one(event)), "/epcisBody/eventList/0/more:note\n");
    event.set("@context", event_of(R"([{"more": "https://more.example.com/"}])"));
    EXPECT_EQ(reasons_of(read_one(event)), "");
    event.set("example:note", Json::integer(1));
    EXPECT_EQ(reasons_of(read_one(event)), "");
    event.set("@context", event_of(R"([5])"));
    EXPECT_EQ(pointers_of(read_one(event)), "/epcisBody/eventList/0/@context/0\n");
}

TEST(EpcisDocumentTest, BoundsPrefixesAndProblems) {
    Json prefixes = Json::object();
    for (std::size_t i = 0; i <= kPrefixesMax; ++i) {
        prefixes.set(format("p{}", i), Json::string(format("https://p{}.example.com/", i)));
    }
    Json document = document_of({event_of(kAggregationEvent)});
    document.set("@context", prefixes);
    EXPECT_EQ(pointers_of(read_epcis(write_json(document), {}).value()), "/@context\n");
    prefixes.erase("p0");
    document.set("@context", prefixes);
    EXPECT_EQ(pointers_of(read_epcis(write_json(document), {}).value()), "");

    const Json bad = edited(event_of(kAggregationEvent), "/action", "");
    const std::vector<Json> events(kProblemsMax + 5, bad);
    const EpcisDocument read = read_epcis(write_json(document_of(events)), {}).value();
    ASSERT_EQ(read.problems.size(), kProblemsMax);
    EXPECT_EQ(read.problems.back().reason, "6 more problems are not listed.");
    EXPECT_EQ(read.problems.back().pointer, "");
}

TEST(EpcisDocumentTest, EscapesPointersAndQuotesShortly) {
    Json event = event_of(kAggregationEvent);
    event.set("a/b~c", Json::integer(1));
    EXPECT_EQ(pointers_of(read_one(event)), "/epcisBody/eventList/0/a~1b~0c\n");
    const std::string long_step(500, 'x');
    const EpcisDocument read =
        read_one(edited(event_of(kAggregationEvent), "/bizStep", "\"" + long_step + "\""));
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_LT(read.problems[0].reason.size(), 300U);
}

}  // namespace
}  // namespace suyuan::codec
