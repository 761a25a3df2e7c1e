// SPDX-License-Identifier: Apache-2.0
//
// Requests and responses as plain values, free of sockets and of any library.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/byte_source.h"

namespace suyuan::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kDelete, kOptions, kOther };

[[nodiscard]] Method parse_method(std::string_view text) noexcept;
[[nodiscard]] std::string_view to_string(Method method) noexcept;

struct Header {
    std::string name;
    std::string value;
};

class Headers {
public:
    // Appends; a name may occur more than once.
    void add(std::string_view name, std::string_view value);
    // Replaces every occurrence.
    void set(std::string_view name, std::string_view value);

    // The first of that name, case-insensitively; empty if there is none.
    [[nodiscard]] std::string_view find(std::string_view name) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept;

    [[nodiscard]] const std::vector<Header>& all() const noexcept { return rows_; }

private:
    std::vector<Header> rows_;
};

struct Request {
    Method method = Method::kGet;
    std::string method_text;  // as sent
    std::string path;         // before "?", still percent-encoded; starts with "/", or is "*"
    std::string query;        // after "?", still percent-encoded
    std::string authority;    // of a target in absolute form; empty otherwise
    Headers headers;
    std::string body;
    std::string peer;  // address of the socket's other end
    std::string id;    // ours; in the answer, in problems and in the access log
};

// Splits "/a?b", "http://host/a?b" or "*" into path, query and authority. False: none of these.
[[nodiscard]] bool split_target(std::string_view target, Request& request);

struct Response {
    int status = 200;
    Headers headers;
    std::string body;

    // Sent instead of `body`, in pieces: what need not be in memory as a whole. The thread of the
    // sockets reads it.
    std::shared_ptr<const codec::ByteSource> source;

    // Nothing is sent of the body, but Content-Length tells its size: answers to HEAD.
    bool is_bodyless = false;

    // Never sent: what an operator should read beside the line of the access log.
    std::string note;

    [[nodiscard]] static Response of(int status, std::string_view content_type, std::string body);

    [[nodiscard]] std::uint64_t body_bytes() const noexcept {
        return source ? source->size() : body.size();
    }
};

// Compares header names and tokens.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

// The q of one element of an Accept header in thousandths; 1000 if it gives none.
[[nodiscard]] int quality_of(std::string_view element) noexcept;

// "Mon, 05 Jan 2026 08:00:00 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string format_http_date(std::int64_t moment_us);

}  // namespace suyuan::http
