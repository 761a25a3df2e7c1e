// SPDX-License-Identifier: Apache-2.0
//
// What goes wrong, as RFC 9457 problem details: one table from kind to status, type and titles, and
// one from ErrorCode to kind.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/message.h"

namespace suyuan::http {

enum class Language : std::uint8_t { kChinese, kEnglish };

// The better of the two by Accept-Language (RFC 9110 section 12.5.4); Chinese if it names neither.
[[nodiscard]] Language language_of(const Request& request) noexcept;

struct Text {
    std::string zh;
    std::string en;

    [[nodiscard]] const std::string& in(Language language) const noexcept {
        return language == Language::kChinese ? zh : en;
    }
};

enum class ProblemKind : std::uint8_t {
    kInvalidRequest,
    kUnknownParameter,
    kBadParameter,
    kValidation,  // of a document: `errors` holds JSON pointers
    kUnauthenticated,
    kCrossOrigin,
    kPermissionDenied,
    kNotScoped,      // permitted, but nobody can narrow this answer to what they may see yet
    kPurposeNeeded,  // permitted to whoever says why
    kReauthenticate,
    kPasswordChange,
    kNotFound,
    kNoSuchRoute,
    kMethodNotAllowed,
    kNotAcceptable,
    kConflict,
    kBodyTooLarge,
    kLimitExceeded,
    kTargetTooLong,
    kUnsupportedMediaType,
    kExpectationFailed,
    kForeignHost,
    kHeaderTooLarge,
    kInternal,
    kCorruption,
    kNotImplemented,
    kTooManyRequests,
    kBusy,
    kCancelled,
    kUnavailable,
};
inline constexpr ProblemKind kLastProblemKind = ProblemKind::kUnavailable;

[[nodiscard]] int status_of(ProblemKind kind) noexcept;
// The last part of the `type` URI: "unknown-parameter".
[[nodiscard]] std::string_view slug_of(ProblemKind kind) noexcept;
// The exception name of the EPCIS 2.0 REST binding: "epcisException:ValidationException".
[[nodiscard]] std::string_view epcis_type_of(ProblemKind kind) noexcept;
[[nodiscard]] ProblemKind kind_of(ErrorCode code) noexcept;

// One of several reasons. Either `pointer` (RFC 6901, into the request body) or `parameter` is set.
struct ProblemReason {
    std::string pointer;
    std::string parameter;
    Text detail;
};

struct Problem {
    ProblemKind kind = ProblemKind::kInternal;
    Text detail;
    std::vector<ProblemReason> errors;
    Headers headers;   // Allow, Retry-After, ...
    std::string note;  // Response::note
};

// Without a detail: a general sentence.
[[nodiscard]] Problem make_problem(ProblemKind kind, Text detail);

// What a client may know of a failure: the message where the client can mend it, a general sentence
// where only an operator can (they find the message in the log, by the request id).
[[nodiscard]] Problem problem_of(const Error& error);

// "/epcis" and all below it.
[[nodiscard]] bool is_epcis_path(std::string_view path) noexcept;

// Problems of EPCIS paths carry EPCIS types, all others ours.
[[nodiscard]] Response problem_response(const Problem& problem, const Request& request);

}  // namespace suyuan::http
