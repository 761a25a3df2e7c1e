// SPDX-License-Identifier: Apache-2.0

#include "http/message.h"

#include <cstddef>
#include <string_view>

#include <gtest/gtest.h>

#include "http/reply.h"

namespace suyuan::http {
namespace {

TEST(SplitTargetTest, TakesTheThreeForms) {
    struct Row {
        std::string_view target;
        std::string_view path;
        std::string_view query;
        std::string_view authority;
    };

    for (const Row& row : {
             Row{"/", "/", "", ""},
             Row{"/a/b?c=d?e", "/a/b", "c=d?e", ""},
             Row{"/?", "/", "", ""},
             Row{"*", "*", "", ""},
             Row{"http://127.0.0.1:80/a?b", "/a", "b", "127.0.0.1:80"},
             Row{"HTTP://localhost", "/", "", "localhost"},
             Row{"http://localhost?q=1", "/", "q=1", "localhost"},
         }) {
        Request request;
        ASSERT_TRUE(split_target(row.target, request)) << row.target;
        EXPECT_EQ(request.path, row.path) << row.target;
        EXPECT_EQ(request.query, row.query) << row.target;
        EXPECT_EQ(request.authority, row.authority) << row.target;
    }
}

TEST(SplitTargetTest, RefusesEverythingElse) {
    for (const std::string_view target :
         {"", "a", "http://", "http:///a", "https://localhost/", "*/", "//", "?a", "localhost:80"
         }) {
        Request request;
        const bool is_path = target == "//";  // a path with an empty segment; no route has one
        EXPECT_EQ(split_target(target, request), is_path) << target;
    }
}

TEST(HeadersTest, NamesHaveNoCase) {
    Headers headers;
    headers.add("Accept", "a");
    headers.add("ACCEPT", "b");
    EXPECT_EQ(headers.find("accept"), "a");
    EXPECT_TRUE(headers.has("aCCept"));
    EXPECT_FALSE(headers.has("Accept-Language"));
    headers.set("accept", "c");
    ASSERT_EQ(headers.all().size(), std::size_t{1});
    EXPECT_EQ(headers.find("Accept"), "c");
}

TEST(MethodTest, IsWrittenAsItIsRead) {
    using enum Method;
    for (const Method method : {kGet, kHead, kPost, kPut, kDelete, kOptions}) {
        EXPECT_EQ(parse_method(to_string(method)), method);
    }
    EXPECT_EQ(parse_method("get"), Method::kOther);
    EXPECT_EQ(parse_method("PATCH"), Method::kOther);
}

TEST(HttpDateTest, IsTheExampleOfTheStandard) {
    // RFC 9110 section 5.6.7.
    EXPECT_EQ(format_http_date(784'111'777'000'000), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(format_http_date(784'111'777'999'999), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(format_http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(AcceptTest, ReadsRangesAndQualities) {
    struct Row {
        std::string_view accept;
        bool is_accepted;
    };

    for (const Row& row : {
             Row{"", true},
             Row{"*/*", true},
             Row{"application/*", true},
             Row{"application/json", true},
             Row{"Application/JSON; charset=utf-8", true},
             Row{"text/html, application/json;q=0.1", true},
             Row{"application/json;q=0", false},
             Row{"application/json; q=0.000", false},
             Row{"text/*", false},
             Row{"application/jsonx", false},
             Row{"application/xml", false},
             Row{",,", false},
         }) {
        Request request;
        request.headers.add("Accept", row.accept);
        EXPECT_EQ(accepts(request, "application/json"), row.is_accepted) << row.accept;
    }
    EXPECT_TRUE(accepts(Request{}, "application/json"));
}

}  // namespace
}  // namespace suyuan::http
