// SPDX-License-Identifier: Apache-2.0
//
// Who asks, and what the answer to "may they?" allows.
//
// A Scope can only be made by decide(); every store and service call takes one, so a query that
// nobody allowed cannot be written. Until accounts exist there is one principal, the local one, and
// decide() permits it everything on the loopback interface and nobody anything else.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::policy {

// What a route or command needs. One per kind of act, named by the route table.
enum class Permission : std::uint8_t {
    kCaptureEvents,
    kReadEvents,
    kTrace,
    kSearch,
    kReadRegistry,
    kErasePerson,
    kOperate,       // health, statistics, verification
    kAuthenticate,  // tell who comes: sign-in, sessions, keys
    kKeepAccounts,
    kAudit,
};

[[nodiscard]] std::string_view to_string(Permission permission) noexcept;

struct Principal {
    std::string id;             // "local" until accounts exist
    std::string operator_code;  // On whose behalf records are submitted; the record's submitter.
    bool is_local = false;
};

// The principal of command line and loopback server.
[[nodiscard]] Principal local_principal();

// Data classes of a stored row, least to most protected.
enum class DataClass : std::uint8_t {
    kPublic = 1,
    kInternal = 2,
    kConfidential = 3,
    kPersonal = 4
};

// The rows that a decision opened. Constant after construction.
class Scope {
public:
    [[nodiscard]] bool sees_everything() const noexcept { return sees_everything_; }

    [[nodiscard]] Permission permission() const noexcept { return permission_; }

private:
    friend Result<Scope> decide(const Principal& principal, Permission permission);

    Scope(Permission permission, bool sees_everything) noexcept
        : permission_(permission), sees_everything_(sees_everything) {}

    Permission permission_;
    bool sees_everything_;
};

// Pure. Fails with kPermissionDenied. Default deny.
[[nodiscard]] Result<Scope> decide(const Principal& principal, Permission permission);

}  // namespace suyuan::policy
