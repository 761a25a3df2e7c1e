// SPDX-License-Identifier: Apache-2.0
//
// Who comes, whether they may, and what the trail says of it: the one place where a request becomes
// a subject of the policy. docs/decisions/0010-the-edge.md.

#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "access/keys.h"
#include "access/parts.h"
#include "access/sign_in.h"
#include "access/vault.h"
#include "base/error.h"
#include "base/result.h"
#include "http/message.h"
#include "http/problem.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::http {

// The name of the session's cookie; a browser keeps one of this prefix to this host alone, and
// sends it over TLS or to this machine only.
inline constexpr std::string_view kSessionCookie = "__Host-suyuan";

enum class Came : std::uint8_t {
    kNobody,   // without anything that says who
    kLocal,    // on this machine, while the store has no account
    kSession,  // with the cookie of a session
    kKey,      // with a key
};

// Who makes a request.
struct Caller {
    Came came = Came::kNobody;
    policy::Party party;
    std::string organisation;                // operator code or department
    std::string token;                       // of kSession
    std::optional<access::Visitor> visitor;  // likewise
};

// Whoever has a session.
[[nodiscard]] Caller caller_of(access::Visitor visitor, std::string_view token);

// What an answer shows of others: filled by its handler, told to the trail before it is sent.
struct Look {
    std::vector<std::string> owners;  // operator codes; may repeat
    // What a file that leaves bears: who took it, when and why. Empty: the policy asks for none.
    Sentence mark;
    std::string asked;  // what was looked for, where the trail tells that too
};

// Threads: any. Lifetime: store, clock and randomness outlive it.
class Gate {
public:
    struct World {
        store::AccessStore* store = nullptr;
        const io::Clock* clock = nullptr;
        io::Randomness* randomness = nullptr;
    };

    // By the product's policy. Fails as access::Vault::open() in the store's directory.
    static Result<std::unique_ptr<Gate>> open(
        const World& world, const std::filesystem::path& directory
    );

    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    Gate(Gate&&) = delete;
    Gate& operator=(Gate&&) = delete;
    ~Gate() = default;

    [[nodiscard]] const access::Parts& parts() const noexcept { return parts_; }

    [[nodiscard]] const access::SignIn& sign_in() const noexcept { return *sign_in_; }

    [[nodiscard]] const policy::Policy& policy() const noexcept { return *parts_.policy; }

    // What the gate itself reads and writes with; never given to a handler of business data.
    [[nodiscard]] const policy::Scope& authority() const noexcept { return authority_; }

    // Somebody who can sign in and give rights to others: the server may leave this machine.
    [[nodiscard]] Result<bool> has_administrator() const;

    // Credentials that are wrong are a problem, none at all is kNobody.
    [[nodiscard]] std::variant<Caller, Problem> identify(
        const Request& request, const policy::RequestContext& context
    ) const;

    // What they may do here. The problem says what they could do about it, never what there is.
    [[nodiscard]] std::variant<policy::Admission, Problem> admit(
        const Caller& caller, const policy::Need& need, const Request& request
    ) const;

    // A row of the trail: what the caller does with which right.
    [[nodiscard]] store::AuditEntry entry_of(
        const Caller& caller,
        const policy::RequestContext& context,
        const policy::Need& need,
        const policy::Admission& admission,
        const Request& request
    ) const;
    // What a file bears that leaves by such a row.
    [[nodiscard]] Sentence mark_of(const store::AuditEntry& entry) const;
    [[nodiscard]] Status record(
        const policy::RequestContext& context, const store::AuditEntry& entry
    ) const;
    // That they were refused.
    [[nodiscard]] Status record_denial(
        const Caller& caller,
        const policy::RequestContext& context,
        const policy::Need& need,
        std::string_view named
    ) const;

private:
    Gate(const World& world, access::Vault vault);

    [[nodiscard]] Result<bool> has_accounts(const policy::RequestContext& context) const;
    [[nodiscard]] std::variant<Caller, Problem> by_session(
        const Request& request, const policy::RequestContext& context, std::string_view token
    ) const;
    [[nodiscard]] std::variant<Caller, Problem> by_key(
        const Request& request, const policy::RequestContext& context
    ) const;

    access::Vault vault_;
    access::Parts parts_;
    policy::Scope authority_;
    std::unique_ptr<access::SignIn> sign_in_;
    mutable std::atomic<bool> has_accounts_ = false;  // once there is one there always is
};

// The cookie that makes a browser forget its session.
[[nodiscard]] std::string dead_cookie();
[[nodiscard]] std::string session_cookie(std::string_view token);

// "Sign in": what whoever shows nothing, or nothing that counts, is told.
[[nodiscard]] Problem unauthenticated();

}  // namespace suyuan::http
