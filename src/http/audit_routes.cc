// SPDX-License-Identifier: Apache-2.0

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "access/audit.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "crypto/base_encoding.h"
#include "http/access_routes.h"
#include "http/gate.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/reply.h"
#include "model/instant.h"
#include "service/tracing.h"
#include "store/access.h"

namespace suyuan::http {
namespace {

using codec::Json;

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && stop == text.data() + text.size() ? std::optional(number)
                                                                     : std::nullopt;
}

// Numbers of the trail's rows tell how much everybody does: an operator gets them sealed.
std::string place_of(std::string_view operator_code) {
    return format("looks|{}", operator_code);
}

std::optional<std::uint64_t> opened_cursor(
    const Call& call, std::string_view operator_code, std::string_view cursor
) {
    if (cursor.empty()) {
        return 0;
    }
    const auto sealed = crypto::from_base64(cursor);
    if (!sealed) {
        return std::nullopt;
    }
    const auto number = call.gate.parts().vault->open(place_of(operator_code), *sealed);
    return number ? number_of(*number) : std::nullopt;
}

Json outcome_json(const store::AuditEntry& entry) {
    return Json::string(entry.outcome == store::AuditOutcome::kDenied ? "denied" : "permitted");
}

Json audit_json(const store::AuditRow& row) {
    const store::AuditEntry& entry = row.entry;
    Json body = Json::object();
    body.set("number", Json::number(std::to_string(row.number)))
        .set("at", moment_json(row.at))
        .set("actor", Json::string(entry.actor))
        .set("role", Json::string(entry.role))
        .set("organisation", Json::string(entry.organisation))
        .set("act", Json::string(entry.act))
        .set("thing", Json::string(entry.thing))
        .set("named", Json::string(entry.named))
        .set("outcome", outcome_json(entry))
        .set("rule", Json::string(entry.rule))
        .set("policy", Json::string(entry.policy))
        .set("purpose", Json::string(entry.purpose))
        .set("case_number", Json::number(std::to_string(entry.case_number)))
        .set("fields", Json::string(entry.fields))
        .set("detail", Json::string(entry.detail))
        .set("owner_count", Json::number(std::to_string(row.owner_count)))
        .set("request", Json::string(row.request));
    return body;
}

// What the policy opens of a look to whom it was at: not who the person was.
Json look_json(const store::AuditRow& row) {
    const store::AuditEntry& entry = row.entry;
    Json body = Json::object();
    body.set("at", moment_json(row.at))
        .set("organisation", Json::string(entry.organisation))
        .set("role", Json::string(entry.role))
        .set("act", Json::string(entry.act))
        .set("thing", Json::string(entry.thing))
        .set("purpose", Json::string(entry.purpose))
        .set("fields", Json::string(entry.fields))
        .set("rule", Json::string(entry.rule));
    return body;
}

model::MicrosUtc moment_of(
    ParameterReader& parameters, std::string_view name, bool is_end, model::MicrosUtc otherwise
) {
    const std::string text = parameters.moment_text(name);
    if (text.empty()) {
        return otherwise;
    }
    const auto interval = service::parse_instant_or_day(name, text);
    if (!interval) {
        parameters.refuse(
            name, {"须为日期或时刻（RFC 3339）。", "must be a day or a moment (RFC 3339)."}
        );
        return otherwise;
    }
    return is_end ? interval->last + 1 : interval->first;
}

}  // namespace

Response get_audit(const Call& call) {
    ParameterReader parameters(call.query);
    store::AuditQuery query;
    query.actor = parameters.text("actor");
    query.act = parameters.text("act");
    query.named = parameters.text("named");
    query.owner = parameters.text("owner");
    query.from = moment_of(parameters, "from", false, query.from);
    query.until = moment_of(parameters, "to", true, query.until);
    query.rows_max = parameters.count("perPage", {.otherwise = 100, .max = kPageRowsMax});
    const std::string cursor = parameters.text("cursor");
    const auto before = cursor.empty() ? std::optional<std::uint64_t>(0) : number_of(cursor);
    if (!before) {
        parameters.refuse("cursor", {"无效。", "is not one of ours."});
    }
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    query.before = before.value_or(0);
    // Of whoever has an account the gate tells the trail, with role, rule and purpose.
    const access::Parts& parts = call.gate.parts();
    const auto rows = call.caller.came == Came::kLocal
                          ? access::Audit(parts).search(call.context, call.gate.authority(), query)
                          : parts.store->search_audit(call.context, call.gate.authority(), query);
    if (!rows) {
        return refuse(call, rows.error());
    }
    call.look.asked = access::told_of(query, rows->size());
    Json list = Json::array();
    for (const store::AuditRow& row : *rows) {
        list.push_back(audit_json(row));
    }
    const bool has_more = rows->size() == query.rows_max;
    Json body = Json::object();
    body.set("rows", std::move(list));
    body.set("next", has_more ? Json::string(std::to_string(rows->back().number)) : Json());
    return json_response(body);
}

Response get_looks(const Call& call) {
    ParameterReader parameters(call.query);
    store::AuditQuery query;
    query.owner = call.context.principal().operator_code;
    query.from = moment_of(parameters, "from", false, query.from);
    query.until = moment_of(parameters, "to", true, query.until);
    query.rows_max = parameters.count("perPage", {.otherwise = 100, .max = kPageRowsMax});
    const auto before = opened_cursor(call, query.owner, parameters.text("cursor"));
    if (!before) {
        parameters.refuse("cursor", {"无效。", "is not one of ours."});
    }
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const access::Parts& parts = call.gate.parts();
    query.before = before.value_or(0);
    const auto rows = access::Audit(parts).looks_at(call.context, call.gate.authority(), query);
    if (!rows) {
        return refuse(call, rows.error());
    }
    Json list = Json::array();
    for (const store::AuditRow& row : *rows) {
        list.push_back(look_json(row));
    }
    Json body = Json::object();
    body.set("looks", std::move(list));
    body.set(
        "next",
        rows->size() == query.rows_max
            ? Json::string(crypto::to_base64(
                  parts.vault->seal(place_of(query.owner), std::to_string(rows->back().number))
              ))
            : Json()
    );
    return json_response(body);
}

}  // namespace suyuan::http
