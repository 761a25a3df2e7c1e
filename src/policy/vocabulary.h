// SPDX-License-Identifier: Apache-2.0
//
// The words that policy file and program share: what the program must know to ask a question or to
// do a duty. The file has to name each of them and no other; roles, departments, functions,
// purposes and fields are the file's own and become numbers when it is read. docs/policy.md.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "policy/bit_set.h"
#include "policy/scope.h"

namespace suyuan::policy {

enum class Action : std::uint8_t {
    kRead,
    kSearch,
    kTrace,
    kExport,
    kCapture,
    kCorrect,
    kRegister,
    kShare,
    kUnmask,
    kErase,
    kApprove,
    kAppoint,
    kOperate,
    kAdminister,
    kGrant,
    kAudit,
};
inline constexpr std::size_t kActionCount = 16;

enum class ResourceKind : std::uint8_t {
    kItem,
    kEvent,
    kPosition,
    kStock,
    kOperator,
    kSite,
    kProduct,
    kPaper,
    kVehicle,
    kPerson,
    kRegion,
    kStatistics,
    kCaptureJob,
    kImport,
    kSheet,
    kStory,
    kPage,
    kService,
    kShare,
    kAccount,
    kKey,
    kAccessLog,
    kAuditTrail,
    kPolicy,
};
inline constexpr std::size_t kResourceKindCount = 24;

// How the subject stands to the resource: docs/policy.md section 4.
enum class Relation : std::uint8_t {
    kOwn,
    kOneUp,
    kOneDown,
    kSupervises,  // computed
    kMarketOwnerOf,
    kInCustody,
    kAssigned,
    kPublished,
    kShared,    // computed
    kIncident,  // computed
};

// What must happen with a permitted act; a caller that cannot do it must refuse.
enum class Duty : std::uint8_t { kLog, kMask, kTwoPeople, kReauthenticate, kWatermark };

// How the subject proved who they are.
enum class Authentication : std::uint8_t { kNone, kKey, kPassword, kTwoFactor };

// Numbers that a Policy gives to its own words; they mean nothing to another Policy.
enum class RoleId : std::uint8_t {};
enum class DepartmentId : std::uint8_t {};
enum class FunctionId : std::uint8_t {};
enum class PurposeId : std::uint8_t {};
enum class FieldId : std::uint8_t {};  // of one kind of resource

using ActionSet = BitSet<Action>;
using ResourceKindSet = BitSet<ResourceKind>;
using RelationSet = BitSet<Relation>;
using DutySet = BitSet<Duty>;
using AuthenticationSet = BitSet<Authentication>;
using RoleSet = BitSet<RoleId>;
using DepartmentSet = BitSet<DepartmentId>;
using FunctionSet = BitSet<FunctionId>;
using PurposeSet = BitSet<PurposeId>;
using FieldSet = BitSet<FieldId>;

// As the file spells them, in the order of the enumeration.
[[nodiscard]] std::span<const std::string_view> action_names() noexcept;
[[nodiscard]] std::span<const std::string_view> resource_kind_names() noexcept;
[[nodiscard]] std::span<const std::string_view> relation_names() noexcept;
[[nodiscard]] std::span<const std::string_view> duty_names() noexcept;
[[nodiscard]] std::span<const std::string_view> authentication_names() noexcept;
[[nodiscard]] std::span<const std::string_view> data_class_names() noexcept;  // from kPublic on

[[nodiscard]] std::string_view to_string(Action action) noexcept;
[[nodiscard]] std::string_view to_string(ResourceKind kind) noexcept;
[[nodiscard]] std::string_view to_string(Relation relation) noexcept;
[[nodiscard]] std::string_view to_string(Duty duty) noexcept;
[[nodiscard]] std::string_view to_string(Authentication authentication) noexcept;
[[nodiscard]] std::string_view to_string(DataClass data_class) noexcept;

}  // namespace suyuan::policy
