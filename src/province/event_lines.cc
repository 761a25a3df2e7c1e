// SPDX-License-Identifier: Apache-2.0

#include "province/event_lines.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "province/detail/event_words.h"

namespace suyuan::province {
namespace {

using model::Event;

enum Column : std::uint8_t {
    kTime,
    kType,
    kStep,
    kItem,
    kQuantity,
    kUnit,
    kFrom,
    kTo,
    kSite,
    kPaper,
    kVehicle,
    kPerson,
};

std::string_view owner_in(const std::vector<model::EventParty>& parties) {
    for (const model::EventParty& party : parties) {
        if (party.type == "owning_party") {
            return party.id;
        }
    }
    return {};
}

}  // namespace

const Line& line_header() {
    static const Line kHeader = {
        "event_time",
        "type",
        "biz_step",
        "item",
        "quantity",
        "unit",
        "from_operator",
        "to_operator",
        "site",
        "paper",
        "vehicle",
        "person"
    };
    return kHeader;
}

std::size_t line_count(const Event& event) noexcept {
    return event.items.size();
}

Status for_each_line(const Event& event, const std::function<Status(const Line&)>& take) {
    Line line;
    line[kTime] = model::format_instant(event.event_time, event.offset_minutes);
    if (event.precision == model::TimePrecision::kDay) {
        line[kTime].resize(line[kTime].find('T'));
    }
    line[kType] = detail::type_of(event.kind);
    line[kStep] = event.biz_step;
    line[kFrom] = owner_in(event.sources);
    line[kTo] = owner_in(event.destinations);
    // What does not change hands is its owner's before.
    if (line[kFrom].empty()) {
        line[kFrom] = event.owner;
    }
    line[kSite] = event.biz_location.empty() ? event.read_point : event.biz_location;
    line[kPaper] = event.papers.empty() ? "" : event.papers.front().id;
    line[kVehicle] = event.vehicles.empty() ? "" : event.vehicles.front();
    line[kPerson] = event.people.empty() ? "" : event.people.front();
    for (const model::EventItem& item : event.items) {
        line[kItem] = item.code;
        line[kQuantity] = item.quantity ? model::format_decimal(item.quantity->amount) : "";
        line[kUnit] = item.quantity ? item.quantity->unit : "";
        SUYUAN_TRY_VOID(take(line));
    }
    return {};
}

}  // namespace suyuan::province
