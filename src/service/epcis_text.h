// SPDX-License-Identifier: Apache-2.0
//
// For tests: EPCIS documents in a few words.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "model/instant.h"

namespace suyuan::service {

// Codes under one company prefix.
inline std::string lot(int number) {
    return format("urn:epc:class:lgtin:6901234.012345.L{}", number);
}

inline std::string thing(int number) {
    return format("urn:epc:id:sgtin:6901234.012345.{}", number);
}

inline std::string pallet(int number) {
    return format("urn:epc:id:sscc:6901234.{:010}", number);
}

inline std::string site(int number) {
    return format("urn:epc:id:sgln:6901234.{:05}.0", number);
}

inline std::string party(int number) {
    return format("urn:epc:id:pgln:6901234.{:05}", number);
}

inline std::string event_id(int number) {
    return format("urn:uuid:00000000-0000-4000-8000-{:012}", number);
}

// A member list: R"("epcList":["..."])".
inline std::string kilograms(std::string_view epc_class, int amount) {
    return format(
        R"("quantityList":[{{"epcClass":"{}","quantity":{},"uom":"KGM"}}])", epc_class, amount
    );
}

inline std::string things(const std::vector<std::string>& epcs) {
    std::string list;
    for (const std::string& epc : epcs) {
        list += format("{}\"{}\"", list.empty() ? "" : ",", epc);
    }
    return format(R"("epcList":[{}])", list);
}

inline std::string at(std::string_view where) {
    return format(R"("bizLocation":{{"id":"{}"}})", where);
}

// One event's JSON. `minute` is counted from 2026-01-05T08:00:00+08:00; an empty id or step is left
// out.
struct EventText {
    std::string id;
    int minute = 0;
    std::string type = "ObjectEvent";
    std::string action = "OBSERVE";
    std::string step;
    std::vector<std::string> members;  // more of them
};

inline std::string to_text(const EventText& event) {
    std::string text = format(
        R"({{"type":"{}","eventTime":"{}","eventTimeZoneOffset":"+08:00")",
        event.type,
        model::format_instant(
            (1'767'571'200 + std::int64_t{event.minute} * 60) * model::kMicrosPerSecond, 480
        )
    );
    const auto add = [&text](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            text += format(R"(,"{}":"{}")", name, value);
        }
    };
    add("eventID", event.id);
    add("action", event.action);
    add("bizStep", event.step);
    for (const std::string& member : event.members) {
        text += "," + member;
    }
    return text + "}";
}

inline constexpr std::string_view kContext =
    R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)"
    R"({"suyuan":"https://ns.suyuan.example/epcis/"}])";

// A capture document. `header` is the JSON of epcisHeader; empty: none.
inline std::string document(const std::vector<std::string>& events, std::string_view header = {}) {
    std::string list;
    for (const std::string& event : events) {
        list += (list.empty() ? "" : ",") + event;
    }
    return format(
        R"({{"@context":{},"type":"EPCISDocument","schemaVersion":"2.0",)"
        R"("creationDate":"2026-01-05T00:00:00Z"{},"epcisBody":{{"eventList":[{}]}}}})",
        kContext,
        header.empty() ? std::string() : format(R"(,"epcisHeader":{})", header),
        list
    );
}

// An event that stands alone.
inline std::string bare(const EventText& event) {
    return format(R"({{"@context":{},)", kContext) + to_text(event).substr(1);
}

// One vocabulary element with attributes {id, value}.
struct ElementText {
    std::string id;
    std::vector<std::pair<std::string, std::string>> attributes;
};

inline std::string vocabulary(std::string_view type, const std::vector<ElementText>& elements) {
    std::string list;
    for (const ElementText& element : elements) {
        std::string attributes;
        for (const auto& [name, value] : element.attributes) {
            attributes += format(
                R"({}{{"id":"{}","attribute":"{}"}})", attributes.empty() ? "" : ",", name, value
            );
        }
        list += format(
            R"({}{{"id":"{}","attributes":[{}]}})", list.empty() ? "" : ",", element.id, attributes
        );
    }
    return format(R"({{"type":"{}","vocabularyElementList":[{}]}})", type, list);
}

inline std::string master_data(const std::vector<std::string>& vocabularies) {
    std::string list;
    for (const std::string& entry : vocabularies) {
        list += (list.empty() ? "" : ",") + entry;
    }
    return format(R"({{"epcisMasterData":{{"vocabularyList":[{}]}}}})", list);
}

}  // namespace suyuan::service
