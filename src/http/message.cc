// SPDX-License-Identifier: Apache-2.0

#include "http/message.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "model/instant.h"

namespace suyuan::http {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Method parse_method(std::string_view text) noexcept {
    using enum Method;
    for (const Method method : {kGet, kHead, kPost, kPut, kDelete, kOptions}) {
        if (text == to_string(method)) {
            return method;
        }
    }
    return Method::kOther;
}

std::string_view to_string(Method method) noexcept {
    switch (method) {
        case Method::kGet:
            return "GET";
        case Method::kHead:
            return "HEAD";
        case Method::kPost:
            return "POST";
        case Method::kPut:
            return "PUT";
        case Method::kDelete:
            return "DELETE";
        case Method::kOptions:
            return "OPTIONS";
        case Method::kOther:
            return "OTHER";
    }
    SUYUAN_UNREACHABLE();
}

int quality_of(std::string_view element) noexcept {
    const auto mark = element.find("q=");
    if (mark == std::string_view::npos) {
        return 1000;
    }
    int quality = 0;
    int weight = 1000;
    for (const char c : element.substr(mark + 2)) {
        if (c >= '0' && c <= '9') {
            quality += (c - '0') * weight;
            weight /= 10;
        } else if (c != '.') {
            break;
        }
    }
    return std::min(quality, 1000);
}

void Headers::add(std::string_view name, std::string_view value) {
    rows_.push_back({std::string(name), std::string(value)});
}

void Headers::set(std::string_view name, std::string_view value) {
    std::erase_if(rows_, [&](const Header& row) { return equals_ignoring_case(row.name, name); });
    add(name, value);
}

std::string_view Headers::find(std::string_view name) const noexcept {
    for (const Header& row : rows_) {
        if (equals_ignoring_case(row.name, name)) {
            return row.value;
        }
    }
    return {};
}

bool Headers::has(std::string_view name) const noexcept {
    return std::ranges::any_of(rows_, [&](const Header& row) {
        return equals_ignoring_case(row.name, name);
    });
}

bool split_target(std::string_view target, Request& request) {
    constexpr std::string_view kScheme = "http://";
    if (target.size() >= kScheme.size() &&
        equals_ignoring_case(target.substr(0, kScheme.size()), kScheme)) {
        target.remove_prefix(kScheme.size());
        const auto end = std::min(target.find_first_of("/?"), target.size());
        request.authority = target.substr(0, end);
        target.remove_prefix(end);
        if (request.authority.empty()) {
            return false;
        }
        if (target.empty() || target.front() == '?') {
            request.path = "/";
            request.query = target.empty() ? "" : target.substr(1);
            return true;
        }
    }
    if (target.empty() || (target.front() != '/' && target != "*")) {
        return false;
    }
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = mark == target.size() ? "" : target.substr(mark + 1);
    return true;
}

Response Response::of(int status, std::string_view content_type, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", content_type);
    response.body = std::move(body);
    return response;
}

std::string format_http_date(std::int64_t moment_us) {
    constexpr std::array<std::string_view, 7> kDays = {
        "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"
    };  // 1970-01-01 was a Thursday.
    constexpr std::array<std::string_view, 12> kMonths = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    // Rounded down to the second first: format_instant_millis() rounds half up.
    const std::int64_t moment = moment_us - (moment_us % model::kMicrosPerSecond);
    const std::string iso = model::format_instant_millis(moment);
    const std::string_view text = iso;
    const auto month = static_cast<std::size_t>(((text[5] - '0') * 10) + (text[6] - '0') - 1);
    const auto day = static_cast<std::size_t>((moment / model::kMicrosPerDay) % 7);
    SUYUAN_ASSERT(month < kMonths.size() && day < kDays.size());
    return format(
        "{}, {} {} {} {} GMT",
        kDays.at(day),
        text.substr(8, 2),
        kMonths.at(month),
        text.substr(0, 4),
        text.substr(11, 8)
    );
}

}  // namespace suyuan::http
