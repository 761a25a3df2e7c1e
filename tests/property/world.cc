// SPDX-License-Identifier: Apache-2.0

#include "tests/property/world.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

constexpr std::array<std::string_view, 17> kFactNames = {
    "create",
    "depart",
    "arrive",
    "input",
    "output",
    "sink",
    "sight",
    "count",
    "pack",
    "unpack",
    "unpack-all",
    "block",
    "release",
    "clean-break",
    "part-of",
    "same-as",
    "not-same-as"
};
constexpr std::array<std::string_view, 5> kSinkNames = {
    "none", "sold", "used", "destroyed", "left"
};
constexpr std::array<std::string_view, 7> kStepNames = {
    "none", "consigning", "shipping", "departing", "arriving", "receiving", "accepting"
};
constexpr std::array<std::string_view, 8> kMoveNames = {
    "shipment", "stated", "in-transit", "inferred", "ride", "process", "same-as", "part-of"
};
constexpr std::array<std::string_view, 5> kStatusNames = {
    "on-hand", "in-transit", "closed", "negative", "unknown"
};
constexpr std::array<std::string_view, 9> kOpenEndNames = {
    "unknown-supplier",
    "unconfirmed-supplier",
    "in-transit",
    "negative-stock",
    "skewed-clocks",
    "two-containers",
    "conflict",
    "missing-time",
    "all-to-all"
};
constexpr std::array<std::string_view, 8> kKindNames = {
    "class", "lot", "instance", "container", "site", "party", "document", "foreign"
};

template <typename Enum, std::size_t kSize>
std::string name(const std::array<std::string_view, kSize>& names, Enum value) {
    return std::string(names.at(static_cast<std::size_t>(value)));
}

// "i3@2/5": item 3 of owner 2 at site 5.
std::string place(graph::OperatorId owner, graph::SiteId site) {
    return std::to_string(owner.value()) + "/" + std::to_string(site.value());
}

std::string moment(model::MicrosUtc micros) {
    if (micros == model::kBeginningOfTime) {
        return "begin";
    }
    return micros == model::kEndOfTime ? "end" : std::to_string(micros);
}

std::string span(const model::TimeInterval& time) {
    if (time.is_exact()) {
        return moment(time.first);
    }
    return "[" + moment(time.first) + ".." + moment(time.last) + "]";
}

std::string amount(bool has_quantity, graph::UnitId unit, std::int64_t millionths) {
    if (!has_quantity) {
        return "";
    }
    return " " + std::to_string(millionths) + "u" + std::to_string(unit.value());
}

std::string text_of(const graph::Fact& fact) {
    std::string text = name(kFactNames, fact.kind) + " i" + std::to_string(fact.item.value());
    if (fact.other != graph::ItemId()) {
        text += " other i" + std::to_string(fact.other.value());
    }
    text += " @" + place(fact.owner, fact.site) + (fact.owner_is_stated ? " stated" : "");
    if (fact.peer_owner != graph::OperatorId() || fact.peer_site != graph::SiteId()) {
        text += " peer " + place(fact.peer_owner, fact.peer_site);
    }
    if (fact.sink != graph::SinkKind::kNone) {
        text += " " + name(kSinkNames, fact.sink);
    }
    if (fact.step != graph::Step::kNone) {
        text += " " + name(kStepNames, fact.step);
    }
    return text + (fact.is_return ? " return" : "") + (fact.is_observed ? " observed" : "") +
           amount(fact.has_quantity, fact.unit, fact.millionths);
}

template <typename Id>
std::string list(std::string_view what, const std::vector<Id>& ids) {
    std::string text;
    for (const Id id : ids) {
        text += (text.empty() ? "" : ",") + std::to_string(id.value());
    }
    return text.empty() ? "" : " " + std::string(what) + text;
}

std::string text_of(std::size_t index, const graph::FlowEvent& event) {
    std::string text = "  #" + std::to_string(index) + " log " + std::to_string(event.log_index) +
                       " recorded " + moment(event.record_time) + " time " + span(event.time) +
                       " by " + std::to_string(event.submitter.value()) + " identity " +
                       std::to_string(event.identity) + " content " + std::to_string(event.content);
    text += event.is_error_declaration ? " ERROR-DECLARATION" : "";
    text += event.is_conflict ? " conflict" : "";
    text += event.is_continuous ? " continuous" : "";
    text += list(
        "process ", std::vector{event.process.value() == 0 ? graph::ProcessId() : event.process}
    );
    text += list("custodian ", std::vector{event.custodian});
    text += list("vehicles ", event.vehicles) + list("people ", event.people) +
            list("papers ", event.papers) + list("linking ", event.linking_papers) + "\n";
    for (const graph::Fact& fact : event.facts) {
        text += "      " + text_of(fact) + "\n";
    }
    for (const graph::FactMapping& mapping : event.mappings) {
        text += "      mapping i" + std::to_string(mapping.output.value()) +
                list("from ", mapping.inputs) + "\n";
    }
    return text;
}

std::string text_of(const trace::Balance& balance) {
    return "u" + std::to_string(balance.unit.value()) + "{created " +
           std::to_string(balance.created) + " produced " + std::to_string(balance.produced) +
           " received " + std::to_string(balance.received) + " shipped " +
           std::to_string(balance.shipped) + " in-transit " + std::to_string(balance.in_transit) +
           " sold " + std::to_string(balance.sold) + " used " + std::to_string(balance.used) +
           " destroyed " + std::to_string(balance.destroyed) + " left " +
           std::to_string(balance.left) + " on-hand " + std::to_string(balance.on_hand) +
           " unexplained " + std::to_string(balance.unexplained) + "}";
}

std::string text_of(std::string_view title, const trace::Part& part) {
    std::string text = std::string(title) + "\n";
    for (const trace::ReachedPosition& reached : part.positions) {
        text += "    " + to_text(reached.position) + " possible " + moment(reached.possible) +
                " certain " + (reached.certain.has_value() ? moment(*reached.certain) : "-") +
                (reached.is_seed ? " seed" : "") + " hops " + std::to_string(reached.hops) +
                " by " +
                (reached.explained_by.has_value() ? std::to_string(*reached.explained_by) : "-") +
                " " + to_text(reached.stock) + "\n";
    }
    for (std::size_t i = 0; i < part.moves.size(); ++i) {
        text += "    move " + std::to_string(i) + ": " + to_text(part.moves[i]) + "\n";
    }
    return text;
}

std::string text_of(std::string_view title, const std::vector<trace::Touched>& touched) {
    std::string text = std::string(title);
    for (const trace::Touched& entry : touched) {
        text += " " + std::to_string(entry.id) + "[" + moment(entry.first) + ".." +
                moment(entry.last) + "]";
    }
    return text + "\n";
}

std::string text_of(const trace::Seed& seed) {
    return std::visit(
        [](const auto& named) -> std::string {
            using Named = std::decay_t<decltype(named)>;
            if constexpr (std::is_same_v<Named, trace::ItemSeed>) {
                std::string text = "items" + list("", named.items);
                text +=
                    named.owner.has_value() ? " owner " + std::to_string(named.owner->value()) : "";
                return text + (named.site.has_value()
                                   ? " site " + std::to_string(named.site->value())
                                   : "");
            } else if constexpr (std::is_same_v<Named, trace::PaperSeed>) {
                return "paper " + std::to_string(named.paper.value());
            } else if constexpr (std::is_same_v<Named, trace::VehicleSeed>) {
                return "vehicle " + std::to_string(named.vehicle.value());
            } else if constexpr (std::is_same_v<Named, trace::PersonSeed>) {
                return "person " + std::to_string(named.person.value());
            } else if constexpr (std::is_same_v<Named, trace::OperatorSeed>) {
                return "operator " + std::to_string(named.owner.value());
            } else {
                return "site " + std::to_string(named.site.value());
            }
        },
        seed
    );
}

}  // namespace

std::unique_ptr<graph::EventGraph> graph_of(const World& world) {
    auto filled = std::make_unique<graph::EventGraph>();
    for (std::uint32_t id = 1; id < world.kinds.size(); ++id) {
        filled->declare_item(graph::ItemId(id), world.kinds[id]);
    }
    for (const graph::FlowEvent& event : world.events) {
        filled->append(event);
    }
    return filled;
}

std::string to_text(const World& world) {
    std::string text = "items:";
    for (std::size_t id = 1; id < world.kinds.size(); ++id) {
        text += " i" + std::to_string(id) + " " + name(kKindNames, world.kinds[id]);
    }
    text += "\n";
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        text += text_of(i, world.events[i]);
    }
    return text;
}

std::string to_text(const trace::Question& question) {
    constexpr std::array<std::string_view, 3> kDirectionNames = {"back", "forward", "full"};
    return name(kDirectionNames, question.direction) + " from " + text_of(question.seed) +
           " window [" + moment(question.window.from) + ".." + moment(question.window.to) + "]" +
           (question.escalate ? " escalate" : "") + " as of " + moment(question.as_of) +
           " at most " + std::to_string(question.positions_max);
}

std::string to_text(const trace::Position& position) {
    return "i" + std::to_string(position.item.value()) + "@" + place(position.owner, position.site);
}

std::string to_text(const trace::Move& move) {
    std::string text = name(kMoveNames, move.kind) + " " + to_text(move.from) + " -> " +
                       to_text(move.to) + " leave " + span(move.leave) + " arrive " +
                       span(move.arrive);
    text += move.is_certain ? "" : " not-certain";
    text += move.is_skewed ? " skewed" : "";
    text += move.is_in_transit ? " in-transit" : "";
    text += move.is_all_to_all ? " all-to-all" : "";
    text += move.is_timeless ? " timeless" : "";
    text += move.carrier == graph::ItemId() ? "" : " in i" + std::to_string(move.carrier.value());
    text += amount(move.has_quantity, move.unit, move.millionths);
    return text + " events #" + std::to_string(move.leaving_event) + " #" +
           std::to_string(move.arriving_event);
}

std::string to_text(const trace::Stock& stock) {
    std::string text = name(kStatusNames, stock.status) + (stock.is_blocked ? " blocked" : "");
    for (const trace::Balance& balance : stock.balances) {
        text += " " + text_of(balance);
    }
    return text;
}

std::string to_text(const trace::Answer& answer) {
    std::string text;
    if (answer.back.has_value()) {
        text += text_of("  back", *answer.back);
    }
    if (answer.forward.has_value()) {
        text += text_of("  forward", *answer.forward);
    }
    text += "  sources";
    for (const trace::Position& source : answer.sources) {
        text += " " + to_text(source);
    }
    text += "\n" + text_of("  operators", answer.operators) + text_of("  sites", answer.sites) +
            text_of("  vehicles", answer.vehicles) + text_of("  people", answer.people) + "  total";
    for (const trace::Balance& balance : answer.total) {
        text += " " + text_of(balance);
    }
    text += "\n";
    for (const trace::OpenEnd& end : answer.open_ends) {
        text += "  open end " + name(kOpenEndNames, end.kind) + " " + to_text(end.position) + " #" +
                std::to_string(end.event) + "\n";
    }
    for (const trace::Violation& violation : answer.violations) {
        text += "  violation " + to_text(violation.position) + " #" +
                std::to_string(violation.event) + " block #" +
                std::to_string(violation.block_event) + (violation.is_possible ? " possible" : "") +
                "\n";
    }
    return text + "  cut-off " + moment(answer.cut_off) + "\n";
}

}  // namespace suyuan::property
