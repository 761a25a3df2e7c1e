// SPDX-License-Identifier: Apache-2.0
//
// Is the generated world what it claims to be? Counts what was looked at and what was right.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/event.h"
#include "model/registry.h"
#include "province/life.h"
#include "province/province.h"

namespace suyuan::province {

enum class Check : std::uint8_t {
    kSocialCreditCodes,
    kLicences,
    kSiteCodes,       // GLN
    kProductCodes,    // GTIN, of the registry and of every lot in an event
    kContainerCodes,  // SSCC
    kPlates,          // of the registry and of events
    kCustomsDeclarations,
    kRegionCodes,
    kNames,        // of operators and sites: there, and no control characters
    kUniqueNames,  // of operators
    kDeliveries,   // as much received as shipped, in lives without a fault that explains it;
                   // on the last day also nothing yet
    kBalances,     // no position of a lot ends below zero, likewise
    kProcesses,    // no more weight out than in
    kIngredients,  // what a life puts in is what another life of the group sent it
    kLinks,        // an operator and a site
    kPapers,       // of a life: number, kind, day and operators are there
    kPeople,       // a number, a name of two or three characters, an employer
};
inline constexpr std::size_t kCheckCount = 17;

// "social_credit_codes", ...
[[nodiscard]] std::string_view to_string(Check check) noexcept;

struct CheckCount {
    std::uint64_t checked = 0;
    std::uint64_t valid = 0;
};

// Threads: one. Memory: 8 bytes for each operator name; lives are checked one by one and forgotten.
// Lifetime: the province outlives it.
class Checker {
public:
    explicit Checker(const Province& province) : province_(province) {}

    void check_registry(const RegistryPage& page);
    // Loans are looked up in the lender's life for one life in 64: it has to be told for that.
    void check_life(const Life& life);

    // `kUniqueNames` counts the names seen so far.
    [[nodiscard]] std::array<CheckCount, kCheckCount> counts() const;

private:
    void note(Check check, bool is_valid) noexcept;
    void check_belongings(const model::RegistryRows& rows);
    void check_papers(const Life& life);
    void check_codes(const model::Event& event);
    void check_item(std::string_view code);
    void check_flows(const Life& life);
    void check_process(const model::Event& event);
    void check_loans(const Life& life);
    [[nodiscard]] bool is_lent(
        std::uint64_t first_of_group, const model::Event& process, const model::EventItem& input
    ) const;
    // Of one unit of a lot of this world.
    [[nodiscard]] std::int64_t grams_per_unit(std::string_view lot_code) const;

    const Province& province_;
    std::array<CheckCount, kCheckCount> counts_{};
    std::vector<std::uint64_t> name_hashes_;
};

}  // namespace suyuan::province
