// SPDX-License-Identifier: Apache-2.0
//
// The commands about accounts, keys and the audit trail: what each is told and how it ends. They
// open the directory themselves and end with kFailed while a server holds it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/commands.h"

namespace suyuan::app {

struct AccessOptions {
    std::string directory;
    bool json = false;
};

// What a grant or key is for, in the policy's words.
struct RightsOptions {
    std::string role;
    std::string operator_code;  // a USCC, or a party as EPCIS names it
    std::uint64_t region = 0;
    std::string department;
    std::vector<std::string> functions;
};

struct AccountOptions {
    AccessOptions access;
    RightsOptions rights;
    std::string name;
    std::string kind;
    std::string until;  // last day of the grant; empty: without end
    std::string grant;  // id, to revoke
};

struct KeyOptions {
    AccessOptions access;
    RightsOptions rights;
    std::string id;
    std::string name;
    std::string use = "hmac-sha256";
    std::vector<std::string> actions;
    std::vector<std::string> addresses;
    std::int64_t days = 365;
    std::int64_t overlap_hours = 168;
};

struct AuditOptions {
    AccessOptions access;
    std::string actor;
    std::string act;
    std::string named;
    std::string operator_code;
    std::string from;   // days
    std::string until;  // inclusive
    std::uint64_t before = 0;
    std::size_t limit = 100;
};

[[nodiscard]] ExitCode run_account_create(World& world, const AccountOptions& options);
[[nodiscard]] ExitCode run_account_disable(World& world, const AccountOptions& options);
[[nodiscard]] ExitCode run_account_enable(World& world, const AccountOptions& options);
[[nodiscard]] ExitCode run_account_reset(World& world, const AccountOptions& options);
[[nodiscard]] ExitCode run_account_grant(World& world, const AccountOptions& options);
[[nodiscard]] ExitCode run_account_revoke(World& world, const AccountOptions& options);
[[nodiscard]] ExitCode run_account_list(World& world, const AccessOptions& options);
[[nodiscard]] ExitCode run_key_create(World& world, const KeyOptions& options);
[[nodiscard]] ExitCode run_key_rotate(World& world, const KeyOptions& options);
[[nodiscard]] ExitCode run_key_revoke(World& world, const KeyOptions& options);
[[nodiscard]] ExitCode run_key_list(World& world, const AccessOptions& options);
[[nodiscard]] ExitCode run_audit_search(World& world, const AuditOptions& options);

}  // namespace suyuan::app
