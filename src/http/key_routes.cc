// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "access/keys.h"
#include "base/result.h"
#include "codec/json.h"
#include "http/access_body.h"
#include "http/access_routes.h"
#include "http/gate.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/reply.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::http {
namespace {

using codec::Json;

constexpr std::string_view kIntegrator = "integrator";

Json key_json(const store::AccessKey& key) {
    Json row = Json::object();
    row.set("id", Json::string(key.id))
        .set("name", Json::string(key.name))
        .set("use", Json::string(access::to_string(key.use)))
        .set("role", Json::string(key.role))
        .set("operator", Json::string(key.operator_code))
        .set("actions", texts_json(key.actions))
        .set("addresses", texts_json(key.addresses))
        .set("created_at", moment_or_null(key.created_at))
        .set("expires_at", moment_or_null(key.expires_at))
        .set("revoked_at", moment_or_null(key.revoked_at));
    return row;
}

// Whose keys a caller has to do with: an operator's owner with the operator's.
bool is_theirs(const Call& call, const store::AccessKey& key) {
    return call.scope.sees_everything() || key.operator_code == call.scope.operator_code();
}

std::optional<store::KeyUse> use_named(std::string_view name) {
    constexpr std::array kUses = {
        store::KeyUse::kBearer, store::KeyUse::kHmacSha256, store::KeyUse::kHmacSm3
    };
    for (const store::KeyUse use : kUses) {
        if (access::to_string(use) == name) {
            return use;
        }
    }
    return std::nullopt;
}

Problem no_such_key() {
    return make_problem(ProblemKind::kNotFound, {"没有这个密钥。", "There is no such key in use."});
}

}  // namespace

Response get_keys(const Call& call) {
    ParameterReader parameters(call.query);
    std::string after = parameters.text("after");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    Json list = Json::array();
    std::size_t found = 0;
    while (true) {
        const auto page = call.gate.parts().store->list_keys(
            call.context, call.gate.authority(), after, kPageRowsMax
        );
        if (!page) {
            return refuse(call, page.error());
        }
        for (const store::AccessKey& key : *page) {
            after = key.id;
            if (is_theirs(call, key)) {
                list.push_back(key_json(key));
                if (++found == kPageRowsMax) {
                    break;
                }
            }
        }
        if (found == kPageRowsMax || page->size() < kPageRowsMax) {
            break;
        }
    }
    Json body = Json::object();
    body.set("keys", std::move(list));
    body.set("next", found == kPageRowsMax ? Json::string(after) : Json());
    return json_response(body);
}

Response post_key(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    auto read = BodyReader::read(call);
    if (const auto* problem = std::get_if<Problem>(&read)) {
        return refuse(call, *problem);
    }
    auto& body = std::get<BodyReader>(read);
    access::NewKey key;
    key.name = body.required_text("name");
    const auto use = use_named(body.required_text("use"));
    key.role = kIntegrator;
    key.actions = body.texts("actions");
    key.addresses = body.texts("addresses");
    key.days = body.number("days", key.days);
    const std::string wanted = call.scope.sees_everything() ? body.text("operator") : std::string();
    if (const auto problem = body.finish()) {
        return refuse(call, *problem);
    }
    if (!use) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kInvalidRequest,
                {"use 须为 bearer、hmac-sha256 或 hmac-sm3。",
                 "use is bearer, hmac-sha256 or hmac-sm3."}
            )
        );
    }
    key.use = *use;
    key.operator_code =
        call.scope.sees_everything() ? operator_named(wanted) : call.scope.operator_code();
    const auto issued =
        access::Keys(call.gate.parts()).create(call.context, call.gate.authority(), key);
    if (!issued) {
        return refuse(call, issued.error());
    }
    Json made = key_json(issued->key);
    made.set("secret", Json::string(issued->secret));
    Response response = json_response(made);
    response.status = 201;
    response.headers.add("Location", "/api/v1/keys/" + percent_encode(issued->key.id));
    return response;
}

Response delete_key(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto found =
        call.gate.parts().store->find_key(call.context, call.gate.authority(), call.argument);
    if (!found) {
        return refuse(call, found.error());
    }
    const std::optional<store::AccessKey>& key = *found;
    if (!key || !is_theirs(call, *key) || key->revoked_at != 0) {
        return refuse(call, no_such_key());
    }
    const auto done =
        access::Keys(call.gate.parts()).revoke(call.context, call.gate.authority(), call.argument);
    if (!done) {
        return refuse(call, done.error());
    }
    return no_content();
}

}  // namespace suyuan::http
