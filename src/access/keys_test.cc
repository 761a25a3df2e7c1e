// SPDX-License-Identifier: Apache-2.0

#include "access/keys.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "access/access_testing.h"
#include "access/message_signature.h"
#include "base/error.h"
#include "base/format.h"
#include "crypto/base_encoding.h"
#include "crypto/keyed_digest.h"
#include "model/instant.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

constexpr std::string_view kHere = "127.0.0.1";
constexpr std::string_view kThere = "10.1.2.3";

// A GET without content, signed; keeps the texts that the request borrows.
struct SignedGet {
    SignedGet(const IssuedKey& issued, std::int64_t created, std::string_view nonce) {
        const bool is_sm3 = issued.key.use == store::KeyUse::kHmacSm3;
        const std::string parameters = format(
            R"(("@method" "@target-uri");created={};nonce="{:*<16}";keyid="{}";alg="{}")",
            created,
            nonce,
            issued.key.id,
            is_sm3 ? "hmac-sm3" : "hmac-sha256"
        );
        input = "s=" + parameters;
        const std::string base = format(
            "\"@method\": GET\n\"@target-uri\": {}\n\"@signature-params\": {}", target, parameters
        );
        const auto code = crypto::hmac(
            is_sm3 ? crypto::HashKind::kSm3 : crypto::HashKind::kSha256,
            crypto::from_base64(issued.secret).value_or(""),
            base
        );
        signature = format("s=:{}:", crypto::to_base64(crypto::bytes_of(code)));
    }

    [[nodiscard]] SignedRequest request() const {
        return {
            .method = "GET",
            .target_uri = target,
            .content_type = {},
            .content_digest = {},
            .content = {},
            .signature_input = input,
            .signature = signature,
        };
    }

    std::string target = "https://suyuan.example/api/v1/stats";
    std::string input;
    std::string signature;
};

class KeysTest : public AccessTest {
protected:
    static NewKey erp(store::KeyUse use) {
        return {
            .name = "ERP 接口",
            .use = use,
            .role = "integrator",
            .operator_code = "https://ns.suyuan.example/uscc/91110105MA00000000",
            .actions = {"capture", "read"},
        };
    }

    IssuedKey make(const NewKey& key) {
        auto issued = keys_.create(context_, scope_, key);
        EXPECT_TRUE(issued) << issued.error().message();
        return issued ? *std::move(issued) : IssuedKey();
    }

    bool bears(std::string_view token, std::string_view peer = kHere) {
        const auto found = keys_.by_bearer(context_, scope_, token, peer);
        if (!found) {
            EXPECT_EQ(found.error().code(), ErrorCode::kPermissionDenied);
        }
        return found.has_value();
    }

    [[nodiscard]] std::int64_t now() const { return clock_.now_us() / model::kMicrosPerSecond; }

    bool signs(const SignedGet& get, std::string_view peer = kThere) {
        const auto found = keys_.by_signature(context_, scope_, get.request(), peer);
        if (!found) {
            EXPECT_EQ(found.error().code(), ErrorCode::kPermissionDenied)
                << found.error().message();
        }
        return found.has_value();
    }

    Keys keys_{parts_};
};

TEST_F(KeysTest, ABearerComesFromThisMachineAlone) {
    const IssuedKey issued = make(erp(store::KeyUse::kBearer));
    EXPECT_TRUE(issued.secret.starts_with("suyuan_" + issued.key.id + "_"));
    EXPECT_EQ(issued.key.secret.find(issued.secret), std::string::npos);
    EXPECT_TRUE(bears(issued.secret));
    EXPECT_TRUE(bears(issued.secret, "::1"));
    for (const std::string_view peer :
         {kThere, std::string_view("2001:db8::1"), std::string_view(), std::string_view("localhost")
         }) {
        EXPECT_FALSE(bears(issued.secret, peer)) << peer;
    }
    const auto key = keys_.by_bearer(context_, scope_, issued.secret, kHere);
    EXPECT_EQ(key->name, "ERP 接口");
    EXPECT_EQ(key->actions, (std::vector<std::string>{"capture", "read"}));
}

TEST_F(KeysTest, NothingElseIsABearersToken) {
    const IssuedKey issued = make(erp(store::KeyUse::kBearer));
    const IssuedKey other = make(erp(store::KeyUse::kBearer));
    const IssuedKey signer = make(erp(store::KeyUse::kHmacSha256));
    std::string altered = issued.secret;
    altered.back() = altered.back() == 'a' ? 'b' : 'a';
    for (const std::string& token :
         {std::string(),
          std::string("suyuan_"),
          std::string("suyuan__"),
          altered,
          issued.secret + "a",
          issued.secret.substr(0, issued.secret.size() - 1),
          "suyuan_" + other.key.id + issued.secret.substr(issued.secret.rfind('_')),
          "suyuan_" + signer.key.id + "_" + signer.secret,
          "suyuan_' OR 1 = 1 --_" + issued.secret.substr(issued.secret.rfind('_') + 1)}) {
        EXPECT_FALSE(bears(token)) << token;
    }
}

TEST_F(KeysTest, ASignedRequestIsGoodOnceAndForFiveMinutes) {
    for (const auto use : {store::KeyUse::kHmacSha256, store::KeyUse::kHmacSm3}) {
        const IssuedKey issued = make(erp(use));
        const SignedGet get(issued, now(), "first");
        EXPECT_TRUE(signs(get));
        EXPECT_FALSE(signs(get));
        EXPECT_TRUE(signs(SignedGet(issued, now(), "second")));
        EXPECT_TRUE(signs(SignedGet(issued, now() - 300, "old")));
        EXPECT_FALSE(signs(SignedGet(issued, now() - 301, "too-old")));
        EXPECT_TRUE(signs(SignedGet(issued, now() + 300, "early")));
        EXPECT_FALSE(signs(SignedGet(issued, now() + 301, "too-early")));
    }
}

// Whatever moment one who listened chooses to send it again.
TEST_F(KeysTest, ARequestNeverComesASecondTime) {
    const IssuedKey issued = make(erp(store::KeyUse::kHmacSha256));
    clock_.advance(999'999);
    const SignedGet get(issued, now() + 300, "early");
    ASSERT_TRUE(signs(get));
    for (int half_seconds = 0; half_seconds < 1'220; ++half_seconds) {
        clock_.advance(500'000);
        ASSERT_FALSE(signs(get)) << half_seconds;
    }
}

TEST_F(KeysTest, ANonceIsUsedUpOnlyByItsOwner) {
    const IssuedKey issued = make(erp(store::KeyUse::kHmacSha256));
    IssuedKey forger = issued;
    forger.secret = crypto::to_base64("guess");
    EXPECT_FALSE(signs(SignedGet(forger, now(), "n")));
    EXPECT_TRUE(signs(SignedGet(issued, now(), "n")));
}

TEST_F(KeysTest, AKeySignsAsItWasMadeTo) {
    const IssuedKey sha = make(erp(store::KeyUse::kHmacSha256));
    IssuedKey pretends = sha;
    pretends.key.use = store::KeyUse::kHmacSm3;
    EXPECT_FALSE(signs(SignedGet(pretends, now(), "n")));
    IssuedKey unknown = sha;
    unknown.key.id = "k-nobody";
    EXPECT_FALSE(signs(SignedGet(unknown, now(), "n")));
    const IssuedKey bearer = make(erp(store::KeyUse::kBearer));
    EXPECT_FALSE(signs(SignedGet(bearer, now(), "n"), kHere));
}

TEST_F(KeysTest, AListOfAddressesIsKept) {
    NewKey key = erp(store::KeyUse::kHmacSha256);
    key.addresses = {"10.1.0.0/16", "2001:db8::/32"};
    const IssuedKey issued = make(key);
    EXPECT_TRUE(signs(SignedGet(issued, now(), "1"), "10.1.2.3"));
    EXPECT_TRUE(signs(SignedGet(issued, now(), "2"), "2001:db8::5"));
    EXPECT_FALSE(signs(SignedGet(issued, now(), "3"), "10.2.0.1"));
    EXPECT_FALSE(signs(SignedGet(issued, now(), "4"), "not an address"));
}

TEST_F(KeysTest, ARotationLeavesTimeToChangeOver) {
    const IssuedKey before = make(erp(store::KeyUse::kHmacSha256));
    clock_.advance(kMinute);
    const auto after = keys_.rotate(context_, scope_, before.key.id, 10 * kMinute);
    ASSERT_TRUE(after) << after.error().message();
    EXPECT_NE(after->key.id, before.key.id);
    EXPECT_NE(after->secret, before.secret);
    EXPECT_EQ(after->key.family, before.key.family);
    EXPECT_EQ(after->key.actions, before.key.actions);
    EXPECT_EQ(
        after->key.expires_at - after->key.created_at, before.key.expires_at - before.key.created_at
    );
    EXPECT_TRUE(signs(SignedGet(before, now(), "1")));
    EXPECT_TRUE(signs(SignedGet(*after, now(), "2")));
    const auto third = keys_.rotate(context_, scope_, after->key.id, 0);
    EXPECT_TRUE(third) << "the one in between ends at once";
    EXPECT_EQ(
        keys_.rotate(context_, scope_, third->key.id, kMinute).error().code(),
        ErrorCode::kLimitExceeded
    );
    clock_.advance(10 * kMinute);
    EXPECT_FALSE(signs(SignedGet(before, now(), "3")));
    EXPECT_FALSE(signs(SignedGet(*after, now(), "4")));
    EXPECT_TRUE(signs(SignedGet(*third, now(), "5")));
    EXPECT_EQ(
        keys_.rotate(context_, scope_, before.key.id, 0).error().code(), ErrorCode::kNotFound
    );
}

TEST_F(KeysTest, RevokedIsRevokedAtTheNextRequest) {
    const IssuedKey issued = make(erp(store::KeyUse::kBearer));
    ASSERT_TRUE(bears(issued.secret));
    ASSERT_TRUE(keys_.revoke(context_, scope_, issued.key.id));
    EXPECT_FALSE(bears(issued.secret));
    EXPECT_EQ(keys_.revoke(context_, scope_, issued.key.id).error().code(), ErrorCode::kNotFound);
    EXPECT_FALSE(keys_.rotate(context_, scope_, issued.key.id, 0));
    EXPECT_EQ(trail(), (std::vector<std::string>{"key_create", "key_revoke"}));
}

TEST_F(KeysTest, AKeyEndsByItself) {
    NewKey key = erp(store::KeyUse::kBearer);
    key.days = 1;
    const IssuedKey issued = make(key);
    clock_.advance(model::kMicrosPerDay - 1);
    EXPECT_TRUE(bears(issued.secret));
    clock_.advance(1);
    EXPECT_FALSE(bears(issued.secret));
}

TEST_F(KeysTest, WhatDoesNotFitIsRefused) {
    std::vector<NewKey> wrong(8, erp(store::KeyUse::kBearer));
    wrong[0].role = "king";
    wrong[1].role = "regulator_county";  // does not come by key
    wrong[2].actions = {"fly"};
    wrong[3].actions.clear();
    wrong[4].addresses = {"10.0.0.1/8"};
    wrong[5].name.clear();
    wrong[6].days = 0;
    wrong[7].department = "navy";
    for (const NewKey& key : wrong) {
        const auto refused = keys_.create(context_, scope_, key);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
        EXPECT_FALSE(refused.error().message_zh().empty());
    }
    EXPECT_TRUE(trail().empty());
}

}  // namespace
}  // namespace suyuan::access
