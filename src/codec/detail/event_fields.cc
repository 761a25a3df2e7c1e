// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/event_fields.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/assert.h"
#include "base/error.h"
#include "codec/detail/checker.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/problems.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "model/event.h"

namespace suyuan::codec {
namespace {

using model::EventKind;

constexpr unsigned bit(EventKind kind) {
    return 1U << static_cast<unsigned>(kind);
}

constexpr unsigned kObject = bit(EventKind::kObject);
constexpr unsigned kTransaction = bit(EventKind::kTransaction);
constexpr unsigned kTransformation = bit(EventKind::kTransformation);
constexpr unsigned kParted = bit(EventKind::kAggregation) | bit(EventKind::kAssociation);
constexpr unsigned kAll = kObject | kTransaction | kTransformation | kParted;

struct FieldFacts {
    std::string_view name;
    unsigned kinds;  // bit() of each kind of event that may have it
};

// In the order of Field, which is that of the names. The schema of the JSON binding leaves
// persistentDisposition out of three kinds; CBV 2.0 tells how to use it in aggregations, and the
// binding for XML has it in all five: so have we.
constexpr std::array<FieldFacts, kFieldCount> kFields = {{
    {"@context", kAll},
    {"action", kObject | kTransaction | kParted},
    {"bizLocation", kAll},
    {"bizStep", kAll},
    {"bizTransactionList", kAll},
    {"certificationInfo", kAll},
    {"childEPCs", kParted},
    {"childQuantityList", kParted},
    {"destinationList", kAll},
    {"disposition", kAll},
    {"epcList", kObject | kTransaction},
    {"errorDeclaration", kAll},
    {"eventID", kAll},
    {"eventTime", kAll},
    {"eventTimeZoneOffset", kAll},
    {"ilmd", kObject | kTransformation},
    {"inputEPCList", kTransformation},
    {"inputQuantityList", kTransformation},
    {"outputEPCList", kTransformation},
    {"outputQuantityList", kTransformation},
    {"parentID", kTransaction | kParted},
    {"persistentDisposition", kAll},
    {"quantityList", kObject | kTransaction},
    {"readPoint", kAll},
    {"recordTime", kAll},
    {"sensorElementList", kAll},
    {"sourceList", kAll},
    {"transformationID", kTransformation},
    {"type", kAll},
}};
static_assert(std::ranges::is_sorted(kFields, {}, &FieldFacts::name));

constexpr std::array<EventKind, 5> kKinds = {
    EventKind::kObject,
    EventKind::kAggregation,
    EventKind::kTransaction,
    EventKind::kTransformation,
    EventKind::kAssociation,
};

// What we add to events that we return: whoever sends one on may leave it in, declared or not.
bool is_our_addition(std::string_view name) {
    return name == "suyuan:hashId" || name == "suyuan:flags";
}

void sort_extension(
    const JsonMember& member, const Path& place, Checker& check, EventFields& fields
) {
    if (is_our_addition(member.name) || !check.extension_name(member.name, place)) {
        return;
    }
    const std::optional<QualifiedName> name = check.names().resolve(member.name);
    if (name && name->space == kSuyuanNamespace) {
        fields.own.push_back({name->local, &member});
    }
}

}  // namespace

std::string_view field_name(Field field) noexcept {
    return kFields[static_cast<std::size_t>(field)].name;
}

std::string_view type_name(EventKind kind) noexcept {
    switch (kind) {
        case EventKind::kObject:
            return "ObjectEvent";
        case EventKind::kAggregation:
            return "AggregationEvent";
        case EventKind::kTransaction:
            return "TransactionEvent";
        case EventKind::kTransformation:
            return "TransformationEvent";
        case EventKind::kAssociation:
            return "AssociationEvent";
    }
    SUYUAN_UNREACHABLE();
}

std::optional<EventKind> kind_of_type(std::string_view type) noexcept {
    for (const EventKind kind : kKinds) {
        if (type == type_name(kind)) {
            return kind;
        }
    }
    return std::nullopt;
}

std::size_t EventFields::size_of(Field field) const noexcept {
    const Json* const value = find(field);
    return value != nullptr && value->is_array() ? value->items().size() : 0;
}

EventFields sort_fields(const Json& event, EventKind kind, const Path& place, Checker& check) {
    EventFields fields;
    for (const JsonMember& member : event.members()) {
        const auto found = std::ranges::lower_bound(kFields, member.name, {}, &FieldFacts::name);
        if (found == kFields.end() || found->name != member.name) {
            sort_extension(member, place.member(member.name), check, fields);
        } else if ((found->kinds & bit(kind)) == 0) {
            check.refuse(
                place.member(member.name),
                in_both(
                    "请删除 {}：{} 类型的事件没有此字段。",
                    "Remove {}: an event of type {} has none.",
                    member.name,
                    type_name(kind)
                )
            );
        } else {
            fields.standard[static_cast<std::size_t>(found - kFields.begin())] = &member.value;
        }
    }
    return fields;
}

}  // namespace suyuan::codec
