// SPDX-License-Identifier: Apache-2.0
//
// Rows of the wide sheet of FSMA 204 (21 CFR 1.1325 to 1.1350): each critical tracking event is the
// event that a row of another sheet would be, with the key data elements beside it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.h"
#include "model/code.h"
#include "model/registry.h"
#include "service/detail/line_json.h"
#include "service/detail/line_row.h"
#include "service/detail/line_text.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"

namespace suyuan::service {

using detail::list_of;
using detail::Members;
using detail::place_json;
using detail::TrackingEvent;
using enum Column;

namespace {

struct EventName {
    std::string_view plain;
    TrackingEvent event;
};

// As plain_title() leaves them, without hyphens.
constexpr std::array kEventNames = {
    EventName{"receiving", TrackingEvent::kReceiving},
    EventName{"收货", TrackingEvent::kReceiving},
    EventName{"shipping", TrackingEvent::kShipping},
    EventName{"发货", TrackingEvent::kShipping},
    EventName{"transformation", TrackingEvent::kTransformation},
    EventName{"加工", TrackingEvent::kTransformation},
    EventName{"initialpacking", TrackingEvent::kInitialPacking},
    EventName{"初始包装", TrackingEvent::kInitialPacking},
    EventName{"harvesting", TrackingEvent::kHarvesting},
    EventName{"采收", TrackingEvent::kHarvesting},
    EventName{"cooling", TrackingEvent::kCooling},
    EventName{"冷却", TrackingEvent::kCooling},
    EventName{"firstlandbasedreceiving", TrackingEvent::kLanding},
    EventName{"firstlandbasedreceiver", TrackingEvent::kLanding},
    EventName{"首次陆上收货", TrackingEvent::kLanding},
};

// In the order of TrackingEvent: as our exports write it, and what event it is in EPCIS.
struct EventForm {
    std::string_view key;
    std::string_view action;
    std::string_view biz_step;
};

constexpr std::array kEventForms = {
    EventForm{"receiving", "OBSERVE", "receiving"},
    EventForm{"shipping", "OBSERVE", "shipping"},
    EventForm{"transformation", "", ""},
    EventForm{"initial packing", "ADD", "packing"},
    EventForm{"harvesting", "ADD", "commissioning"},
    EventForm{"cooling", "OBSERVE", "storing"},
    EventForm{"first land-based receiving", "ADD", "commissioning"},
};

const EventForm& form_of(TrackingEvent event) {
    return kEventForms.at(static_cast<std::size_t>(event));
}

struct TypeName {
    std::string_view plain;
    std::string_view type;
};

constexpr std::array kTypeNames = {
    TypeName{"", "desadv"},
    TypeName{"asn", "desadv"},
    TypeName{"advanceshipnotice", "desadv"},
    TypeName{"despatchadvice", "desadv"},
    TypeName{"送货单", "desadv"},
    TypeName{"billoflading", "bol"},
    TypeName{"提单", "bol"},
    TypeName{"purchaseorder", "po"},
    TypeName{"采购单", "po"},
    TypeName{"invoice", "inv"},
    TypeName{"发票", "inv"},
    TypeName{"receivingadvice", "recadv"},
    TypeName{"productionorder", "prodorder"},
    TypeName{"bol", "bol"},
    TypeName{"cert", "cert"},
    TypeName{"desadv", "desadv"},
    TypeName{"inv", "inv"},
    TypeName{"po", "po"},
    TypeName{"prodorder", "prodorder"},
    TypeName{"recadv", "recadv"},
    TypeName{"rma", "rma"},
    TypeName{"testres", "testres"},
};

}  // namespace

// Of the document that a row names: a word of the CBV, or a URI.
std::string LineReader::Row::reference_type() {
    const std::string_view text = cell(kReferenceType);
    const std::string plain = plain_title(text);
    const auto* const known = std::ranges::find(kTypeNames, plain, &TypeName::plain);
    if (known != kTypeNames.end()) {
        return std::string(known->type);
    }
    return text.find(':') != std::string_view::npos
               ? model::canonical_uri(text)
               : format("https://ns.suyuan.example/btt/{}", uri_part(plain));
}

std::optional<TrackingEvent> LineReader::Row::tracking_event() {
    std::string plain = plain_title(required(kStep));
    plain.erase(std::ranges::remove(plain, '-').begin(), plain.end());
    if (plain.empty()) {
        return std::nullopt;
    }
    const auto* const found = std::ranges::find(kEventNames, plain, &EventName::plain);
    if (found == kEventNames.end()) {
        refuse(
            kStep,
            "不认识这种关键追溯事件：请写 收货、发货、加工、初始包装、采收、冷却 或 首次陆上收货。",
            "no critical tracking event: write receiving, shipping, transformation, initial "
            "packing, harvesting, cooling or first land-based receiving"
        );
        return std::nullopt;
    }
    return found->event;
}

// Before it is packed produce has no lot code: what was harvested of one commodity on one farm on
// one day is a lot. Empty if the row does not say all three.
std::string LineReader::Row::harvested_lot() {
    if (sheet().kind != SheetKind::kWide || cell(kCommodity).empty()) {
        return {};
    }
    std::string day;
    if (!cell(kHarvestedOn).empty()) {
        day = take(kHarvestedOn, read_line_day(cell(kHarvestedOn)));
    } else if (tracking_event_ == form_of(TrackingEvent::kHarvesting).key) {
        day = time_.moment.substr(0, detail::kDaySize);
    }
    std::string farm = half_width(cell(kFarm));
    if (farm.empty() && tracking_event_ == form_of(TrackingEvent::kHarvesting).key) {
        farm = half_width(cell(kSite));
    }
    if (day.empty() || farm.empty()) {
        return {};
    }
    return lot_code({.producer = farm, .goods = half_width(cell(kCommodity)), .lot = day});
}

void LineReader::Row::add_key_data(Members& event) {
    if (sheet().kind != SheetKind::kWide) {
        return;
    }
    note(tracking_event_);
    event.text("sheet:criticalTrackingEvent", tracking_event_)
        .text("sheet:productDescription", cell(kGoods))
        .text("sheet:locationDescription", cell(kSiteText))
        .text("sheet:lotCodeSource", cell(kLotSource))
        .text("sheet:lotCodeSourceReference", cell(kLotReference))
        .text("sheet:commodity", cell(kCommodity))
        .text("sheet:farm", cell(kFarm))
        .text("sheet:growingArea", cell(kField))
        .text("sheet:harvestedOn", cell(kHarvestedOn))
        .text("sheet:harvester", cell(kHarvester))
        .text("sheet:cooledAt", cell(kCooledAt))
        .text("sheet:cooledOn", cell(kCooledOn));
}

// Goods that come to be (harvested, packed, landed), or are cooled. What was packed out of a
// harvest that the row names is made of it.
void LineReader::Row::made_or_seen(TrackingEvent what) {
    const EventForm& form = form_of(what);
    operator_ = operator_code();
    time_ = time();
    const detail::Goods made = goods({.producer = operator_, .supplier = {}});
    const std::string harvest = what == TrackingEvent::kInitialPacking ? harvested_lot() : "";
    const bool is_made_of = !harvest.empty() && harvest != made.code;
    Members event;
    begin_event(event, is_made_of ? "TransformationEvent" : "ObjectEvent");
    if (is_made_of) {
        event.json("inputQuantityList", list_of(Members().text("epcClass", harvest).object()));
        add_goods(event, made, "outputEPCList", "outputQuantityList", false);
    } else {
        event.text("action", form.action);
        add_goods(event, made, "epcList", "quantityList", false);
    }
    site_ = own_site();
    event.text("bizStep", form.biz_step).json("bizLocation", place_json(site_));
    end_event(event, operator_);
}

// Places, and who is there, by the names that our own exports give them.
void LineReader::Row::mention_places() {
    struct Place {
        Column site;
        Column site_name;
        Column owner;
        Column description;
    };

    constexpr std::array kPlaces = {
        Place{kSite, kSiteName, kOperator, kSiteText},
        Place{kFromSite, kFromSiteName, kFromOperator, kFromText},
        Place{kToSite, kToSiteName, kToOperator, kToText},
    };
    for (const Place& place : kPlaces) {
        const auto owner = read_line_party(cell(place.owner));
        const auto site = read_line_site(cell(place.site), owner.value_or(std::string()));
        if (site && !cell(place.site).empty() && !cell(place.site_name).empty()) {
            model::Site mention;
            mention.code = *site;
            mention.name = cell(place.site_name);
            line_.mentions.sites.push_back(std::move(mention));
        }
        const std::string_view name = operator_name(place.description, place.site_name);
        if (owner && !cell(place.owner).empty() && !name.empty()) {
            model::Operator mention;
            mention.code = *owner;
            mention.name = name;
            line_.mentions.operators.push_back(std::move(mention));
        }
    }
}

void LineReader::Row::wide() {
    if (!cell(kEventId).empty()) {
        line_.originals.emplace_back(cell(kEventId));
    }
    mention_places();
    const auto what = tracking_event();
    if (!what) {
        return;
    }
    tracking_event_ = form_of(*what).key;
    switch (*what) {
        case TrackingEvent::kReceiving:
            inbound(
                {.owner = kFromOperator,
                 .name = kFromText,
                 .site = kFromSite,
                 .site_name = kFromSiteName}
            );
            return;
        case TrackingEvent::kShipping:
            outbound(
                {.owner = kToOperator, .name = kToText, .site = kToSite, .site_name = kToSiteName}
            );
            return;
        case TrackingEvent::kTransformation:
            processing(cell(kProcess).empty() ? kDocument : kProcess);
            return;
        case TrackingEvent::kInitialPacking:
        case TrackingEvent::kHarvesting:
        case TrackingEvent::kCooling:
        case TrackingEvent::kLanding:
            made_or_seen(*what);
            return;
    }
}

}  // namespace suyuan::service
