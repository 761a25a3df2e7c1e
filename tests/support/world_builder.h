// SPDX-License-Identifier: Apache-2.0
//
// Small worlds drawn by hand, and answers in a few words:
//
//     WorldBuilder world;
//     const auto beef = world.lot("beef");
//     const auto farm = world.place("farm"), shop = world.place("shop");
//     world.at(10).create(beef, farm, 100);
//     world.at(20).depart(beef, farm, shop, 40);
//     world.at(30).arrive(beef, farm, shop, 40);
//     EXPECT_EQ(world.forward(beef), "beef@farm 10/10, beef@shop 30/30");
//
// An event is told with the next call of at() or its like; record times are 10, 20, ... in that order.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::test {

// An owner's site.
struct Place {
    std::uint32_t owner = 0;
    std::uint32_t site = 0;
};

using Amount = std::optional<std::int64_t>;

// One event in words. Lifetime: until the next one is begun.
class EventBuilder {
public:
    explicit EventBuilder(graph::FlowEvent& event) : event_(&event) {}

    EventBuilder& create(graph::ItemId item, Place at, Amount amount = {}) {
        return add(graph::FactKind::kCreate, item, at, amount);
    }

    EventBuilder& depart(graph::ItemId item, Place from, Place to, Amount amount = {}) {
        add(graph::FactKind::kDepart, item, from, amount);
        return peer(to);
    }

    EventBuilder& arrive(graph::ItemId item, Place from, Place to, Amount amount = {}) {
        add(graph::FactKind::kArrive, item, to, amount);
        return peer(from);
    }

    EventBuilder& input(graph::ItemId item, Place at, Amount amount = {}) {
        return add(graph::FactKind::kInput, item, at, amount);
    }

    EventBuilder& output(graph::ItemId item, Place at, Amount amount = {}) {
        return add(graph::FactKind::kOutput, item, at, amount);
    }

    EventBuilder& sink(graph::ItemId item, graph::SinkKind kind, Place at, Amount amount = {}) {
        add(graph::FactKind::kSink, item, at, amount);
        event_->facts.back().sink = kind;
        return *this;
    }

    EventBuilder& sell(graph::ItemId item, Place at, Amount amount = {}) {
        return sink(item, graph::SinkKind::kSold, at, amount);
    }

    EventBuilder& sight(graph::ItemId item, Place at) {
        return add(graph::FactKind::kSight, item, at, {});
    }

    EventBuilder& count(graph::ItemId item, Place at, std::int64_t amount) {
        return add(graph::FactKind::kCount, item, at, amount);
    }

    EventBuilder& pack(graph::ItemId child, graph::ItemId into, Place at, Amount amount = {}) {
        return about(graph::FactKind::kPack, child, into, at, amount);
    }

    EventBuilder& unpack(graph::ItemId child, graph::ItemId from, Place at, Amount amount = {}) {
        return about(graph::FactKind::kUnpack, child, from, at, amount);
    }

    EventBuilder& unpack_all(graph::ItemId container, Place at) {
        return add(graph::FactKind::kUnpackAll, container, at, {});
    }

    EventBuilder& block(graph::ItemId item, Place at) {
        return add(graph::FactKind::kBlock, item, at, {});
    }

    EventBuilder& release(graph::ItemId item, Place at) {
        return add(graph::FactKind::kRelease, item, at, {});
    }

    EventBuilder& clean_break(graph::ItemId item, Place at) {
        return add(graph::FactKind::kCleanBreak, item, at, {});
    }

    EventBuilder& part_of(graph::ItemId instance, graph::ItemId lot, Place at) {
        return about(graph::FactKind::kPartOf, instance, lot, at, {});
    }

    EventBuilder& same_as(graph::ItemId item, graph::ItemId other) {
        return about(graph::FactKind::kSameAs, item, other, {}, {});
    }

    EventBuilder& not_same_as(graph::ItemId item, graph::ItemId other) {
        return about(graph::FactKind::kNotSameAs, item, other, {}, {});
    }

    // A paper that ties a receipt to its shipment.
    EventBuilder& linked_by(std::uint32_t paper) {
        event_->papers.emplace_back(paper);
        event_->linking_papers.emplace_back(paper);
        return *this;
    }

    EventBuilder& vehicle(std::uint32_t id) {
        event_->vehicles.emplace_back(id);
        return *this;
    }

    EventBuilder& person(std::uint32_t id) {
        event_->people.emplace_back(id);
        return *this;
    }

    EventBuilder& process(std::uint32_t id) {
        event_->process = graph::ProcessId(id);
        return *this;
    }

    EventBuilder& made_from(graph::ItemId output, std::vector<graph::ItemId> inputs) {
        event_->mappings.push_back({output, std::move(inputs)});
        return *this;
    }

    // Nobody said who owns what the facts so far speak of.
    EventBuilder& unstated() {
        for (graph::Fact& fact : event_->facts) {
            fact.owner_is_stated = false;
        }
        return *this;
    }

    EventBuilder& as_return() {
        for (graph::Fact& fact : event_->facts) {
            fact.is_return = true;
        }
        return *this;
    }

    [[nodiscard]] graph::FlowEvent& event() { return *event_; }

private:
    EventBuilder& add(graph::FactKind kind, graph::ItemId item, Place at, Amount amount) {
        graph::Fact& fact = event_->facts.emplace_back();
        fact.kind = kind;
        fact.item = item;
        fact.owner = graph::OperatorId(at.owner);
        fact.site = graph::SiteId(at.site);
        fact.owner_is_stated = true;
        fact.has_quantity = amount.has_value();
        fact.millionths = amount.value_or(0);
        return *this;
    }

    EventBuilder& about(
        graph::FactKind kind, graph::ItemId item, graph::ItemId other, Place at, Amount amount
    ) {
        add(kind, item, at, amount);
        event_->facts.back().other = other;
        return *this;
    }

    EventBuilder& peer(Place at) {
        event_->facts.back().peer_owner = graph::OperatorId(at.owner);
        event_->facts.back().peer_site = graph::SiteId(at.site);
        return *this;
    }

    graph::FlowEvent* event_;
};

class WorldBuilder {
public:
    graph::ItemId lot(std::string name) { return item(std::move(name), model::CodeKind::kLot); }

    graph::ItemId thing(std::string name) {
        return item(std::move(name), model::CodeKind::kInstance);
    }

    graph::ItemId container(std::string name) {
        return item(std::move(name), model::CodeKind::kContainer);
    }

    // A site and who runs it.
    Place place(std::string name) {
        places_.push_back(std::move(name));
        const auto id = static_cast<std::uint32_t>(places_.size());
        return {id, id};
    }

    EventBuilder at(model::MicrosUtc moment) { return during(moment, moment); }

    EventBuilder during(model::MicrosUtc first, model::MicrosUtc last) {
        graph::FlowEvent& event = *events_.emplace_back(std::make_unique<graph::FlowEvent>());
        event.log_index = events_.size();
        event.record = graph::RecordId(event.log_index);
        event.record_time = static_cast<model::MicrosUtc>(event.log_index) * 10;
        event.submitter = graph::OperatorId(1);
        event.time = {first, last};
        return EventBuilder(event);
    }

    EventBuilder at_any_time() { return during(model::kBeginningOfTime, model::kEndOfTime); }

    // Declares the record with this identity wrong.
    void take_back(std::uint64_t identity) {
        graph::FlowEvent& event = at(0).event();
        event.identity = identity;
        event.is_error_declaration = true;
    }

    [[nodiscard]] std::unique_ptr<graph::EventGraph> graph() const {
        auto graph = std::make_unique<graph::EventGraph>();
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            graph->declare_item(graph::ItemId(static_cast<std::uint32_t>(i + 1)), kinds_[i]);
        }
        for (const auto& event : events_) {
            graph->append(*event);
        }
        return graph;
    }

    [[nodiscard]] Result<trace::Answer> try_ask(const trace::Question& question) const {
        const policy::RequestContext context(policy::local_principal());
        return try_ask(context, question);
    }

    [[nodiscard]] Result<trace::Answer> try_ask(
        const policy::RequestContext& context, const trace::Question& question
    ) const {
        const auto scope = policy::decide(context.principal(), policy::Permission::kTrace);
        const auto told = graph();
        return trace::ask(context, *scope, *told, told->snapshot(), question);
    }

    [[nodiscard]] trace::Answer ask(const trace::Question& question) const {
        return try_ask(question).value();
    }

    // What is asked of one item in each direction, as text.
    [[nodiscard]] std::string forward(graph::ItemId item) const {
        return text(*ask(about(trace::Direction::kForward, item)).forward);
    }

    [[nodiscard]] std::string back(graph::ItemId item) const {
        return text(*ask(about(trace::Direction::kBack, item)).back);
    }

    [[nodiscard]] static trace::Question about(trace::Direction direction, graph::ItemId item) {
        return about(direction, trace::ItemSeed{.items = {item}, .owner = {}, .site = {}});
    }

    [[nodiscard]] static trace::Question about(trace::Direction direction, trace::Seed seed) {
        trace::Question question;
        question.direction = direction;
        question.seed = std::move(seed);
        return question;
    }

    // The item where one place has it, and nowhere else.
    [[nodiscard]] static trace::Question about(
        trace::Direction direction, graph::ItemId item, Place at
    ) {
        return about(
            direction,
            trace::ItemSeed{
                .items = {item}, .owner = graph::OperatorId(at.owner), .site = graph::SiteId(at.site)
            }
        );
    }

    // "beef@farm 10/12, beef@shop 30/-": possible and certain time, in the order of the answer.
    [[nodiscard]] std::string text(const trace::Part& part) const {
        std::string all;
        for (const trace::ReachedPosition& entry : part.positions) {
            all += all.empty() ? "" : ", ";
            all += text(entry.position) + " " + moment(entry.possible) + "/" +
                   (entry.certain ? moment(*entry.certain) : "-");
        }
        return all;
    }

    // "beef@farm", an owner apart from its site's as "beef@farm/shop"; "?" is unknown.
    [[nodiscard]] std::string text(const trace::Position& position) const {
        const std::uint32_t owner = position.owner.value();
        const std::uint32_t site = position.site.value();
        std::string at = names_.at(position.item.value() - 1) + "@" + place_name(owner);
        return owner == site ? at : at + "/" + place_name(site);
    }

    // "beef@farm>beef@shop 20..30, ...", marked "?" where not certain.
    [[nodiscard]] std::string moves(const trace::Part& part) const {
        std::string all;
        for (const trace::Move& move : part.moves) {
            all += all.empty() ? "" : ", ";
            all += text(move.from) + ">" + text(move.to) + " " + moment(move.leave.first) + ".." +
                   moment(move.arrive.last) + (move.is_certain ? "" : "?");
        }
        return all;
    }

    [[nodiscard]] trace::Position position(graph::ItemId item, Place at) const {
        return {item, graph::OperatorId(at.owner), graph::SiteId(at.site)};
    }

    // As of now.
    [[nodiscard]] trace::Stock stock(graph::ItemId item, Place at) const {
        const auto told = graph();
        for (const trace::ItemStock& entry :
             trace::stock_of(*told, told->snapshot(), item, model::kEndOfTime)) {
            if (entry.position == position(item, at)) {
                return entry.stock;
            }
        }
        return {};
    }

private:
    graph::ItemId item(std::string name, model::CodeKind kind) {
        names_.push_back(std::move(name));
        kinds_.push_back(kind);
        return graph::ItemId(static_cast<std::uint32_t>(kinds_.size()));
    }

    [[nodiscard]] std::string place_name(std::uint32_t id) const {
        return id == 0 ? "?" : places_.at(id - 1);
    }

    [[nodiscard]] static std::string moment(model::MicrosUtc moment) {
        if (moment == model::kBeginningOfTime) {
            return "ever";
        }
        return moment == model::kEndOfTime ? "ever" : std::to_string(moment);
    }

    std::vector<std::string> names_;
    std::vector<model::CodeKind> kinds_;
    std::vector<std::string> places_;
    std::vector<std::unique_ptr<graph::FlowEvent>> events_;
};

}  // namespace suyuan::test
