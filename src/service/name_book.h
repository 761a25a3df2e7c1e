// SPDX-License-Identifier: Apache-2.0
//
// Names for the ids of one answer, fetched at once.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {

inline constexpr std::size_t kNameKindCount = 7;  // store::NameKind

// Which ids an answer needs names for. Id 0 (unknown) is left out by add().
struct NameRequest {
    std::unordered_set<std::uint32_t> items;
    std::array<std::unordered_set<std::uint32_t>, kNameKindCount> others;

    void add(graph::ItemId item);
    void add(store::NameKind kind, std::uint32_t id);
    void add(const trace::Position& position);
};

// Constant after fetch(); any thread may read. What was not asked for, and id 0, has an empty code
// and name.
class NameBook {
public:
    static Result<NameBook> fetch(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Store& store,
        const NameRequest& request
    );

    // For whoever has names from elsewhere; only before the book is shared.
    void put(store::ItemName name);
    void put(store::NameKind kind, store::NamedId name);
    void put(model::Region region);

    [[nodiscard]] const store::ItemName& item(graph::ItemId id) const noexcept;
    [[nodiscard]] const store::NamedId& name(store::NameKind kind, std::uint32_t id) const noexcept;

    [[nodiscard]] const store::NamedId& owner(graph::OperatorId id) const noexcept {
        return name(store::NameKind::kOperator, id.value());
    }

    [[nodiscard]] const store::NamedId& site(graph::SiteId id) const noexcept {
        return name(store::NameKind::kSite, id.value());
    }

    // "KGM"; empty for pieces.
    [[nodiscard]] const std::string& unit(graph::UnitId id) const noexcept {
        return name(store::NameKind::kUnit, id.value()).code;
    }

    // Where a position lies: the region of its site, else of its owner; empty if neither has one.
    [[nodiscard]] const std::string& region_of(const trace::Position& position) const noexcept;

    // As the register knows it today; nullptr if it does not, or if nothing here lies in it.
    [[nodiscard]] const model::Region* region(std::string_view code) const noexcept;
    // "河南省 郑州市 金水区": names from the widest to the region; a region without name is its
    // code.
    [[nodiscard]] std::string region_path(std::string_view code) const;
    // The same without the widest, where there is more: "郑州市 金水区".
    [[nodiscard]] std::string region_path_within(std::string_view code) const;
    // 1 for a region that lies in none, 2 for what lies in it, ...; 0 for the empty code.
    [[nodiscard]] std::size_t region_depth(std::string_view code) const;

private:
    // The region and what it lies in, the widest first.
    [[nodiscard]] std::vector<std::string_view> region_line(std::string_view code) const;
    [[nodiscard]] std::string joined_names(std::span<const std::string_view> codes) const;

    std::unordered_map<std::uint32_t, store::ItemName> items_;
    std::map<std::string, model::Region, std::less<>> regions_;  // by code
    std::array<std::unordered_map<std::uint32_t, store::NamedId>, kNameKindCount> others_;
};

// An operator that stands for "whoever runs this site": named by the site ("site:<uri>") and
// nothing else (docs/epcis-mapping.md).
[[nodiscard]] bool is_stub_operator(const store::NamedId& owner) noexcept;

}  // namespace suyuan::service
