// SPDX-License-Identifier: Apache-2.0

#include "http/web_routes.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/web_files.h"

namespace suyuan::http {
namespace {

// If-None-Match, weakly compared (RFC 9110 section 13.1.2).
bool has_newest(const Request& request, std::string_view etag) noexcept {
    std::string_view list = request.headers.find("If-None-Match");
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        std::string_view tag = trimmed(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        if (tag.starts_with("W/")) {
            tag.remove_prefix(2);
        }
        if (tag == "*" || tag == etag) {
            return true;
        }
    }
    return false;
}

// A browser names HTML when a person opens an address; programs and scripts take anything.
bool asks_for_page(const Request& request) {
    std::string_view list = request.headers.find("Accept");
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const std::string_view element = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (equals_ignoring_case(media_type(element), "text/html") && quality_of(element) > 0) {
            return true;
        }
    }
    return false;
}

bool is_of_programs(std::string_view path) noexcept {
    return is_epcis_path(path) || path == "/api" || path.starts_with("/api/");
}

// Complete in itself: it must show whatever else is missing. Nothing of the request is in it.
constexpr std::string_view kNoSuchPageZh =
    R"(<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>没有此页 · 溯源</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<h1>没有此页</h1>
<p>这个地址下什么也没有，可能是链接过时，或地址有误。</p>
<p><a href="/">回到溯源首页</a></p>
</body>
</html>
)";

constexpr std::string_view kNoSuchPageEn =
    R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>No such page · Suyuan</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<h1>No such page</h1>
<p>There is nothing at this address: the link may be old, or the address mistyped.</p>
<p><a href="/">Go to Suyuan's start page</a></p>
</body>
</html>
)";

Response serve(const Call& call, std::string_view name) {
    const WebFile* const file = find_web_file(name);
    if (file == nullptr) {
        return refuse_address(call.request, {"没有此地址。", "There is nothing at this address."});
    }
    Response response = Response::of(200, file->content_type, std::string(file->bytes));
    if (has_newest(call.request, file->etag)) {
        response.status = 304;
        response.body.clear();
    }
    response.headers.add("ETag", file->etag);
    // Kept, but asked for every time: after an upgrade no browser shows an old page.
    response.headers.add("Cache-Control", "no-cache");
    return response;
}

}  // namespace

Response refuse_address(const Request& request, Text detail) {
    if (is_of_programs(request.path) || !asks_for_page(request)) {
        return problem_response(
            make_problem(ProblemKind::kNoSuchRoute, std::move(detail)), request
        );
    }
    const bool is_chinese = language_of(request) == Language::kChinese;
    Response response = Response::of(
        status_of(ProblemKind::kNoSuchRoute),
        "text/html; charset=utf-8",
        std::string(is_chinese ? kNoSuchPageZh : kNoSuchPageEn)
    );
    response.headers.add("Content-Language", is_chinese ? "zh" : "en");
    return response;
}

// A query string is the page's own business: links into it carry what was asked.
Response get_index(const Call& call) {
    return serve(call, "index.html");
}

Response get_web_file(const Call& call) {
    return serve(call, call.argument);
}

}  // namespace suyuan::http
