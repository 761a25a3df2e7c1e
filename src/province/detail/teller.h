// SPDX-License-Identifier: Apache-2.0
//
// Tells one ordinary life, recipe by recipe. Hours are those of the trade: harvest in the
// afternoon, slaughter and lorries at night, wholesale from three to six in the morning.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/instant.h"
#include "province/book.h"
#include "province/catalogue.h"
#include "province/life.h"
#include "province/roster.h"
#include "province/schedule.h"

namespace suyuan::province::detail {

// Who buys, in a thousand; the rest are shops.
struct BuyerMix {
    std::uint32_t restaurants = 280;
    std::uint32_t canteens = 170;
};

// A morning of selling.
struct Sale {
    std::int64_t day = 0;
    std::int64_t first_minute = 180;  // of the day, when the first lorry leaves
    std::uint32_t minutes = 170;      // until the last does
    std::uint32_t buyers = 6;
    BuyerMix mix;
    bool is_fresh = true;  // or nothing that shops of fresh food have
};

// Threads: one. Lifetime: what it is made from outlives it.
class Teller {
public:
    Teller(const Roster& roster, const Schedule& schedule, const LifePlace& place, Book& book);

    void tell();

private:
    // What a farm delivers: `trade` farms of loose goods, to be sent on by the caller.
    struct Raw {
        std::uint32_t trade = 0;
        Loose goods = Loose::kVegetable;
        std::int64_t grams = 0;
        std::uint32_t farms = 1;
        std::int64_t day = 0;
        std::int64_t minute = 540;  // of harvest; sent an hour later, there two hours later
        char letter = 'P';          // of the first lot
    };

    // origin.cc
    void tell_produce();
    void tell_collected();
    void tell_pork();
    void tell_import();
    void tell_eggs();
    // The lots, as they arrived at `to`.
    std::vector<Goods> fetch(const Raw& raw, const Holding& to);
    std::vector<Goods> declare_import(const Holding& at_port);
    void sell_import(const Holding& at_cold, std::vector<Goods>& lots);
    void repack_import(const Holding& at_cold, const Goods& lot);
    Papers farm_papers(const Holding& farm);

    // factory.cc
    void tell_packed();
    void tell_meat_products();
    void rework(const Holding& plant, Goods& batch);
    void tell_meals();
    // What others of the group lent, as `plant` received it.
    [[nodiscard]] std::vector<Goods> borrowed() const;

    // trade.cc
    // Sends the borrowers of the group their parts at `leaves`; takes them off `goods`.
    void lend(const Holding& from, model::MicrosUtc leaves, Goods& goods);
    // On pallets to distributors, and from them to buyers.
    void distribute(const Holding& from, std::int64_t day, Goods& goods);
    void send_on_pallets(
        const Delivery& way,
        const Holding& from,
        const Holding& to,
        const std::vector<std::vector<Goods>>& pallets
    );
    // To buyers, who sell or use it; what remains is lost or counted.
    void sell_morning(const Holding& seller, const Sale& sale, Goods goods);
    void serve(const Holding& seller, const Sale& sale, const Goods& part);
    void sell_out(const Holding& at, Tier tier, model::MicrosUtc from, Goods goods);
    void give_back(
        const Holding& buyer, const Holding& seller, std::int64_t day, const Goods& goods
    );
    void settle(const Holding& at, std::int64_t day, const Goods& rest);

    // A moment of a day, up to `spread` minutes after `minute`.
    model::MicrosUtc about(std::int64_t day, std::int64_t minute, std::uint32_t spread = 30);
    // Takes `milli` off `goods`, in whole units.
    static Goods take(Goods& goods, std::int64_t milli);
    [[nodiscard]] Holding home(Tier tier, std::uint32_t trade = kAnyTrade);
    // A stall that deals in such goods.
    [[nodiscard]] Holding stall_for(const Goods& goods);

    const Roster& roster_;
    const Schedule& schedule_;
    LifePlace place_;
    Plan plan_;
    Book& book_;
    Dice& dice_;
    std::int64_t day_;
};

}  // namespace suyuan::province::detail
