// SPDX-License-Identifier: Apache-2.0
//
// One row of a sheet at work: what line_reader.cc (events) and line_register.cc (the register)
// share.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "model/quantity.h"
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
};

struct Counterpart {
    std::string owner;
    std::string site;
};

}  // namespace detail

// One row at work.
class LineReader::Row {
public:
    Row(LineReader& reader, const codec::TableRow& row) : reader_(reader), row_(row) {}

    Line finish() &&;

private:
    [[nodiscard]] std::string_view cell(Column column) const {
        return reader_.columns_.cell(row_.cells, column);
    }

    [[nodiscard]] const Sheet& sheet() const { return reader_.columns_.sheet(); }

    void refuse(Column column, Sentence reason);

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
    detail::Goods goods(std::string_view default_producer);
    std::string lot_without_code(std::string_view default_producer);
    std::optional<model::Quantity> quantity(bool is_one_thing, bool may_be_zero);
    detail::Counterpart counterpart();
    std::string people(std::string_view whose);
    std::string vehicles();
    std::string paper(std::string_view issuer);
    std::string identity(std::string_view issuer);
    void add_goods(
        detail::Members& event,
        const detail::Goods& goods,
        std::string_view things,
        std::string_view amounts,
        bool may_be_zero
    );
    void begin_event(detail::Members& event, std::string_view type, std::string_view issuer);
    void end_event(detail::Members& event, std::string_view issuer);

    void inbound();
    void outbound();
    void processing();
    void stock_count();
    void register_row();
    void register_operator();
    void register_site();
    void register_product();
    void register_licence();
    void register_link();
    void register_paper();
    void register_vehicle();
    void register_person();
    std::string day(Column column);
    void check_register();

    LineReader& reader_;
    const codec::TableRow& row_;
    Line line_;
    std::string operator_;
};

}  // namespace suyuan::service
