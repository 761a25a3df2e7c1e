// SPDX-License-Identifier: Apache-2.0

#include "http/web_routes.h"

#include <algorithm>
#include <string>
#include <string_view>

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

Response serve(const Call& call, std::string_view name) {
    const WebFile* const file = find_web_file(name);
    if (file == nullptr) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kNoSuchRoute, {"没有此地址。", "There is nothing at this address."}
            )
        );
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

// A query string is the page's own business: links into it carry what was asked.
Response get_index(const Call& call) {
    return serve(call, "index.html");
}

Response get_web_file(const Call& call) {
    return serve(call, call.argument);
}

}  // namespace suyuan::http
