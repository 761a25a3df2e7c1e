// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "crypto/sha256.h"
#include "http/message.h"
#include "http/web_files.h"
#include "http/web_routes.h"

namespace suyuan::http {
namespace {

std::string read_source(std::string_view name) {
    std::ifstream stream(SUYUAN_CONSOLE_FILES "/" + std::string(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(WebFilesTest, HoldThePageByteForByte) {
    ASSERT_FALSE(web_files().empty());
    EXPECT_TRUE(std::ranges::is_sorted(web_files(), {}, &WebFile::name));
    for (const WebFile& file : web_files()) {
        EXPECT_EQ(file.bytes, read_source(file.name)) << file.name;
        EXPECT_EQ(file.etag, "\"" + crypto::to_hex(crypto::sha256(file.bytes)) + "\"") << file.name;
        EXPECT_EQ(find_web_file(file.name), &file);
    }
}

TEST(WebFilesTest, AreFoundByExactNameOnly) {
    const WebFile* const index = find_web_file("index.html");
    ASSERT_NE(index, nullptr);
    EXPECT_EQ(index->content_type, "text/html; charset=utf-8");
    for (const std::string_view name :
         {"", "index", "INDEX.HTML", "index.html.bak", "../index.html", "index.html/"}) {
        EXPECT_EQ(find_web_file(name), nullptr) << name;
    }
}

Request request_to(std::string_view path, std::string_view accept, std::string_view language = {}) {
    Request request;
    request.path = path;
    request.id = "5e7a1c2e-0000-4000-8000-000000000001";
    request.headers.add("Accept", accept);
    request.headers.add("Accept-Language", language);
    return request;
}

constexpr std::string_view kBrowser =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

TEST(NoSuchPageTest, ABrowserGetsAPageAndAProgramAProblem) {
    struct Row {
        std::string_view path;
        std::string_view accept;
        bool is_page = false;
    };

    for (const Row& row : {
             Row{"/nothing", kBrowser, true},
             Row{"/nothing/at/all", "TEXT/HTML ; q=0.5", true},
             Row{"/apis", kBrowser, true},
             Row{"/nothing", ""},
             Row{"/nothing", "*/*"},
             Row{"/nothing", "text/*"},
             Row{"/nothing", "application/json"},
             Row{"/nothing", "application/json, text/html;q=0"},
             Row{"/api", kBrowser},
             Row{"/api/v1/nothing", kBrowser},
             Row{"/epcis", kBrowser},
             Row{"/epcis/nothing", kBrowser},
         }) {
        const Response response =
            refuse_address(request_to(row.path, row.accept), {"没有此地址。", "Nothing here."});
        EXPECT_EQ(response.status, 404) << row.path;
        EXPECT_EQ(
            response.headers.find("Content-Type"),
            row.is_page ? "text/html; charset=utf-8" : "application/problem+json; charset=utf-8"
        ) << row.path
          << " " << row.accept;
    }
}

TEST(NoSuchPageTest, ThePageIsInTheReadersLanguageAndLeadsBack) {
    const Response chinese = refuse_address(request_to("/nothing", kBrowser, "zh-CN"), {});
    EXPECT_EQ(chinese.headers.find("Content-Language"), "zh");
    EXPECT_NE(chinese.body.find("<h1>没有此页</h1>"), std::string::npos);
    const Response english = refuse_address(request_to("/<b>x</b>", kBrowser, "en"), {});
    EXPECT_EQ(english.headers.find("Content-Language"), "en");
    EXPECT_NE(english.body.find("<h1>No such page</h1>"), std::string::npos);
    for (const Response& page : {chinese, english}) {
        EXPECT_NE(page.body.find("<a href=\"/\">"), std::string::npos);
        // The content security policy runs nothing that stands within.
        EXPECT_EQ(page.body.find("<style"), std::string::npos);
        EXPECT_EQ(page.body.find("<script"), std::string::npos);
        EXPECT_EQ(page.body.find("<b>"), std::string::npos);
    }
}

}  // namespace
}  // namespace suyuan::http
