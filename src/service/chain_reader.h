// SPDX-License-Identifier: Apache-2.0
//
// Rows of a FoodChain-Lab workbook as what they say (docs/formats/foodchain-lab.md).
//
// A station is an operator and its site; a delivery is a shipment and its receipt, tied by a paper,
// of goods that are the delivery's own; a link is a process that makes the one delivery's goods out
// of the other's. So a trace reaches what the links tell and nothing else, whatever lot numbers the
// deliveries share. Where `Item code` says which goods it is, as in what we write, it is those, and
// only other goods are made out of them. Where a full date stands on both sides, the order is
// certain; where only a month or a year is known, or nothing, it is possible.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "model/instant.h"
#include "service/chain_workbook.h"
#include "service/line_reader.h"

namespace suyuan::service {

// Stations and deliveries stay in memory while the links are read, some 500 bytes each. The largest
// outbreak told of has 476 stations and 2,126 deliveries.
inline constexpr std::size_t kChainStationsMax = 100'000;
inline constexpr std::size_t kChainDeliveriesMax = 200'000;

// When a delivery left or arrived, as a closed interval: a day, a month or a year of China Standard
// Time, as all sheets have it.
struct ChainDate {
    model::TimeInterval time;  // everything: nothing is said
    bool is_day = false;

    [[nodiscard]] bool is_known() const noexcept { return time != model::TimeInterval{}; }
};

// Cells without blanks around. `column` says which of the three is wrong. Years from 1900 to 2100.
struct ChainDateFault {
    std::size_t part = 0;  // 0 day, 1 month, 2 year
    Sentence reason;
};

struct ChainDateRead {
    ChainDate date;
    std::optional<ChainDateFault> fault;
};

[[nodiscard]] ChainDateRead read_chain_date(
    std::string_view day, std::string_view month, std::string_view year
);

// Threads: one at a time. Rows of all stations come first, then all deliveries, then the links.
class ChainReader {
public:
    // Codes of stations are made of whose workbook it is (empty: nobody in particular) and their
    // Company_ID: the same workbook twice says the same, and two senders' stations stay apart.
    explicit ChainReader(const LineDefaults& defaults);

    // `sheet` and `titles` of the worksheet that the row is from. Fails with kLimitExceeded.
    [[nodiscard]] Result<Line> read(
        const ChainSheet& sheet, const ChainTitles& titles, const codec::TableRow& row
    );

private:
    class Row;

    struct Station {
        std::string operator_code;  // empty: nobody that we know, at the site
        std::string site;
        std::uint64_t row = 0;
        bool is_bad = false;
    };

    struct Delivery {
        const Station* from = nullptr;  // in stations_, whose nodes stay where they are
        const Station* to = nullptr;
        std::string item;
        bool is_one_thing = false;
        std::string key;  // what tells it from every other, of other workbooks too
        std::vector<std::string> originals;
        model::TimeInterval departure;
        model::TimeInterval arrival;
        std::uint64_t row = 0;
        bool is_bad = false;
    };

    std::string namespace_;
    std::unordered_map<std::string, Station> stations_;
    std::unordered_map<std::string, Delivery> deliveries_;
    std::unordered_map<std::string, std::uint32_t> twins_;  // how many of a key there were
};

}  // namespace suyuan::service
