// SPDX-License-Identifier: Apache-2.0
//
// A question to the policy and its answer: docs/policy.md section 1. Pure values.

#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "model/instant.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {

// From `from` on and before `until`.
struct Period {
    model::MicrosUtc from = model::kBeginningOfTime;
    model::MicrosUtc until = model::kEndOfTime;

    [[nodiscard]] constexpr bool contains(model::MicrosUtc now) const noexcept {
        return from <= now && (now < until || until == model::kEndOfTime);
    }
};

inline constexpr std::size_t kRegionLevels =
    6;  // country, province, city, county, township, village

// The regions that something lies in on the day of the question, from the widest to its own; what
// is left over is 0.
struct RegionPath {
    std::array<RegionCode, kRegionLevels> codes{};

    [[nodiscard]] constexpr bool contains(RegionCode code) const noexcept {
        return code != 0 && std::ranges::find(codes, code) != codes.end();
    }
};

// One grant of an account, and how its holder came.
struct Subject {
    RoleId role{};
    RegionCode region = 0;  // root of the subtree that the grant holds for
    std::optional<DepartmentId> department;
    FunctionSet functions;
    Period validity;
    bool is_revoked = false;
    Authentication authentication = Authentication::kNone;
    ActionSet credential = ActionSet::first(kActionCount);  // what the credential is limited to
};

using CaseNumber = std::uint64_t;  // 0: none

// The numbered case that holds a resource: from when, until when it is open.
struct CaseHold {
    CaseNumber number = 0;
    Period open;
};

struct Resource {
    ResourceKind kind{};
    DataClass data_class = DataClass::kInternal;  // of the row
    RegionPath regions;
    DepartmentSet supervisors;
    RelationSet relations;        // those that the caller knows; the computed ones are not read
    std::optional<Period> share;  // made by its owner for the subject
    CaseHold incident;
};

struct Context {
    model::MicrosUtc now = 0;
    std::optional<PurposeId> purpose;
    CaseNumber case_number = 0;  // the one that the subject names
};

// What decided: a rule of the file, or what is built in.
enum class Ruling : std::uint8_t {
    kRule,
    kUnknown,  // such a role, or such an action on such a thing, there is not
    kRevoked,
    kNotValid,        // not yet, or no longer
    kAuthentication,  // not how one in this role may come
    kCredential,      // limited to other actions
    kDefault,         // nothing permits it
};

inline constexpr std::size_t kRulesMax = 256;
inline constexpr std::uint8_t kAllSteps = 255;

struct Decision {
    bool is_permitted = false;
    Ruling ruling = Ruling::kDefault;
    std::uint16_t rule = 0;        // place in Policy::rules(), where `ruling` is kRule
    std::bitset<kRulesMax> rules;  // all that took part
    FieldSet visible;
    FieldSet masked;  // those of `visible` that are shown masked
    DutySet duties;
    std::uint8_t steps_up = 0;  // of a trace; kAllSteps: to its end
    std::uint8_t steps_down = 0;

    friend bool operator==(const Decision&, const Decision&) = default;
};

}  // namespace suyuan::policy
