// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_log.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/world.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;
using graph::FlowEvent;

bool is_known(const FlowEvent& event, model::MicrosUtc as_of) {
    return event.record_time <= as_of;
}

bool is_void(const World& world, const FlowEvent& event, model::MicrosUtc as_of) {
    return std::ranges::any_of(world.events, [&](const FlowEvent& other) {
        return other.is_error_declaration && is_known(other, as_of) && event.identity != 0 &&
               other.identity == event.identity;
    });
}

// In log order, so that whether an earlier record is a double is settled when a later one asks.
std::vector<bool> find_effective(const World& world, model::MicrosUtc as_of) {
    std::vector<bool> is_effective(world.events.size(), false);
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        const FlowEvent& event = world.events[i];
        if (event.is_error_declaration || !is_known(event, as_of) || is_void(world, event, as_of)) {
            continue;
        }
        bool is_double = false;
        for (std::size_t j = 0; j < i; ++j) {
            const FlowEvent& earlier = world.events[j];
            is_double = is_double ||
                        (is_effective[j] && event.content != 0 &&
                         earlier.content == event.content && earlier.submitter != event.submitter);
        }
        is_effective[i] = !is_double;
    }
    return is_effective;
}

bool tells_of_moving(const Told& told) {
    return told.fact->kind == FactKind::kDepart || told.fact->kind == FactKind::kArrive;
}

// Section 3.0, first rule, but for papers and for what stands between the two.
bool tells_the_same_in_another_step(const Fact& earlier, const Fact& later) {
    return earlier.kind == later.kind && earlier.item == later.item &&
           earlier.owner == later.owner && earlier.site == later.site &&
           earlier.step != graph::Step::kNone && later.step != graph::Step::kNone &&
           earlier.step != later.step && agree_where_known(earlier.peer_owner, later.peer_owner) &&
           agree_where_known(earlier.peer_site, later.peer_site);
}

bool has_a_linking_paper(const Told& told) {
    return !told.event->linking_papers.empty();
}

// Whether something is done with what `later` is of, or with what is in it, between the two.
bool is_handled_between(
    const World& world, const std::vector<Told>& facts, std::size_t earlier, std::size_t later
) {
    const graph::ItemId thing = facts[later].fact->item;
    for (std::size_t i = earlier + 1; i < later; ++i) {
        const Told& told = facts[i];
        // As it was told: an output takes a create that stands before it whenever it comes.
        const Fact& as_told = world.events.at(told.index).facts.at(told.place);
        const bool is_another_event =
            told.index != facts[earlier].index && told.index != facts[later].index;
        if (is_another_event && is_handling(as_told.kind) &&
            (as_told.item == thing || as_told.other == thing)) {
            return true;
        }
    }
    return false;
}

bool has_the_same_peers(const Fact& a, const Fact& b) {
    return a.peer_owner == b.peer_owner && a.peer_site == b.peer_site;
}

// What came back, or was sent back, under a paper of `later`.
bool went_the_other_way_between(
    const std::vector<Told>& facts, std::size_t earlier, std::size_t later
) {
    const Fact& fact = *facts[later].fact;
    const FactKind other = fact.kind == FactKind::kDepart ? FactKind::kArrive : FactKind::kDepart;
    for (std::size_t i = earlier + 1; i < later; ++i) {
        if (facts[i].fact->kind == other && facts[i].fact->item == fact.item &&
            facts[i].fact->owner == fact.owner && facts[i].fact->site == fact.site &&
            share_a_linking_paper(*facts[i].event, *facts[later].event)) {
            return true;
        }
    }
    return false;
}

bool is_elsewhere_between(const std::vector<Told>& facts, std::size_t earlier, std::size_t later) {
    for (std::size_t i = earlier + 1; i < later; ++i) {
        if (facts[i].fact->item == facts[later].fact->item && is_at_a_position(*facts[i].fact) &&
            facts[i].position() != facts[later].position()) {
            return true;
        }
    }
    return false;
}

std::set<graph::ItemId> packed_by(const FlowEvent& event, graph::ItemId thing) {
    std::set<graph::ItemId> children;
    for (const Fact& fact : event.facts) {
        if (fact.kind == FactKind::kPack && fact.other == thing && !fact.is_observed) {
            children.insert(fact.item);
        }
    }
    return children;
}

// Facts before `later` are settled: those that are repeats are sights.
std::optional<std::size_t> what_it_repeats(
    const World& world, const std::vector<Told>& facts, std::size_t later
) {
    const Told& told = facts[later];
    std::optional<std::size_t> last;  // of the item that moved
    for (std::size_t i = later; i-- > 0;) {
        if (facts[i].fact->item != told.fact->item || !tells_of_moving(facts[i])) {
            continue;
        }
        last = last.has_value() ? last : i;
        if (tells_the_same_in_another_step(*facts[i].fact, *told.fact) &&
            share_a_linking_paper(*facts[i].event, *told.event) &&
            !went_the_other_way_between(facts, i, later)) {
            return i;
        }
    }
    if (!last.has_value() || !world.is_individual(told.fact->item)) {
        return std::nullopt;
    }
    const Told& before = facts[*last];
    const auto known = packed_by(*before.event, told.fact->item);
    const auto packed = packed_by(*told.event, told.fact->item);
    const bool is_again = tells_the_same_in_another_step(*before.fact, *told.fact) &&
                          has_the_same_peers(*before.fact, *told.fact) &&
                          !(has_a_linking_paper(before) && has_a_linking_paper(told)) &&
                          !is_elsewhere_between(facts, *last, later) &&
                          !is_handled_between(world, facts, *last, later) &&
                          std::ranges::includes(known, packed);
    return is_again ? last : std::nullopt;
}

bool moves_or_counts(const Fact& fact) {
    return fact.kind == FactKind::kDepart || fact.kind == FactKind::kArrive ||
           fact.kind == FactKind::kInput || fact.kind == FactKind::kOutput ||
           fact.kind == FactKind::kSink || fact.kind == FactKind::kCount;
}

bool are_at_one_position(const Fact& a, const Fact& b) {
    return a.item == b.item && a.owner == b.owner && a.site == b.site;
}

// Section 3.0, commissioning: whether the two may be one happening.
bool may_be_one_happening(const std::vector<Told>& facts, std::size_t created, std::size_t made) {
    constexpr model::MicrosUtc kDay = model::MicrosUtc{24} * 3'600 * 1'000'000;
    const Told& create = facts[created];
    const Told& output = facts[made];
    const Fact& c = *create.fact;
    const Fact& o = *output.fact;
    // What is said, not what the labels of others tell of it.
    const model::TimeInterval& told_created = create.event->time;
    const model::TimeInterval& told_made = output.event->time;
    const bool is_input = std::ranges::any_of(output.event->facts, [&](const Fact& fact) {
        return fact.kind == FactKind::kInput && fact.item == o.item;
    });
    if (!are_at_one_position(c, o) || is_input || told_created.first - kDay > told_made.last ||
        told_made.first - kDay > told_created.last) {
        return false;
    }
    if (c.has_quantity && o.has_quantity && c.unit == o.unit) {
        if (c.millionths != o.millionths) {
            return false;
        }
        if (created < made) {
            return true;
        }
    }
    for (std::size_t i = std::min(created, made) + 1; i < std::max(created, made); ++i) {
        if (moves_or_counts(*facts[i].fact) && are_at_one_position(*facts[i].fact, o)) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool possibly_in_order(const model::TimeInterval& earlier, const model::TimeInterval& later) {
    return earlier.first <= later.last;
}

bool certainly_in_order(const model::TimeInterval& earlier, const model::TimeInterval& later) {
    return earlier.last <= later.first;
}

bool is_at_a_position(const graph::Fact& fact) {
    return fact.kind != graph::FactKind::kBlock && fact.kind != graph::FactKind::kRelease &&
           fact.kind != graph::FactKind::kSameAs && fact.kind != graph::FactKind::kNotSameAs;
}

bool is_handling(graph::FactKind kind) {
    return kind == graph::FactKind::kPack || kind == graph::FactKind::kUnpack ||
           kind == graph::FactKind::kUnpackAll || kind == graph::FactKind::kCreate ||
           kind == graph::FactKind::kInput || kind == graph::FactKind::kOutput ||
           kind == graph::FactKind::kSink;
}

bool share_a_linking_paper(const FlowEvent& a, const FlowEvent& b) {
    return std::ranges::any_of(a.linking_papers, [&](graph::PaperId paper) {
        return std::ranges::count(b.linking_papers, paper) > 0;
    });
}

bool names(const graph::FlowEvent& event, graph::ItemId item) {
    return std::ranges::any_of(event.facts, [&](const graph::Fact& fact) {
        return fact.item == item || fact.other == item;
    });
}

Log::Log(const World& world, model::MicrosUtc as_of) : world_(&world) {
    const std::vector<bool> is_effective = find_effective(world, as_of);
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        const FlowEvent& event = world.events[i];
        if (is_known(event, as_of)) {
            cut_off_ = std::max(cut_off_, event.record_time);
        }
        if (!is_effective[i]) {
            continue;
        }
        const auto index = static_cast<graph::EventIndex>(i);
        records_.push_back(index);
        for (std::size_t place = 0; place < event.facts.size(); ++place) {
            facts_.push_back({index, &event, &event.facts[place], place});
        }
    }
    std::ranges::sort(facts_, [](const Told& a, const Told& b) { return a.moment() < b.moment(); });
    find_repeats();
    find_commissionings();
}

graph::Fact& Log::mutable_copy(Told& told) {
    sights_.push_back(*told.fact);
    told.fact = &sights_.back();
    return sights_.back();
}

void Log::make_sight(Told& told) {
    mutable_copy(told).kind = FactKind::kSight;
}

// Section 3.0, "R completes F"; `parts`: what each movement and its repeats say of the quantity.
void Log::complete(std::size_t first, std::size_t later, std::map<std::size_t, Parts>& parts) {
    const Fact& more = *facts_[later].fact;
    Fact& told = mutable_copy(facts_[first]);
    if (told.peer_owner == graph::OperatorId()) {
        told.peer_owner = more.peer_owner;
    }
    if (told.peer_site == graph::SiteId()) {
        told.peer_site = more.peer_site;
    }
    told.is_return = told.is_return || (more.is_return && more.kind == FactKind::kArrive);
    if (!more.has_quantity) {
        return;
    }
    const auto [known, is_new] = parts.try_emplace(first);
    if (is_new) {
        known->second.original = told;
    }
    std::vector<Fact>& tellings = known->second.tellings;
    if (!tellings.empty() && tellings.back().step != more.step) {
        tellings.clear();
    }
    tellings.push_back(more);
    const bool is_one_unit = std::ranges::all_of(tellings, [&](const Fact& telling) {
        return telling.unit == more.unit;
    });
    std::int64_t sum = 0;
    for (const Fact& telling : tellings) {
        sum += telling.millionths;
    }
    const Fact& original = known->second.original;
    const bool is_less = is_one_unit && more.unit == original.unit && sum < original.millionths;
    const bool counts = original.has_quantity ? is_less : is_one_unit;
    told.has_quantity = original.has_quantity || counts;
    told.unit = counts ? more.unit : original.unit;
    told.millionths = counts ? sum : original.millionths;
}

void Log::find_repeats() {
    std::map<std::size_t, Parts> parts;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (!tells_of_moving(facts_[i])) {
            continue;
        }
        const auto repeated = what_it_repeats(*world_, facts_, i);
        if (!repeated.has_value()) {
            continue;
        }
        complete(*repeated, i, parts);
        const Fact& later = *facts_[i].fact;
        facts_[i].repeats = Source{facts_[*repeated].index, facts_[*repeated].place};
        facts_[i].is_late_departure = later.kind == FactKind::kDepart && !later.is_return &&
                                      later.step == graph::Step::kDeparting;
        make_sight(facts_[i]);
    }
}

void Log::find_commissionings() {
    std::set<std::size_t> taken;
    for (std::size_t made = 0; made < facts_.size(); ++made) {
        if (facts_[made].fact->kind != FactKind::kOutput) {
            continue;
        }
        for (std::size_t created = 0; created < facts_.size(); ++created) {
            if (facts_[created].fact->kind == FactKind::kCreate && !taken.contains(created) &&
                may_be_one_happening(facts_, created, made)) {
                taken.insert(created);
                const model::MicrosUtc since = facts_[created].event->time.first;
                if (since < facts_[made].event->time.first) {
                    facts_[made].made_since = since;
                }
                break;
            }
        }
    }
    for (const std::size_t i : taken) {
        make_sight(facts_[i]);
    }
    std::ranges::sort(facts_, [](const Told& a, const Told& b) { return a.moment() < b.moment(); });
}

}  // namespace suyuan::property
