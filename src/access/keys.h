// SPDX-License-Identifier: Apache-2.0
//
// Keys of other systems: made, followed by others, taken back; and who comes with one.
//
// A bearer key is for development: it is taken from this machine alone. A key that signs shows its
// secret to nobody on the way; what it signed is good for five minutes and once.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/message_signature.h"
#include "access/parts.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::access {

struct NewKey {
    std::string name;
    store::KeyUse use = store::KeyUse::kBearer;
    std::string role;
    std::string operator_code = {};  // canonical
    std::string department = {};
    policy::RegionCode region = 0;
    std::vector<std::string> functions = {};
    std::vector<std::string> actions;         // what it may be used for; at least one
    std::vector<std::string> addresses = {};  // ranges that it may come from; empty: any
    std::int64_t days = 365;                  // 1 to 3,660
};

struct IssuedKey {
    store::AccessKey key;
    // Told once. A bearer's is what it sends; a signer's is base 64 of the bytes that it signs
    // with.
    std::string secret;
};

// Threads: any. Lifetime: that of the parts. Fails as the store, and with what each names.
class Keys {
public:
    // For a rotation: the one before and the one after.
    static constexpr std::size_t kLiveMax = 2;
    static constexpr std::int64_t kWindowSeconds = 300;
    // What was signed five minutes ahead of our clock is good for ten, and moments of whole seconds
    // are rounded twice.
    static constexpr std::int64_t kNonceKeptUs = 602'000'000;

    explicit Keys(const Parts& parts) : parts_(parts) {}

    // Fails with kInvalidArgument: words that the policy does not have, a role that does not come
    // by key, an address that is none.
    Result<IssuedKey> create(
        const policy::RequestContext& context, const policy::Scope& scope, const NewKey& key
    );

    // A key like this one with another id and secret, as long as this one was made for; this one
    // ends after `overlap_us`. Fails with kNotFound (none, or it cannot be used any more),
    // kLimitExceeded (both of its family are in use).
    Result<IssuedKey> rotate(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::int64_t overlap_us
    );

    // Effective on the next request. Fails with kNotFound.
    Status revoke(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    );

    // The key that somebody at `peer` (an address) comes with. Fail with kPermissionDenied, which
    // tells whoever comes nothing but that: why is in the error's origin alone.
    Result<store::AccessKey> by_bearer(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view token,
        std::string_view peer
    ) const;
    // Fails with kInvalidArgument as read_signature() does. The nonce counts as used only if all
    // else was right.
    Result<store::AccessKey> by_signature(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const SignedRequest& request,
        std::string_view peer
    ) const;

private:
    Result<IssuedKey> issue(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        store::AccessKey key,
        std::vector<store::AccessChange> changes,
        store::AuditEntry entry
    ) const;
    // That may be used now, from there, in this way.
    Result<store::AccessKey> usable(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::string_view peer
    ) const;

    Parts parts_;
};

[[nodiscard]] std::string_view to_string(store::KeyUse use) noexcept;

}  // namespace suyuan::access
