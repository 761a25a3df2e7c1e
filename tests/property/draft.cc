// SPDX-License-Identifier: Apache-2.0

#include "tests/property/draft.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"
#include "trace/question.h"

namespace suyuan::property {

using graph::Fact;
using graph::FactKind;
using graph::ItemId;

namespace {

trace::Question from(ItemId item, trace::Direction direction) {
    trace::Question question;
    question.direction = direction;
    question.seed = trace::ItemSeed{{item}, std::nullopt, std::nullopt};
    return question;
}

}  // namespace

Fact& EventDraft::add(FactKind kind, ItemId item, Place place, Amount amount) {
    Fact fact;
    fact.kind = kind;
    fact.item = item;
    fact.owner = graph::OperatorId(place.owner);
    fact.site = graph::SiteId(place.site);
    fact.has_quantity = amount.has_value();
    fact.millionths = amount.value_or(0);
    event_->facts.push_back(fact);
    return event_->facts.back();
}

EventDraft& EventDraft::create(ItemId item, Place place, Amount amount) {
    add(FactKind::kCreate, item, place, amount);
    return *this;
}

EventDraft& EventDraft::depart(ItemId item, Place from, Place to, Amount amount) {
    Fact& fact = add(FactKind::kDepart, item, from, amount);
    fact.peer_owner = graph::OperatorId(to.owner);
    fact.peer_site = graph::SiteId(to.site);
    return *this;
}

EventDraft& EventDraft::arrive(ItemId item, Place from, Place to, Amount amount) {
    Fact& fact = add(FactKind::kArrive, item, to, amount);
    fact.peer_owner = graph::OperatorId(from.owner);
    fact.peer_site = graph::SiteId(from.site);
    return *this;
}

EventDraft& EventDraft::input(ItemId item, Place place, Amount amount) {
    event_->kind = model::EventKind::kTransformation;
    add(FactKind::kInput, item, place, amount);
    return *this;
}

EventDraft& EventDraft::output(ItemId item, Place place, Amount amount) {
    event_->kind = model::EventKind::kTransformation;
    add(FactKind::kOutput, item, place, amount);
    return *this;
}

EventDraft& EventDraft::sink(ItemId item, graph::SinkKind sink, Place place, Amount amount) {
    add(FactKind::kSink, item, place, amount).sink = sink;
    return *this;
}

EventDraft& EventDraft::sight(ItemId item, Place place) {
    add(FactKind::kSight, item, place, std::nullopt);
    return *this;
}

EventDraft& EventDraft::count(ItemId item, Place place, std::int64_t amount) {
    add(FactKind::kCount, item, place, amount);
    return *this;
}

EventDraft& EventDraft::pack(ItemId child, ItemId container, Place place, Amount amount) {
    event_->kind = model::EventKind::kAggregation;
    sight(container, place);
    add(FactKind::kPack, child, place, amount).other = container;
    return *this;
}

EventDraft& EventDraft::unpack(ItemId child, ItemId container, Place place, Amount amount) {
    event_->kind = model::EventKind::kAggregation;
    sight(container, place);
    add(FactKind::kUnpack, child, place, amount).other = container;
    return *this;
}

EventDraft& EventDraft::unpack_all(ItemId container, Place place) {
    event_->kind = model::EventKind::kAggregation;
    sight(container, place);
    add(FactKind::kUnpackAll, container, place, std::nullopt);
    return *this;
}

EventDraft& EventDraft::block(ItemId item, Place place) {
    add(FactKind::kBlock, item, place, std::nullopt);
    return *this;
}

EventDraft& EventDraft::release(ItemId item, Place place) {
    add(FactKind::kRelease, item, place, std::nullopt);
    return *this;
}

EventDraft& EventDraft::clean_break(ItemId item, Place place) {
    add(FactKind::kCleanBreak, item, place, std::nullopt);
    return *this;
}

EventDraft& EventDraft::part_of(ItemId instance, ItemId lot, Place place) {
    add(FactKind::kPartOf, instance, place, std::nullopt).other = lot;
    return *this;
}

EventDraft& EventDraft::same_as(ItemId item, ItemId other) {
    add(FactKind::kSameAs, item, kNowhere, std::nullopt).other = other;
    return *this;
}

EventDraft& EventDraft::not_same_as(ItemId item, ItemId other) {
    add(FactKind::kNotSameAs, item, kNowhere, std::nullopt).other = other;
    return *this;
}

EventDraft& EventDraft::paper(std::uint32_t paper) {
    event_->papers.emplace_back(paper);
    event_->linking_papers.emplace_back(paper);
    return *this;
}

EventDraft& EventDraft::vehicle(std::uint32_t vehicle) {
    event_->vehicles.emplace_back(vehicle);
    return *this;
}

EventDraft& EventDraft::person(std::uint32_t person) {
    event_->people.emplace_back(person);
    return *this;
}

EventDraft& EventDraft::process(std::uint32_t process) {
    event_->process = graph::ProcessId(process);
    return *this;
}

EventDraft& EventDraft::continuous() {
    event_->is_continuous = true;
    return *this;
}

EventDraft& EventDraft::mapping(ItemId output, std::vector<ItemId> inputs) {
    event_->mappings.push_back({output, std::move(inputs)});
    return *this;
}

EventDraft& EventDraft::stated() {
    for (Fact& fact : event_->facts) {
        fact.owner_is_stated = true;
    }
    return *this;
}

EventDraft& EventDraft::is_return() {
    for (Fact& fact : event_->facts) {
        fact.is_return = fact.kind == FactKind::kDepart || fact.kind == FactKind::kArrive;
    }
    return *this;
}

EventDraft& EventDraft::in_unit(std::uint32_t unit) {
    for (Fact& fact : event_->facts) {
        fact.unit = graph::UnitId(fact.has_quantity ? unit : 0);
    }
    return *this;
}

EventDraft& EventDraft::step(graph::Step step) {
    for (Fact& fact : event_->facts) {
        const bool is_of_movement =
            fact.kind == FactKind::kDepart || fact.kind == FactKind::kArrive;
        fact.step = is_of_movement ? step : fact.step;
    }
    return *this;
}

EventDraft& EventDraft::observed() {
    for (Fact& fact : event_->facts) {
        fact.is_observed = fact.kind == FactKind::kPack;
    }
    return *this;
}

EventDraft WorldDraft::during(model::MicrosUtc first, model::MicrosUtc last) {
    graph::FlowEvent event;
    event.log_index = world_.events.size() + 1;
    event.record = graph::RecordId(event.log_index);
    event.record_time = static_cast<model::MicrosUtc>(event.log_index) * 1000;
    event.submitter = graph::OperatorId(1);
    event.identity = event.log_index;
    event.content = event.log_index;
    event.time = {first, last};
    world_.events.push_back(event);
    return EventDraft(world_.events.back());
}

void WorldDraft::declare_error(std::uint64_t identity) {
    graph::FlowEvent& event = at(0).event();
    event.identity = identity;
    event.content = 0;
    event.is_error_declaration = true;
}

ItemId WorldDraft::item(model::CodeKind kind) {
    world_.kinds.push_back(kind);
    return ItemId(static_cast<std::uint32_t>(world_.kinds.size() - 1));
}

trace::Question back_from(ItemId item) {
    return from(item, trace::Direction::kBack);
}

trace::Question forward_from(ItemId item) {
    return from(item, trace::Direction::kForward);
}

trace::Question full_from(ItemId item) {
    return from(item, trace::Direction::kFull);
}

}  // namespace suyuan::property
