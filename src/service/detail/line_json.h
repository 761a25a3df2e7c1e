// SPDX-License-Identifier: Apache-2.0
//
// Pieces of an event's JSON, written as text: an import makes a million of them.

#pragma once

#include <string>
#include <string_view>

#include "base/format.h"
#include "codec/json.h"

namespace suyuan::service::detail {

// The members of one JSON object, appended.
class Members {
public:
    Members& text(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            begin(name);
            codec::append_json_string(out_, value);
        }
        return *this;
    }

    Members& json(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            begin(name);
            out_ += value;
        }
        return *this;
    }

    [[nodiscard]] std::string object() const { return "{" + out_ + "}"; }

private:
    void begin(std::string_view name) {
        if (!out_.empty()) {
            out_.push_back(',');
        }
        codec::append_json_string(out_, name);
        out_.push_back(':');
    }

    std::string out_;
};

inline std::string list_of(std::string_view first, std::string_view second = {}) {
    if (first.empty() && second.empty()) {
        return {};
    }
    return format("[{}{}{}]", first, first.empty() || second.empty() ? "" : ",", second);
}

inline std::string party_entry(std::string_view end, std::string_view type, std::string_view id) {
    return id.empty() ? std::string() : Members().text("type", type).text(end, id).object();
}

// "sourceList" or "destinationList".
inline std::string party_list(
    std::string_view end, std::string_view owner, std::string_view location
) {
    return list_of(party_entry(end, "owning_party", owner), party_entry(end, "location", location));
}

inline std::string place_json(std::string_view id) {
    return id.empty() ? std::string() : Members().text("id", id).object();
}

}  // namespace suyuan::service::detail
