// SPDX-License-Identifier: Apache-2.0

#include "trace/repeats.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::Fact;
using graph::FactKind;

bool is_movement(const TimedFact& fact) noexcept {
    return fact.fact.kind == FactKind::kDepart || fact.fact.kind == FactKind::kArrive;
}

// After which a thing that leaves once more does so with something else in it, or as something
// else.
bool is_handling(FactKind kind) noexcept {
    switch (kind) {
        case FactKind::kCreate:
        case FactKind::kInput:
        case FactKind::kOutput:
        case FactKind::kSink:
        case FactKind::kPack:
        case FactKind::kUnpack:
        case FactKind::kUnpackAll:
            return true;
        default:
            return false;
    }
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

    void find_steps();
    void find_commissionings();

private:
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

    [[nodiscard]] bool repeats_by_paper(const TimedFact& fact) const;
    [[nodiscard]] bool has_paper(const TimedFact& fact) const;
    void list_handlings(graph::ItemId thing);
    [[nodiscard]] bool is_handled_between(const TimedFact& earlier, const TimedFact& later) const;
    [[nodiscard]] bool repeats_as_thing(const TimedFact& fact, std::size_t last) const;

    const View& view_;
    std::vector<TimedFact>& facts_;
    std::map<Key, std::vector<std::size_t>> told_;  // movements that are no repeats
    std::vector<TimeKey> handlings_;                // of a thing, by time
};

bool RepeatFinder::repeats_by_paper(const TimedFact& fact) const {
    bool is_repeat = false;
    visit_papers(fact, [&](graph::PaperId paper) {
        const auto known = told_.find(key_of(fact, paper));
        is_repeat = is_repeat || (known != told_.end() &&
                                  std::ranges::any_of(known->second, [&](std::size_t earlier) {
                                      return is_step_of(fact, earlier);
                                  }));
    });
    return is_repeat;
}

bool RepeatFinder::has_paper(const TimedFact& fact) const {
    bool has_one = false;
    visit_papers(fact, [&](graph::PaperId) { has_one = true; });
    return has_one;
}

void RepeatFinder::list_handlings(graph::ItemId thing) {
    for (const TimedFact& fact : facts_) {
        if (is_handling(fact.fact.kind)) {
            handlings_.push_back(fact.key);
        }
    }
    view_.visit_facts(
        graph::Chain::kOther,
        thing.value(),
        [&](const graph::FactRow& row, graph::FactIndex index) {
            if (is_handling(row.fact.kind)) {
                handlings_.push_back(view_.timed(row, index).key);
            }
        }
    );
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

// A thing is at one place: where no paper tells two journeys apart, it left once until something
// else is told of it.
bool RepeatFinder::repeats_as_thing(const TimedFact& fact, std::size_t last) const {
    return is_step_of(fact, last) && (!has_paper(fact) || !has_paper(facts_[last])) &&
           !is_handled_between(facts_[last], fact);
}

void RepeatFinder::find_steps() {
    const bool exists_once =
        !facts_.empty() && view_.graph().is_individual(facts_.front().fact.item);
    if (exists_once) {
        list_handlings(facts_.front().fact.item);
    }
    std::optional<std::size_t> last;  // movement that is no repeat
    for (std::size_t place = 0; place < facts_.size(); ++place) {
        TimedFact& fact = facts_[place];
        if (!is_movement(fact)) {
            continue;
        }
        if ((exists_once && last && repeats_as_thing(fact, *last)) || repeats_by_paper(fact)) {
            fact.fact.kind = FactKind::kSight;
            continue;
        }
        last = place;
        visit_papers(fact, [&](graph::PaperId paper) {
            std::vector<std::size_t>& told = told_[key_of(fact, paper)];
            // Of equal steps to one destination the first answers for all.
            const bool is_told = std::ranges::any_of(told, [&](std::size_t earlier) {
                const Fact& other = facts_[earlier].fact;
                return other.step == fact.fact.step && other.peer_owner == fact.fact.peer_owner &&
                       other.peer_site == fact.fact.peer_site;
            });
            if (!is_told) {
                told.push_back(place);
            }
        });
    }
}

void RepeatFinder::find_commissionings() {
    std::map<Spot, std::vector<std::size_t>> creates;
    for (std::size_t place = 0; place < facts_.size(); ++place) {
        if (facts_[place].fact.kind == FactKind::kCreate) {
            creates[spot_of(facts_[place].position())].push_back(place);
        }
    }
    if (creates.empty()) {
        return;
    }
    for (const TimedFact& output : facts_) {
        if (output.fact.kind != FactKind::kOutput) {
            continue;
        }
        const auto here = creates.find(spot_of(output.position()));
        if (here == creates.end()) {
            continue;
        }
        std::vector<std::size_t>& places = here->second;
        const auto taken = std::ranges::find_if(places, [&](std::size_t place) {
            const Fact& create = facts_[place].fact;
            const bool differs = create.has_quantity && output.fact.has_quantity &&
                                 create.unit == output.fact.unit &&
                                 create.millionths != output.fact.millionths;
            return !differs;
        });
        if (taken != places.end()) {
            facts_[*taken].fact.kind = FactKind::kSight;
            facts_[*taken].is_commissioning = true;
            places.erase(taken);
        }
    }
}

}  // namespace

void mark_repeats(const View& view, std::vector<TimedFact>& facts) {
    RepeatFinder finder(view, facts);
    if (has_two_steps(facts, FactKind::kDepart) || has_two_steps(facts, FactKind::kArrive)) {
        finder.find_steps();
    }
    if (std::ranges::any_of(facts, [](const TimedFact& fact) {
            return fact.fact.kind == FactKind::kOutput;
        })) {
        finder.find_commissionings();
    }
}

}  // namespace suyuan::trace
