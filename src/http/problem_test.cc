// SPDX-License-Identifier: Apache-2.0

#include "http/problem.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"
#include "codec/json.h"
#include "http/message.h"

namespace suyuan::http {
namespace {

codec::Json body_of(const Response& response) {
    auto body = codec::parse_json(response.body);
    EXPECT_TRUE(body) << response.body;
    return body.value_or(codec::Json());
}

Request request_to(std::string_view path, std::string_view language = {}) {
    Request request;
    request.path = path;
    request.id = "5e7a1c2e-0000-4000-8000-000000000001";
    if (!language.empty()) {
        request.headers.add("Accept-Language", language);
    }
    return request;
}

TEST(LanguageTest, FollowsTheCallersWish) {
    struct Row {
        std::string_view header;
        Language language;
    };

    for (const Row& row : {
             Row{"", Language::kChinese},
             Row{"*", Language::kChinese},
             Row{"zh", Language::kChinese},
             Row{"zh-CN,zh;q=0.9,en;q=0.8", Language::kChinese},
             Row{"en", Language::kEnglish},
             Row{"EN-us", Language::kEnglish},
             Row{"en-GB;q=0.9, zh;q=0.5", Language::kEnglish},
             Row{"en;q=0.5, zh;q=0.5", Language::kChinese},
             Row{"fr, de;q=0.9", Language::kChinese},
             Row{"fr, en;q=0.1", Language::kEnglish},
             Row{"english", Language::kChinese},
             Row{";;,,=", Language::kChinese},
         }) {
        EXPECT_EQ(language_of(request_to("/", row.header)), row.language) << row.header;
    }
}

TEST(ProblemTest, EveryKindHasItsOwnTypeAndAStatus) {
    std::set<std::string_view> slugs;
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(kLastProblemKind); ++i) {
        const auto kind = static_cast<ProblemKind>(i);
        EXPECT_TRUE(slugs.insert(slug_of(kind)).second) << slug_of(kind);
        EXPECT_GE(status_of(kind), 400) << slug_of(kind);
        EXPECT_LT(status_of(kind), 600) << slug_of(kind);
        EXPECT_TRUE(epcis_type_of(kind).starts_with("epcisException:")) << slug_of(kind);
        EXPECT_TRUE(epcis_type_of(kind).ends_with("Exception")) << slug_of(kind);
    }
}

TEST(ProblemTest, IsShapedAsRfc9457Says) {
    Problem problem = make_problem(ProblemKind::kBadParameter, {"坏", "bad"});
    problem.errors.push_back({.pointer = "", .parameter = "perPage", .detail = {"坏", "bad"}});
    problem.errors.push_back({.pointer = "/a/0", .parameter = "", .detail = {"错", "wrong"}});
    problem.headers.add("Retry-After", "1");
    problem.note = "for the log";

    const Response response = problem_response(problem, request_to("/api/v1/trace", "en"));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json; charset=utf-8");
    EXPECT_EQ(response.headers.find("Content-Language"), "en");
    EXPECT_EQ(response.headers.find("Retry-After"), "1");
    EXPECT_EQ(response.note, "for the log");
    EXPECT_EQ(
        response.body,
        R"({"type":"https://ns.suyuan.example/problems/bad-parameter","title":"Bad parameter value",)"
        R"("status":400,"detail":"bad","instance":"urn:uuid:5e7a1c2e-0000-4000-8000-000000000001",)"
        R"("errors":[{"parameter":"perPage","detail":"bad"},{"pointer":"/a/0","detail":"wrong"}]})"
    );
}

TEST(ProblemTest, SpeaksTheCallersLanguage) {
    const Problem problem = make_problem(ProblemKind::kNotFound, {"没有", "none"});
    const codec::Json chinese = body_of(problem_response(problem, request_to("/x", "zh-CN")));
    EXPECT_EQ(chinese.string_or("title"), "未找到");
    EXPECT_EQ(chinese.string_or("detail"), "没有");
    const codec::Json english = body_of(problem_response(problem, request_to("/x", "en")));
    EXPECT_EQ(english.string_or("title"), "Not found");
    EXPECT_EQ(english.string_or("detail"), "none");
}

TEST(ProblemTest, EndsASentenceOnce) {
    for (const std::string sentence : {"没有这次导入。", "没有这次导入"}) {
        const Error error(ErrorCode::kNotFound, Sentence{sentence, "no such import"});
        EXPECT_EQ(problem_of(error).detail.zh, "没有这次导入。");
    }
}

TEST(ProblemTest, EpcisPathsCarryTheStandardsTypes) {
    const Problem problem = make_problem(ProblemKind::kUnknownParameter, {"无", "none"});
    for (const std::string_view path : {"/epcis", "/epcis/events"}) {
        EXPECT_EQ(
            body_of(problem_response(problem, request_to(path))).string_or("type"),
            "epcisException:QueryParameterException"
        ) << path;
    }
    EXPECT_EQ(
        body_of(problem_response(problem, request_to("/epcisx"))).string_or("type"),
        "https://ns.suyuan.example/problems/unknown-parameter"
    );
}

TEST(ProblemTest, TellsClientsWhatTheyCanMendAndNoMore) {
    const std::string secret = "disk /var/lib/suyuan is full";
    for (const ErrorCode code :
         {ErrorCode::kUnavailable, ErrorCode::kCancelled, ErrorCode::kCorruption}) {
        const Problem problem = problem_of(Error(code, secret));
        const Response response = problem_response(problem, request_to("/", "en"));
        EXPECT_EQ(response.body.find(secret), std::string::npos) << to_string(code);
        EXPECT_FALSE(body_of(response).string_or("detail").empty()) << to_string(code);
        EXPECT_EQ(response.note, secret) << to_string(code);
    }
    for (const ErrorCode code :
         {ErrorCode::kInvalidArgument,
          ErrorCode::kNotFound,
          ErrorCode::kConflict,
          ErrorCode::kPermissionDenied,
          ErrorCode::kLimitExceeded}) {
        const Problem problem = problem_of(Error(code, "no lot bears this code"));
        EXPECT_EQ(problem.detail.en, "no lot bears this code") << to_string(code);
        EXPECT_NE(problem.detail.zh.find("（no lot bears this code）"), std::string::npos);
        EXPECT_TRUE(problem.note.empty());
    }
    EXPECT_EQ(status_of(kind_of(ErrorCode::kNotFound)), 404);
    EXPECT_EQ(status_of(kind_of(ErrorCode::kConflict)), 409);
    EXPECT_EQ(status_of(kind_of(ErrorCode::kUnavailable)), 503);
    EXPECT_EQ(status_of(kind_of(ErrorCode::kCorruption)), 500);
}

}  // namespace
}  // namespace suyuan::http
