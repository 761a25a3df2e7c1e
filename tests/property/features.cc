// SPDX-License-Identifier: Apache-2.0

#include "tests/property/features.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "tests/property/features_of_handling.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "tests/property/oracle_moves.h"
#include "tests/property/oracle_stock.h"
#include "tests/property/worlds.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;
using graph::FlowEvent;
using graph::SinkKind;
using trace::MoveKind;

class Finder {
public:
    explicit Finder(const Case& made)
        : made_(&made), log_(made.world, model::kEndOfTime), history_(log_) {}

    std::set<std::string_view> find(const std::vector<std::optional<trace::Answer>>& answers) {
        for (const FlowEvent& event : made_->world.events) {
            look_at_event(event);
        }
        look_at_records();
        for (const Told& told : log_.facts()) {
            look_at_fact(told);
        }
        for (const auto& [item, story] : history_.stories()) {
            look_at_shipments(story);
            note_handling(made_->world, story, found_);
            look_at_stays(story);
            look_at_implied(story);
            look_at_stock(story);
        }
        look_at_moves();
        for (const trace::Question& question : made_->questions) {
            look_at_question(question);
        }
        for (const std::optional<trace::Answer>& answer : answers) {
            look_at_answer(answer);
        }
        return std::move(found_);
    }

private:
    void note_if(bool holds, const char* feature) {
        if (holds) {
            found_.insert(feature);
        }
    }

    void look_at_event(const FlowEvent& event);
    void look_at_records();
    void look_at_fact(const Told& told);
    void look_at_shipments(const ItemStory& story);
    void look_at_stated(const ItemStory& story, const OwnMove& own);
    void look_at_stays(const ItemStory& story);
    void look_at_ride(const OwnMove& own);
    void look_at_implied(const ItemStory& story);
    void look_at_stock(const ItemStory& story);
    void look_at_moves();
    void look_at_question(const trace::Question& question);
    void look_at_answer(const std::optional<trace::Answer>& answer);

    const Case* made_;
    Log log_;
    History history_;
    std::set<std::string_view> found_;
};

void Finder::look_at_event(const FlowEvent& event) {
    note_if(event.time == model::TimeInterval(), "time: unknown");
    note_if(!event.time.is_exact() && event.time != model::TimeInterval(), "time: a day only");
    note_if(event.is_conflict, "record: version in conflict");
    const auto has = [&](FactKind kind) {
        return std::ranges::any_of(event.facts, [&](const Fact& fact) {
            return fact.kind == kind;
        });
    };
    const bool is_alone = event.process == graph::ProcessId();
    note_if(is_alone && has(FactKind::kOutput) && !has(FactKind::kInput), "process: no inputs");
    note_if(is_alone && has(FactKind::kInput) && !has(FactKind::kOutput), "process: no outputs");
    for (const Fact& in : event.facts) {
        for (const Fact& out : event.facts) {
            note_if(
                in.kind == FactKind::kInput && out.kind == FactKind::kOutput && in.item == out.item,
                "process: same lot in and out"
            );
        }
    }
}

void Finder::look_at_records() {
    const auto& events = made_->world.events;
    for (std::size_t i = 0; i < events.size(); ++i) {
        for (std::size_t j = 0; j < events.size(); ++j) {
            const FlowEvent& a = events[i];
            const FlowEvent& b = events[j];
            if (a.is_error_declaration && !b.is_error_declaration && a.identity != 0 &&
                a.identity == b.identity) {
                note_if(i < j, "record: declared wrong before it came");
                note_if(i > j, "record: declared wrong later");
            }
            if (i < j) {
                note_if(
                    a.content != 0 && a.content == b.content,
                    a.submitter == b.submitter ? "record: two alike of one" : "record: double"
                );
                note_if(a.time.first > b.time.last, "record: late");
                note_if(a.time == b.time, "time: equal");
            }
        }
    }
}

void Finder::look_at_fact(const Told& told) {
    const Fact& fact = *told.fact;
    const std::map<SinkKind, const char*> sinks = {
        {SinkKind::kSold, "sink: sold"},
        {SinkKind::kUsed, "sink: used"},
        {SinkKind::kDestroyed, "sink: destroyed"},
        {SinkKind::kLeft, "sink: left"}
    };
    if (fact.kind == FactKind::kSink) {
        note_if(true, sinks.at(fact.sink));
    }
    note_if(fact.kind == FactKind::kDepart && fact.is_return, "shipment: return");
    note_if(fact.kind == FactKind::kCount, "stock: count");
    note_if(fact.kind == FactKind::kCleanBreak, "stock: clean break");
    note_if(fact.kind == FactKind::kBlock, "block");
    note_if(fact.kind == FactKind::kRelease, "release");
    note_if(fact.kind == FactKind::kSameAs, "same as");
    note_if(fact.kind == FactKind::kNotSameAs, "not same as");
    note_if(fact.kind == FactKind::kPartOf, "part of");
    note_if(fact.kind == FactKind::kUnpackAll, "container: everything unpacked");
    note_if(is_at_a_position(fact) && fact.owner == graph::OperatorId(), "owner unknown");
    note_if(is_at_a_position(fact) && fact.site == graph::SiteId(), "site unknown");
    note_if(fact.has_quantity && fact.millionths == 0, "quantity: zero");
    note_if(fact.has_quantity && fact.millionths < 0, "quantity: negative");
    note_if(
        !fact.has_quantity && (fact.kind == FactKind::kCreate || fact.kind == FactKind::kOutput ||
                               fact.kind == FactKind::kSink),
        "quantity: missing"
    );
}

void Finder::look_at_shipments(const ItemStory& story) {
    std::map<const Told*, int> receipts;
    for (const OwnMove& own : story.moves) {
        note_if(own.move.is_skewed, "shipment: skewed clocks");
        note_if(own.move.is_skewed && !own.move.is_certain, "shipment: skewed within tolerance");
        note_if(own.move.kind == MoveKind::kInTransit, "shipment: in transit");
        note_if(own.is_ride() && own.move.is_in_transit, "container: in transit");
        if (own.is_stated()) {
            look_at_stated(story, own);
        }
        note_if(
            own.move.kind == MoveKind::kInferred && own.move.from.site == graph::SiteId() &&
                history_.log().event(own.move.leaving_event).time.first == own.move.leave.first &&
                std::ranges::any_of(
                    story.moves,
                    [&](const OwnMove& other) {
                        return other.move.kind == MoveKind::kInTransit &&
                               other.move.to == own.move.from &&
                               other.move.leaving_event == own.move.leaving_event;
                    }
                ),
            "shipment: in transit to an owner's named site"
        );
        if (own.move.kind != MoveKind::kShipment) {
            continue;
        }
        note_if(true, "shipment: received");
        note_if(++receipts[own.departure] > 1, "shipment: split");
        const Fact& sent = *own.departure->fact;
        const Fact& came = *own.arrival->fact;
        note_if(
            sent.has_quantity && came.has_quantity && came.millionths < sent.millionths,
            "shipment: received in part"
        );
        const auto& papers = own.departure->event->linking_papers;
        note_if(
            std::ranges::any_of(
                own.arrival->event->linking_papers,
                [&](graph::PaperId paper) { return std::ranges::count(papers, paper) > 0; }
            ),
            "shipment: linked by paper"
        );
    }
    for (const auto& [position, event] : story.unknown_suppliers) {
        const bool is_implied = std::ranges::any_of(
            story.implied, [&](const ImpliedArrival& entry) { return entry.position == position; }
        );
        note_if(true, is_implied ? "implied: from nowhere" : "shipment: receipt alone");
    }
    for (const Told* told : story.facts) {
        note_if(
            told->fact->kind == FactKind::kDepart && !story.rides_of_carried(*told).empty(),
            "shipment: carried by a ride"
        );
    }
}

void Finder::look_at_stated(const ItemStory& story, const OwnMove& own) {
    const trace::Position& supplier = own.move.from;
    const bool is_owner_known = supplier.owner != graph::OperatorId();
    const bool is_site_known = supplier.site != graph::SiteId();
    note_if(true, "stated: receipt without shipment, supplier named");
    const Fact& said = *own.arrival->fact;
    note_if(
        said.peer_owner != supplier.owner || said.peer_site != supplier.site,
        "stated: a thing, from where it was last"
    );
    note_if(is_owner_known && !is_site_known, "stated: owner without site");
    note_if(is_owner_known && is_site_known, "stated: owner and site");
    note_if(story.accounted_for.contains(supplier), "stated: supplier accounted for");
    note_if(!story.accounted_for.contains(supplier), "stated: supplier not accounted for");
}

void Finder::look_at_stays(const ItemStory& story) {
    const World& world = made_->world;
    for (const Stay& stay : story.stays) {
        const bool is_individual = world.is_individual(story.item);
        note_if(!is_individual && stay.pack->fact->has_quantity, "container: amount of a lot");
        note_if(stay.end == nullptr, "container: never unpacked");
        note_if(
            stay.end != nullptr && stay.end->fact->kind == FactKind::kPack, "container: two at once"
        );
        note_if(
            stay.end != nullptr && stay.end->fact->kind != FactKind::kPack &&
                stay.end->fact->kind != FactKind::kUnpack &&
                stay.end->fact->kind != FactKind::kUnpackAll,
            "container: left unrecorded"
        );
        for (const auto& [other, other_story] : history_.stories()) {
            for (const Stay& later : other_story.stays) {
                note_if(
                    stay.container() == later.container() && stay.end != nullptr &&
                        stay.end->moment() < later.pack->moment(),
                    "container: used again"
                );
                note_if(
                    later.container() == story.item && stay.container() == other &&
                        other != story.item,
                    "container: circular"
                );
            }
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_ride()) {
            look_at_ride(own);
        }
    }
}

void Finder::look_at_ride(const OwnMove& own) {
    note_if(true, "container: ride");
    note_if(!certainly_falls_in(*own.stay, own.move.leave), "container: doubtful ride");
    note_if(
        own.stay->refilled != nullptr &&
            own.stay->refilled->moment().time.first < own.move.leave.last,
        "container: filled again elsewhere"
    );
    note_if(!own.unloaded_by.empty(), "container: unloaded, its goods received");
    note_if(!own.carries.empty(), "container: received, its goods shipped");
    for (const OwnMove& carrying : history_.story(own.move.carrier).moves) {
        const bool is_nested =
            carrying.is_ride() && carrying.move.leaving_event == own.move.leaving_event;
        note_if(is_nested, "container: nested ride");
        if (!is_nested) {
            continue;
        }
        for (const OwnMove& outer : history_.story(carrying.move.carrier).moves) {
            note_if(
                outer.is_ride() && outer.move.leaving_event == own.move.leaving_event,
                "container: three deep"
            );
        }
    }
}

void Finder::look_at_implied(const ItemStory& story) {
    for (const OwnMove& own : story.moves) {
        if (own.move.kind != MoveKind::kInferred) {
            continue;
        }
        note_if(own.departure != nullptr, "implied: by a departure");
        note_if(own.is_turning_up, "implied: a lot that turns up");
        const bool is_alone = own.departure == nullptr && !own.is_turning_up;
        const bool is_at_one_site = own.move.from.site == own.move.to.site;
        const bool is_of_amount = !made_->world.is_individual(story.item);
        note_if(is_alone && is_at_one_site, "implied: at one site");
        note_if(is_alone && !is_at_one_site && !is_of_amount, "implied: from where it was last");
        note_if(is_alone && !is_at_one_site && is_of_amount, "implied: of one owner, site unsaid");
    }
}

bool is_settled(const ItemStory& story, const trace::Position& position) {
    std::set<trace::Position> named;
    for (const trace::Position& other : story.positions()) {
        if (other.owner == position.owner && other.site != graph::SiteId()) {
            named.insert(other);
        }
    }
    return position.owner != graph::OperatorId() && position.site == graph::SiteId() &&
           named.size() == 1 && std::ranges::any_of(story.facts, [&](const Told* told) {
               const bool is_count = told->fact->kind == FactKind::kCount;
               return is_count && told->position() == *named.begin() &&
                      std::ranges::any_of(story.moves, [&](const OwnMove& own) {
                          return own.is_stated() && own.move.from == position &&
                                 own.arrival->moment() < told->moment();
                      });
           });
}

void Finder::look_at_stock(const ItemStory& story) {
    for (const trace::Position& position : story.positions()) {
        const trace::Stock stock = stock_at(log_, story, position);
        note_if(stock.balances.size() > 1, "quantity: two units");
        note_if(stock.status == trace::StockStatus::kNegative, "stock: negative");
        note_if(stock.status == trace::StockStatus::kClosed, "stock: closed");
        note_if(is_settled(story, position), "stock: count settles what left from no site said");
        std::size_t breaks = 0;
        for (const Told* told : story.facts) {
            breaks +=
                told->fact->kind == FactKind::kCleanBreak && told->position() == position ? 1U : 0U;
        }
        note_if(emptyings(log_, story, position).size() > breaks, "stock: proven empty");
    }
}

void Finder::look_at_moves() {
    std::set<std::pair<graph::ItemId, graph::ItemId>> made_from;
    for (const OrderedMove& ordered : history_.moves({})) {
        const trace::Move& move = ordered.move;
        if (move.kind != MoveKind::kProcess) {
            continue;
        }
        note_if(true, "process");
        note_if(move.leaving_event != move.arriving_event, "process: shared by records");
        note_if(move.is_all_to_all, "process: all to all");
        const FlowEvent& output = log_.event(move.arriving_event);
        note_if(output.is_continuous, "process: continuous");
        note_if(
            std::ranges::any_of(
                output.mappings,
                [&](const graph::FactMapping& mapping) { return mapping.output == move.to.item; }
            ),
            "process: mapped"
        );
        made_from.emplace(move.from.item, move.to.item);
        note_if(
            move.from.item != move.to.item && made_from.contains({move.to.item, move.from.item}),
            "process: rework"
        );
    }
}

void Finder::look_at_question(const trace::Question& question) {
    note_if(question.direction == trace::Direction::kBack, "ask: back");
    note_if(question.direction == trace::Direction::kForward, "ask: forward");
    note_if(question.direction == trace::Direction::kFull, "ask: full");
    note_if(!question.window.is_open(), "ask: window");
    note_if(question.as_of < made_->world.events.back().record_time, "ask: as of earlier");
    note_if(std::holds_alternative<trace::PaperSeed>(question.seed), "ask: paper");
    note_if(std::holds_alternative<trace::VehicleSeed>(question.seed), "ask: vehicle");
    note_if(std::holds_alternative<trace::PersonSeed>(question.seed), "ask: person");
    note_if(std::holds_alternative<trace::OperatorSeed>(question.seed), "ask: operator");
    note_if(std::holds_alternative<trace::SiteSeed>(question.seed), "ask: site");
    if (const auto* items = std::get_if<trace::ItemSeed>(&question.seed); items != nullptr) {
        const auto kind = made_->world.kinds.at(items->items.front().value());
        const bool is_whole = !items->owner.has_value() && !items->site.has_value();
        note_if(items->items.size() > 1, "ask: class with its lots");
        note_if(!is_whole, "ask: item at an owner or site");
        note_if(is_whole && kind == model::CodeKind::kLot, "ask: lot");
        note_if(is_whole && kind == model::CodeKind::kInstance, "ask: instance");
        note_if(is_whole && kind == model::CodeKind::kContainer, "ask: container");
        note_if(kind == model::CodeKind::kInstance && question.escalate, "ask: escalated");
    }
}

void Finder::look_at_answer(const std::optional<trace::Answer>& answer) {
    note_if(!answer.has_value(), "answer: too large");
    if (!answer.has_value()) {
        return;
    }
    note_if(!answer->violations.empty(), "answer: violation");
    for (const trace::Violation& violation : answer->violations) {
        const auto& facts = log_.event(violation.event).facts;
        const bool is_told_by_receiver = std::ranges::none_of(facts, [](const Fact& fact) {
            return fact.kind == FactKind::kDepart || fact.kind == FactKind::kInput ||
                   fact.kind == FactKind::kSink;
        });
        note_if(is_told_by_receiver, "answer: violation by a stated move");
        note_if(violation.is_possible, "answer: violation where the site is unsaid");
        const auto& block = log_.event(violation.block_event).facts;
        note_if(
            std::ranges::none_of(
                block,
                [&](const Fact& fact) {
                    return fact.kind == FactKind::kBlock && fact.item == violation.position.item;
                }
            ),
            "answer: violation of a lot's or container's block"
        );
        note_if(
            std::ranges::none_of(
                facts, [&](const Fact& fact) { return fact.item == violation.position.item; }
            ),
            "answer: violation inside a container"
        );
    }
    for (const auto& part : {answer->back, answer->forward}) {
        note_if(part.has_value() && part->positions.empty(), "answer: empty");
        note_if(part.has_value() && part->positions.size() >= 8, "answer: eight positions");
        if (part.has_value()) {
            for (const trace::ReachedPosition& reached : part->positions) {
                note_if(reached.hops >= 3, "answer: three hops");
                note_if(!reached.certain.has_value(), "answer: possible only");
                note_if(reached.certain.has_value() && !reached.is_seed, "answer: certain");
            }
        }
    }
}

}  // namespace

std::set<std::string_view> features_of(
    const Case& made, const std::vector<std::optional<trace::Answer>>& answers
) {
    return Finder(made).find(answers);
}

}  // namespace suyuan::property
