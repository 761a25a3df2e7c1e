// SPDX-License-Identifier: Apache-2.0
//
// Who asks, and what the answer to "may they?" allows.
//
// A Scope can only be made by a decision: decide() for the local principal (command line, and
// loopback while there is no account), admit() of admission.h for everybody else. Every store and
// service call takes one, so a query that nobody allowed cannot be written.

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
    std::string id;             // of an account or key; "local"; empty: nobody known
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

// The digits of a code of GB/T 2260 and its longer kin as a number; 0: none.
using RegionCode = std::uint64_t;

// Which rows a scope opens.
enum class View : std::uint8_t {
    kEverything,
    kOwn,        // submitted by an operator, or about its goods
    kTerritory,  // of a region and all that lies in it
};

class Policy;
struct Admission;
struct Context;
struct Need;
struct Party;

// The rows that a decision opened. Constant after construction.
class Scope {
public:
    [[nodiscard]] bool sees_everything() const noexcept { return view_ == View::kEverything; }

    [[nodiscard]] Permission permission() const noexcept { return permission_; }

    [[nodiscard]] View view() const noexcept { return view_; }

    // Whose rows: the canonical code of View::kOwn, never empty there.
    [[nodiscard]] const std::string& operator_code() const noexcept { return operator_code_; }

    // The root of View::kTerritory, never 0 there.
    [[nodiscard]] RegionCode region() const noexcept { return region_; }

    // The most protected rows that it opens.
    [[nodiscard]] DataClass data_class() const noexcept { return data_class_; }

    // Whether what tells who a person is comes with them, in full.
    [[nodiscard]] bool shows_people() const noexcept { return shows_people_; }

private:
    friend Result<Scope> decide(const Principal& principal, Permission permission);
    friend Result<Admission> admit(
        const Policy& policy, const Party& party, const Need& need, const Context& context
    );

    Scope(Permission permission, View view) noexcept : permission_(permission), view_(view) {}

    Permission permission_;
    View view_;
    std::string operator_code_;
    RegionCode region_ = 0;
    DataClass data_class_ = DataClass::kPersonal;
    bool shows_people_ = true;
};

// Pure. Fails with kPermissionDenied. Default deny.
[[nodiscard]] Result<Scope> decide(const Principal& principal, Permission permission);

}  // namespace suyuan::policy
