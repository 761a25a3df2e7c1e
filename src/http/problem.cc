// SPDX-License-Identifier: Apache-2.0

#include "http/problem.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "http/message.h"

namespace suyuan::http {
namespace {

using codec::Json;

struct Row {
    ProblemKind kind;
    int status;
    std::string_view slug;
    std::string_view epcis;
    std::string_view zh;
    std::string_view en;
};

constexpr std::string_view kValidation = "epcisException:ValidationException";
constexpr std::string_view kParameter = "epcisException:QueryParameterException";
constexpr std::string_view kSecurity = "epcisException:SecurityException";
constexpr std::string_view kNoSuchName = "epcisException:NoSuchNameException";
constexpr std::string_view kImplementation = "epcisException:ImplementationException";

using K = ProblemKind;

// In the order of ProblemKind: row() indexes it.
constexpr std::array kRows = {
    Row{K::kInvalidRequest, 400, "invalid-request", kValidation, "请求有误", "Invalid request"},
    Row{K::kUnknownParameter, 400, "unknown-parameter", kParameter, "未知参数", "Unknown parameter"
    },
    Row{K::kBadParameter, 400, "bad-parameter", kParameter, "参数值有误", "Bad parameter value"},
    Row{K::kValidation, 400, "validation", kValidation, "文件校验未通过", "Document refused"},
    Row{K::kUnauthenticated, 401, "unauthenticated", kSecurity, "未登录", "Not signed in"},
    Row{K::kCrossOrigin, 403, "cross-origin", kSecurity, "拒绝跨站写入", "Cross-site write refused"
    },
    Row{K::kPermissionDenied, 403, "permission-denied", kSecurity, "无权执行", "Not permitted"},
    Row{K::kNotScoped, 403, "not-scoped", kSecurity, "尚不能按权限限定", "Cannot be narrowed yet"},
    Row{K::kPurposeNeeded, 403, "purpose-needed", kSecurity, "须说明目的", "A purpose is needed"},
    Row{K::kReauthenticate,
        403,
        "reauthentication-needed",
        kSecurity,
        "须再次验证身份",
        "Prove again who you are"},
    Row{K::kPasswordChange,
        403,
        "password-change-needed",
        kSecurity,
        "须先修改密码",
        "Change the password first"},
    Row{K::kNotFound, 404, "not-found", kNoSuchName, "未找到", "Not found"},
    Row{K::kNoSuchRoute, 404, "no-such-route", kNoSuchName, "没有此地址", "No such address"},
    Row{K::kMethodNotAllowed, 405, "method", kImplementation, "不支持此方法", "Method not allowed"},
    Row{K::kNotAcceptable,
        406,
        "not-acceptable",
        "epcisException:NotAcceptableException",
        "无法按所要求的格式或版本回答",
        "Not available in the form asked for"},
    Row{K::kConflict,
        409,
        "conflict",
        "epcisException:ResourceAlreadyExistsException",
        "与已有内容冲突",
        "Conflict with what is there"},
    Row{K::kBodyTooLarge,
        413,
        "body-too-large",
        "epcisException:CaptureLimitExceededException",
        "请求内容过大",
        "Request body too large"},
    Row{K::kLimitExceeded,
        413,
        "limit-exceeded",
        "epcisException:QueryTooLargeException",
        "超出上限",
        "A limit was reached"},
    Row{K::kTargetTooLong,
        414,
        "target-too-long",
        "epcisException:URITooLongException",
        "请求地址过长",
        "Request target too long"},
    Row{K::kUnsupportedMediaType,
        415,
        "unsupported-media-type",
        "epcisException:UnsupportedMediaTypeException",
        "不支持的内容类型",
        "Unsupported media type"},
    Row{K::kExpectationFailed,
        417,
        "expectation",
        kImplementation,
        "无法满足 Expect",
        "Unknown Expect"},
    Row{K::kForeignHost,
        421,
        "foreign-host",
        kSecurity,
        "主机名不属于本服务",
        "Not this server's name"},
    Row{K::kHeaderTooLarge,
        431,
        "header-too-large",
        kImplementation,
        "请求头过大",
        "Header too large"},
    Row{K::kInternal, 500, "internal", kImplementation, "服务内部错误", "Internal error"},
    Row{K::kCorruption, 500, "corruption", kImplementation, "数据损坏", "Stored data is damaged"},
    Row{K::kNotImplemented, 501, "not-implemented", kImplementation, "不支持", "Not supported"},
    Row{K::kTooManyRequests,
        429,
        "too-many-requests",
        kImplementation,
        "请求过于频繁",
        "Too many requests"},
    Row{K::kBusy, 503, "busy", kImplementation, "服务繁忙，请稍后再试", "Busy, try again soon"},
    Row{K::kCancelled,
        503,
        "cancelled",
        kImplementation,
        "请求超时或已取消",
        "Timed out or cancelled"},
    Row{K::kUnavailable, 503, "unavailable", kImplementation, "暂时不可用", "Not available now"},
};

static_assert(kRows.size() == static_cast<std::size_t>(kLastProblemKind) + 1);
static_assert([] {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows.at(i).kind) != i) {
            return false;
        }
    }
    return true;
}());

const Row& row(ProblemKind kind) noexcept {
    const auto index = static_cast<std::size_t>(kind);
    SUYUAN_ASSERT(index < kRows.size());
    return kRows[index];  // NOLINT(cppcoreguidelines-pro-bounds-constant-array-index)
}

Text general_sentence(ProblemKind kind) {
    switch (kind) {
        case K::kCancelled:
            return {
                "请求在时限内没有完成，或客户端已断开。",
                "The request passed its deadline or its caller left."
            };
        case K::kUnavailable:
            return {"服务暂时不可用，请稍后重试。", "The service cannot answer now; retry later."};
        case K::kCorruption:
            return {
                "存储的数据与其格式不符，请联系管理员运行 suyuan verify。",
                "Stored data contradicts its format; ask the operator to run suyuan verify."
            };
        default:
            return {"服务内部出错，请联系管理员。", "The service failed; ask its operator."};
    }
}

Json reason_json(const ProblemReason& reason, Language language) {
    Json entry = Json::object();
    if (reason.parameter.empty()) {
        entry.set("pointer", Json::string(reason.pointer));
    } else {
        entry.set("parameter", Json::string(reason.parameter));
    }
    entry.set("detail", Json::string(reason.detail.in(language)));
    return entry;
}

// Ended by a full stop, whether or not whoever wrote it did.
std::string ended(std::string_view sentence) {
    constexpr std::string_view kStop = "。";
    return sentence.ends_with(kStop) ? std::string(sentence) : format("{}{}", sentence, kStop);
}

}  // namespace

Language language_of(const Request& request) noexcept {
    std::string_view list = request.headers.find("Accept-Language");
    int chinese = -1;
    int english = -1;
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const std::string_view element = trimmed(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        const auto mark = std::min(element.find(';'), element.size());
        const std::string_view range = trimmed(element.substr(0, mark));
        const std::string_view primary = range.substr(0, std::min(range.find('-'), range.size()));
        const int quality = quality_of(element.substr(mark));
        if (equals_ignoring_case(primary, "zh")) {
            chinese = std::max(chinese, quality);
        } else if (equals_ignoring_case(primary, "en")) {
            english = std::max(english, quality);
        }
    }
    return english > chinese ? Language::kEnglish : Language::kChinese;
}

int status_of(ProblemKind kind) noexcept {
    return row(kind).status;
}

std::string_view slug_of(ProblemKind kind) noexcept {
    return row(kind).slug;
}

std::string_view epcis_type_of(ProblemKind kind) noexcept {
    return row(kind).epcis;
}

ProblemKind kind_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::kInvalidArgument:
            return K::kInvalidRequest;
        case ErrorCode::kNotFound:
            return K::kNotFound;
        case ErrorCode::kConflict:
            return K::kConflict;
        case ErrorCode::kPermissionDenied:
            return K::kPermissionDenied;
        case ErrorCode::kLimitExceeded:
            return K::kLimitExceeded;
        case ErrorCode::kCancelled:
            return K::kCancelled;
        case ErrorCode::kUnavailable:
            return K::kUnavailable;
        case ErrorCode::kCorruption:
            return K::kCorruption;
    }
    SUYUAN_UNREACHABLE();
}

Problem make_problem(ProblemKind kind, Text detail) {
    Problem problem;
    problem.kind = kind;
    problem.detail = std::move(detail);
    return problem;
}

Problem problem_of(const Error& error) {
    Problem problem = make_problem(kind_of(error.code()), {});
    switch (problem.kind) {
        case K::kCancelled:
        case K::kUnavailable:
            problem.headers.add("Retry-After", "1");
            [[fallthrough]];
        case K::kCorruption:
            problem.note = error.message();
            break;
        default:
            // Where only English is known, a Chinese reader gets the title's sentence around it.
            problem.detail = {
                error.message_zh().empty()
                    ? format("{}（{}）。", row(problem.kind).zh, error.message())
                    : ended(error.message_zh()),
                error.message()
            };
    }
    return problem;
}

bool is_epcis_path(std::string_view path) noexcept {
    return path == "/epcis" || path.starts_with("/epcis/");
}

Response problem_response(const Problem& problem, const Request& request) {
    const Row& kind = row(problem.kind);
    const Language language = language_of(request);
    const bool is_epcis = is_epcis_path(request.path);
    Json body = Json::object();
    body.set(
        "type",
        Json::string(
            is_epcis ? std::string(kind.epcis)
                     : format("https://ns.suyuan.example/problems/{}", kind.slug)
        )
    );
    body.set("title", Json::string(language == Language::kChinese ? kind.zh : kind.en));
    body.set("status", Json::integer(kind.status));
    const Text detail = problem.detail.en.empty() ? general_sentence(problem.kind) : problem.detail;
    body.set("detail", Json::string(detail.in(language)));
    body.set("instance", Json::string("urn:uuid:" + request.id));
    if (!problem.errors.empty()) {
        Json errors = Json::array();
        for (const ProblemReason& reason : problem.errors) {
            errors.push_back(reason_json(reason, language));
        }
        body.set("errors", std::move(errors));
    }
    Response response =
        Response::of(kind.status, "application/problem+json; charset=utf-8", write_json(body));
    response.headers.add("Content-Language", language == Language::kChinese ? "zh" : "en");
    for (const Header& header : problem.headers.all()) {
        response.headers.set(header.name, header.value);
    }
    response.note = problem.note;
    return response;
}

}  // namespace suyuan::http
