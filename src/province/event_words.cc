// SPDX-License-Identifier: Apache-2.0

#include "province/detail/event_words.h"

#include <string_view>

#include "base/assert.h"
#include "model/event.h"

namespace suyuan::province::detail {

std::string_view type_of(model::EventKind kind) {
    switch (kind) {
        case model::EventKind::kObject:
            return "ObjectEvent";
        case model::EventKind::kAggregation:
            return "AggregationEvent";
        case model::EventKind::kTransaction:
            return "TransactionEvent";
        case model::EventKind::kTransformation:
            return "TransformationEvent";
        case model::EventKind::kAssociation:
            return "AssociationEvent";
    }
    SUYUAN_UNREACHABLE();
}

}  // namespace suyuan::province::detail
