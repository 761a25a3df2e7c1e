// SPDX-License-Identifier: Apache-2.0

#include "graph/interpret.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

template <std::size_t Size>
bool is_one_of(std::string_view text, const std::array<std::string_view, Size>& words) {
    return std::ranges::find(words, text) != words.end();
}

// CBV 2.0 business steps and dispositions that move, end or stop goods: docs/epcis-mapping.md.
constexpr std::array<std::string_view, 3> kDeparting = {"shipping", "departing", "consigning"};
constexpr std::array<std::string_view, 3> kArriving = {"receiving", "arriving", "accepting"};
constexpr std::array<std::string_view, 2> kSelling = {"retail_selling", "dispensing"};
constexpr std::array<std::string_view, 2> kDestroying = {"destroying", "decommissioning"};
constexpr std::array<std::string_view, 2> kCounting = {"stock_taking", "cycle_counting"};
constexpr std::array<std::string_view, 6> kBlocking = {
    "recalled",
    "non_sellable_other",
    "non_sellable_expired",
    "non_sellable_damaged",
    "non_sellable_disposition",
    "non_sellable_no_pedigree_match",
};
constexpr std::array<std::string_view, 3> kReleasing = {
    "sellable_accessible", "sellable_not_accessible", "available"
};
constexpr std::array<std::string_view, 4> kLinking = {"desadv", "recadv", "bol", "rma"};

enum class Motion : std::uint8_t { kNone, kDeparts, kArrives };

struct Place {
    OperatorId owner;
    bool owner_is_stated = false;
    SiteId site;
};

SinkKind sink_named(std::string_view word) {
    if (word == "sold") {
        return SinkKind::kSold;
    }
    if (word == "destroyed") {
        return SinkKind::kDestroyed;
    }
    if (word == "left") {
        return SinkKind::kLeft;
    }
    return word == "used" ? SinkKind::kUsed : SinkKind::kNone;
}

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
    SinkKind sink_of_step() const;
    FactKind kind_of_step(const EventItem& entry) const;
    void aggregation_event();
    void transformation_event();
    void add_marks(const EventItem& entry);
    void add_claims();
    void mapping();

    const Event& event_;
    const SiteOperator& site_operator_;
    Interpretation result_;
    std::map<std::string, ItemId, std::less<>> items_;  // canonical uri to place
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
    if (const auto known = items_.find(code.uri); known != items_.end()) {
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
    if (is_one_of(event_.biz_step, kDeparting)) {
        motion_ = Motion::kDeparts;
    } else if (is_one_of(event_.biz_step, kArriving)) {
        motion_ = Motion::kArrives;
    }
    if (event_.kind == EventKind::kTransformation || event_.kind == EventKind::kAssociation ||
        sink_of_step() != SinkKind::kNone || event_.is_clean_break) {
        motion_ = Motion::kNone;
    }
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
        if (is_one_of(paper_named.type, kLinking)) {
            flow.linking_papers.push_back(paper);
        }
        is_return_ = is_return_ || paper_named.type == "rma";
    }
    is_return_ = is_return_ || event_.disposition == "returned" ||
                 (motion_ == Motion::kDeparts && is_one_of(event_.disposition, kBlocking));
    is_return_ = is_return_ && motion_ != Motion::kNone;
    if (!event_.transformation_id.empty()) {
        flow.process = name<ProcessId>(names.processes, event_.transformation_id);
    }
    flow.is_continuous = event_.is_continuous;
}

void Interpreter::set_quantity(Fact& fact, const EventItem& entry) {
    const model::CodeKind kind = result_.names.items[fact.item.value() - 1].kind;
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
    }
    if (amount != nullptr) {
        set_quantity(fact, *amount);
    }
    return result_.event.facts.emplace_back(fact);
}

SinkKind Interpreter::sink_of_step() const {
    if (!event_.sink.empty()) {
        return sink_named(event_.sink);
    }
    if (is_one_of(event_.biz_step, kSelling)) {
        return SinkKind::kSold;
    }
    return is_one_of(event_.biz_step, kDestroying) ? SinkKind::kDestroyed : SinkKind::kNone;
}

FactKind Interpreter::kind_of_step(const EventItem& entry) const {
    if (motion_ == Motion::kDeparts) {
        return FactKind::kDepart;
    }
    if (motion_ == Motion::kArrives) {
        return FactKind::kArrive;
    }
    return is_one_of(event_.biz_step, kCounting) && entry.quantity ? FactKind::kCount
                                                                   : FactKind::kSight;
}

void Interpreter::object_item(const EventItem& entry) {
    const ItemId thing = item(entry);
    const bool is_object = event_.kind == EventKind::kObject;
    const bool is_created = is_object && event_.action == EventAction::kAdd;
    if (is_created && motion_ != Motion::kArrives) {  // what arrives was made elsewhere
        add(FactKind::kCreate, thing, &entry);
    }
    SinkKind sink = sink_of_step();
    const FactKind kind = kind_of_step(entry);
    if (sink == SinkKind::kNone && kind == FactKind::kSight && is_object &&
        event_.action == EventAction::kDelete) {
        sink = SinkKind::kUsed;
    }
    if (sink != SinkKind::kNone) {
        add(FactKind::kSink, thing, &entry).sink = sink;
    } else if (event_.is_clean_break) {
        add(FactKind::kCleanBreak, thing, nullptr);
    } else if (kind != FactKind::kSight || !is_created) {
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
    const bool is_held = event_.biz_step == "holding" || is_one_of(event_.disposition, kBlocking);
    const bool is_block = is_held && motion_ != Motion::kDeparts;
    if (is_block || is_one_of(event_.disposition, kReleasing)) {
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
            add(goes_out ? FactKind::kUnpack : FactKind::kPack, child, &entry).other = container;
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

// Instances of a lot, and codes of one thing.
void Interpreter::add_claims() {
    for (const EventItem& entry : event_.items) {
        const bool is_described =
            entry.role == ItemRole::kObject || entry.role == ItemRole::kOutput;
        if (event_.lot_text.empty() || entry.is_class || !is_described) {
            continue;
        }
        const ItemId thing = item(entry);
        const model::Code& code = result_.names.items[thing.value() - 1];
        if (code.kind == model::CodeKind::kInstance && !code.gtin.empty()) {
            EventItem lot;
            lot.code = model::lot_uri(code.gtin, event_.lot_text);
            lot.is_class = true;
            add(FactKind::kPartOf, thing, nullptr).other = item(lot);
        }
    }
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
    add_claims();
    return std::move(result_);
}

}  // namespace

Interpretation interpret(const Event& event, const SiteOperator& site_operator) {
    return Interpreter(event, site_operator).run();
}

}  // namespace suyuan::graph
