// SPDX-License-Identifier: Apache-2.0

#include "trace/repeats.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/item_flow.h"
#include "trace/lot_stays.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::Fact;
using graph::FactKind;

bool is_movement(const TimedFact& fact) noexcept {
    return fact.fact.kind == FactKind::kDepart || fact.fact.kind == FactKind::kArrive;
}

// Nearly all items are told of in one step each way, and so need no closer look.
bool has_two_steps(const std::vector<TimedFact>& facts, FactKind kind) noexcept {
    graph::Step first = graph::Step::kNone;
    for (const TimedFact& fact : facts) {
        const graph::Step step = fact.fact.step;
        if (fact.fact.kind == kind && step != graph::Step::kNone) {
            if (first != graph::Step::kNone && step != first) {
                return true;
            }
            first = step;
        }
    }
    return false;
}

class RepeatFinder {
public:
    RepeatFinder(const View& view, std::vector<TimedFact>& facts) : view_(view), facts_(facts) {}

    [[nodiscard]] std::vector<Retelling> find_steps();
    std::vector<MadeEarlier> find_commissionings();

private:
    struct Here;

    static constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60 * 1'000'000;

    // What a movement is looked up by.
    struct Key {
        FactKind kind = FactKind::kDepart;
        Spot spot;
        graph::PaperId paper;

        friend auto operator<=>(const Key&, const Key&) noexcept = default;
    };

    template <typename Visit>
    void visit_papers(const TimedFact& fact, const Visit& visit) const {
        const graph::EventGraph& graph = view_.graph();
        graph.visit_linking_papers(graph.event(fact.event()), visit);
    }

    [[nodiscard]] static Key key_of(const TimedFact& fact, graph::PaperId paper) noexcept {
        return {fact.fact.kind, spot_of(fact.position()), paper};
    }

    [[nodiscard]] bool is_step_of(const TimedFact& later, std::size_t earlier) const noexcept {
        const Fact& a = facts_[earlier].fact;
        const Fact& b = later.fact;
        return a.kind == b.kind && a.owner == b.owner && a.site == b.site &&
               a.step != graph::Step::kNone && b.step != graph::Step::kNone && a.step != b.step &&
               agrees(a.peer_owner, b.peer_owner) && agrees(a.peer_site, b.peer_site);
    }

    [[nodiscard]] bool is_commissioning(std::size_t create, std::size_t output, const Here& here)
        const;
    // What it repeats.
    [[nodiscard]] std::optional<std::size_t> find_by_paper(const TimedFact& fact) const;
    [[nodiscard]] bool has_paper(const TimedFact& fact) const;
    void list_handlings(graph::ItemId thing);
    [[nodiscard]] bool is_handled_between(const TimedFact& earlier, const TimedFact& later) const;
    [[nodiscard]] std::vector<graph::ItemId> packed_by(const TimedFact& fact) const;
    [[nodiscard]] bool repeats_as_thing(const TimedFact& fact, std::size_t last) const;
    void complete(std::size_t place, const Fact& later);
    void note(std::size_t place);

    // What a movement said, and what the repeats of the step that came last say together.
    struct Parts {
        Amount told;
        graph::Step step = graph::Step::kNone;
        std::optional<Amount> sum = {};
    };

    const View& view_;
    std::vector<TimedFact>& facts_;
    std::map<std::size_t, Parts> parts_;            // by place of the movement
    std::map<Key, std::vector<std::size_t>> told_;  // movements that are no repeats, by time
    std::vector<TimeKey> handlings_;                // of a thing, by time
};

std::optional<std::size_t> RepeatFinder::find_by_paper(const TimedFact& fact) const {
    std::optional<std::size_t> found;
    std::optional<std::size_t> came_back;  // or was sent back
    const bool leaves = fact.fact.kind == FactKind::kDepart;
    visit_papers(fact, [&](graph::PaperId paper) {
        if (const auto known = told_.find(key_of(fact, paper)); known != told_.end()) {
            for (const std::size_t earlier : known->second | std::views::reverse) {
                if (is_step_of(fact, earlier)) {
                    found = std::max(found, std::optional(earlier));
                    break;
                }
            }
        }
        Key other_way = key_of(fact, paper);
        other_way.kind = leaves ? FactKind::kArrive : FactKind::kDepart;
        if (const auto known = told_.find(other_way); known != told_.end()) {
            came_back = std::max(came_back, std::optional(known->second.back()));
        }
    });
    return came_back > found ? std::nullopt : found;
}

bool RepeatFinder::has_paper(const TimedFact& fact) const {
    bool has_one = false;
    visit_papers(fact, [&](graph::PaperId) { has_one = true; });
    return has_one;
}

void RepeatFinder::list_handlings(graph::ItemId thing) {
    visit_handlings(view_, thing, facts_, [&](const Fact&, const TimeKey& key) {
        handlings_.push_back(key);
    });
    std::ranges::sort(handlings_);
}

bool RepeatFinder::is_handled_between(const TimedFact& earlier, const TimedFact& later) const {
    TimeKey after = earlier.key;
    after.place = std::numeric_limits<std::uint32_t>::max();
    TimeKey before = later.key;
    before.place = 0;
    const auto next = std::ranges::upper_bound(handlings_, after);
    return next != handlings_.end() && *next < before;
}

// What an event puts into the thing, ascending.
std::vector<graph::ItemId> RepeatFinder::packed_by(const TimedFact& fact) const {
    std::vector<graph::ItemId> children;
    for (const TimedFact& told : view_.facts_of_event(fact.event())) {
        if (told.fact.kind == FactKind::kPack && told.fact.other == fact.fact.item &&
            !told.fact.is_observed) {
            children.push_back(told.fact.item);
        }
    }
    sort_unique(children);
    return children;
}

// A thing is at one place: where no paper tells two journeys apart, it left once until something
// else is told of it.
bool RepeatFinder::repeats_as_thing(const TimedFact& fact, std::size_t last) const {
    const TimedFact& earlier = facts_[last];
    return is_step_of(fact, last) && earlier.fact.peer_owner == fact.fact.peer_owner &&
           earlier.fact.peer_site == fact.fact.peer_site &&
           (!has_paper(fact) || !has_paper(earlier)) && !is_handled_between(earlier, fact) &&
           std::ranges::includes(packed_by(earlier), packed_by(fact));
}

void RepeatFinder::complete(std::size_t place, const Fact& later) {
    Fact& told = facts_[place].fact;
    told.peer_owner = told.peer_owner.value() == 0 ? later.peer_owner : told.peer_owner;
    told.peer_site = told.peer_site.value() == 0 ? later.peer_site : told.peer_site;
    told.is_return = told.is_return || (later.is_return && later.kind == FactKind::kArrive);
    if (!later.has_quantity) {
        return;
    }
    Parts& parts = parts_.try_emplace(place, Parts{.told = amount_of(told)}).first->second;
    const Amount more = amount_of(later);
    parts.sum = parts.sum && parts.step == later.step ? together(*parts.sum, more) : more;
    parts.step = later.step;
    const bool is_better =
        !parts.told.is_known || (parts.sum->is_known && parts.sum->unit == parts.told.unit &&
                                 parts.sum->millionths < parts.told.millionths);
    const Amount& best = is_better ? *parts.sum : parts.told;
    told.has_quantity = best.is_known;
    told.unit = best.unit;
    told.millionths = best.millionths;
}

void RepeatFinder::note(std::size_t place) {
    const TimedFact& fact = facts_[place];
    visit_papers(fact, [&](graph::PaperId paper) { told_[key_of(fact, paper)].push_back(place); });
}

std::vector<Retelling> RepeatFinder::find_steps() {
    std::vector<Retelling> retellings;
    const bool exists_once =
        !facts_.empty() && view_.graph().is_individual(facts_.front().fact.item);
    if (exists_once) {
        list_handlings(facts_.front().fact.item);
    }
    std::optional<std::size_t> last;  // movement that is no repeat
    bool was_elsewhere = false;       // since then
    for (std::size_t place = 0; place < facts_.size(); ++place) {
        TimedFact& fact = facts_[place];
        if (!is_movement(fact)) {
            was_elsewhere = was_elsewhere || (last && is_at_position(fact.fact.kind) &&
                                              fact.position() != facts_[*last].position());
            continue;
        }
        std::optional<std::size_t> repeated = find_by_paper(fact);
        if (!repeated && exists_once && last && !was_elsewhere && repeats_as_thing(fact, *last)) {
            repeated = last;
        }
        if (repeated) {
            complete(*repeated, fact.fact);
            retellings.push_back({fact.event(), fact.key.place, facts_[*repeated].key});
            fact.is_late_departure = fact.fact.kind == FactKind::kDepart && !fact.fact.is_return &&
                                     fact.fact.step == graph::Step::kDeparting;
            fact.fact.kind = FactKind::kSight;
            was_elsewhere = was_elsewhere || (last && fact.position() != facts_[*last].position());
            continue;
        }
        last = place;
        was_elsewhere = false;
        note(place);
    }
    std::ranges::sort(retellings);
    return retellings;
}

// What stands at one position.
struct RepeatFinder::Here {
    std::vector<std::size_t> creates;  // that no output took
    std::vector<std::size_t> others;   // what moves, uses, makes or counts the item

    [[nodiscard]] bool has_between(std::size_t a, std::size_t b) const {
        const auto next = std::ranges::upper_bound(others, std::min(a, b));
        return next != others.end() && *next < std::max(a, b);
    }
};

bool RepeatFinder::is_commissioning(std::size_t create, std::size_t output, const Here& here)
    const {
    const TimedFact& c = facts_[create];
    const TimedFact& o = facts_[output];
    const bool is_near = c.key.first - kDay <= o.key.last && o.key.first - kDay <= c.key.last;
    const bool is_comparable =
        c.fact.has_quantity && o.fact.has_quantity && c.fact.unit == o.fact.unit;
    if (!is_near || (is_comparable && c.fact.millionths != o.fact.millionths)) {
        return false;
    }
    return (is_comparable && create < output) || !here.has_between(create, output);
}

std::vector<MadeEarlier> RepeatFinder::find_commissionings() {
    std::map<Spot, Here> spots;
    std::vector<std::size_t> outputs;
    std::vector<graph::EventIndex> uses;  // events of which it is an input
    for (std::size_t place = 0; place < facts_.size(); ++place) {
        Here& here = spots[spot_of(facts_[place].position())];
        switch (facts_[place].fact.kind) {
            case FactKind::kCreate:
                here.creates.push_back(place);
                break;
            case FactKind::kOutput:
                outputs.push_back(place);
                here.others.push_back(place);
                break;
            case FactKind::kInput:
                uses.push_back(facts_[place].event());
                here.others.push_back(place);
                break;
            case FactKind::kDepart:
            case FactKind::kArrive:
            case FactKind::kSink:
            case FactKind::kCount:
                here.others.push_back(place);
                break;
            default:
                break;
        }
    }
    sort_unique(uses);
    std::vector<MadeEarlier> made_earlier;
    std::vector<std::pair<std::size_t, model::MicrosUtc>> begins;  // of outputs, by place
    for (const std::size_t output : outputs) {
        const TimedFact& fact = facts_[output];
        Here& here = spots[spot_of(fact.position())];
        if (here.creates.empty() || std::ranges::binary_search(uses, fact.event())) {
            continue;
        }
        const auto taken = std::ranges::find_if(here.creates, [&](std::size_t create) {
            return is_commissioning(create, output, here);
        });
        if (taken == here.creates.end()) {
            continue;
        }
        TimedFact& create = facts_[*taken];
        create.fact.kind = FactKind::kSight;
        here.creates.erase(taken);
        if (create.key.first < fact.key.first) {
            made_earlier.push_back({fact.event(), fact.key.place, create.key.first});
            begins.emplace_back(output, create.key.first);
        }
    }
    // Only now: until then everything stands where it was told.
    for (const auto& [output, first] : begins) {
        facts_[output].key.first = first;
    }
    std::ranges::sort(made_earlier);
    if (!made_earlier.empty()) {
        std::ranges::sort(facts_, {}, &TimedFact::key);
    }
    return made_earlier;
}

}  // namespace

std::pair<std::vector<Retelling>, std::vector<MadeEarlier>> mark_repeats(
    const View& view, std::vector<TimedFact>& facts
) {
    RepeatFinder finder(view, facts);
    std::pair<std::vector<Retelling>, std::vector<MadeEarlier>> found;
    if (has_two_steps(facts, FactKind::kDepart) || has_two_steps(facts, FactKind::kArrive)) {
        found.first = finder.find_steps();
    }
    const auto has = [&](FactKind kind) {
        return std::ranges::any_of(facts, [&](const TimedFact& fact) {
            return fact.fact.kind == kind;
        });
    };
    if (has(FactKind::kOutput) && has(FactKind::kCreate)) {
        found.second = finder.find_commissionings();
    }
    return found;
}

}  // namespace suyuan::trace
