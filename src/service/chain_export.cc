// SPDX-License-Identifier: Apache-2.0

#include "service/chain_export.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "base/sort_unique.h"
#include "codec/xlsx_writer.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "io/files.h"
#include "io/temporary_folder.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "policy/request_context.h"
#include "service/chain_workbook.h"
#include "service/detail/chain_export.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/own_codes.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

using enum ChainColumn;

// How often a long table looks whether anybody still waits.
constexpr std::size_t kRowsBetweenLooks = 256;
// Words that an import reads as pieces (line_values.h).
constexpr std::string_view kPieces = "pcs";

// Whose and where: what FoodChain-Lab calls a station.
using Place = std::pair<graph::OperatorId, graph::SiteId>;

Place place_of(const trace::Position& position) {
    return {position.owner, position.site};
}

bool is_delivery(const trace::Move& move) {
    return place_of(move.from) != place_of(move.to) && !move.is_timeless;
}

auto key_of(const trace::Move& move) {
    return std::tuple(
        move.leave.first,
        move.leave.last,
        move.from,
        move.to,
        move.kind,
        move.arrive.first,
        move.arrive.last,
        move.carrier,
        move.leaving_event,
        move.arriving_event
    );
}

// The moves of both halves, each once, in the order of time.
std::vector<trace::Move> moves_of(const NamedAnswer& named) {
    std::vector<trace::Move> moves;
    for (const PartKind kind : {PartKind::kBack, PartKind::kForward}) {
        if (const trace::Part* const part = named.part(kind)) {
            moves.insert(moves.end(), part->moves.begin(), part->moves.end());
        }
    }
    std::ranges::sort(moves, {}, key_of);
    const auto doubles = std::ranges::unique(moves, {}, key_of);
    moves.erase(doubles.begin(), doubles.end());
    return moves;
}

// One row, cell by column.
class RowCells {
public:
    explicit RowCells(const ChainSheet& sheet) : sheet_(sheet) {}

    void set(ChainColumn column, std::string text, codec::XlsxCell::Kind kind) {
        cells_[static_cast<std::size_t>(column)] = {.text = std::move(text), .kind = kind};
    }

    void text(ChainColumn column, std::string_view text) {
        set(column, std::string(text), codec::XlsxCell::Kind::kText);
    }

    void number(ChainColumn column, std::string text) {
        set(column, std::move(text), codec::XlsxCell::Kind::kNumber);
    }

    // In the order of detail::chain_columns(), the marker of additional fields among them.
    [[nodiscard]] std::vector<codec::XlsxCell> cells() const {
        std::vector<codec::XlsxCell> row;
        bool is_marked = false;
        for (const ChainTitle& title : sheet_.columns) {
            if (title.is_additional && !std::exchange(is_marked, true)) {
                row.emplace_back();
            }
            row.push_back(cells_[static_cast<std::size_t>(title.column)]);
        }
        return row;
    }

private:
    const ChainSheet& sheet_;
    std::array<codec::XlsxCell, kChainColumnCount> cells_;
};

// As much of a date as an interval of local time tells: day, month and year, the last two, the
// last, or nothing.
void set_date(RowCells& row, const model::TimeInterval& time, std::array<ChainColumn, 3> columns) {
    if (time.first == model::kBeginningOfTime || time.last == model::kEndOfTime) {
        return;
    }
    const std::string first = local_time(time.first).substr(0, 10);
    const std::string last = local_time(time.last).substr(0, 10);
    constexpr std::size_t kYear = 4;
    constexpr std::size_t kMonth = 7;
    if (first.substr(0, kYear) != last.substr(0, kYear)) {
        return;
    }
    row.number(columns[2], first.substr(0, kYear));
    if (first.substr(0, kMonth) == last.substr(0, kMonth)) {
        row.number(columns[1], first.substr(kYear + 1, 2));
        if (first == last) {
            row.number(columns[0], first.substr(kMonth + 1, 2));
        }
    }
}

class ChainBook {
public:
    ChainBook(const policy::RequestContext& context, const TracePage& page)
        : context_(context), named_(*page.answer), events_(page.events), moves_(moves_of(named_)) {}

    Status write(codec::XlsxWriter& writer, const Sentence& mark);

private:
    void collect();
    Status write_stations(codec::XlsxWriter& writer) const;
    Status write_deliveries(codec::XlsxWriter& writer) const;
    Status write_links(codec::XlsxWriter& writer) const;
    [[nodiscard]] std::vector<std::size_t> fed_by(std::size_t delivery) const;
    Status write_links_from(codec::XlsxWriter& writer, std::size_t delivery, std::size_t& count)
        const;
    void tell_goods(RowCells& row, const trace::Move& move) const;
    void tell_events(RowCells& row, const trace::Move& move) const;

    // "7" for a station, "D7" for a delivery.
    [[nodiscard]] std::string station_number(const Place& place) const {
        return std::to_string(stations_.at(place));
    }

    static std::string delivery_number(std::size_t move) { return format("D{}", move + 1); }

    const policy::RequestContext& context_;
    const NamedAnswer& named_;
    const EventReferences& events_;
    std::vector<trace::Move> moves_;  // a delivery is numbered by its place here
    std::map<Place, std::size_t> stations_;
    std::map<trace::Position, std::vector<std::size_t>> leaving_;  // places in moves_
};

void ChainBook::collect() {
    for (const PartKind kind : {PartKind::kBack, PartKind::kForward}) {
        if (const trace::Part* const part = named_.part(kind)) {
            for (const trace::ReachedPosition& reached : part->positions) {
                stations_.try_emplace(place_of(reached.position), 0);
            }
        }
    }
    std::size_t number = 0;
    for (auto& [place, station] : stations_) {
        station = ++number;
    }
    for (std::size_t at = 0; at < moves_.size(); ++at) {
        leaving_[moves_[at].from].push_back(at);
    }
}

Status ChainBook::write_stations(codec::XlsxWriter& writer) const {
    const ChainSheet& sheet = chain_sheets()[0];
    SUYUAN_TRY_VOID(writer.add_sheet(sheet.worksheet, detail::chain_columns(sheet, true)));
    // What FoodChain-Lab leaves below its titles.
    SUYUAN_TRY_VOID(writer.write_row(RowCells(sheet).cells()));
    for (const auto& [place, number] : stations_) {
        const store::NamedId& owner = named_.names.owner(place.first);
        const store::NamedId& site = named_.names.site(place.second);
        const std::string& region = site.region.empty() ? owner.region : site.region;
        RowCells row(sheet);
        row.text(kCompanyId, station_number(place));
        row.text(kName, owner.name.empty() ? site.name : owner.name);
        row.text(kDistrict, site.name == owner.name ? std::string() : site.name);
        row.text(kState, named_.names.region_path(region));
        row.text(kRegion, region);
        row.text(kOperatorCode, is_stub_operator(owner) ? std::string() : owner.code);
        row.text(kSiteCode, site.code);
        row.text(kSiteName, site.name);
        SUYUAN_TRY_VOID(writer.write_row(row.cells()));
    }
    return {};
}

void ChainBook::tell_goods(RowCells& row, const trace::Move& move) const {
    const store::ItemName& item = named_.names.item(move.to.item);
    const auto lot = read_lot_code(item.code.uri);
    const std::string& name = lot ? lot->goods : item.product_name;
    row.text(kProduct, name.empty() ? short_code(item.code.uri) : name);
    row.text(kLot, lot ? lot->lot : item.code.lot);
    row.text(kItemCode, item.code.uri);
    if (move.has_quantity) {
        const std::string& unit = named_.names.unit(move.unit);
        row.number(kAmount, model::format_decimal({move.millionths}));
        row.text(kUnit, unit.empty() ? kPieces : std::string_view(unit));
    }
}

// By which the store that they are in knows them again.
void ChainBook::tell_events(RowCells& row, const trace::Move& move) const {
    const auto tell = [&](ChainColumn column, graph::EventIndex event) {
        const auto found = events_.find(event);
        if (found != events_.end()) {
            const EventReference& reference = found->second;
            row.text(column, reference.event_id.empty() ? reference.hash_id : reference.event_id);
        }
    };
    tell(kDepartureEvent, move.leaving_event);
    if (!move.is_in_transit) {
        tell(kArrivalEvent, move.arriving_event);
    }
}

Status ChainBook::write_deliveries(codec::XlsxWriter& writer) const {
    const ChainSheet& sheet = chain_sheets()[1];
    SUYUAN_TRY_VOID(writer.add_sheet(sheet.worksheet, detail::chain_columns(sheet, true)));
    for (std::size_t at = 0; at < moves_.size(); ++at) {
        if (at % kRowsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context_.check_alive());
        }
        const trace::Move& move = moves_[at];
        if (!is_delivery(move)) {
            continue;
        }
        RowCells row(sheet);
        row.text(kDeliveryId, delivery_number(at));
        row.text(kStation, station_number(place_of(move.from)));
        row.text(kRecipient, station_number(place_of(move.to)));
        tell_goods(row, move);
        tell_events(row, move);
        set_date(row, move.leave, {kDepartureDay, kDepartureMonth, kDepartureYear});
        // Nobody received what is in transit.
        set_date(
            row,
            move.is_in_transit ? model::TimeInterval{} : move.arrive,
            {kArrivalDay, kArrivalMonth, kArrivalYear}
        );
        SUYUAN_TRY_VOID(writer.write_row(row.cells()));
    }
    return {};
}

// Which deliveries possibly leave with what this one brought: at once, or after processes where it
// arrived. Labels are the earliest moments, as in the trace (docs/tracing.md, 5).
std::vector<std::size_t> ChainBook::fed_by(std::size_t delivery) const {
    std::map<trace::Position, model::MicrosUtc> labels = {
        {moves_[delivery].to, moves_[delivery].arrive.first}
    };
    std::vector<trace::Position> pending = {moves_[delivery].to};
    std::vector<std::size_t> fed;
    while (!pending.empty()) {
        const trace::Position position = pending.back();
        pending.pop_back();
        const model::MicrosUtc label = labels.at(position);
        const auto found = leaving_.find(position);
        if (found == leaving_.end()) {
            continue;
        }
        for (const std::size_t at : found->second) {
            const trace::Move& move = moves_[at];
            if (!move.is_timeless && label > move.leave.last) {
                continue;
            }
            if (is_delivery(move)) {
                fed.push_back(at);
                continue;
            }
            const auto later = move.is_timeless ? label : std::max(label, move.arrive.first);
            const auto [known, is_new] = labels.try_emplace(move.to, later);
            if (is_new || later < known->second) {
                known->second = later;
                pending.push_back(move.to);
            }
        }
    }
    sort_unique(fed);
    std::erase(fed, delivery);
    return fed;
}

Status ChainBook::write_links_from(
    codec::XlsxWriter& writer, std::size_t delivery, std::size_t& count
) const {
    const std::vector<std::size_t> fed = fed_by(delivery);
    count += fed.size();
    if (count > kChainLinksMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("交货之间的关联超过 {} 条，工作表放不下。", kChainLinksMax),
                format("more than {} links do not fit into a worksheet", kChainLinksMax)
            }
        );
    }
    for (const std::size_t into : fed) {
        RowCells row(chain_sheets()[2]);
        row.text(kFrom, delivery_number(delivery));
        row.text(kInto, delivery_number(into));
        SUYUAN_TRY_VOID(writer.write_row(row.cells()));
    }
    return {};
}

Status ChainBook::write_links(codec::XlsxWriter& writer) const {
    const ChainSheet& sheet = chain_sheets()[2];
    SUYUAN_TRY_VOID(writer.add_sheet(sheet.worksheet, detail::chain_columns(sheet, true)));
    SUYUAN_TRY_VOID(writer.write_row(RowCells(sheet).cells()));
    std::size_t count = 0;
    for (std::size_t at = 0; at < moves_.size(); ++at) {
        if (at % kRowsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context_.check_alive());
        }
        if (is_delivery(moves_[at])) {
            SUYUAN_TRY_VOID(write_links_from(writer, at, count));
        }
    }
    return {};
}

Status write_mark(codec::XlsxWriter& writer, const Sentence& mark) {
    const std::array columns = {codec::XlsxColumn{"Suyuan", 100}};
    SUYUAN_TRY_VOID(writer.add_sheet("Watermark", columns));
    for (const std::string& text : {mark.zh, mark.en}) {
        const std::array cells = {codec::XlsxCell{text}};
        SUYUAN_TRY_VOID(writer.write_row(cells));
    }
    return {};
}

Status ChainBook::write(codec::XlsxWriter& writer, const Sentence& mark) {
    collect();
    SUYUAN_TRY_VOID(write_stations(writer));
    SUYUAN_TRY_VOID(write_deliveries(writer));
    SUYUAN_TRY_VOID(write_links(writer));
    if (!mark.en.empty()) {
        SUYUAN_TRY_VOID(write_mark(writer, mark));
    }
    return writer.finish();
}

}  // namespace

Result<std::string> chain_workbook_of(
    const policy::RequestContext& context, const TracePage& page, const Sentence& mark
) {
    SUYUAN_TRY(const auto folder, io::TemporaryFolder::create());
    const std::filesystem::path path = folder.path() / "chain.xlsx";
    SUYUAN_TRY(auto writer, codec::XlsxWriter::create(path));
    SUYUAN_TRY_VOID(ChainBook(context, page).write(writer, mark));
    return io::read_file(path, std::numeric_limits<std::uint64_t>::max());
}

}  // namespace suyuan::service
