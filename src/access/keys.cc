// SPDX-License-Identifier: Apache-2.0

#include "access/keys.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/address_range.h"
#include "access/message_signature.h"
#include "access/parts.h"
#include "access/roles.h"
#include "access/tokens.h"
#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/base_encoding.h"
#include "crypto/keyed_digest.h"
#include "io/internet_address.h"
#include "model/instant.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

using policy::RequestContext;
using policy::Scope;
using store::AccessKey;
using store::KeyUse;

constexpr std::string_view kThing = "key";
constexpr std::string_view kBearerPrefix = "suyuan_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::int64_t kDaysMax = 3'660;

Failure refuse(std::string zh, std::string en) {
    return fail(ErrorCode::kInvalidArgument, Sentence{std::move(zh), std::move(en)});
}

// The same for every reason.
Failure turn_away(std::source_location where = std::source_location::current()) {
    return fail(
        ErrorCode::kPermissionDenied, Sentence{"密钥无效", "the key is not accepted"}, where
    );
}

std::string vault_place(std::string_view id) {
    return format("key|{}", id);
}

bool may_come_from(const AccessKey& key, const io::InternetAddress& peer) {
    return key.addresses.empty() ||
           std::ranges::any_of(key.addresses, [&](const std::string& text) {
               const auto range = parse_address_range(text);
               return range && range->contains(peer);
           });
}

bool is_bearers_hash(const AccessKey& key, std::string_view secret) {
    return crypto::equal_in_constant_time(key.secret, token_digest(secret));
}

Status check(const policy::Policy& policy, const NewKey& key) {
    SUYUAN_TRY(const policy::RoleId role, role_named(policy, key.role));
    if (!may_come_by(policy, role, policy::Authentication::kKey)) {
        return refuse(
            format("角色 {} 不能使用密钥", key.role), format("nobody comes by key as {}", key.role)
        );
    }
    SUYUAN_TRY_VOID(check_words(policy, key.department, key.functions, key.actions));
    if (key.actions.empty()) {
        return refuse("须写明密钥可以做什么", "say what the key may be used for");
    }
    for (const std::string& address : key.addresses) {
        if (!parse_address_range(address)) {
            return refuse(
                format("“{}”不是地址范围（如 10.0.0.0/8）", address),
                format("'{}' is no range of addresses (10.0.0.0/8)", address)
            );
        }
    }
    constexpr std::size_t kNameMax = 200;
    if (key.name.empty() || key.name.size() > kNameMax) {
        return refuse("密钥须有名称，最多 200 字节", "a key has a name, of 200 bytes at most");
    }
    if (key.days < 1 || key.days > kDaysMax) {
        return refuse(
            format("有效期须为 1 至 {} 天", kDaysMax), format("a key lives 1 to {} days", kDaysMax)
        );
    }
    return {};
}

}  // namespace

std::string_view to_string(KeyUse use) noexcept {
    switch (use) {
        case KeyUse::kBearer:
            return "bearer";
        case KeyUse::kHmacSha256:
            return "hmac-sha256";
        case KeyUse::kHmacSm3:
            return "hmac-sm3";
    }
    SUYUAN_UNREACHABLE();
}

// Draws the secret, seals or hashes it, and writes the key with the act.
Result<IssuedKey> Keys::issue(
    const RequestContext& context,
    const Scope& scope,
    AccessKey key,
    std::vector<store::AccessChange> changes,
    store::AuditEntry entry
) const {
    IssuedKey issued;
    if (key.use == KeyUse::kBearer) {
        const std::string token = new_token(*parts_.randomness);
        key.secret = token_digest(token);
        issued.secret = format("{}{}_{}", kBearerPrefix, key.id, token);
    } else {
        const std::string secret = random_bytes(kSecretBytes, *parts_.randomness);
        key.secret = parts_.vault->seal(vault_place(key.id), secret);
        issued.secret = crypto::to_base64(secret);
    }
    entry.named = key.id;
    entry.detail += format("{} {}", to_string(key.use), key.role);
    changes.emplace_back(store::AddKey{.key = key, .live_max = kLiveMax});
    SUYUAN_TRY_VOID(parts_.store->act(context, scope, changes, entry).map([](auto) {}));
    issued.key = std::move(key);
    return issued;
}

Result<IssuedKey> Keys::create(
    const RequestContext& context, const Scope& scope, const NewKey& key
) {
    SUYUAN_TRY_VOID(check(*parts_.policy, key));
    const model::MicrosUtc now = parts_.clock->now_us();
    AccessKey made = {
        .id = new_id('k', *parts_.randomness),
        .family = new_id('f', *parts_.randomness),
        .name = key.name,
        .use = key.use,
        .role = key.role,
        .operator_code = key.operator_code,
        .department = key.department,
        .region = key.region,
        .functions = key.functions,
        .actions = key.actions,
        .addresses = key.addresses,
        .created_at = now,
        .expires_at = now + key.days * model::kMicrosPerDay,
    };
    return issue(
        context, scope, std::move(made), {}, entry_of(parts_, context, "key_create", kThing, "")
    );
}

Result<IssuedKey> Keys::rotate(
    const RequestContext& context, const Scope& scope, std::string_view id, std::int64_t overlap_us
) {
    SUYUAN_TRY(auto old, parts_.store->find_key(context, scope, id));
    const model::MicrosUtc now = parts_.clock->now_us();
    if (!old || old->revoked_at != 0 || old->expires_at <= now) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("没有可用的密钥“{}”", id), format("there is no key '{}' that is in use", id)
            }
        );
    }
    AccessKey made = *old;
    made.id = new_id('k', *parts_.randomness);
    made.created_at = now;
    made.expires_at = now + (old->expires_at - old->created_at);
    auto entry = entry_of(parts_, context, "key_rotate", kThing, "");
    entry.detail = format("{} → ", old->id);
    // The old one is counted as in use until its end, so that there are two and not three.
    std::vector<store::AccessChange> changes = {
        store::LimitKey{.key = old->id, .expires_at = now + overlap_us}
    };
    return issue(context, scope, std::move(made), std::move(changes), std::move(entry));
}

Status Keys::revoke(const RequestContext& context, const Scope& scope, std::string_view id) {
    const std::vector<store::AccessChange> changes = {
        store::RevokeKey{std::string(id), parts_.clock->now_us()}
    };
    const auto entry = entry_of(parts_, context, "key_revoke", kThing, id);
    return parts_.store->act(context, scope, changes, entry).map([](auto) {});
}

Result<AccessKey> Keys::usable(
    const RequestContext& context, const Scope& scope, std::string_view id, std::string_view peer
) const {
    const auto address = io::parse_internet_address(std::string(peer));
    SUYUAN_TRY(auto key, parts_.store->find_key(context, scope, id));
    if (!key || !address) {
        return turn_away();
    }
    const model::MicrosUtc now = parts_.clock->now_us();
    if (key->revoked_at != 0 || now < key->created_at || now >= key->expires_at) {
        return turn_away();
    }
    if (!may_come_from(*key, *address) ||
        (key->use == KeyUse::kBearer && !io::is_loopback(*address))) {
        return turn_away();
    }
    return *std::move(key);
}

Result<AccessKey> Keys::by_bearer(
    const RequestContext& context, const Scope& scope, std::string_view token, std::string_view peer
) const {
    const auto middle = token.rfind('_');
    if (!token.starts_with(kBearerPrefix) || middle < kBearerPrefix.size()) {
        return turn_away();
    }
    const std::string_view id = token.substr(kBearerPrefix.size(), middle - kBearerPrefix.size());
    SUYUAN_TRY(AccessKey key, usable(context, scope, id, peer));
    if (key.use != KeyUse::kBearer || !is_bearers_hash(key, token.substr(middle + 1))) {
        return turn_away();
    }
    return key;
}

Result<AccessKey> Keys::by_signature(
    const RequestContext& context,
    const Scope& scope,
    const SignedRequest& request,
    std::string_view peer
) const {
    SUYUAN_TRY(const Signature signature, read_signature(request));
    SUYUAN_TRY(AccessKey key, usable(context, scope, signature.key_id, peer));
    const KeyUse use =
        signature.hash == crypto::HashKind::kSm3 ? KeyUse::kHmacSm3 : KeyUse::kHmacSha256;
    if (key.use != use) {
        return turn_away();
    }
    SUYUAN_TRY(const std::string secret, parts_.vault->open(vault_place(key.id), key.secret));
    if (!is_signed_with(signature, secret)) {
        return turn_away();
    }
    const model::MicrosUtc now = parts_.clock->now_us();
    const std::int64_t seconds = now / model::kMicrosPerSecond;
    if (signature.created < seconds - kWindowSeconds ||
        signature.created > seconds + kWindowSeconds) {
        return turn_away();
    }
    const store::UseNonce nonce = {
        .key = key.id,
        .digest = token_digest(signature.nonce),
        .at = now,
        .kept_us = kNonceKeptUs,
    };
    if (auto used = parts_.store->note(context, scope, nonce); !used) {
        return used.error().code() == ErrorCode::kConflict ? turn_away()
                                                           : Failure(std::move(used).error());
    }
    return key;
}

}  // namespace suyuan::access
