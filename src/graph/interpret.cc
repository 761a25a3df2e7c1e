// SPDX-License-Identifier: Apache-2.0

#include "graph/interpret.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/business_words.h"
#include "graph/fact.h"
#include "graph/leaving_site.h"
#include "model/code.h"
#include "model/event.h"
#include "model/identifiers.h"
#include "model/quantity.h"

namespace suyuan::graph {
namespace {

using model::Event;
using model::EventAction;
using model::EventItem;
using model::EventKind;
using model::ItemRole;

struct Place {
    OperatorId owner;
    bool owner_is_stated = false;
    SiteId site;
};

// A party or location of one type from a source or destination list; empty if it is not there.
std::string_view listed(const std::vector<model::EventParty>& parties, std::string_view type) {
    const auto found = std::ranges::find(parties, type, &model::EventParty::type);
    return found == parties.end() ? std::string_view() : std::string_view(found->id);
}

std::string_view first_of(std::string_view a, std::string_view b, std::string_view c = {}) {
    const std::string_view rest = b.empty() ? c : b;
    return a.empty() ? rest : a;
}

// Turns one event into facts; lives for one call of interpret().
class Interpreter {
public:
    Interpreter(const Event& event, const SiteOperator& site_operator)
        : event_(event), site_operator_(site_operator) {}

    Interpretation run();

private:
    template <typename Id>
    Id name(std::vector<std::string>& names, std::string text);
    ItemId item(const EventItem& entry);
    ItemId item_named(std::string_view code);
    OperatorId party(std::string_view code);
    SiteId site(std::string_view code);
    Place place_with_default(std::string_view stated_owner, std::string_view site_code);
    void find_places();
    void note_context();
    Fact& add(FactKind kind, ItemId item, const EventItem* amount);
    void set_quantity(Fact& fact, const EventItem& entry);
    void object_event();
    void object_item(const EventItem& entry);
    [[nodiscard]] SinkKind sink() const;
    [[nodiscard]] FactKind kind_of_step(const EventItem& entry) const;
    [[nodiscard]] model::CodeKind kind_of(ItemId item) const;
    void aggregation_event();
    void transformation_event();
    void add_marks(const EventItem& entry);
    void add_part_of(ItemId thing, const std::string& lot_uri);
    void add_lots();
    void add_claims();
    void mapping();

    const Event& event_;
    const SiteOperator& site_operator_;
    Interpretation result_;
    std::map<std::string, ItemId, std::less<>> items_;  // canonical uri to place
    // Things whose codes name their lot, and the lots of things that are told so far.
    std::vector<std::pair<ItemId, std::string>> coded_lots_;
    std::set<std::pair<ItemId, std::string>> told_lots_;
    Step step_ = Step::kNone;
    Motion motion_ = Motion::kNone;
    bool is_return_ = false;
    std::string gate_;  // the site that the readPoint stands for
    Place here_;        // where the event's facts are
    OperatorId peer_owner_;
    SiteId peer_site_;
};

template <typename Id>
Id Interpreter::name(std::vector<std::string>& names, std::string text) {
    const auto found = std::ranges::find(names, text);
    const auto place = static_cast<std::uint32_t>(found - names.begin()) + 1;
    if (found == names.end()) {
        names.push_back(std::move(text));
    }
    return Id(place);
}

ItemId Interpreter::item(const EventItem& entry) {
    model::Code code = model::parse_code(entry.code);
    const bool names_lot = code.kind == model::CodeKind::kInstance && !code.lot.empty();
    const std::string lot = names_lot ? model::lot_uri(code.gtin, code.lot) : std::string();
    if (const auto known = items_.find(code.uri); known != items_.end()) {
        if (names_lot) {
            coded_lots_.emplace_back(known->second, lot);
        }
        if (entry.role == ItemRole::kParent) {
            result_.names.items[known->second.value() - 1].kind = model::CodeKind::kContainer;
        }
        return known->second;
    }
    using model::CodeKind;
    const bool is_understood = code.kind == CodeKind::kClass || code.kind == CodeKind::kLot ||
                               code.kind == CodeKind::kInstance ||
                               code.kind == CodeKind::kContainer;
    if (entry.role == ItemRole::kParent) {
        code.kind = CodeKind::kContainer;
    } else if (!is_understood) {
        code.kind = entry.is_class ? CodeKind::kLot : CodeKind::kInstance;
    }
    const ItemId place(static_cast<std::uint32_t>(result_.names.items.size()) + 1);
    items_.emplace(code.uri, place);
    if (names_lot) {
        coded_lots_.emplace_back(place, lot);
    }
    result_.names.items.push_back(std::move(code));
    return place;
}

ItemId Interpreter::item_named(std::string_view code) {
    EventItem entry;
    entry.code = code;
    return item(entry);
}

OperatorId Interpreter::party(std::string_view code) {
    return code.empty() ? OperatorId()
                        : name<OperatorId>(result_.names.operators, model::canonical_uri(code));
}

SiteId Interpreter::site(std::string_view code) {
    return code.empty() ? SiteId() : name<SiteId>(result_.names.sites, model::canonical_uri(code));
}

Place Interpreter::place_with_default(std::string_view stated_owner, std::string_view site_code) {
    Place place;
    place.site = site(site_code);
    if (!stated_owner.empty()) {
        place.owner = party(stated_owner);
        place.owner_is_stated = true;
    } else if (!site_code.empty()) {
        const std::string uri = model::canonical_uri(site_code);
        auto runs_it = site_operator_(uri);
        if (!runs_it && uri == gate_) {
            runs_it = site_operator_(model::canonical_uri(event_.read_point));
        }
        place.owner = name<OperatorId>(result_.names.operators, runs_it.value_or("site:" + uri));
    }
    return place;
}

void Interpreter::find_places() {
    step_ = step_of(event_.biz_step);
    if (event_.kind == EventKind::kTransformation || event_.kind == EventKind::kAssociation ||
        sink_of_step(event_) != SinkKind::kNone || event_.is_clean_break) {
        step_ = Step::kNone;
    }
    motion_ = motion_of(step_);
    const auto& from = event_.sources;
    const auto& to = event_.destinations;
    const std::string_view before =
        first_of(listed(from, "owning_party"), listed(from, "possessing_party"));
    const std::string_view after =
        first_of(listed(to, "owning_party"), listed(to, "possessing_party"));
    const std::string_view from_site = listed(from, "location");
    const std::string_view to_site = listed(to, "location");
    gate_ = site_of_read_point(event_.read_point);
    // A shipment that is called off is seen where it would have left.
    const Motion placed = event_.biz_step == "void_shipping" ? Motion::kDeparts : motion_;
    switch (placed) {
        case Motion::kDeparts:
            here_ = place_with_default(
                first_of(before, event_.owner),
                first_of(from_site, leaving_site(event_.read_point, event_.biz_location))
            );
            peer_owner_ = party(after);
            peer_site_ = site(to_site);
            break;
        case Motion::kArrives:
            here_ = place_with_default(
                first_of(after, event_.owner), first_of(event_.biz_location, to_site, gate_)
            );
            peer_owner_ = party(before);
            peer_site_ = site(from_site);
            break;
        case Motion::kNone:
            here_ = place_with_default(
                first_of(event_.owner, listed(from, "owning_party"), listed(to, "owning_party")),
                first_of(event_.biz_location, gate_)
            );
            break;
    }
    const std::string_view holder =
        first_of(listed(from, "possessing_party"), listed(to, "possessing_party"));
    const OperatorId custodian = party(first_of(event_.custodian, holder));
    if (!event_.custodian.empty() || custodian != here_.owner) {
        result_.event.custodian = custodian;
    }
}

void Interpreter::note_context() {
    FlowEvent& flow = result_.event;
    FlowNames& names = result_.names;
    for (const std::string& vehicle : event_.vehicles) {
        const std::string plate = model::check_plate(vehicle).normal;
        // A ship or a train has no plate: named as it is told.
        flow.vehicles.push_back(name<VehicleId>(names.vehicles, plate.empty() ? vehicle : plate));
    }
    for (const std::string& person : event_.people) {
        flow.people.push_back(name<PersonId>(names.people, person));
    }
    for (const model::Paper& paper_named : event_.papers) {
        const auto paper = name<PaperId>(names.papers, model::canonical_uri(paper_named.id));
        flow.papers.push_back(paper);
        if (is_linking(paper_named.type)) {
            flow.linking_papers.push_back(paper);
        }
        is_return_ = is_return_ || paper_named.type == "rma";
    }
    is_return_ = is_return_ || event_.disposition == "returned" ||
                 (motion_ == Motion::kDeparts && holds(event_));
    is_return_ = is_return_ && motion_ != Motion::kNone;
    if (!event_.transformation_id.empty()) {
        flow.process = name<ProcessId>(names.processes, event_.transformation_id);
    }
    flow.is_continuous = event_.is_continuous;
}

model::CodeKind Interpreter::kind_of(ItemId item) const {
    return result_.names.items[item.value() - 1].kind;
}

void Interpreter::set_quantity(Fact& fact, const EventItem& entry) {
    const model::CodeKind kind = kind_of(fact.item);
    if (!entry.quantity) {
        const bool is_one =
            kind == model::CodeKind::kInstance || kind == model::CodeKind::kContainer;
        fact.has_quantity = is_one;
        fact.millionths = is_one ? 1'000'000 : 0;
        return;
    }
    const std::string_view unit = model::base_unit(entry.quantity->unit);
    const auto amount = model::convert(*entry.quantity, unit);
    if (!amount) {
        return;
    }
    fact.has_quantity = true;
    fact.millionths = amount->amount.millionths;
    fact.unit = unit.empty() ? UnitId() : name<UnitId>(result_.names.units, std::string(unit));
}

Fact& Interpreter::add(FactKind kind, ItemId item, const EventItem* amount) {
    Fact fact;
    fact.kind = kind;
    fact.item = item;
    fact.owner = here_.owner;
    fact.owner_is_stated = here_.owner_is_stated;
    fact.site = here_.site;
    if (kind == FactKind::kDepart || kind == FactKind::kArrive) {
        fact.peer_owner = peer_owner_;
        fact.peer_site = peer_site_;
        fact.is_return = is_return_;
        fact.step = step_;
    }
    if (amount != nullptr) {
        set_quantity(fact, *amount);
    }
    return result_.event.facts.emplace_back(fact);
}

SinkKind Interpreter::sink() const {
    const SinkKind by_step = sink_of_step(event_);
    if (by_step != SinkKind::kNone || motion_ != Motion::kNone) {
        return by_step;
    }
    return sink_of_disposition(event_.disposition);
}

FactKind Interpreter::kind_of_step(const EventItem& entry) const {
    if (motion_ == Motion::kDeparts) {
        return FactKind::kDepart;
    }
    if (motion_ == Motion::kArrives) {
        return FactKind::kArrive;
    }
    return is_counting(event_.biz_step) && entry.quantity ? FactKind::kCount : FactKind::kSight;
}

void Interpreter::object_item(const EventItem& entry) {
    const ItemId thing = item(entry);
    const bool is_object = event_.kind == EventKind::kObject;
    const bool is_created = is_object && event_.action == EventAction::kAdd;
    if (is_created && motion_ != Motion::kArrives) {  // what arrives was made elsewhere
        add(FactKind::kCreate, thing, &entry);
    }
    // Else it tells of codes alone.
    const bool is_seen = here_.owner.value() != 0 || here_.site.value() != 0 || !claims(event_);
    SinkKind ends = sink();
    const FactKind kind = kind_of_step(entry);
    if (ends == SinkKind::kNone && kind == FactKind::kSight && is_object &&
        event_.action == EventAction::kDelete) {
        ends = SinkKind::kUsed;
    }
    // The label of a container is taken off, not what was in it.
    if (event_.biz_step == "decommissioning" && kind_of(thing) == model::CodeKind::kContainer) {
        add(FactKind::kUnpackAll, thing, nullptr);
    }
    if (ends != SinkKind::kNone) {
        add(FactKind::kSink, thing, &entry).sink = ends;
    } else if (event_.is_clean_break) {
        add(FactKind::kCleanBreak, thing, nullptr);
    } else if (kind != FactKind::kSight || (!is_created && is_seen)) {
        add(kind, thing, &entry);
    }
    add_marks(entry);
}

void Interpreter::object_event() {
    for (const EventItem& entry : event_.items) {
        object_item(entry);
    }
}

// What a disposition says about the goods at this place: whoever owns them, unless it is said.
void Interpreter::add_marks(const EventItem& entry) {
    const bool is_block = holds(event_) && motion_ != Motion::kDeparts;
    if (is_block || releases(event_)) {
        const FactKind kind = is_block ? FactKind::kBlock : FactKind::kRelease;
        Fact& mark = add(kind, item(entry), nullptr);
        mark.owner = mark.owner_is_stated ? mark.owner : OperatorId();
    }
}

void Interpreter::aggregation_event() {
    const auto parent = std::ranges::find(event_.items, ItemRole::kParent, &EventItem::role);
    const bool has_parent = parent != event_.items.end();
    const ItemId container = has_parent ? item(*parent) : ItemId();
    bool has_child = false;
    for (const EventItem& entry : event_.items) {
        if (entry.role == ItemRole::kParent) {
            continue;
        }
        has_child = true;
        const ItemId child = item(entry);
        if (!has_parent || event_.action == EventAction::kObserve) {
            add(FactKind::kSight, child, &entry);
        }
        if (has_parent) {
            const bool goes_out = event_.action == EventAction::kDelete;
            Fact& fact = add(goes_out ? FactKind::kUnpack : FactKind::kPack, child, &entry);
            fact.other = container;
            fact.is_observed = event_.action == EventAction::kObserve;
        }
        add_marks(entry);
    }
    if (!has_parent) {
        return;
    }
    if (!has_child && event_.action == EventAction::kDelete) {
        add(FactKind::kUnpackAll, container, nullptr);
    }
    add(motion_ == Motion::kNone ? FactKind::kSight : kind_of_step(*parent), container, &*parent);
    add_marks(*parent);
}

void Interpreter::mapping() {
    for (const model::OutputMapping& entry : event_.output_mapping) {
        FactMapping mapping;
        mapping.output = item_named(entry.output);
        for (const std::string& input : entry.inputs) {
            mapping.inputs.push_back(item_named(input));
        }
        result_.event.mappings.push_back(std::move(mapping));
    }
}

void Interpreter::transformation_event() {
    for (const EventItem& entry : event_.items) {
        const ItemId thing = item(entry);
        if (entry.role == ItemRole::kOutput) {
            add(FactKind::kOutput, thing, &entry);
            add_marks(entry);
        } else {
            add(FactKind::kInput, thing, &entry);
        }
    }
    mapping();
}

void Interpreter::add_part_of(ItemId thing, const std::string& lot_uri) {
    if (told_lots_.emplace(thing, lot_uri).second) {
        EventItem lot;
        lot.code = lot_uri;
        lot.is_class = true;
        add(FactKind::kPartOf, thing, nullptr).other = item(lot);
    }
}

// Lots that codes name, and those that master data give to what is made.
void Interpreter::add_lots() {
    for (const EventItem& entry : event_.items) {
        const bool is_described =
            entry.role == ItemRole::kObject || entry.role == ItemRole::kOutput;
        if (event_.lot_text.empty() || !is_described) {
            continue;
        }
        const ItemId thing = item(entry);
        const model::Code& code = result_.names.items[thing.value() - 1];
        const bool is_of_lot =
            code.kind == model::CodeKind::kInstance || code.kind == model::CodeKind::kClass;
        if (is_of_lot && !code.gtin.empty()) {
            add_part_of(thing, model::lot_uri(code.gtin, event_.lot_text));
        }
    }
    const std::vector<std::pair<ItemId, std::string>> coded = std::exchange(coded_lots_, {});
    for (const auto& [thing, lot] : coded) {
        add_part_of(thing, lot);
    }
}

// Codes of one thing.
void Interpreter::add_claims() {
    if (event_.items.size() == 1) {
        const EventItem& entry = event_.items.front();
        const auto claim = [&](FactKind kind, const std::string& code) {
            EventItem other;
            other.code = code;
            other.is_class = entry.is_class;
            const ItemId thing = item(entry);
            add(kind, thing, nullptr).other = item(other);
        };
        for (const std::string& code : event_.same_as) {
            claim(FactKind::kSameAs, code);
        }
        for (const std::string& code : event_.not_same_as) {
            claim(FactKind::kNotSameAs, code);
        }
    }
}

Interpretation Interpreter::run() {
    FlowEvent& flow = result_.event;
    flow.kind = event_.kind;
    flow.time = event_.interval();
    if (event_.error) {
        flow.is_error_declaration = true;
        return std::move(result_);
    }
    find_places();
    note_context();
    switch (event_.kind) {
        case EventKind::kObject:
        case EventKind::kTransaction:
            object_event();
            break;
        case EventKind::kAggregation:
            aggregation_event();
            break;
        case EventKind::kTransformation:
            transformation_event();
            break;
        case EventKind::kAssociation:
            for (const EventItem& entry : event_.items) {
                add(FactKind::kSight, item(entry), &entry);
            }
            break;
    }
    add_lots();
    add_claims();
    return std::move(result_);
}

}  // namespace

Interpretation interpret(const Event& event, const SiteOperator& site_operator) {
    return Interpreter(event, site_operator).run();
}

}  // namespace suyuan::graph
