// SPDX-License-Identifier: Apache-2.0

#include "http/reply.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "codec/json.h"
#include "http/message.h"
#include "http/problem.h"
#include "model/instant.h"

namespace suyuan::http {
namespace {

// "application/json" is in "application/json", "application/*" and "*/*".
bool covers(std::string_view range, std::string_view type) noexcept {
    if (range == "*/*" || equals_ignoring_case(range, type)) {
        return true;
    }
    return range.ends_with("/*") &&
           equals_ignoring_case(
               range.substr(0, range.size() - 1), type.substr(0, type.find('/') + 1)
           );
}

}  // namespace

Response json_response(const codec::Json& body) {
    return Response::of(200, "application/json; charset=utf-8", write_json(body));
}

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

codec::Json moment_or_null(model::MicrosUtc moment) {
    const bool is_open =
        moment == 0 || moment == model::kBeginningOfTime || moment == model::kEndOfTime;
    return is_open ? codec::Json() : moment_json(moment);
}

codec::Json texts_json(const std::vector<std::string>& values) {
    codec::Json list = codec::Json::array();
    for (const std::string& value : values) {
        list.push_back(codec::Json::string(value));
    }
    return list;
}

codec::Json moment_json(model::MicrosUtc moment) {
    return codec::Json::string(model::format_instant_millis(moment));
}

Response refuse(const Call& call, const Problem& problem) {
    return problem_response(problem, call.request);
}

Response refuse(const Call& call, const Error& error) {
    return refuse(call, problem_of(error));
}

std::string_view media_type(std::string_view text) noexcept {
    return trimmed(text.substr(0, std::min(text.find(';'), text.size())));
}

bool accepts(const Request& request, std::string_view type) noexcept {
    std::string_view list = trimmed(request.headers.find("Accept"));
    if (list.empty()) {
        return true;
    }
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const std::string_view element = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (covers(media_type(element), type) && quality_of(element) > 0) {
            return true;
        }
    }
    return false;
}

}  // namespace suyuan::http
