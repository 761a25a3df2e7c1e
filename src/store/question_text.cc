// SPDX-License-Identifier: Apache-2.0

#include "store/question_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "store/byte_codec.h"
#include "store/event_query.h"
#include "store/search.h"
#include "store/store.h"

namespace suyuan::store {
namespace {

void write(ByteWriter& out, const std::string& value) {
    out.text(value);
}

void write(ByteWriter& out, std::int64_t value) {
    out.signed_number(value);
}

template <typename Value>
    requires std::is_enum_v<Value>
void write(ByteWriter& out, Value value) {
    out.byte(static_cast<std::uint8_t>(value));
}

void write(ByteWriter& out, const EpcCriterion& criterion);
void write(ByteWriter& out, const PartyCriterion& criterion);
void write(ByteWriter& out, const PaperCriterion& criterion);

template <typename Value>
void write(ByteWriter& out, const std::vector<Value>& values) {
    out.number(values.size());
    for (const Value& value : values) {
        write(out, value);
    }
}

template <typename Value>
void write(ByteWriter& out, const std::optional<Value>& value) {
    out.byte(value ? 1 : 0);
    if (value) {
        write(out, static_cast<std::int64_t>(*value));
    }
}

template <typename Id>
void write_id(ByteWriter& out, const std::optional<Id>& id) {
    out.byte(id ? 1 : 0);
    out.number(id ? id->value() : 0);
}

void write(ByteWriter& out, const EpcCriterion& criterion) {
    write(out, criterion.match);
    write(out, criterion.values);
}

void write(ByteWriter& out, const PartyCriterion& criterion) {
    out.byte(criterion.is_source ? 1 : 0);
    write(out, criterion.type);
    write(out, criterion.values);
}

void write(ByteWriter& out, const PaperCriterion& criterion) {
    write(out, criterion.type);
    write(out, criterion.values);
}

}  // namespace

std::string question_text(const EventQuery& query) {
    ByteWriter out;
    write(out, query.kinds);
    write(out, query.event_time_from);
    write(out, query.event_time_before);
    write(out, query.record_time_from);
    write(out, query.record_time_before);
    write(out, query.actions);
    write(out, query.biz_steps);
    write(out, query.dispositions);
    write(out, query.read_points);
    write(out, query.biz_locations);
    write(out, query.event_ids);
    write(out, query.transformation_ids);
    write(out, query.has_error_declaration);
    write(out, query.epcs);
    write(out, query.parties);
    write(out, query.papers);
    out.byte(query.by_event_time ? 1 : 0);
    out.byte(query.is_descending ? 1 : 0);
    return out.bytes();
}

std::string question_text(const SearchQuery& query) {
    ByteWriter out;
    write(out, query.texts);
    write(out, query.kinds);
    return out.bytes();
}

std::string question_text(const StockFilter& filter) {
    ByteWriter out;
    write_id(out, filter.item);
    write_id(out, filter.owner);
    write_id(out, filter.site);
    return out.bytes();
}

}  // namespace suyuan::store
