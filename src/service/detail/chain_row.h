// SPDX-License-Identifier: Apache-2.0
//
// One row of a FoodChain-Lab workbook at work: what chain_reader.cc (deliveries and links) and
// chain_station.cc (stations) share.

#pragma once

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/chain_reader.h"
#include "service/chain_workbook.h"
#include "service/detail/line_json.h"
#include "service/line_reader.h"
#include "service/line_values.h"

namespace suyuan::service {

namespace detail {

// Those that are not empty.
inline std::string joined(std::initializer_list<std::string_view> parts, std::string_view comma) {
    std::string text;
    for (const std::string_view part : parts) {
        text += text.empty() || part.empty() ? "" : comma;
        text += part;
    }
    return text;
}

}  // namespace detail

// One row at work.
class ChainReader::Row {
public:
    Row(ChainReader& reader, const ChainTitles& titles, const codec::TableRow& row)
        : reader_(reader), titles_(titles), row_(row) {
        cells_.reserve(row.cells.size());
        std::ranges::transform(row.cells, std::back_inserter(cells_), clean_text);
        for (const codec::TableFault& fault : row.faults) {
            refuse_at(fault.column == 0 ? row.cells.size() : fault.column - 1, fault.reason);
        }
    }

    Line station();
    Line delivery();
    Line link();

private:
    [[nodiscard]] std::string_view cell(ChainColumn column) const {
        return titles_.cell(cells_, column);
    }

    void refuse_at(std::size_t place, Sentence reason);

    void refuse(ChainColumn column, std::string zh, std::string en) {
        refuse_at(titles_.place(column).value_or(cells_.size()), {std::move(zh), std::move(en)});
    }

    std::string required(ChainColumn column);

    template <typename Value>
    Value take(ChainColumn column, Result<Value> value) {
        if (!value) {
            Sentence reason = sentence_of(value.error());
            refuse(column, std::move(reason.zh), std::move(reason.en));
            return Value();
        }
        return *std::move(value);
    }

    // Of all, what was said before with the same key.
    template <typename Known>
    void refuse_twice(ChainColumn column, const Known& known) {
        refuse(
            column,
            format("与第 {} 行相同：编号不能重复。", known.row),
            format("row {} has it already: it must be of its own", known.row)
        );
    }

    [[nodiscard]] std::optional<model::Site> site_of(const std::string& id, const Station& station)
        const;
    void register_station(const std::string& id, const Station& station, bool is_theirs);
    ChainDate date(ChainColumn day, ChainColumn month, ChainColumn year);
    const Station* station_of(ChainColumn column);
    std::optional<model::Quantity> quantity();
    std::optional<model::Quantity> quantity_in(ChainColumn amount, ChainColumn unit);
    std::string additional() const;
    // Adds them to the event, as `things` or `amounts`.
    static void add_goods(
        detail::Members& event,
        const Delivery& delivery,
        const std::optional<model::Quantity>& amount,
        std::string_view things,
        std::string_view amounts
    );
    void begin(
        detail::Members& event, std::string_view type, std::string_view what, std::string_view id
    );
    std::string event_of(
        const Delivery& delivery, std::string_view id, bool is_departure, const ChainDate& date
    );
    void tell_goods(Delivery& delivery, std::string_view id, std::string_view product);
    const Delivery* delivery_of(ChainColumn column);
    void check_link(const Delivery& from, const Delivery& into);
    std::string link_event(const Delivery& from, const Delivery& into);
    Line finish();

    ChainReader& reader_;
    const ChainTitles& titles_;
    const codec::TableRow& row_;
    std::vector<std::string> cells_;
    Line line_;
};

}  // namespace suyuan::service
