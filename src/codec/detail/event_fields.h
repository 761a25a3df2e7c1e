// SPDX-License-Identifier: Apache-2.0
//
// The fields that the standard knows in events, and which kind of event may have which.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "codec/detail/checker.h"
#include "codec/detail/problems.h"
#include "codec/json.h"
#include "model/event.h"

namespace suyuan::codec {

enum class Field : std::uint8_t {
    kContext,
    kAction,
    kBizLocation,
    kBizStep,
    kBizTransactionList,
    kCertificationInfo,
    kChildEpcs,
    kChildQuantityList,
    kDestinationList,
    kDisposition,
    kEpcList,
    kErrorDeclaration,
    kEventId,
    kEventTime,
    kEventTimeZoneOffset,
    kIlmd,
    kInputEpcList,
    kInputQuantityList,
    kOutputEpcList,
    kOutputQuantityList,
    kParentId,
    kPersistentDisposition,
    kQuantityList,
    kReadPoint,
    kRecordTime,
    kSensorElementList,
    kSourceList,
    kTransformationId,
    kType,
};

inline constexpr std::size_t kFieldCount = static_cast<std::size_t>(Field::kType) + 1;

// "bizStep"
[[nodiscard]] std::string_view field_name(Field field) noexcept;

// One field of our own namespace (docs/epcis-mapping.md).
struct OwnField {
    std::string_view local;    // "owner"
    const JsonMember* member;  // named with whatever prefix
};

// The members of an event by what they are. Lifetime: borrows the event.
struct EventFields {
    std::array<const Json*, kFieldCount> standard{};
    std::vector<OwnField> own;

    [[nodiscard]] const Json* find(Field field) const noexcept {
        return standard[static_cast<std::size_t>(field)];
    }

    // How many items the array has: none if it is not there, or no array.
    [[nodiscard]] std::size_t size_of(Field field) const noexcept;
};

// Sorts the members of an event of that kind; refuses those that it may not have, and extensions
// without a namespace.
[[nodiscard]] EventFields sort_fields(
    const Json& event, model::EventKind kind, const Path& place, Checker& check
);

// "ObjectEvent"
[[nodiscard]] std::string_view type_name(model::EventKind kind) noexcept;

// The contrary; nullopt for any other text.
[[nodiscard]] std::optional<model::EventKind> kind_of_type(std::string_view type) noexcept;

}  // namespace suyuan::codec
