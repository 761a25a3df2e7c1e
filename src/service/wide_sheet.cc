// SPDX-License-Identifier: Apache-2.0

#include "service/wide_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/detail/line_text.h"
#include "service/detail/wide_file.h"
#include "service/events.h"
#include "service/line_sheet.h"
#include "service/own_codes.h"
#include "service/wording.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using codec::Json;
using enum Column;

constexpr std::size_t kEventsAtOnce = 500;
// Names that were looked up: forgotten from time to time, to stay small.
constexpr std::size_t kNamesKeptMax = 100'000;
constexpr std::string_view kStubOperator = "site:";
constexpr std::string_view kPieces = "pcs";

const Sheet& wide_sheet() {
    return sheet_of(SheetKind::kWide);
}

// One row, cell by column.
class WideRow {
public:
    void set(Column column, std::string_view text) {
        cells_[static_cast<std::size_t>(column)] = text;
    }

    [[nodiscard]] std::vector<std::string> cells() const {
        std::vector<std::string> row;
        for (const ColumnTitle& title : wide_sheet().columns) {
            row.push_back(cells_[static_cast<std::size_t>(title.column)]);
        }
        return row;
    }

private:
    std::array<std::string, kColumnCount> cells_;
};

// Events of a batch as rows.
class WideRows {
public:
    WideRows(
        const policy::RequestContext& context, const policy::Scope& scope, const store::Store& store
    )
        : context_(context), scope_(scope), store_(store) {}

    Status write(
        const std::vector<store::StoredEvent>& events, detail::WideFile& file, WideTally& tally
    );

private:
    // What an event says beside its facts.
    struct Told {
        const model::Event& event;
        const Json& json;
        std::string_view id;  // eventID, else hash
    };

    Status write_event(const Told& told, detail::WideFile& file, WideTally& tally);
    Result<std::optional<WideRow>> row_of(
        const Told& told, const graph::Interpretation& read, const graph::Fact& fact
    );
    static std::string_view step_of(const Told& told, const graph::Fact& fact);
    Status tell_goods(const graph::FlowNames& names, const graph::Fact& fact, WideRow& row);
    static void tell_papers(const model::Event& event, WideRow& row);
    static void tell_more(const Json& event, WideRow& row);
    // Name of the operator, name and address of the site, as the register has them.
    Result<std::string> describe(const std::string& owner, const std::string& site);
    Result<std::string> operator_of(const std::string& site);
    Result<std::string> name_of(const std::string& site);
    Result<std::string> once(std::string key, const std::function<Result<std::string>()>& find);

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    const store::Store& store_;
    std::unordered_map<std::string, std::string> found_;
};

Result<std::string> WideRows::once(
    std::string key, const std::function<Result<std::string>()>& find
) {
    if (const auto known = found_.find(key); known != found_.end()) {
        return known->second;
    }
    if (found_.size() >= kNamesKeptMax) {
        found_.clear();
    }
    SUYUAN_TRY(std::string text, find());
    return found_.emplace(std::move(key), std::move(text)).first->second;
}

Result<std::string> WideRows::operator_of(const std::string& site) {
    return once("runs " + site, [&]() -> Result<std::string> {
        SUYUAN_TRY(const auto known, store_.find_site(context_, scope_, site));
        return known ? known->operator_code : std::string();
    });
}

Result<std::string> WideRows::name_of(const std::string& site) {
    if (site.empty()) {
        return std::string();
    }
    return once("name " + site, [&]() -> Result<std::string> {
        SUYUAN_TRY(const auto known, store_.find_site(context_, scope_, site));
        return known ? known->name : std::string();
    });
}

Result<std::string> WideRows::describe(const std::string& owner, const std::string& site) {
    std::string text;
    const auto add = [&](const std::string& part) {
        text += text.empty() || part.empty() ? "" : ", ";
        text += part;
    };
    if (!owner.empty()) {
        SUYUAN_TRY(const std::string name, once("operator " + owner, [&]() -> Result<std::string> {
                       SUYUAN_TRY(const auto known, store_.find_operator(context_, scope_, owner));
                       return known ? known->name : std::string();
                   }));
        add(name);
    }
    if (!site.empty()) {
        SUYUAN_TRY(const std::string place, once("site " + site, [&]() -> Result<std::string> {
                       SUYUAN_TRY(const auto known, store_.find_site(context_, scope_, site));
                       if (!known) {
                           return std::string();
                       }
                       return known->address.empty() ? known->name
                                                     : known->name + ", " + known->address;
                   }));
        add(place);
    }
    return text;
}

// Empty: no critical tracking event.
std::string_view WideRows::step_of(const Told& told, const graph::Fact& fact) {
    const std::string_view said = told.json.string_or("sheet:criticalTrackingEvent");
    switch (fact.kind) {
        case graph::FactKind::kArrive:
            return "receiving";
        case graph::FactKind::kDepart:
            return "shipping";
        case graph::FactKind::kInput:
        case graph::FactKind::kOutput:
            return "transformation";
        case graph::FactKind::kCreate:
            return said.empty() ? std::string_view("initial packing") : said;
        case graph::FactKind::kSight:
            return said;
        case graph::FactKind::kSink:
        case graph::FactKind::kCount:
        case graph::FactKind::kPack:
        case graph::FactKind::kUnpack:
        case graph::FactKind::kUnpackAll:
        case graph::FactKind::kBlock:
        case graph::FactKind::kRelease:
        case graph::FactKind::kCleanBreak:
        case graph::FactKind::kPartOf:
        case graph::FactKind::kSameAs:
        case graph::FactKind::kNotSameAs:
            return {};
    }
    return {};
}

Status WideRows::tell_goods(const graph::FlowNames& names, const graph::Fact& fact, WideRow& row) {
    const model::Code& code = names.items[fact.item.value() - 1];
    row.set(kCode, code.uri);
    if (const auto lot = read_lot_code(code.uri)) {
        row.set(kGoods, lot->goods);
    } else if (!code.gtin.empty()) {
        SUYUAN_TRY(
            const std::string name,
            once(
                "product " + code.gtin,
                [&]() -> Result<std::string> {
                    SUYUAN_TRY(const auto known, store_.find_product(context_, scope_, code.gtin));
                    return known ? known->name : std::string();
                }
            )
        );
        row.set(kGoods, name);
    }
    if (fact.has_quantity) {
        const std::string unit =
            fact.unit.value() == 0 ? std::string() : names.units[fact.unit.value() - 1];
        row.set(kQuantity, model::format_decimal({fact.millionths}));
        row.set(kUnit, unit.empty() ? kPieces : std::string_view(unit));
    }
    return {};
}

// The one that ties a receipt to its shipment, else the first.
void WideRows::tell_papers(const model::Event& event, WideRow& row) {
    constexpr std::array<std::string_view, 4> kLinking = {"desadv", "recadv", "bol", "rma"};
    auto paper = std::ranges::find_if(event.papers, [&](const model::Paper& one) {
        return std::ranges::find(kLinking, one.type) != kLinking.end();
    });
    paper = paper == event.papers.end() ? event.papers.begin() : paper;
    if (paper != event.papers.end()) {
        row.set(kReferenceType, paper->type);
        row.set(kDocument, paper->id);
    }
}

void WideRows::tell_more(const Json& event, WideRow& row) {
    struct Member {
        std::string_view name;
        Column column;
    };

    constexpr std::array kMembers = {
        Member{"sheet:locationDescription", kSiteText},
        Member{"sheet:productDescription", kGoods},
        Member{"sheet:lotCodeSource", kLotSource},
        Member{"sheet:lotCodeSourceReference", kLotReference},
        Member{"sheet:commodity", kCommodity},
        Member{"sheet:farm", kFarm},
        Member{"sheet:growingArea", kField},
        Member{"sheet:harvestedOn", kHarvestedOn},
        Member{"sheet:harvester", kHarvester},
        Member{"sheet:cooledAt", kCooledAt},
        Member{"sheet:cooledOn", kCooledOn},
    };
    for (const Member& member : kMembers) {
        if (const std::string_view text = event.string_or(member.name); !text.empty()) {
            row.set(member.column, text);
        }
    }
}

std::string time_text(const model::Event& event) {
    if (event.precision == model::TimePrecision::kUnknown) {
        return {};
    }
    const std::string text = model::format_instant(event.event_time, kLocalOffsetMinutes);
    const bool is_exact = event.precision == model::TimePrecision::kExact && !event.latest_time;
    return is_exact ? text : text.substr(0, detail::kDaySize);
}

Result<std::optional<WideRow>> WideRows::row_of(
    const Told& told, const graph::Interpretation& read, const graph::Fact& fact
) {
    const std::string_view step = step_of(told, fact);
    if (step.empty()) {
        return std::optional<WideRow>();
    }
    const auto owner_in = [&](graph::OperatorId id) {
        const std::string code = id.value() == 0 ? "" : read.names.operators[id.value() - 1];
        return code.starts_with(kStubOperator) ? std::string() : code;
    };
    const auto site_in = [&](graph::SiteId id) {
        return id.value() == 0 ? std::string() : read.names.sites[id.value() - 1];
    };
    WideRow row;
    row.set(kStep, detail::title_case(step));
    row.set(kTime, time_text(told.event));
    row.set(kOperator, owner_in(fact.owner));
    row.set(kSite, site_in(fact.site));
    SUYUAN_TRY(const std::string here, describe(owner_in(fact.owner), site_in(fact.site)));
    row.set(kSiteText, here);
    SUYUAN_TRY(const std::string here_name, name_of(site_in(fact.site)));
    row.set(kSiteName, here_name);
    row.set(kEventId, told.id);
    SUYUAN_TRY_VOID(tell_goods(read.names, fact, row));
    const std::string peer = owner_in(fact.peer_owner);
    const std::string peer_site = site_in(fact.peer_site);
    SUYUAN_TRY(const std::string there, describe(peer, peer_site));
    SUYUAN_TRY(const std::string there_name, name_of(peer_site));
    if (fact.kind == graph::FactKind::kArrive) {
        row.set(kFromOperator, peer);
        row.set(kFromSite, peer_site);
        row.set(kFromText, there);
        row.set(kFromSiteName, there_name);
    } else if (fact.kind == graph::FactKind::kDepart) {
        row.set(kToOperator, peer);
        row.set(kToSite, peer_site);
        row.set(kToText, there);
        row.set(kToSiteName, there_name);
    } else if (read.event.kind == model::EventKind::kTransformation) {
        row.set(kRole, fact.kind == graph::FactKind::kInput ? "input" : "output");
        row.set(
            kProcess,
            told.event.transformation_id.empty() ? told.json.string_or("eventID")
                                                 : std::string_view(told.event.transformation_id)
        );
    }
    tell_papers(told.event, row);
    tell_more(told.json, row);
    return std::optional(std::move(row));
}

Status WideRows::write_event(const Told& told, detail::WideFile& file, WideTally& tally) {
    Status looked_up;
    const auto read =
        graph::interpret(told.event, [&](std::string_view site) -> std::optional<std::string> {
            auto runs = operator_of(std::string(site));
            if (!runs) {
                looked_up = Status(Failure(runs.error()));
                return std::nullopt;
            }
            return runs->empty() ? std::nullopt : std::optional(*std::move(runs));
        });
    SUYUAN_TRY_VOID(looked_up);
    for (const graph::Fact& fact : read.event.facts) {
        SUYUAN_TRY(const auto row, row_of(told, read, fact));
        if (row) {
            ++tally.rows;
            SUYUAN_TRY_VOID(file.write(row->cells()));
        }
    }
    return {};
}

Status WideRows::write(
    const std::vector<store::StoredEvent>& events, detail::WideFile& file, WideTally& tally
) {
    tally.events += events.size();
    std::vector<Json> told;
    std::vector<std::string_view> ids;
    std::string document =
        R"({"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)"
        R"("type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z",)"
        R"("epcisBody":{"eventList":[)";
    for (const store::StoredEvent& stored : events) {
        if (stored.is_void) {
            continue;
        }
        told.push_back(restore(stored, ContextPlace::kInEvent));
        ids.push_back(stored.event_id.empty() ? stored.hash_id : stored.event_id);
        document += told.size() == 1 ? "" : ",";
        document += codec::write_json(told.back());
    }
    if (told.empty()) {
        return {};
    }
    SUYUAN_TRY(const codec::EpcisDocument read, codec::read_epcis(document + "]}}", {}));
    if (read.events.size() != told.size()) {
        return fail(ErrorCode::kCorruption, "an event of the log is no event of EPCIS any more");
    }
    for (std::size_t i = 0; i < told.size(); ++i) {
        SUYUAN_TRY_VOID(
            write_event({.event = read.events[i].event, .json = told[i], .id = ids[i]}, file, tally)
        );
    }
    return {};
}

}  // namespace

EventFeed feed_of_log(
    const policy::RequestContext& context, const policy::Scope& scope, const store::Store& store
) {
    store::EventQuery query;
    query.page_size = kEventsAtOnce;
    return [&context, scope, &store, query, is_over = false](
           ) mutable -> Result<std::vector<store::StoredEvent>> {
        if (is_over) {
            return std::vector<store::StoredEvent>();
        }
        SUYUAN_TRY(store::EventPage page, store.find_events(context, scope, query));
        query.page_token = std::move(page.next);
        is_over = query.page_token.empty();
        return std::move(page.events);
    };
}

EventFeed feed_of_records(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    std::vector<graph::RecordId> records
) {
    return [&context, scope, &store, records = std::move(records), at = std::size_t{0}](
           ) mutable -> Result<std::vector<store::StoredEvent>> {
        const std::size_t end = std::min(at + kEventsAtOnce, records.size());
        const auto some = std::span(records).subspan(at, end - at);
        at = end;
        if (some.empty()) {
            return std::vector<store::StoredEvent>();
        }
        return store.events_by_record(context, scope, some);
    };
}

Result<WideTally> write_wide_sheet(
    const policy::RequestContext& context,
    const policy::Scope& registry_scope,
    const store::Store& store,
    const EventFeed& feed,
    const WideTarget& target
) {
    SUYUAN_TRY(detail::WideFile out, detail::WideFile::create(target.format, target.file));
    WideRows rows(context, registry_scope, store);
    WideTally tally;
    while (true) {
        SUYUAN_TRY_VOID(context.check_alive());
        SUYUAN_TRY(const std::vector<store::StoredEvent> events, feed());
        if (events.empty()) {
            break;
        }
        SUYUAN_TRY_VOID(rows.write(events, out, tally));
        if (target.progress) {
            target.progress(tally.events);
        }
    }
    SUYUAN_TRY_VOID(out.finish());
    return tally;
}

}  // namespace suyuan::service
