// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/keys.h"
#include "app/access_commands.h"
#include "app/access_desk.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr auto kPermission = policy::Permission::kKeepAccounts;

Result<store::KeyUse> use_named(std::string_view name) {
    for (const auto use :
         {store::KeyUse::kBearer, store::KeyUse::kHmacSha256, store::KeyUse::kHmacSm3}) {
        if (access::to_string(use) == name) {
            return use;
        }
    }
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{format("密钥没有用法“{}”", name), format("no key is used as '{}'", name)}
    );
}

Json words(const std::vector<std::string>& list) {
    Json array = Json::array();
    for (const std::string& word : list) {
        array.push_back(Json::string(word));
    }
    return array;
}

Json to_json(const store::AccessKey& key) {
    Json told_key = Json::object();
    told_key.set("id", Json::string(key.id))
        .set("name", Json::string(key.name))
        .set("use", Json::string(access::to_string(key.use)))
        .set("role", Json::string(key.role))
        .set("operator", Json::string(key.operator_code))
        .set("department", Json::string(key.department))
        .set("region", Json::string(key.region == 0 ? "" : std::to_string(key.region)))
        .set("functions", words(key.functions))
        .set("actions", words(key.actions))
        .set("addresses", words(key.addresses))
        .set("created", Json::string(told(key.created_at)))
        .set("expires", Json::string(told(key.expires_at)))
        .set("revoked", Json::string(told(key.revoked_at)));
    return told_key;
}

Result<access::IssuedKey> create(World& world, const KeyOptions& options) {
    access::NewKey key;
    key.name = options.name;
    SUYUAN_TRY(key.use, use_named(options.use));
    key.role = options.rights.role;
    SUYUAN_TRY(key.operator_code, operator_named(options.rights.operator_code));
    key.department = options.rights.department;
    key.region = options.rights.region;
    key.functions = options.rights.functions;
    key.actions = options.actions;
    key.addresses = options.addresses;
    key.days = options.days;
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Keys(desk->parts()).create(desk->context(), desk->scope(), key);
}

Result<access::IssuedKey> rotate(World& world, const KeyOptions& options) {
    constexpr std::int64_t kHourUs = 3'600'000'000;
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Keys(desk->parts())
        .rotate(desk->context(), desk->scope(), options.id, options.overlap_hours * kHourUs);
}

Status revoke(World& world, const KeyOptions& options) {
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Keys(desk->parts()).revoke(desk->context(), desk->scope(), options.id);
}

Result<std::vector<store::AccessKey>> list(World& world, const AccessOptions& options) {
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.directory, kPermission));
    constexpr std::size_t kPage = 1'000;
    std::vector<store::AccessKey> keys;
    while (true) {
        const std::string after = keys.empty() ? std::string() : keys.back().id;
        SUYUAN_TRY(
            auto page, desk->parts().store->list_keys(desk->context(), desk->scope(), after, kPage)
        );
        const bool is_last = page.size() < kPage;
        for (store::AccessKey& key : page) {
            keys.push_back(std::move(key));
        }
        if (is_last) {
            return keys;
        }
    }
}

// Once: the secret cannot be had again.
ExitCode hand_out(const Result<access::IssuedKey>& issued, bool json) {
    if (!issued) {
        return give_up(issued.error());
    }
    if (json) {
        Json told_key = to_json(issued->key);
        told_key.set("secret", Json::string(issued->secret));
        print(codec::write_json_indented(told_key));
        return ExitCode::kDone;
    }
    print(format("{}: {}", in_language("密钥编号", "key id"), issued->key.id));
    print(format("{}: {}", in_language("密钥", "secret"), issued->secret));
    print(format("{}: {}", in_language("有效至", "good until"), told(issued->key.expires_at)));
    if (issued->key.use == store::KeyUse::kBearer) {
        note(
            "以上只显示这一次；此类密钥只在本机有效，供开发使用",
            "shown this once; such a key is for development: it is taken from this machine alone"
        );
    } else {
        note("以上只显示这一次", "shown this once");
    }
    return ExitCode::kDone;
}

}  // namespace

ExitCode run_key_create(World& world, const KeyOptions& options) {
    return hand_out(create(world, options), options.access.json);
}

ExitCode run_key_rotate(World& world, const KeyOptions& options) {
    return hand_out(rotate(world, options), options.access.json);
}

ExitCode run_key_revoke(World& world, const KeyOptions& options) {
    if (const Status revoked = revoke(world, options); !revoked) {
        return give_up(revoked.error());
    }
    note("已撤销", "revoked");
    return ExitCode::kDone;
}

ExitCode run_key_list(World& world, const AccessOptions& options) {
    const auto keys = list(world, options);
    if (!keys) {
        return give_up(keys.error());
    }
    Json all = Json::array();
    for (const store::AccessKey& key : *keys) {
        if (options.json) {
            all.push_back(to_json(key));
            continue;
        }
        print(format(
            "{} {:<12} {:<16} {} {}{}",
            key.id,
            access::to_string(key.use),
            key.role,
            told(key.expires_at),
            key.name,
            key.revoked_at == 0 ? "" : in_language(" 已撤销", " revoked")
        ));
    }
    if (options.json) {
        print(codec::write_json_indented(all));
    }
    return ExitCode::kDone;
}

}  // namespace suyuan::app
