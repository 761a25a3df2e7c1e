// SPDX-License-Identifier: Apache-2.0
//
// One row of a sheet at work: what line_reader.cc (events), line_goods.cc (what an event is about)
// and line_register.cc (the register) share.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/detail/line_json.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"

namespace suyuan::service {

namespace detail {

// What the goods of a line are.
struct Goods {
    std::string code;
    bool is_one_thing = false;
    bool is_inferred = false;  // a lot that nobody numbered: of a supplier, on a day
};

// What the column of corrections says.
struct Correction {
    enum class Kind : std::uint8_t { kNone, kVoid, kCorrect };

    Kind kind = Kind::kNone;
    int number = 1;  // the how-manieth of its line
};

struct Counterpart {
    std::string owner;
    std::string site;
};

// Where a sheet says who the other one is.
struct CounterpartColumns {
    Column owner = Column::kPartner;
    Column name = Column::kPartnerName;
    Column site = Column::kPartnerSite;
    Column site_name = Column::kPartnerSite;  // of the wide sheet alone
};

// A critical tracking event of FSMA 204.
enum class TrackingEvent : std::uint8_t {
    kReceiving,
    kShipping,
    kTransformation,
    kInitialPacking,
    kHarvesting,
    kCooling,
    kLanding,  // first land-based receiving
};

}  // namespace detail

// One row at work.
class LineReader::Row {
public:
    Row(LineReader& reader, const codec::TableRow& row);

    Line finish() &&;

private:
    [[nodiscard]] std::string_view cell(Column column) const {
        return reader_.columns_.cell(clean_.empty() ? row_.cells : clean_, column);
    }

    // Whether the text at a place, from 0, is that of merged cells that begin in a row above.
    [[nodiscard]] bool is_repeated_at(std::size_t place) const {
        return std::ranges::find(row_.repeated, place + 1) != row_.repeated.end();
    }

    [[nodiscard]] bool is_repeated(Column column) const {
        const auto at = reader_.columns_.place(column);
        return at && is_repeated_at(*at);
    }

    // "" where merged cells say it.
    [[nodiscard]] std::string_view own_cell(Column column) const {
        return is_repeated(column) ? std::string_view() : cell(column);
    }

    [[nodiscard]] const Sheet& sheet() const { return reader_.columns_.sheet(); }

    void refuse(Column column, Sentence reason);
    void warn(Column column, const std::optional<Sentence>& reason);
    [[nodiscard]] LineFault fault_at(Column column, Sentence reason) const;

    void refuse(Column column, std::string_view zh, std::string_view en) {
        refuse(column, Sentence{std::string(zh), std::string(en)});
    }

    // The value, or a fault and an empty one.
    template <typename Value>
    Value take(Column column, Result<Value> value) {
        if (!value) {
            refuse(column, sentence_of(value.error()));
            return Value();
        }
        return *std::move(value);
    }

    std::string party(Column column);
    std::string site(Column column, std::string_view whose);
    std::string operator_code();
    std::string own_site();
    std::string required(Column column);

    // Who makes the goods of a row that does not say it. `supplier`: whose lot of the day it is if
    // the row has no number; empty: nobody's.
    struct Makers {
        std::string_view producer;
        std::string_view supplier;
    };

    detail::Goods goods(const Makers& makers);
    detail::Goods goods_without_code(const Makers& makers);
    void mention_product(std::string_view number);
    detail::Goods goods_of_name(std::string_view lot, const Makers& makers);
    std::string gtin();
    std::string lot_text();
    std::optional<model::Quantity> quantity(bool is_one_thing, bool may_be_zero);
    detail::Counterpart counterpart(const detail::CounterpartColumns& columns);
    std::string people(std::string_view whose);
    std::string vehicles();
    std::string papers(std::string_view issuer);
    std::string paper_of(Column column, std::string_view type, std::string_view issuer);
    LineTime time();
    detail::Correction correction();
    bool says_nothing() const;
    bool says_titles() const;
    void take_faults_of_file();
    void check_cells();

    // A part of what tells a row without a number of its own apart.
    void note(std::string_view part) {
        key_ += part;
        key_.push_back('\n');
    }

    std::string identity();
    void identify(detail::Members& event);
    // The earlier row of the file that claims to be the same and says something else.
    std::optional<std::uint32_t> find_twin(std::string_view identity, std::string_view contents);
    void tell_twins(std::string_view identity, std::string_view contents);
    void correct(detail::Members& event, std::string_view identity);
    void add_goods(
        detail::Members& event,
        const detail::Goods& goods,
        std::string_view things,
        std::string_view amounts,
        bool may_be_zero
    );
    void begin_event(detail::Members& event, std::string_view type);
    void end_event(detail::Members& event, std::string_view issuer);

    void inbound(const detail::CounterpartColumns& columns);
    void outbound(const detail::CounterpartColumns& columns);
    // `number`: of the process.
    void processing(Column number);
    void stock_count();
    void wide();
    void mention_places();
    std::string_view operator_name(Column description, Column site_name) const;
    std::optional<detail::TrackingEvent> tracking_event();
    void made_or_seen(detail::TrackingEvent what);
    std::string harvested_lot();
    void add_key_data(detail::Members& event);
    std::string reference_type();
    void register_row();
    void register_operator();
    void register_site();
    void register_product();
    void register_licence();
    void register_link();
    void register_paper();
    void register_vehicle();
    void tell_titles(const model::PersonAtWork& row);
    void register_person();
    model::DayRange days();
    std::string region();
    void refuse_days(std::string_view zh, std::string_view en);
    void check_register();

    LineReader& reader_;
    const codec::TableRow& row_;
    std::vector<std::string> clean_;  // the cells without what nobody sees; empty: as they are
    Line line_;
    std::string operator_;
    LineTime time_;
    std::string site_;
    std::string role_;
    std::string tracking_event_;  // of the wide sheet, as its key
    std::string key_;
};

}  // namespace suyuan::service
