// SPDX-License-Identifier: Apache-2.0

#include "service/row_origins.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "model/registry.h"
#include "service/check_digits.h"
#include "service/vocabulary.h"

namespace suyuan::service {
namespace {

// Collects warnings; lives for one call.
class Warnings {
public:
    explicit Warnings(const RowOrigins& origins) : origins_(origins) {}

    // Of row `row` of a table; `what` is what is told of the number.
    void add(
        std::string_view table,
        std::size_t row,
        std::string_view what,
        const std::optional<Sentence>& fault
    ) {
        if (fault) {
            warnings_.push_back({
                .pointer = origins_.pointer_of(table, row),
                .reason = format("{}: {}", what, fault->en),
                .reason_zh = format("{}：{}", what, fault->zh),
            });
        }
    }

    [[nodiscard]] std::vector<codec::EpcisProblem> take() { return std::move(warnings_); }

private:
    const RowOrigins& origins_;
    std::vector<codec::EpcisProblem> warnings_;
};

}  // namespace

void RowOrigins::note(std::string_view table, std::string pointer) {
    origins_[std::string(table)].push_back({.pointer = std::move(pointer), .fields = {}});
}

void RowOrigins::note_field(
    std::string_view table, std::size_t row, std::string_view field, std::string_view pointer
) {
    const auto origins = origins_.find(table);
    SUYUAN_ASSERT(origins != origins_.end() && row < origins->second.size());
    Origin& origin = origins->second[row];
    if (origin.pointer != pointer) {
        origin.fields[std::string(field)] = pointer;
    }
}

std::string RowOrigins::pointer_of(std::string_view table, std::size_t row, std::string_view field)
    const {
    const auto origins = origins_.find(table);
    SUYUAN_ASSERT(origins != origins_.end() && row < origins->second.size());
    const Origin& origin = origins->second[row];
    const auto added = origin.fields.find(field);
    return added == origin.fields.end() ? origin.pointer : added->second;
}

// "sites[0].latitude: It should be ..."
Failure RowOrigins::malformed_row(const Error& error) const {
    const std::string_view message = error.message();
    const auto open = message.find('[');
    const auto close = message.find("].", open);
    const auto end = message.find(": ", close);
    SUYUAN_ASSERT(end != std::string_view::npos);
    std::size_t row = 0;
    std::from_chars(message.data() + open + 1, message.data() + close, row);
    const std::string_view field = message.substr(close + 2, end - close - 2);
    return malformed(
        pointer_of(message.substr(0, open), row, field),
        {format("{}：{}", field, error.message_zh()), std::string(message.substr(close + 2))}
    );
}

std::vector<codec::EpcisProblem> warnings_of(
    const model::RegistryRows& rows, const RowOrigins& origins
) {
    Warnings warnings(origins);
    for (std::size_t row = 0; row < rows.operators.size(); ++row) {
        const std::string& code = rows.operators[row].code;
        warnings.add("operators", row, code, check_digit_fault(code));
    }
    for (std::size_t row = 0; row < rows.sites.size(); ++row) {
        const std::string& code = rows.sites[row].code;
        warnings.add("sites", row, code, check_digit_fault(code));
    }
    for (std::size_t row = 0; row < rows.licences.size(); ++row) {
        const std::string& number = rows.licences[row].number;
        warnings.add("licences", row, number, licence_fault(number));
    }
    for (std::size_t row = 0; row < rows.vehicles.size(); ++row) {
        const std::string& plate = rows.vehicles[row].plate;
        warnings.add("vehicles", row, plate, plate_fault(plate));
    }
    for (std::size_t row = 0; row < rows.people.size(); ++row) {
        warnings.add("people", row, "id", identity_fault(rows.people[row].id));
        warnings.add("people", row, "phone", mobile_fault(rows.people[row].phone));
    }
    return warnings.take();
}

}  // namespace suyuan::service
