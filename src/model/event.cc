// SPDX-License-Identifier: Apache-2.0

#include "model/event.h"

#include "base/assert.h"
#include "model/instant.h"

namespace suyuan::model {

TimeInterval Event::interval() const noexcept {
    if (latest_time) {
        return {event_time, *latest_time};
    }
    switch (precision) {
        case TimePrecision::kExact:
            return exactly(event_time);
        case TimePrecision::kDay:
            return day_of(event_time, offset_minutes);
        case TimePrecision::kUnknown:
            return {};
    }
    SUYUAN_UNREACHABLE();
}

}  // namespace suyuan::model
