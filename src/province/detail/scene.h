// SPDX-License-Identifier: Apache-2.0
//
// A stage for one planted story: casts each part with an operator of its own and notes the
// positions that the trace must reach.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/instant.h"
#include "province/book.h"
#include "province/catalogue.h"
#include "province/dice.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/stories.h"

namespace suyuan::province::detail {

// Threads: one. Lifetime: the ground's roster outlives it.
class Scene {
public:
    Scene(const StoryGround& ground, std::uint32_t story);

    // Somebody who plays no other part in this story.
    [[nodiscard]] Holding cast(Tier tier, std::uint32_t trade = kAnyTrade);
    [[nodiscard]] Holding cast_stall(StallTrade trade);
    [[nodiscard]] std::vector<Holding> cast_many(std::uint32_t count, Tier tier);
    // The owner's goods, in the hands of somebody new.
    [[nodiscard]] Holding keep(const Holding& owner, Tier tier);
    [[nodiscard]] Holding cast_importer(Tier keeper);

    // `hour` may be a fraction of one.
    [[nodiscard]] model::MicrosUtc at(std::int64_t day, double hour) const noexcept;

    // The text of a lot of the story: `word` and its first day.
    [[nodiscard]] std::string lot_text(std::string_view word) const;
    // In kilograms.
    [[nodiscard]] Goods loose(std::string_view word, Loose product, std::int64_t kilograms) const;
    // In pieces, of a maker.
    [[nodiscard]] Goods packed(
        std::string_view word, const Holding& maker, std::uint32_t index, std::int64_t pieces
    ) const;

    // What follows belongs to the answer, or is there to be left out of it.
    void expect(bool expects) noexcept { expects_ = expects; }

    void create(model::MicrosUtc when, const Holding& at, const Goods& goods);
    // Arrives two hours later.
    void deliver(
        model::MicrosUtc when,
        const Holding& from,
        const Holding& to,
        const Goods& goods,
        bool is_return = false
    );
    void make(
        model::MicrosUtc when,
        const Holding& at,
        const std::vector<Goods>& inputs,
        const Goods& output
    );
    // A third on each of two evenings.
    void sell(std::int64_t day, const Holding& at, const Goods& goods);
    void note_position(const Goods& goods, const Holding& at);
    void find(FindingKind kind, const Goods& goods, const Holding& at, std::int64_t milli = 0);

    [[nodiscard]] Book& book() noexcept { return book_; }

    [[nodiscard]] ToldStory close(std::string_view zh, std::string_view en, std::string_view code);

private:
    // Whoever `find` names near a spot and plays no part yet, looking ever further away.
    template <typename Find>
    [[nodiscard]] Holding cast_whom(const Find& find);

    const Roster& roster_;
    std::int64_t first_day_;
    Spot spot_;
    Dice dice_;
    Book book_;
    std::vector<std::uint32_t> cast_;
    PlantedStory story_;
    bool expects_ = true;
};

// So many kilograms (or pieces) of it.
[[nodiscard]] Goods some(const Goods& goods, std::int64_t amount);

}  // namespace suyuan::province::detail
