// SPDX-License-Identifier: Apache-2.0
//
// Writes down what happened, one EPCIS event after the other, as a capture document.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/json.h"

namespace suyuan::app {

// A region that the story happens in.
struct StoryRegion {
    std::string code;
    std::string name;
    std::string parent;  // code; empty at the top
};

// An operator of the story; `code` is its party id.
struct StoryOperator {
    std::string code;
    std::string name;
    std::string kind;  // model::Operator::kind
    std::string region;
};

// A site of the story and who runs it.
struct StorySite {
    std::string code;
    std::string name;
    std::string operator_code;
    std::string region;
};

struct StoryProduct {
    std::string gtin;  // 14 digits
    std::string name;
};

// So many kilograms of a lot, or one container (kilograms 0).
struct Goods {
    std::string code;
    std::int64_t kilograms = 0;
};

// Where goods are and whose they are.
struct Holding {
    std::string site;
    std::string owner;
};

// What goes with a delivery; empty: none.
struct Delivery {
    std::string note;     // delivery note: ties the receipt to the shipment
    std::string vehicle;  // plate
    std::string driver;   // person-at-work id
    bool is_return = false;
};

// When: local time at +08:00, "2026-03-02T08:00".
using LocalTime = std::string;

// Codes of one company prefix, 6909999: made for the story, never issued.
[[nodiscard]] std::string story_gtin(std::uint32_t number);  // 14 digits
[[nodiscard]] std::string story_lot(std::uint32_t gtin_number, std::string_view lot);
[[nodiscard]] std::string story_site_code(std::uint32_t number);
[[nodiscard]] std::string story_party_code(std::uint32_t number);
[[nodiscard]] std::string story_container(std::uint32_t number);

class StoryBook {
public:
    void add(const StoryRegion& entry);
    void add(const StoryOperator& entry);
    void add(const StorySite& entry);
    void add(const StoryProduct& entry);

    using Papers = std::vector<std::pair<std::string, std::string>>;  // CBV type and id

    void create(const LocalTime& when, const Holding& at, const Goods& goods, const Papers& papers);
    void ship(
        const LocalTime& when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods,
        const Delivery& delivery
    );
    // `from` with empty codes: nobody knows who sent it.
    void receive(
        const LocalTime& when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods,
        const Delivery& delivery
    );
    // ship() and receive() with everything arriving.
    void deliver(
        const std::pair<LocalTime, LocalTime>& when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods,
        const Delivery& delivery
    );
    void make(
        const LocalTime& when,
        const Holding& at,
        const std::vector<Goods>& inputs,
        const Goods& output,
        std::string_view worker
    );
    void pack(
        const LocalTime& when,
        const Holding& at,
        const std::string& container,
        const std::vector<Goods>& goods
    );
    void unpack(
        const LocalTime& when,
        const Holding& at,
        const std::string& container,
        const std::vector<Goods>& goods
    );
    void sell(const LocalTime& when, const Holding& at, const Goods& goods);
    void destroy(
        const LocalTime& when, const Holding& at, const Goods& goods, std::string_view paper_id
    );
    // The goods may not be moved or sold from there.
    void hold(const LocalTime& when, const Holding& at, const std::string& code);

    [[nodiscard]] std::size_t event_count() const noexcept { return events_.items().size(); }

    // The capture document with its master data.
    [[nodiscard]] std::string document() const;

private:
    [[nodiscard]] codec::Json begin(
        std::string_view type, const LocalTime& when, std::string_view step
    ) const;
    void end(codec::Json event);

    codec::Json events_ = codec::Json::array();
    codec::Json regions_ = codec::Json::array();
    codec::Json parties_ = codec::Json::array();
    codec::Json sites_ = codec::Json::array();
    codec::Json products_ = codec::Json::array();
};

}  // namespace suyuan::app
