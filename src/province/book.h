// SPDX-License-Identifier: Apache-2.0
//
// Writes down one life, event by event, as model events: the grammar that all flows of the province
// share. Nothing that would happen after the last day is written.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/event.h"
#include "model/instant.h"
#include "province/dice.h"
#include "province/faults.h"
#include "province/life.h"
#include "province/roster.h"

namespace suyuan::province {

// An amount of a lot, in thousandths of its unit; or one container (unit empty, milli 0).
struct Goods {
    std::string code;
    std::string_view unit;  // of a catalogue product
    std::int64_t milli = 0;
};

// A way from one holding to another.
struct Delivery {
    model::MicrosUtc leaves = 0;
    model::MicrosUtc arrives = 0;
    bool is_return = false;
    bool is_faultless = false;  // whatever the rates
};

using Papers = std::vector<model::Paper>;

// Threads: one. Lifetime: the roster outlives it.
class Book {
public:
    struct Cover {
        std::uint64_t seed = 0;
        std::uint64_t life = 0;
        std::int64_t day = 0;      // on which the life begins
        model::MicrosUtc end = 0;  // what is not before it has not happened
        FaultRates rates;
    };

    Book(const Roster& roster, const Cover& cover);

    // The goods begin to exist.
    void create(
        model::MicrosUtc when, const Holding& at, const std::vector<Goods>& goods, Papers papers
    );
    // Returns what arrived, in the order of `goods`; an amount that did not (yet) has milli 0.
    std::vector<Goods> deliver(
        const Delivery& way, const Holding& from, const Holding& to, const std::vector<Goods>& goods
    );
    // The two halves of it, for stories; what belongs together bears one note, next_note().
    void ship(
        model::MicrosUtc when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods,
        std::string_view note
    );
    // `from` without an owner: nobody knows who sent it.
    void receive(
        model::MicrosUtc when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods,
        std::string_view note
    );
    [[nodiscard]] std::string next_note();

    // Inputs become outputs. `step`: "commissioning" or "repackaging".
    void make(
        model::MicrosUtc when,
        const Holding& at,
        const std::vector<Goods>& inputs,
        const std::vector<Goods>& outputs,
        std::string_view step
    );
    void pack(
        model::MicrosUtc when,
        const Holding& at,
        const std::string& container,
        const std::vector<Goods>& goods
    );
    void unpack(
        model::MicrosUtc when,
        const Holding& at,
        const std::string& container,
        const std::vector<Goods>& goods
    );
    void sell(model::MicrosUtc when, const Holding& at, const Goods& goods);
    void use_up(model::MicrosUtc when, const Holding& at, const Goods& goods);
    void destroy(model::MicrosUtc when, const Holding& at, const Goods& goods);
    // Counted: so much is there.
    void count(model::MicrosUtc when, const Holding& at, const Goods& goods);
    // Sampled and tested; `report` is the number of the test report.
    void test(
        model::MicrosUtc when, const Holding& at, const Goods& goods, std::string_view report
    );
    // May not be moved or sold from there.
    void hold(model::MicrosUtc when, const Holding& at, const Goods& goods);

    // A number of this life that no other life has: "260304-0001234-07".
    [[nodiscard]] std::string next_number();
    // A pallet of this life.
    [[nodiscard]] std::string next_container();

    [[nodiscard]] Dice& dice() noexcept { return dice_; }

    [[nodiscard]] bool is_over(model::MicrosUtc when) const noexcept { return when >= cover_.end; }

    // Leaves an empty book.
    [[nodiscard]] Life close();

private:
    [[nodiscard]] model::Event begin(
        model::EventKind kind,
        model::EventAction action,
        model::MicrosUtc when,
        std::string_view step
    );
    [[nodiscard]] model::Event observe_at(
        model::MicrosUtc when, const Holding& at, std::string_view step
    );
    void aggregate(
        model::MicrosUtc when,
        const Holding& at,
        model::EventAction action,
        const std::string& container,
        const std::vector<Goods>& goods
    );
    void end(model::Event event, bool is_double = false);
    void write_receipt(model::Event receipt, const Delivery& way, std::vector<Goods>& goods);
    [[nodiscard]] model::Event shipment(
        model::MicrosUtc when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods
    );
    [[nodiscard]] model::Event receipt(
        model::MicrosUtc when,
        const Holding& from,
        const Holding& to,
        const std::vector<Goods>& goods
    );
    [[nodiscard]] bool happens(std::uint32_t in_a_thousand, Fault fault);

    const Roster& roster_;
    Cover cover_;
    Dice dice_;
    Life life_;
    std::uint32_t event_count_ = 0;
    std::uint32_t number_count_ = 0;
    std::uint32_t container_count_ = 0;
};

}  // namespace suyuan::province
