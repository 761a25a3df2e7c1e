// SPDX-License-Identifier: Apache-2.0
//
// A small supply chain made of facts, told event by event, for the tests of the engine. Owner n has
// one site, n; times are hours; quantities kilograms.

#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::trace {

inline constexpr graph::UnitId kKilograms{1};

[[nodiscard]] constexpr model::MicrosUtc hour(std::int64_t number) noexcept {
    return number * 3'600 * model::kMicrosPerSecond;
}

class ChainTest : public ::testing::Test {
protected:
    using FactKind = graph::FactKind;
    using Reached = std::set<std::string>;

    static graph::Fact fact(FactKind kind, std::uint32_t item, std::uint32_t at) {
        graph::Fact fact;
        fact.kind = kind;
        fact.item = graph::ItemId(item);
        fact.owner = graph::OperatorId(at);
        fact.site = graph::SiteId(at);
        return fact;
    }

    static graph::Fact amount(
        FactKind kind, std::uint32_t item, std::uint32_t at, std::int64_t kilograms
    ) {
        graph::Fact weighed = fact(kind, item, at);
        weighed.has_quantity = true;
        weighed.unit = kKilograms;
        weighed.millionths = kilograms * 1'000'000;
        return weighed;
    }

    static graph::Fact packing(
        FactKind kind, std::uint32_t child, std::uint32_t container, std::uint32_t at
    ) {
        graph::Fact packed = fact(kind, child, at);
        packed.other = graph::ItemId(container);
        return packed;
    }

    static graph::FlowEvent event(model::TimeInterval time, std::vector<graph::Fact> facts) {
        graph::FlowEvent event;
        event.time = time;
        event.facts = std::move(facts);
        return event;
    }

    // Appends it as the next record of the log, an hour after the one before. Returns its number.
    std::uint64_t tell(graph::FlowEvent event) {
        event.log_index = ++log_index_;
        event.record = graph::RecordId(log_index_);
        event.record_time = hour(1'000 + static_cast<std::int64_t>(log_index_));
        event.submitter = graph::OperatorId(1);
        graph_.append(event);
        return log_index_;
    }

    std::uint64_t tell(std::int64_t at_hour, std::vector<graph::Fact> facts) {
        return tell(event(model::exactly(hour(at_hour)), std::move(facts)));
    }

    void ship(
        std::int64_t at_hour,
        std::uint32_t item,
        std::uint32_t from,
        std::uint32_t to,
        std::int64_t kilograms,
        std::uint32_t vehicle = 0
    ) {
        graph::Fact leaving = amount(FactKind::kDepart, item, from, kilograms);
        leaving.peer_owner = graph::OperatorId(to);
        leaving.peer_site = graph::SiteId(to);
        graph::FlowEvent told = event(model::exactly(hour(at_hour)), {leaving});
        if (vehicle != 0) {
            told.vehicles = {graph::VehicleId(vehicle)};
        }
        tell(told);
    }

    void receive(
        std::int64_t at_hour,
        std::uint32_t item,
        std::uint32_t from,
        std::uint32_t to,
        std::int64_t kilograms
    ) {
        graph::Fact arriving = amount(FactKind::kArrive, item, to, kilograms);
        arriving.peer_owner = graph::OperatorId(from);
        arriving.peer_site = graph::SiteId(from);
        tell(at_hour, {arriving});
    }

    // A purchase: its ledger names who sold, not where that one stood.
    void buy(
        std::int64_t at_hour,
        std::uint32_t item,
        std::uint32_t seller,
        std::uint32_t buyer,
        std::int64_t kilograms
    ) {
        graph::Fact arriving = amount(FactKind::kArrive, item, buyer, kilograms);
        arriving.peer_owner = graph::OperatorId(seller);
        tell(at_hour, {arriving});
    }

    [[nodiscard]] static Question about(std::uint32_t item, Direction direction) {
        Question question;
        question.direction = direction;
        question.seed = ItemSeed{.items = {graph::ItemId(item)}, .owner = {}, .site = {}};
        return question;
    }

    [[nodiscard]] Result<Answer> try_asking(const Question& question) const {
        const auto scope = policy::decide(context_.principal(), policy::Permission::kTrace);
        return ask(context_, *scope, graph_, graph_.snapshot(), question);
    }

    // An answer is expected.
    [[nodiscard]] Answer ask_for(const Question& question) const {
        Result<Answer> answer = try_asking(question);
        EXPECT_TRUE(answer) << (answer ? "" : answer.error().message());
        return answer ? *std::move(answer) : Answer();
    }

    [[nodiscard]] static Position place(
        std::uint32_t item, std::uint32_t owner, std::uint32_t site
    ) {
        return {graph::ItemId(item), graph::OperatorId(owner), graph::SiteId(site)};
    }

    // "item@owner" of every position; "(item@owner)" where it is possible only.
    [[nodiscard]] static Reached positions(const Part& part) {
        Reached found;
        for (const ReachedPosition& reached : part.positions) {
            const std::string name = name_of(reached.position);
            found.insert(reached.certain ? name : "(" + name + ")");
        }
        return found;
    }

    [[nodiscard]] Reached forward(std::uint32_t item) const {
        return positions(*ask_for(about(item, Direction::kForward)).forward);
    }

    [[nodiscard]] Reached back(std::uint32_t item) const {
        return positions(*ask_for(about(item, Direction::kBack)).back);
    }

    [[nodiscard]] static std::string name_of(const Position& position) {
        return format("{}@{}", position.item.value(), position.owner.value());
    }

    // What was reached at a position; a failure and nothing if it was not.
    [[nodiscard]] static ReachedPosition at(const Part& part, std::string_view name) {
        for (const ReachedPosition& reached : part.positions) {
            if (name_of(reached.position) == name) {
                return reached;
            }
        }
        ADD_FAILURE() << name << " was not reached";
        return {};
    }

    // What was reached at a position; a failure and nothing if it was not.
    [[nodiscard]] static ReachedPosition at(const Part& part, const Position& position) {
        for (const ReachedPosition& reached : part.positions) {
            if (reached.position == position) {
                return reached;
            }
        }
        ADD_FAILURE() << name_of(position) << " at site " << position.site.value()
                      << " was not reached";
        return {};
    }

    // Of the open ends, where those of one kind are.
    [[nodiscard]] static std::vector<Position> ends_of(const Answer& answer, OpenEndKind kind) {
        std::vector<Position> found;
        for (const OpenEnd& end : answer.open_ends) {
            if (end.kind == kind) {
                found.push_back(end.position);
            }
        }
        return found;
    }

    graph::EventGraph graph_;
    policy::RequestContext context_{policy::local_principal()};

private:
    std::uint64_t log_index_ = 0;
};

}  // namespace suyuan::trace
