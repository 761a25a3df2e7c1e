// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "access/accounts.h"
#include "access/parts.h"
#include "access/sign_in.h"
#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"
#include "http/access_body.h"
#include "http/access_routes.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/routes.h"
#include "model/instant.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "store/access.h"
#include "store/hex.h"

namespace suyuan::http {
namespace {

using codec::Json;

// Tells a session apart without being it.
std::string id_of(const store::Session& session) {
    constexpr std::size_t kBytes = 8;
    return store::to_hex(std::string_view(session.token_digest).substr(0, kBytes));
}

Json roles_json(const policy::Policy& policy, const access::Visitor& visitor) {
    const auto& known = policy.content().roles;
    Json roles = Json::array();
    for (const policy::Subject& subject : visitor.subjects) {
        const auto place = static_cast<std::size_t>(subject.role);
        if (place < known.size()) {
            Json role = Json::object();
            role.set("name", Json::string(known[place].term.name))
                .set("zh", Json::string(known[place].term.zh))
                .set(
                    "region",
                    Json::string(subject.region == 0 ? "" : std::to_string(subject.region))
                );
            roles.push_back(std::move(role));
        }
    }
    return roles;
}

Json session_json(const Gate& gate, const Caller& caller) {
    constexpr std::array<std::string_view, 4> kWays = {"nobody", "local", "session", "key"};
    Json body = Json::object();
    body.set("came", Json::string(kWays.at(static_cast<std::size_t>(caller.came))));
    if (caller.visitor) {
        const access::Visitor& visitor = *caller.visitor;
        Json account = Json::object();
        account.set("name", Json::string(visitor.account.name))
            .set("kind", Json::string(access::to_string(visitor.account.kind)))
            .set("operator", Json::string(visitor.account.operator_code))
            .set("department", Json::string(visitor.account.department));
        body.set("account", std::move(account))
            .set("roles", roles_json(gate.policy(), visitor))
            .set("authentication", Json::string(policy::to_string(visitor.session.authentication)))
            .set("expires_at", moment_json(visitor.session.expires_at))
            .set("has_just_proved", Json::boolean(gate.sign_in().has_just_proved(visitor)))
            .set("must_change_password", Json::boolean(visitor.must_change_password));
    }
    Json operations = Json::array();
    for (const std::string_view operation : operations_open_to(gate, caller)) {
        operations.push_back(Json::string(operation));
    }
    body.set("operations", std::move(operations));
    return body;
}

// Of whoever just signed in: what they may do is known to the gate as of the next request.
Response signed_in(const Call& call, access::SignedIn done) {
    const Caller caller = caller_of(std::move(done.visitor), done.token);
    Response response = json_response(session_json(call.gate, caller));
    response.headers.add("Set-Cookie", session_cookie(done.token));
    return response;
}

Response refuse_proof(const Call& call, const Error& error) {
    if (error.code() != ErrorCode::kPermissionDenied) {
        return refuse(call, error);
    }
    Problem problem = unauthenticated();
    problem.detail = {error.message_zh(), error.message()};
    return refuse(call, problem);
}

std::optional<Response> refuse_parameters(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return std::nullopt;
}

// Calls `use` with the body's reader, which it has to finish().
template <typename Use>
Response with_body(const Call& call, const Use& use) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    auto body = BodyReader::read(call);
    if (const auto* problem = std::get_if<Problem>(&body)) {
        return refuse(call, *problem);
    }
    return use(std::get<BodyReader>(body));
}

access::Proof proof_in(BodyReader& body) {
    return {.password = body.required_text("password"), .code = body.text("code")};
}

}  // namespace

Response post_sign_in(const Call& call) {
    return with_body(call, [&](BodyReader& body) {
        const std::string name = body.required_text("name");
        const access::Proof proof = proof_in(body);
        if (const auto problem = body.finish()) {
            return refuse(call, *problem);
        }
        auto done = call.gate.sign_in().sign_in(call.context, call.gate.authority(), name, proof);
        return done ? signed_in(call, *std::move(done)) : refuse_proof(call, done.error());
    });
}

Response post_sign_out(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    const auto done =
        call.gate.sign_in().sign_out(call.context, call.gate.authority(), call.caller.token);
    if (!done) {
        return refuse_proof(call, done.error());
    }
    Response response = no_content();
    response.headers.add("Set-Cookie", dead_cookie());
    response.headers.add("Clear-Site-Data", R"("cache", "storage")");
    return response;
}

Response post_reauthentication(const Call& call) {
    return with_body(call, [&](BodyReader& body) {
        const access::Proof proof = proof_in(body);
        if (const auto problem = body.finish()) {
            return refuse(call, *problem);
        }
        auto done = call.gate.sign_in().reauthenticate(
            call.context, call.gate.authority(), call.caller.token, proof
        );
        return done ? signed_in(call, *std::move(done)) : refuse_proof(call, done.error());
    });
}

Response post_password(const Call& call) {
    return with_body(call, [&](BodyReader& body) {
        const access::Proof proof = proof_in(body);
        const std::string wanted = body.required_text("new_password");
        if (const auto problem = body.finish()) {
            return refuse(call, *problem);
        }
        auto done = call.gate.sign_in().change_password(
            call.context, call.gate.authority(), call.caller.token, proof, wanted
        );
        return done ? signed_in(call, *std::move(done)) : refuse_proof(call, done.error());
    });
}

Response get_session(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    return json_response(session_json(call.gate, call.caller));
}

Response get_sessions(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    if (!call.caller.visitor) {
        return refuse(call, unauthenticated());
    }
    const access::Parts& parts = call.gate.parts();
    const auto sessions = parts.store->sessions_of(
        call.context, call.gate.authority(), call.caller.visitor->account.id
    );
    if (!sessions) {
        return refuse(call, sessions.error());
    }
    const model::MicrosUtc now = parts.clock->now_us();
    Json list = Json::array();
    for (const store::Session& session : *sessions) {
        if (now >= session.expires_at || now >= session.seen_at + session.idle_us) {
            continue;
        }
        const bool is_this = session.token_digest == call.caller.visitor->session.token_digest;
        Json row = Json::object();
        row.set("id", Json::string(id_of(session)))
            .set("created_at", moment_json(session.created_at))
            .set("seen_at", moment_json(session.seen_at))
            .set("expires_at", moment_json(session.expires_at))
            .set("is_this", Json::boolean(is_this));
        list.push_back(std::move(row));
    }
    return json_response(Json::object().set("sessions", std::move(list)));
}

Response delete_session(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    if (!call.caller.visitor) {
        return refuse(call, unauthenticated());
    }
    const access::Parts& parts = call.gate.parts();
    const std::string& account = call.caller.visitor->account.id;
    const auto sessions = parts.store->sessions_of(call.context, call.gate.authority(), account);
    if (!sessions) {
        return refuse(call, sessions.error());
    }
    const auto found = std::ranges::find_if(*sessions, [&](const store::Session& session) {
        return id_of(session) == call.argument;
    });
    if (found == sessions->end()) {
        return refuse(
            call,
            make_problem(ProblemKind::kNotFound, {"没有这个会话。", "There is no such session."})
        );
    }
    const std::vector<store::AccessChange> changes = {store::EndSession{found->token_digest}};
    const auto entry = access::entry_of(parts, call.context, "session_end", "account", account);
    const auto done = parts.store->act(call.context, call.gate.authority(), changes, entry);
    if (!done) {
        return refuse(call, done.error());
    }
    return no_content();
}

}  // namespace suyuan::http
