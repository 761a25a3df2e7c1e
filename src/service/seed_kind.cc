// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/assert.h"
#include "model/code.h"
#include "service/seed.h"
#include "store/search.h"

namespace suyuan::service {
namespace {

constexpr std::array kSeedKinds = {
    SeedKind::kItem,
    SeedKind::kLot,
    SeedKind::kContainer,
    SeedKind::kPaper,
    SeedKind::kVehicle,
    SeedKind::kPerson,
    SeedKind::kOperator,
    SeedKind::kSite,
};

}  // namespace

SeedKind seed_kind_of(model::CodeKind kind) noexcept {
    switch (kind) {
        case model::CodeKind::kLot:
            return SeedKind::kLot;
        case model::CodeKind::kContainer:
            return SeedKind::kContainer;
        default:
            return SeedKind::kItem;
    }
}

store::SearchKind search_kind_of(SeedKind kind) noexcept {
    switch (kind) {
        case SeedKind::kItem:
        case SeedKind::kLot:
        case SeedKind::kContainer:
            return store::SearchKind::kItem;
        case SeedKind::kPaper:
            return store::SearchKind::kPaper;
        case SeedKind::kVehicle:
            return store::SearchKind::kVehicle;
        case SeedKind::kPerson:
            return store::SearchKind::kPerson;
        case SeedKind::kOperator:
            return store::SearchKind::kOperator;
        case SeedKind::kSite:
            return store::SearchKind::kSite;
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(SeedKind kind) noexcept {
    switch (kind) {
        case SeedKind::kItem:
            return "item";
        case SeedKind::kLot:
            return "lot";
        case SeedKind::kContainer:
            return "container";
        case SeedKind::kPaper:
            return "paper";
        case SeedKind::kVehicle:
            return "vehicle";
        case SeedKind::kPerson:
            return "person";
        case SeedKind::kOperator:
            return "operator";
        case SeedKind::kSite:
            return "site";
    }
    SUYUAN_UNREACHABLE();
}

std::optional<SeedKind> parse_seed_kind(std::string_view text) noexcept {
    const auto* found =
        std::ranges::find(kSeedKinds, text, [](SeedKind kind) { return to_string(kind); });
    return found == kSeedKinds.end() ? std::nullopt : std::optional(*found);
}

}  // namespace suyuan::service
