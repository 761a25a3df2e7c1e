// SPDX-License-Identifier: Apache-2.0

#include "service/territory_view.h"

#include <cstddef>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/admission.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_cut.h"
#include "service/event_references.h"
#include "service/inner_scope.h"
#include "service/name_book.h"
#include "service/touched_list.h"
#include "store/store.h"
#include "trace/account.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

const graph::Fact* first_fact(const graph::EventGraph& graph, graph::EventIndex event) {
    const graph::EventRow& row = graph.event(event);
    return row.fact_count == 0 ? nullptr : &graph.fact(row.first_fact).fact;
}

// Everything that is told over the whole of what was cut; lives for one call.
class TerritorySums {
public:
    TerritorySums(
        const Territory& territory,
        const graph::EventGraph& graph,
        const trace::Question& question,
        CutAnswer& cut
    )
        : territory_(territory), graph_(graph), question_(question), cut_(cut) {}

    void write();

private:
    void add_event(graph::EventIndex event);
    void add_facts(const trace::ReachedPosition& reached, Way way);
    void add_part(const trace::Part& part, Way way);

    const Territory& territory_;
    const graph::EventGraph& graph_;
    const trace::Question& question_;
    CutAnswer& cut_;
    std::set<graph::EventIndex> events_;
    std::set<trace::Position> counted_;
    std::map<graph::UnitId, trace::Balance> totals_;
    TouchedList custodians_;
    TouchedList vehicles_;
    TouchedList people_;
};

void TerritorySums::add_event(graph::EventIndex event) {
    if (!territory_.knows(event) || !events_.insert(event).second) {
        return;
    }
    const graph::EventRow& row = graph_.event(event);
    if (territory_.is_home_of(row.custodian)) {
        custodians_.add(row.custodian.value(), row.time);
    }
    graph_.visit_vehicles(row, [&](graph::VehicleId id) { vehicles_.add(id.value(), row.time); });
    graph_.visit_people(row, [&](graph::PersonId id) { people_.add(id.value(), row.time); });
}

// What was recorded of the goods there, not before they came or after they went.
void TerritorySums::add_facts(const trace::ReachedPosition& reached, Way way) {
    const trace::Position& at = reached.position;
    graph_.visit_facts(
        graph::Chain::kItem,
        at.item.value(),
        cut_.answer.snapshot,
        [&](graph::FactIndex /*index*/, const graph::FactRow& row) {
            const model::TimeInterval time = graph_.time_of(row);
            const bool is_in_reach = way == Way::kForward ? time.last >= reached.possible
                                                          : time.first <= reached.possible;
            if (row.fact.owner == at.owner && row.fact.site == at.site && is_in_reach &&
                graph_.is_effective(row.event, question_.as_of, cut_.answer.snapshot)) {
                add_event(row.event);
            }
        }
    );
}

void TerritorySums::add_part(const trace::Part& part, Way way) {
    for (const trace::ReachedPosition& reached : part.positions) {
        if (cut_.beyond.contains(reached.position)) {
            continue;
        }
        add_facts(reached, way);
        if (!counted_.insert(reached.position).second) {
            continue;
        }
        for (const trace::Balance& balance : reached.stock.balances) {
            trace::Balance& sum =
                totals_.try_emplace(balance.unit, trace::Balance{.unit = balance.unit})
                    .first->second;
            trace::add_balance(sum, balance);
        }
    }
    for (const trace::Move& move : part.moves) {
        if (move.kind != trace::MoveKind::kSameAs) {
            for (const graph::EventIndex event : events_behind(move)) {
                add_event(event);
            }
        }
    }
}

void TerritorySums::write() {
    if (cut_.answer.back) {
        add_part(*cut_.answer.back, Way::kBack);
    }
    if (cut_.answer.forward) {
        add_part(*cut_.answer.forward, Way::kForward);
    }
    const auto totals = totals_ | std::views::values;
    cut_.answer.total.assign(totals.begin(), totals.end());
    cut_.answer.vehicles = vehicles_.rows();
    cut_.answer.people = people_.rows();
    TouchedList operators = custodians_;
    for (const trace::Touched& one : cut_.answer.operators) {
        operators.add(one.id, {one.first, one.last});
    }
    cut_.answer.operators = operators.rows();
}

// Where a back part ends, or enters from beyond; of positions that feed each other, and are fed by
// nobody else, all. Lives for one call.
class SourceSearch {
public:
    explicit SourceSearch(const CutPart& back) {
        for (const trace::ReachedPosition& reached : back.part.positions) {
            if (!back.beyond.contains(reached.position)) {
                feeds_.try_emplace(reached.position);
                fed_by_.try_emplace(reached.position);
            }
        }
        for (const trace::Move& move : back.part.moves) {
            if (back.beyond.contains(move.from)) {
                crossed_.insert(move.to);
            } else {
                feeds_.at(move.from).push_back(move.to);
                fed_by_.at(move.to).push_back(move.from);
            }
        }
    }

    // Ascending.
    std::vector<trace::Position> run();

private:
    using Neighbours = std::map<trace::Position, std::vector<trace::Position>>;
    using Positions = std::set<trace::Position>;

    static Positions reach(const Neighbours& along, std::vector<trace::Position> pending);
    [[nodiscard]] std::vector<trace::Position> by_leaving() const;

    Neighbours feeds_;
    Neighbours fed_by_;
    Positions crossed_;
};

SourceSearch::Positions SourceSearch::reach(
    const Neighbours& along, std::vector<trace::Position> pending
) {
    Positions reached(pending.begin(), pending.end());
    while (!pending.empty()) {
        const trace::Position from = pending.back();
        pending.pop_back();
        for (const trace::Position& to : along.at(from)) {
            if (reached.insert(to).second) {
                pending.push_back(to);
            }
        }
    }
    return reached;
}

// In the order in which a search in depth leaves them: of two groups the one that feeds the other
// is left last.
std::vector<trace::Position> SourceSearch::by_leaving() const {
    std::vector<trace::Position> left;
    Positions entered;
    std::vector<std::pair<trace::Position, std::size_t>> path;  // and which neighbour is next
    for (const auto& [start, unused] : feeds_) {
        if (entered.insert(start).second) {
            path.emplace_back(start, 0);
        }
        while (!path.empty()) {
            auto& [at, next] = path.back();
            const std::vector<trace::Position>& ways = feeds_.at(at);
            if (next == ways.size()) {
                left.push_back(at);
                path.pop_back();
                continue;
            }
            const trace::Position to = ways[next];
            ++next;
            if (entered.insert(to).second) {
                path.emplace_back(to, 0);
            }
        }
    }
    return left;
}

std::vector<trace::Position> SourceSearch::run() {
    Positions sources = crossed_;
    Positions explained = reach(feeds_, {crossed_.begin(), crossed_.end()});
    const std::vector<trace::Position> left = by_leaving();
    for (const trace::Position& at : left | std::views::reverse) {
        if (explained.contains(at)) {
            continue;
        }
        // Whoever feeds it is in its group: all others that do were looked at before.
        sources.merge(reach(fed_by_, {at}));
        explained.merge(reach(feeds_, {at}));
    }
    return {sources.begin(), sources.end()};
}

// Nothing was cut: what is counted over the whole is counted over what is shown.
bool is_whole(const trace::Answer& whole, const CutAnswer& cut) {
    const auto count = [](const std::optional<trace::Part>& part) {
        return part ? part->positions.size() : 0;
    };
    return cut.beyond.empty() && count(whole.back) == count(cut.answer.back) &&
           count(whole.forward) == count(cut.answer.forward);
}

}  // namespace

Result<NameBook> places_of(
    const policy::RequestContext& context,
    const store::Store& store,
    const graph::EventGraph& graph,
    const trace::Answer& answer
) {
    NameRequest wanted;
    const auto add = [&](graph::OperatorId owner, graph::SiteId site) {
        wanted.add(store::NameKind::kOperator, owner.value());
        wanted.add(store::NameKind::kSite, site.value());
    };
    const auto add_event = [&](graph::EventIndex event) {
        add(graph.event(event).custodian, graph::SiteId());
        if (const graph::Fact* const fact = first_fact(graph, event)) {
            add(fact->owner, fact->site);
        }
    };
    for (const auto* const part : {&answer.back, &answer.forward}) {
        if (!*part) {
            continue;
        }
        const trace::Part& one = **part;
        for (const trace::ReachedPosition& reached : one.positions) {
            const trace::Position& at = reached.position;
            add(at.owner, at.site);
            graph.visit_facts(
                graph::Chain::kItem,
                at.item.value(),
                answer.snapshot,
                [&](graph::FactIndex /*index*/, const graph::FactRow& row) {
                    if (row.fact.owner == at.owner && row.fact.site == at.site) {
                        add_event(row.event);
                    }
                }
            );
        }
        for (const trace::Move& move : one.moves) {
            add_event(move.leaving_event);
            add_event(move.arriving_event);
        }
    }
    for (const trace::OpenEnd& end : answer.open_ends) {
        add_event(end.event);
    }
    for (const trace::Violation& violation : answer.violations) {
        add_event(violation.event);
        add_event(violation.block_event);
    }
    return NameBook::fetch(context, inner_scope(), store, wanted);
}

Territory::Territory(policy::RegionCode region, NameBook places, const graph::EventGraph& graph)
    : prefix_(policy::region_prefix(region)), places_(std::move(places)), graph_(graph) {}

bool Territory::holds_region(std::string_view code) const {
    return code.starts_with(prefix_);
}

bool Territory::holds(const trace::Position& position) const {
    return holds_region(places_.region_of(position));
}

bool Territory::knows(graph::EventIndex event) const {
    const graph::Fact* const fact = first_fact(graph_, event);
    return fact != nullptr && holds({fact->item, fact->owner, fact->site});
}

bool Territory::is_home_of(graph::OperatorId owner) const {
    return holds_region(places_.owner(owner).region);
}

trace::Position Territory::edge_of(const trace::Position& beyond) const {
    return is_home_of(beyond.owner) ? trace::Position{beyond.item, graph::OperatorId(), beyond.site}
                                    : trace::Position{beyond.item, beyond.owner, graph::SiteId()};
}

bool Territory::tells(const trace::Move& crossing) const {
    return crossing.from.item == crossing.to.item ||
           (knows(crossing.leaving_event) && knows(crossing.arriving_event));
}

CutAnswer territory_view(
    const trace::Answer& answer,
    const Territory& territory,
    const graph::EventGraph& graph,
    const trace::Question& question
) {
    CutAnswer cut;
    cut.answer.snapshot = answer.snapshot;
    std::set<trace::Position> starts;
    if (answer.back) {
        CutPart part = cut_part(
            *answer.back, Way::kBack, held_seeds(*answer.back, territory), territory, graph
        );
        cut.answer.sources = SourceSearch(part).run();
        starts.insert(cut.answer.sources.begin(), cut.answer.sources.end());
        cut.answer.back = std::move(part.part);
        cut.beyond.merge(part.beyond);
    }
    if (answer.forward) {
        if (question.direction != trace::Direction::kFull) {
            starts = held_seeds(*answer.forward, territory);
        }
        CutPart part = cut_part(*answer.forward, Way::kForward, starts, territory, graph);
        cut.answer.forward = std::move(part.part);
        cut.beyond.merge(part.beyond);
    }
    cut_lists(answer, territory, cut);
    TerritorySums(territory, graph, question, cut).write();
    if (is_whole(answer, cut)) {
        cut.answer.total = answer.total;
    }
    return cut;
}

}  // namespace suyuan::service
