// SPDX-License-Identifier: Apache-2.0

#include "province/check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "model/event.h"
#include "model/identifiers.h"
#include "model/instant.h"
#include "model/registry.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/dice.h"
#include "province/life.h"
#include "province/papers.h"
#include "province/province.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"
#include "province/stories.h"

namespace suyuan::province {
namespace {

using model::Event;
using model::EventItem;
using model::ItemRole;

constexpr std::string_view kClassPrefix = "https://id.gs1.org/01/";
constexpr std::string_view kContainerPrefix = "https://id.gs1.org/00/";
constexpr std::string_view kSitePrefix = "https://id.gs1.org/414/";

constexpr std::array<std::string_view, kCheckCount> kCheckNames = {
    "social_credit_codes",
    "licences",
    "site_codes",
    "product_codes",
    "container_codes",
    "plates",
    "customs_declarations",
    "region_codes",
    "names",
    "unique_names",
    "deliveries",
    "balances",
    "processes",
    "ingredients",
    "links",
    "papers",
    "people"
};

bool is_right(const model::IdentifierCheck& check) {
    return check.verdict == model::Verdict::kValid;
}

bool is_name(std::string_view name) {
    return name.size() >= 6 &&
           std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_operator(std::string_view code) {
    return is_right(model::check_social_credit_code(code.substr(code.rfind('/') + 1)));
}

bool is_site(std::string_view code) {
    return code.starts_with(kSitePrefix) &&
           is_right(model::check_gln(code.substr(kSitePrefix.size())));
}

std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t hash = 0;
    for (const char c : text) {
        hash = mix(hash ^ static_cast<unsigned char>(c));
    }
    return hash;
}

std::string_view owner_in(const std::vector<model::EventParty>& parties) {
    const auto found = std::ranges::find(parties, "owning_party", &model::EventParty::type);
    return found == parties.end() ? std::string_view() : std::string_view(found->id);
}

std::string_view site_in(const std::vector<model::EventParty>& parties) {
    const auto found = std::ranges::find(parties, "location", &model::EventParty::type);
    return found == parties.end() ? std::string_view() : std::string_view(found->id);
}

std::int64_t amount_of(const EventItem& item) noexcept {
    return item.quantity ? item.quantity->amount.millionths : 0;
}

// (lot, owner, site). The texts belong to the life.
using Place = std::tuple<std::string_view, std::string_view, std::string_view>;

// One lot on one delivery note.
struct Sent {
    std::int64_t shipped = 0;
    std::int64_t received = 0;
    model::MicrosUtc left = 0;
};

// What one life does to its lots.
class Flows {
public:
    void read(const Event& event) {
        for (const EventItem& item : event.items) {
            if (item.is_class) {
                read_item(event, item);
            }
        }
    }

    // By delivery note and lot.
    [[nodiscard]] const auto& deliveries() const noexcept { return deliveries_; }

    [[nodiscard]] const auto& balances() const noexcept { return balances_; }

    [[nodiscard]] bool begins(std::string_view lot) const {
        return std::ranges::find(begun_, lot) != begun_.end();
    }

private:
    void read_item(const Event& event, const EventItem& item) {
        const std::int64_t amount = amount_of(item);
        if (event.biz_step == "shipping") {
            balances_[{item.code, owner_in(event.sources), site_in(event.sources)}] -= amount;
            Sent& sent = deliveries_[{event.papers.front().id, item.code}];
            sent.shipped += amount;
            sent.left = event.event_time;
        } else if (event.biz_step == "receiving") {
            balances_[{item.code, owner_in(event.destinations), event.biz_location}] += amount;
            deliveries_[{event.papers.front().id, item.code}].received += amount;
        } else if (event.action == model::EventAction::kAdd || item.role == ItemRole::kOutput) {
            add_begun(event, item, amount);
        } else if (item.role == ItemRole::kInput || event.biz_step == "retail_selling" ||
                   event.biz_step == "destroying" || event.sink == "used") {
            balances_[{item.code, event.owner, event.biz_location}] -= amount;
        }
    }

    void add_begun(const Event& event, const EventItem& item, std::int64_t amount) {
        if (item.role == ItemRole::kChild) {
            return;
        }
        begun_.push_back(item.code);
        balances_[{item.code, event.owner, event.biz_location}] += amount;
    }

    std::map<Place, std::int64_t> balances_;
    std::map<std::pair<std::string_view, std::string_view>, Sent> deliveries_;
    std::vector<std::string_view> begun_;
};

// What came and went inside containers: the children of pallets move without a line of their own.
void move_contents(const Life& life, std::map<Place, std::int64_t>& balances) {
    for (const Report& report : life.reports) {
        const Event& event = report.event;
        if (event.kind != model::EventKind::kAggregation) {
            continue;
        }
        const bool is_packed = event.action == model::EventAction::kAdd;
        for (const EventItem& item : event.items) {
            if (item.role == ItemRole::kChild) {
                balances[{item.code, event.owner, event.biz_location}] +=
                    is_packed ? -amount_of(item) : amount_of(item);
            }
        }
    }
}

bool has_fault(const Life& life, Fault fault) noexcept {
    return life.faults.at(static_cast<std::size_t>(fault)) > 0;
}

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

std::string_view to_string(Check check) noexcept {
    return kCheckNames.at(static_cast<std::size_t>(check));
}

void Checker::note(Check check, bool is_valid) noexcept {
    CheckCount& count = counts_.at(static_cast<std::size_t>(check));
    ++count.checked;
    count.valid += is_valid ? 1U : 0U;
}

void Checker::check_registry(const RegistryPage& page) {
    check_belongings(page.rows);
    for (const model::Operator& row : page.rows.operators) {
        note(Check::kSocialCreditCodes, is_operator(row.code));
        note(Check::kRegionCodes, is_right(model::check_region_code(row.region)));
        note(Check::kNames, is_name(row.name));
        name_hashes_.push_back(hash_of(row.name));
    }
    for (const std::string& licence : page.licences) {
        if (!licence.empty()) {
            note(
                Check::kLicences,
                is_right(
                    licence.starts_with("SC") ? model::check_production_licence(licence)
                                              : model::check_trading_licence(licence)
                )
            );
        }
    }
    for (const model::Site& row : page.rows.sites) {
        note(Check::kSiteCodes, is_site(row.code));
        note(Check::kNames, is_name(row.name));
    }
    for (const model::Product& row : page.rows.products) {
        note(Check::kProductCodes, is_right(model::check_gtin(row.gtin)));
    }
    for (const model::Region& row : page.rows.regions) {
        note(Check::kRegionCodes, is_right(model::check_region_code(row.code)));
    }
}

void Checker::check_belongings(const model::RegistryRows& rows) {
    for (const model::Link& row : rows.links) {
        note(Check::kLinks, is_operator(row.from) && is_site(row.to));
    }
    for (const model::Vehicle& row : rows.vehicles) {
        note(
            Check::kPlates,
            is_right(model::check_plate(row.plate)) && is_operator(row.operator_code)
        );
    }
    constexpr std::size_t kNameBytesMax = 9;
    for (const model::PersonAtWork& row : rows.people) {
        const bool has_name = is_name(row.name) && row.name.size() <= kNameBytesMax;
        const bool has_title = !row.title.empty() && !row.valid_from.empty();
        note(
            Check::kPeople,
            !row.id.empty() && has_name && has_title && is_operator(row.operator_code)
        );
    }
}

void Checker::check_papers(const Life& life) {
    for (const model::RegisteredPaper& row : papers_of(life)) {
        const bool is_told = !row.number.empty() && !row.kind.empty() && !row.valid_from.empty();
        note(Check::kPapers, is_told && is_operator(row.issuer) && is_operator(row.holder));
    }
}

void Checker::check_item(std::string_view code) {
    if (code.starts_with(kContainerPrefix)) {
        note(
            Check::kContainerCodes,
            is_right(model::check_sscc(code.substr(kContainerPrefix.size())))
        );
        return;
    }
    constexpr std::size_t kGtinDigits = 14;
    note(
        Check::kProductCodes,
        code.starts_with(kClassPrefix) &&
            is_right(model::check_gtin(code.substr(kClassPrefix.size(), kGtinDigits)))
    );
}

void Checker::check_codes(const Event& event) {
    for (const EventItem& item : event.items) {
        check_item(item.code);
    }
    for (const std::string& plate : event.vehicles) {
        note(Check::kPlates, is_right(model::check_plate(plate)));
    }
    for (const model::Paper& paper : event.papers) {
        if (paper.type.ends_with("/customs")) {
            const std::string_view number =
                std::string_view(paper.id).substr(paper.id.rfind(':') + 1);
            note(Check::kCustomsDeclarations, is_right(model::check_customs_declaration(number)));
        }
    }
}

std::int64_t Checker::grams_per_unit(std::string_view lot_code) const {
    if (const auto loose = loose_index_of(lot_code)) {
        return loose_products()[*loose].grams;
    }
    const std::string_view gtin = lot_code.substr(kClassPrefix.size(), 14);
    const std::uint64_t number = number_in(gtin.substr(5, 8));
    const Roster& roster = province_.roster();
    const Business maker = roster.business(
        roster.tier(Tier::kProcessor).first + static_cast<std::uint32_t>(number / kPackedPerMaker)
    );
    return packed_products(static_cast<Craft>(maker.trade))[number % kPackedPerMaker].grams;
}

void Checker::check_process(const Event& event) {
    std::int64_t in = 0;
    std::int64_t out = 0;
    for (const EventItem& item : event.items) {
        // Milligrams: amounts are millionths of a unit.
        const std::int64_t weight = amount_of(item) / 1'000 * grams_per_unit(item.code);
        (item.role == ItemRole::kInput ? in : out) += weight;
    }
    note(Check::kProcesses, out > 0 && out <= in);
}

void Checker::check_flows(const Life& life) {
    Flows flows;
    for (const Report& report : life.reports) {
        if (!report.is_double) {
            flows.read(report.event);
        }
        if (report.event.kind == model::EventKind::kTransformation) {
            check_process(report.event);
        }
    }
    if (has_fault(life, Fault::kMissingReceipt) || has_fault(life, Fault::kQuantityMismatch)) {
        return;
    }
    const model::MicrosUtc last_day = moment(std::int64_t{province_.scale().days} - 1, 0);
    for (const auto& [delivery, sent] : flows.deliveries()) {
        const bool is_under_way = sent.received == 0 && sent.left >= last_day;
        note(Check::kDeliveries, sent.received == sent.shipped || is_under_way);
    }
    std::map<Place, std::int64_t> balances = flows.balances();
    move_contents(life, balances);
    for (const auto& [place, balance] : balances) {
        if (flows.begins(std::get<0>(place))) {
            note(Check::kBalances, balance >= 0);
        }
    }
}

// Somebody in the group's lives received as much of the lot as the process puts in.
bool Checker::is_lent(std::uint64_t first_of_group, const Event& process, const EventItem& input)
    const {
    for (std::uint64_t number = first_of_group; number < first_of_group + kSlots; ++number) {
        const Life lender = province_.life(number);
        for (const Report& report : lender.reports) {
            if (report.event.biz_step == "receiving" &&
                owner_in(report.event.destinations) == process.owner &&
                std::ranges::any_of(report.event.items, [&](const EventItem& item) {
                    return item.code == input.code && amount_of(item) == amount_of(input);
                })) {
                return true;
            }
        }
    }
    return false;
}

// The lots of a process that the life did not begin are borrowed.
void Checker::check_loans(const Life& life) {
    constexpr std::uint64_t kEvery = 64;
    if (life.number / kSlots % kEvery != 0) {
        return;
    }
    Flows own;
    for (const Report& report : life.reports) {
        own.read(report.event);
    }
    for (const Report& report : life.reports) {
        for (const EventItem& item : report.event.items) {
            if (item.role == ItemRole::kInput && !own.begins(item.code)) {
                const std::uint64_t first_of_group = life.number - life.number % kSlots;
                note(Check::kIngredients, is_lent(first_of_group, report.event, item));
            }
        }
    }
}

void Checker::check_life(const Life& life) {
    for (const Report& report : life.reports) {
        check_codes(report.event);
    }
    check_papers(life);
    // Planted stories break the rules on purpose.
    if (life.number + kStoryCount < province_.life_count()) {
        check_flows(life);
        check_loans(life);
    }
}

std::array<CheckCount, kCheckCount> Checker::counts() const {
    std::array<CheckCount, kCheckCount> counts = counts_;
    std::vector<std::uint64_t> hashes = name_hashes_;
    std::ranges::sort(hashes);
    const auto repeated = std::ranges::unique(hashes);
    counts.at(static_cast<std::size_t>(Check::kUniqueNames)
    ) = {name_hashes_.size(), name_hashes_.size() - repeated.size()};
    return counts;
}

}  // namespace suyuan::province
