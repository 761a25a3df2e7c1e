// SPDX-License-Identifier: Apache-2.0

#include "http/epcis_headers.h"

#include <array>
#include <charconv>
#include <compare>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/format.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/reply.h"
#include "service/intake.h"

namespace suyuan::http {
namespace {

// Both EPCIS and CBV.
constexpr std::string_view kVersion = "2.0.0";
constexpr std::string_view kExtensions = "suyuan=https://ns.suyuan.example/epcis/";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kJsonLd = "application/ld+json";

// Major, minor, patch; what is not given is zero.
using Version = std::array<std::uint32_t, 3>;

std::optional<Version> parse_version(std::string_view text) noexcept {
    Version version{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::uint32_t& part : version) {
        const auto [stop, error] = std::from_chars(at, end, part);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        if (stop == end) {
            return version;
        }
        if (*stop != '.') {
            return std::nullopt;
        }
        at = std::next(stop);
    }
    return std::nullopt;
}

enum class Demand : std::uint8_t { kExactly, kAtLeast, kAtMost };

bool is_met(Demand demand, std::string_view text) noexcept {
    const auto version = parse_version(text);
    if (!version) {
        return false;
    }
    const auto order = *parse_version(kVersion) <=> *version;
    switch (demand) {
        case Demand::kExactly:
            return order == 0;
        case Demand::kAtLeast:
            return order >= 0;
        case Demand::kAtMost:
            return order <= 0;
    }
    return false;
}

constexpr std::array kDemands = {
    std::pair{"GS1-EPCIS-Version", Demand::kExactly},
    std::pair{"GS1-EPCIS-Min", Demand::kAtLeast},
    std::pair{"GS1-EPCIS-Max", Demand::kAtMost},
    std::pair{"GS1-CBV-Version", Demand::kExactly},
    std::pair{"GS1-CBV-Min", Demand::kAtLeast},
    std::pair{"GS1-CBV-Max", Demand::kAtMost},
};

}  // namespace

std::optional<Problem> check_epcis_demands(const Request& request) {
    for (const auto& [name, demand] : kDemands) {
        if (request.headers.has(name) && !is_met(demand, trimmed(request.headers.find(name)))) {
            return make_problem(
                ProblemKind::kNotAcceptable,
                {format("{} 与本服务的版本 {} 不符。", name, kVersion),
                 format("{} excludes version {}, the only one here.", name, kVersion)}
            );
        }
    }
    const std::string_view epcs = trimmed(request.headers.find("GS1-EPC-Format"));
    if (!epcs.empty() && epcs != "No_Preference" && epcs != "Never_Translates") {
        return make_problem(
            ProblemKind::kNotAcceptable,
            {"EPC 按提交时的写法返回：GS1-EPC-Format 只支持 Never_Translates 与 No_Preference。",
             "EPCs come back as submitted: GS1-EPC-Format may be Never_Translates or No_Preference."
            }
        );
    }
    if (!accepts(request, kJson) && !accepts(request, kJsonLd)) {
        return make_problem(
            ProblemKind::kNotAcceptable,
            {"只能以 application/json 或 application/ld+json 回答。",
             "Answers are application/json or application/ld+json."}
        );
    }
    return std::nullopt;
}

std::optional<Problem> check_epcis_body(const Request& request) {
    const std::string_view type = media_type(request.headers.find("Content-Type"));
    if (equals_ignoring_case(type, kJson) || equals_ignoring_case(type, kJsonLd)) {
        return std::nullopt;
    }
    return make_problem(
        ProblemKind::kUnsupportedMediaType,
        {"Content-Type 须为 application/json 或 application/ld+json。",
         "Content-Type must be application/json or application/ld+json."}
    );
}

std::optional<service::ErrorBehaviour> error_behaviour_of(const Request& request) {
    const std::string_view text = trimmed(request.headers.find("GS1-Capture-Error-Behaviour"));
    if (text.empty() || text == "rollback") {
        return service::ErrorBehaviour::kRollback;
    }
    if (text == "proceed") {
        return service::ErrorBehaviour::kProceed;
    }
    return std::nullopt;
}

void add_epcis_headers(Response& response) {
    response.headers.set("GS1-EPCIS-Version", kVersion);
    response.headers.set("GS1-CBV-Version", kVersion);
    response.headers.set("GS1-Extensions", kExtensions);
}

void add_discovery_headers(Response& response) {
    for (const std::string_view name :
         {"GS1-EPCIS-Min", "GS1-EPCIS-Max", "GS1-CBV-Min", "GS1-CBV-Max"}) {
        response.headers.set(name, kVersion);
    }
    response.headers.set("GS1-EPC-Format", "Never_Translates");
}

void add_capture_headers(Response& response, const Limits& limits) {
    response.headers.set("GS1-EPCIS-Capture-File-Size-Limit", std::to_string(limits.body_bytes));
    response.headers.set("GS1-Capture-Error-Behaviour", "all");
}

std::string_view epcis_media_type(const Request& request) noexcept {
    return accepts(request, kJson) ? kJson : kJsonLd;
}

}  // namespace suyuan::http
