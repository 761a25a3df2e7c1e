// SPDX-License-Identifier: Apache-2.0
//
// Goal: a document that goes in by HTTP comes out in every answer, and what cannot be answered says
// why. Method: a platform in a directory of its own behind a real server, a small story, the client
// of http/client.h.

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "codec/byte_source.h"
#include "codec/json.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "http/client.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/query.h"
#include "http/routes.h"
#include "http/server.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "service/platform.h"

namespace suyuan::http {
namespace {

using codec::Json;

constexpr std::string_view kFarm = "https://id.gs1.org/414/6901234000016";
constexpr std::string_view kShop = "https://id.gs1.org/414/6901234000023";
constexpr std::string_view kLot = "https://id.gs1.org/01/06901234567892/10/L1";

// One lot is harvested at the farm, shipped and received at the shop.
std::string event_text(
    int number, std::string_view step, std::string_view action, std::string_view site
) {
    return format(
        R"({{"type":"ObjectEvent","eventID":"urn:uuid:00000000-0000-4000-8000-00000000000{}",)"
        R"("eventTime":"2026-01-0{}T08:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"{}",)"
        R"("bizStep":"{}","readPoint":{{"id":"{}"}},)"
        R"("quantityList":[{{"epcClass":"{}","quantity":10,"uom":"KGM"}}]}})",
        number,
        number,
        action,
        step,
        site,
        kLot
    );
}

std::string document_text(const std::vector<std::string>& events) {
    std::string list;
    for (const std::string& event : events) {
        list += (list.empty() ? "" : ",") + event;
    }
    return format(
        R"({{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],)"
        R"("type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-09T00:00:00Z",)"
        R"("epcisBody":{{"eventList":[{}]}}}})",
        list
    );
}

Json json_of(const Response& response) {
    auto body = codec::parse_json(response.body);
    EXPECT_TRUE(body) << response.body;
    return body.value_or(Json());
}

const Json& at(const Json& json, const std::vector<std::string_view>& path) {
    static const Json kNothing;
    const Json* found = &json;
    for (const std::string_view name : path) {
        found = found == nullptr ? nullptr : found->find(name);
    }
    EXPECT_NE(found, nullptr) << write_json(json);
    return found == nullptr ? kNothing : *found;
}

std::string text_at(const Json& json, const std::vector<std::string_view>& path) {
    const Json& found = at(json, path);
    return found.is_string() || found.is_number() ? found.text() : std::string();
}

const std::vector<Json>& items_at(const Json& json, const std::vector<std::string_view>& path) {
    static const std::vector<Json> kNone;
    const Json& found = at(json, path);
    return found.is_array() ? found.items() : kNone;
}

bool flag_at(const Json& json, const std::vector<std::string_view>& path) {
    const Json& found = at(json, path);
    return found.is_bool() && found.as_bool();
}

class HttpApiTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        directory_ = std::filesystem::path(::testing::TempDir()) /
                     format("suyuan-http-{}-{}", test->name(), clock_.monotonic_us());
        service::PlatformOptions options;
        options.directory = directory_;
        options.creation = service::Creation::kCreateIfMissing;
        options.clock = &clock_;
        options.randomness = &randomness_;
        auto platform = service::Platform::open(std::move(options));
        ASSERT_TRUE(platform) << platform.error().message();
        platform_ = *std::move(platform);
        ASSERT_TRUE(platform_->start_background());
        ServerOptions server_options;
        server_options.port = 0;
        auto gate = Gate::open(
            {.store = &platform_->store().access(), .clock = &clock_, .randomness = &randomness_},
            directory_
        );
        ASSERT_TRUE(gate) << gate.error().message();
        gate_ = *std::move(gate);
        auto server = Server::start(*platform_, *gate_, server_options);
        ASSERT_TRUE(server) << server.error().message();
        server_ = *std::move(server);
    }

    void TearDown() override {
        server_.reset();
        gate_.reset();
        platform_.reset();
        std::filesystem::remove_all(directory_);
    }

    Response send(const Request& request) {
        const auto response = send_request(format("127.0.0.1:{}", server_->port()), request);
        EXPECT_TRUE(response) << response.error().message();
        return response.value_or(Response{});
    }

    Response ask(
        std::string_view method, std::string_view target, std::string_view language = "en"
    ) {
        Request request;
        request.method_text = method;
        EXPECT_TRUE(split_target(target, request)) << target;
        request.headers.add("Accept-Language", language);
        return send(request);
    }

    Response post(
        std::string_view path, std::string_view body, const std::vector<Header>& headers = {}
    ) {
        Request request;
        request.method_text = "POST";
        request.path = path;
        request.body = body;
        request.headers.add("Accept-Language", "en");
        request.headers.add("Content-Type", "application/json");
        for (const Header& header : headers) {
            request.headers.set(header.name, header.value);
        }
        return send(request);
    }

    // The job's document once it has finished.
    Json wait_for_job(const Response& accepted) {
        EXPECT_EQ(accepted.status, 202) << accepted.body;
        const std::string location(accepted.headers.find("Location"));
        for (int i = 0; i < 10'000; ++i) {
            Json job = json_of(ask("GET", location));
            if (!flag_at(job, {"running"})) {
                return job;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        ADD_FAILURE() << location << " keeps running";
        return {};
    }

    void capture_story() {
        const Json job = wait_for_job(post(
            "/epcis/capture",
            document_text(
                {event_text(1, "commissioning", "ADD", kFarm),
                 event_text(2, "shipping", "OBSERVE", kFarm),
                 event_text(3, "receiving", "OBSERVE", kShop)}
            )
        ));
        ASSERT_TRUE(flag_at(job, {"success"})) << write_json(job);
        ASSERT_EQ(text_at(job, {"storedCount"}), "3");
    }

    // Until what is derived in the background (stock, search) has caught up.
    void wait_for_background() {
        for (int i = 0; i < 10'000; ++i) {
            const Json ready = json_of(ask("GET", "/readyz"));
            if (at(ready, {"stock_log_index"}) == at(ready, {"store_log_index"})) {
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        ADD_FAILURE() << "the stock ledger stays behind: " << ask("GET", "/readyz").body;
    }

    io::SystemClock clock_;
    io::SystemRandomness randomness_;
    std::filesystem::path directory_;
    std::unique_ptr<service::Platform> platform_;
    std::unique_ptr<Gate> gate_;
    std::unique_ptr<Server> server_;
};

TEST_F(HttpApiTest, ACapturedDocumentIsTraced) {
    capture_story();
    // From the farm only: without a place, every position of the lot is where the trace starts.
    const std::string question =
        "code=" + percent_encode(kLot) + "&site=" + percent_encode(kFarm) + "&direction=forward";
    const Json page = json_of(ask("GET", "/api/v1/trace?" + question));
    EXPECT_EQ(text_at(page, {"seed", "kind"}), "lot");
    const auto& positions = items_at(page, {"parts", "forward", "positions"});
    ASSERT_EQ(positions.size(), std::size_t{2});
    EXPECT_EQ(text_at(positions[0], {"site", "code"}), kFarm);
    EXPECT_EQ(text_at(positions[1], {"site", "code"}), kShop);
    EXPECT_EQ(text_at(items_at(positions[1], {"balances"})[0], {"on_hand"}), "10");

    const Json why = json_of(
        ask("GET",
            "/api/v1/trace/explain?" + question + "&position=" + text_at(positions[1], {"key"}) +
                "&cursor=" + percent_encode(text_at(page, {"page", "cursor"})))
    );
    ASSERT_EQ(items_at(why, {"steps"}).size(), std::size_t{1});
    EXPECT_EQ(text_at(items_at(why, {"steps"})[0], {"move", "kind"}), "shipment");

    const Response csv = ask("GET", "/api/v1/trace?" + question + "&format=csv");
    EXPECT_EQ(csv.headers.find("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_NE(csv.body.find(kShop), std::string::npos);
    const Response dot = ask("GET", "/api/v1/trace?" + question + "&format=dot");
    EXPECT_TRUE(dot.body.starts_with("digraph"));
}

TEST_F(HttpApiTest, AReportIsAWorkbookThatReadsBack) {
    capture_story();
    const std::string question = "/api/v1/trace/report?code=" + percent_encode(kLot);
    const Response pdf = ask("GET", question);
    EXPECT_EQ(pdf.headers.find("Content-Type"), "application/pdf");
    EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
    const Response xlsx = ask("GET", question + "&format=xlsx&language=en");
    ASSERT_EQ(xlsx.status, 200) << xlsx.body;
    auto reader = codec::XlsxReader::open(codec::source_of_bytes(xlsx.body)).value();
    ASSERT_TRUE(reader.select_sheet("Sites").has_value());
    std::vector<std::string> sites;
    while (const auto row = reader.next().value()) {
        sites.push_back(row->cells.at(2));
    }
    EXPECT_EQ(sites, (std::vector<std::string>{"Code", std::string(kFarm), std::string(kShop)}));
    ASSERT_TRUE(reader.select_sheet("Trace report").has_value());
    static_cast<void>(reader.next().value());
    const std::string number = reader.next().value()->cells.at(1);
    EXPECT_NE(xlsx.headers.find("Content-Disposition").find(number), std::string_view::npos);
}

TEST_F(HttpApiTest, EveryPageAboutAThingKnowsIt) {
    capture_story();
    wait_for_background();
    const std::string lot = percent_encode(kLot);
    const std::string shop = percent_encode(kShop);
    const Json item = json_of(ask("GET", "/api/v1/lots/" + lot));
    EXPECT_EQ(text_at(item, {"item", "code"}), kLot);
    EXPECT_EQ(item, json_of(ask("GET", "/api/v1/items/" + lot)));
    ASSERT_EQ(items_at(item, {"positions"}).size(), std::size_t{2});
    const std::string key = text_at(items_at(item, {"positions"})[1], {"key"});
    EXPECT_EQ(text_at(json_of(ask("GET", "/api/v1/positions/" + key)), {"key"}), key);

    const Json site = json_of(ask("GET", "/api/v1/sites/" + shop));
    ASSERT_EQ(items_at(site, {"stock", "rows"}).size(), std::size_t{1});
    EXPECT_EQ(text_at(items_at(site, {"stock", "rows"})[0], {"amount"}), "10");
    const std::string owner = text_at(items_at(site, {"stock", "rows"})[0], {"owner", "code"});
    EXPECT_EQ(
        text_at(json_of(ask("GET", "/api/v1/operators/" + percent_encode(owner))), {"code"}), owner
    );

    const Json search = json_of(ask("GET", "/api/v1/search?q=" + lot));
    ASSERT_FALSE(items_at(search, {"hits"}).empty());
    EXPECT_EQ(text_at(items_at(search, {"hits"})[0], {"code"}), kLot);
    const Json resolution = json_of(ask("GET", "/api/v1/resolve?q=" + lot));
    EXPECT_EQ(text_at(items_at(resolution, {"readings"})[0], {"code"}), kLot);

    EXPECT_EQ(text_at(json_of(ask("GET", "/api/v1/stats")), {"events"}), "3");
    const auto& facts = items_at(item, {"facts", "rows"});
    const std::string record = text_at(facts[0], {"event", "record"});
    const Json version = json_of(ask("GET", "/api/v1/events/" + record));
    EXPECT_EQ(text_at(version, {"event", "type"}), "ObjectEvent");
    EXPECT_EQ(at(version, {"hash_id"}), at(facts[0], {"event", "hash_id"}));
}

TEST_F(HttpApiTest, EveryPathAnswersAndTellsItsMethods) {
    for (const Route& route : routes()) {
        std::string path(route.path);
        if (const auto open = path.find('{'); open != std::string::npos) {
            path.replace(open, path.find('}') - open + 1, "no-such-thing");
        }
        const Response options = ask("OPTIONS", path);
        EXPECT_EQ(options.status, 204) << path;
        EXPECT_EQ(options.headers.find("Allow"), allowed_methods(path)) << path;
        EXPECT_EQ(options.body, "") << path;
        const Response refused = ask("PATCH", path);
        EXPECT_EQ(refused.status, 405) << path;
        EXPECT_EQ(refused.headers.find("Allow"), allowed_methods(path)) << path;
        if (route.method == Method::kGet) {
            const Response got = ask("GET", path);
            const Response head = ask("HEAD", path);
            EXPECT_LT(got.status, 500) << path;
            EXPECT_EQ(head.status, got.status) << path;
            EXPECT_EQ(head.body, "") << path;
            EXPECT_EQ(head.headers.find("Content-Type"), got.headers.find("Content-Type")) << path;
            const bool is_page = route.operation == "getPage" || route.operation == "getPageFile";
            EXPECT_EQ(ask("GET", path + "?never=heard").status, is_page ? got.status : 400) << path;
        }
    }
    EXPECT_EQ(ask("GET", "/epcis/queries").status, 404);
    EXPECT_EQ(ask("GET", "/epcis/events/%ff").status, 400);
}

TEST_F(HttpApiTest, RollbackKeepsEverythingOutAndProceedTheBadOnesOnly) {
    const std::string document = document_text(
        {event_text(1, "commissioning", "ADD", kFarm),
         event_text(2, "no_such_step", "OBSERVE", kFarm)}
    );
    const Json rolled_back = wait_for_job(post("/epcis/capture", document));
    EXPECT_FALSE(flag_at(rolled_back, {"success"}));
    EXPECT_EQ(text_at(rolled_back, {"captureErrorBehaviour"}), "rollback");
    EXPECT_EQ(text_at(rolled_back, {"eventCount"}), "2");
    EXPECT_EQ(text_at(rolled_back, {"storedCount"}), "0");
    ASSERT_FALSE(items_at(rolled_back, {"errors"}).empty());
    const Json& error = items_at(rolled_back, {"errors"})[0];
    EXPECT_EQ(text_at(error, {"pointer"}), "/epcisBody/eventList/1/bizStep");
    EXPECT_EQ(text_at(error, {"type"}), "epcisException:ValidationException");

    const Json proceeded =
        wait_for_job(post("/epcis/capture", document, {{"GS1-Capture-Error-Behaviour", "proceed"}})
        );
    EXPECT_FALSE(flag_at(proceeded, {"success"}));
    EXPECT_EQ(text_at(proceeded, {"captureErrorBehaviour"}), "proceed");
    EXPECT_EQ(text_at(proceeded, {"storedCount"}), "1");

    EXPECT_EQ(
        post("/epcis/capture", document, {{"GS1-Capture-Error-Behaviour", "perhaps"}}).status, 400
    );
    EXPECT_EQ(ask("GET", "/epcis/capture/no-such-job").status, 404);
}

TEST_F(HttpApiTest, OneEventIsThereWhenTheAnswerComes) {
    const std::string event = event_text(1, "commissioning", "ADD", kFarm);
    const std::string context =
        R"({"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)";
    const std::string bare = context + event.substr(1);
    const Response created = post("/epcis/events", bare);
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(text_at(json_of(created), {"type"}), "ObjectEvent");
    const std::string location(created.headers.find("Location"));
    const Json found = json_of(ask("GET", location));
    ASSERT_EQ(
        items_at(found, {"epcisBody", "queryResults", "resultsBody", "eventList"}).size(), 1U
    );

    // The same again is the same; other content under the id is one more version.
    EXPECT_EQ(post("/epcis/events", bare).status, 201);
    std::string other = bare;
    other.replace(other.find("commissioning"), 13, "inspecting");
    const Response conflict = post("/epcis/events", other);
    EXPECT_EQ(conflict.status, 201);
    EXPECT_EQ(conflict.headers.find("Location"), location);
    EXPECT_NE(conflict.body.find("\"conflict\""), std::string::npos) << conflict.body;
    const Json versions = json_of(ask("GET", location));
    EXPECT_EQ(
        items_at(versions, {"epcisBody", "queryResults", "resultsBody", "eventList"}).size(), 2U
    );

    const std::string hash = text_at(json_of(created), {"suyuan:hashId"});
    EXPECT_EQ(ask("GET", "/epcis/events/" + percent_encode(hash)).status, 200);
}

TEST_F(HttpApiTest, AKeyMakesARepetitionHarmless) {
    const std::string first = document_text({event_text(1, "commissioning", "ADD", kFarm)});
    const std::string second = document_text({event_text(2, "shipping", "OBSERVE", kFarm)});
    const std::vector<Header> key = {{"Idempotency-Key", "batch-17"}};
    EXPECT_TRUE(flag_at(wait_for_job(post("/epcis/capture", first, key)), {"success"}));
    EXPECT_TRUE(flag_at(wait_for_job(post("/epcis/capture", first, key)), {"success"}));
    EXPECT_FALSE(flag_at(wait_for_job(post("/epcis/capture", second, key)), {"success"}));
    EXPECT_EQ(text_at(json_of(ask("GET", "/api/v1/stats")), {"events"}), "1");
    EXPECT_EQ(
        post("/epcis/capture", first, {{"Idempotency-Key", std::string(201, 'k')}}).status, 400
    );
}

TEST_F(HttpApiTest, ImportReadsWhatQueriesAnswerAndCaptureDoesNot) {
    capture_story();
    const Response events = ask("GET", "/epcis/events");
    const Response refused = post("/epcis/capture", events.body);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(text_at(json_of(refused), {"type"}), "epcisException:ValidationException");
    const Json job = wait_for_job(post("/api/v1/import", events.body));
    EXPECT_TRUE(flag_at(job, {"success"})) << write_json(job);
    EXPECT_EQ(text_at(job, {"storedCount"}), "0") << "our own events came back as new ones";
}

TEST_F(HttpApiTest, ProblemsNameThePlaceInTheCallersLanguage) {
    const Response no_json = post("/epcis/capture", "{\"type\":");
    EXPECT_EQ(no_json.status, 400);
    const Response bad_event = post(
        "/epcis/events",
        R"({"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent"})"
    );
    EXPECT_EQ(bad_event.status, 400);
    ASSERT_FALSE(items_at(json_of(bad_event), {"errors"}).empty()) << bad_event.body;
    EXPECT_TRUE(items_at(json_of(bad_event), {"errors"})[0].find("pointer"));

    const Response chinese = ask("GET", "/api/v1/trace?direction=sideways", "zh-CN");
    EXPECT_EQ(chinese.status, 400);
    EXPECT_EQ(chinese.headers.find("Content-Language"), "zh");
    EXPECT_EQ(items_at(json_of(chinese), {"errors"}).size(), std::size_t{2});
    EXPECT_EQ(text_at(json_of(chinese), {"title"}), "参数值有误");
    const Response english = ask("GET", "/api/v1/trace?direction=sideways");
    EXPECT_EQ(text_at(json_of(english), {"title"}), "Bad parameter value");

    const Response unknown = ask("GET", "/api/v1/trace?code=nothing-bears-this");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_NE(text_at(json_of(unknown), {"detail"}).find("nothing-bears-this"), std::string::npos);
}

TEST_F(HttpApiTest, ThePageComesWithItsTagAndIsNotSentTwice) {
    const Response page = ask("GET", "/?q=L1");
    ASSERT_EQ(page.status, 200);
    EXPECT_EQ(page.headers.find("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.find("Cache-Control"), "no-cache");
    EXPECT_EQ(ask("GET", "/index.html").body, page.body);
    EXPECT_EQ(ask("GET", "/no-such-file.js").status, 404);
    Request request;
    request.method_text = "GET";
    request.path = "/";
    request.headers.add("If-None-Match", "\"other\", W/" + std::string(page.headers.find("ETag")));
    const Response same = send(request);
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.headers.find("ETag"), page.headers.find("ETag"));
}

}  // namespace
}  // namespace suyuan::http
