// SPDX-License-Identifier: Apache-2.0
//
// What the tests of interpretation share: events put together from clauses, and their facts as
// text, such as
//     depart apples 5 KGM at (farmer)@farm to trader@?
// where "(farmer)" owns by default and "?" is unknown.

#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "model/event.h"
#include "model/quantity.h"

namespace suyuan::graph {

using Clause = std::function<void(model::Event&)>;
using Clauses = std::vector<Clause>;

inline Clause set(std::string model::Event::* field, std::string_view text) {
    return [=](model::Event& event) { event.*field = text; };
}

inline Clause step(std::string_view name) {
    return set(&model::Event::biz_step, name);
}

inline Clause state(std::string_view disposition) {
    return set(&model::Event::disposition, disposition);
}

inline Clause at(std::string_view biz_location) {
    return set(&model::Event::biz_location, biz_location);
}

inline Clause read_at(std::string_view read_point) {
    return set(&model::Event::read_point, read_point);
}

inline Clause owner(std::string_view party) {
    return set(&model::Event::owner, party);
}

inline Clause from(std::string_view type, std::string_view id) {
    return
        [=](model::Event& event) { event.sources.push_back({std::string(type), std::string(id)}); };
}

inline Clause to(std::string_view type, std::string_view id) {
    return [=](model::Event& event) {
        event.destinations.push_back({std::string(type), std::string(id)});
    };
}

inline Clause paper(std::string_view type, std::string_view id) {
    return
        [=](model::Event& event) { event.papers.push_back({std::string(type), std::string(id)}); };
}

// From an epcList.
inline Clause thing(std::string_view code, model::ItemRole role = model::ItemRole::kObject) {
    return [=](model::Event& event) {
        event.items.push_back({role, std::string(code), false, std::nullopt});
    };
}

// From a quantityList, without a quantity.
inline Clause lot(std::string_view code, model::ItemRole role = model::ItemRole::kObject) {
    return [=](model::Event& event) {
        event.items.push_back({role, std::string(code), true, std::nullopt});
    };
}

inline Clause amount(std::string_view code, std::string_view number, std::string_view unit) {
    return [=](model::Event& event) {
        lot(code)(event);
        const model::Decimal value = model::parse_decimal(number).value();
        event.items.back().quantity = model::Quantity{value, std::string(unit)};
    };
}

inline model::Event event_of(
    model::EventKind kind, model::EventAction action, const Clauses& clauses
) {
    model::Event event;
    event.kind = kind;
    event.action = action;
    for (const Clause& clause : clauses) {
        clause(event);
    }
    return event;
}

// A registry that knows one site.
inline Interpretation interpreted(const model::Event& event) {
    return interpret(event, [](std::string_view site) {
        return site == "farm" ? std::optional<std::string>("farmer") : std::nullopt;
    });
}

template <typename Id>
std::string name_of(Id id, const std::vector<std::string>& names) {
    return id.value() == 0 ? "?" : names.at(id.value() - 1);
}

struct Wording {
    std::string_view verb;
    std::string_view other = "";  // stands between item and other item
};

inline constexpr std::array<Wording, 17> kWordings = {{
    {"create"},
    {"depart"},
    {"arrive"},
    {"input"},
    {"output"},
    {"sink"},
    {"sight"},
    {"count"},
    {"pack", "into"},
    {"unpack", "from"},
    {"unpack all"},
    {"block"},
    {"release"},
    {"clean break"},
    {"part", "of"},
    {"same", "as"},
    {"not same", "as"},
}};

inline constexpr std::array<std::string_view, 5> kSinks = {
    "", " sold", " used", " destroyed", " left"
};

inline std::string text_of(const Fact& fact, const FlowNames& names) {
    const auto item = [&](ItemId id) { return names.items.at(id.value() - 1).uri; };
    const Wording& wording = kWordings.at(static_cast<std::size_t>(fact.kind));
    std::string text(wording.verb);
    text += kSinks.at(static_cast<std::size_t>(fact.sink));
    text += (fact.is_return ? " back " : " ") + item(fact.item);
    if (fact.has_quantity) {
        text += ' ' + model::format_decimal({fact.millionths});
        text += fact.unit.value() == 0 ? "" : ' ' + name_of(fact.unit, names.units);
    }
    if (fact.other.value() != 0) {
        text += format(" {} {}", wording.other, item(fact.other));
    }
    const std::string owner = name_of(fact.owner, names.operators);
    const bool is_default = fact.owner.value() != 0 && !fact.owner_is_stated;
    text += is_default ? format(" at ({})", owner) : " at " + owner;
    text += '@' + name_of(fact.site, names.sites);
    if (fact.kind == FactKind::kDepart || fact.kind == FactKind::kArrive) {
        text += fact.kind == FactKind::kDepart ? " to " : " from ";
        text += name_of(fact.peer_owner, names.operators) + '@';
        text += name_of(fact.peer_site, names.sites);
    }
    return text;
}

// The facts in their order, "; " between them.
inline std::string facts_of(const model::Event& event) {
    const Interpretation result = interpreted(event);
    std::string text;
    for (const Fact& fact : result.event.facts) {
        text += (text.empty() ? "" : "; ") + text_of(fact, result.names);
    }
    return text;
}

struct Case {
    Clauses said;
    std::string facts;
};

inline void expect_all(
    model::EventKind kind, model::EventAction action, const std::vector<Case>& cases
) {
    for (const Case& row : cases) {
        EXPECT_EQ(facts_of(event_of(kind, action, row.said)), row.facts);
    }
}

// Observed Object events of the lot "apples".
inline void expect_of_apples(std::vector<Case> cases) {
    for (Case& row : cases) {
        row.said.push_back(lot("apples"));
    }
    expect_all(model::EventKind::kObject, model::EventAction::kObserve, cases);
}

inline constexpr std::string_view kOwning = "owning_party";
inline constexpr std::string_view kPossessing = "possessing_party";
inline constexpr std::string_view kLocation = "location";

inline constexpr std::string_view kInstanceUri = "https://id.gs1.org/01/04012345123456/21/7";
inline constexpr std::string_view kLotUri = "https://id.gs1.org/01/04012345123456/10/L1";

}  // namespace suyuan::graph
