// SPDX-License-Identifier: Apache-2.0

#include "service/name_book.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

// Names asked for in one call of the store: between two, whoever left is noticed.
constexpr std::size_t kNamesPerCall = 10'000;

// Ascending, so that the store reads its rows in their order.
std::vector<std::uint32_t> sorted(const std::unordered_set<std::uint32_t>& ids) {
    std::vector<std::uint32_t> list(ids.begin(), ids.end());
    std::ranges::sort(list);
    return list;
}

// Calls `fetch` with consecutive pieces of `ids`.
template <typename Id, typename Fetch>
Status in_pieces(
    const policy::RequestContext& context, std::span<const Id> ids, const Fetch& fetch
) {
    while (!ids.empty()) {
        SUYUAN_TRY_VOID(context.check_alive());
        const std::size_t count = std::min(ids.size(), kNamesPerCall);
        SUYUAN_TRY_VOID(fetch(ids.first(count)));
        ids = ids.subspan(count);
    }
    return {};
}

const store::ItemName kNoItemName;
const store::NamedId kNoName;

}  // namespace

void NameRequest::add(graph::ItemId item) {
    if (item.value() != 0) {
        items.insert(item.value());
    }
}

void NameRequest::add(store::NameKind kind, std::uint32_t id) {
    if (id != 0) {
        others.at(static_cast<std::size_t>(kind)).insert(id);
    }
}

void NameRequest::add(const trace::Position& position) {
    add(position.item);
    add(store::NameKind::kOperator, position.owner.value());
    add(store::NameKind::kSite, position.site.value());
}

Result<NameBook> NameBook::fetch(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const NameRequest& request
) {
    NameBook book;
    std::vector<graph::ItemId> items;
    items.reserve(request.items.size());
    for (const std::uint32_t id : sorted(request.items)) {
        items.emplace_back(id);
    }
    const auto fetch_items = [&](std::span<const graph::ItemId> piece) -> Status {
        SUYUAN_TRY(auto names, store.item_names(context, scope, piece));
        for (store::ItemName& name : names) {
            book.put(std::move(name));
        }
        return {};
    };
    SUYUAN_TRY_VOID(in_pieces<graph::ItemId>(context, items, fetch_items));
    for (std::size_t place = 0; place < kNameKindCount; ++place) {
        const auto kind = static_cast<store::NameKind>(place);
        const auto fetch_names = [&](std::span<const std::uint32_t> piece) -> Status {
            SUYUAN_TRY(auto names, store.names(context, scope, kind, piece));
            for (store::NamedId& name : names) {
                book.put(kind, std::move(name));
            }
            return {};
        };
        const std::vector<std::uint32_t> ids = sorted(request.others.at(place));
        SUYUAN_TRY_VOID(in_pieces<std::uint32_t>(context, ids, fetch_names));
    }
    return book;
}

void NameBook::put(store::ItemName name) {
    items_.insert_or_assign(name.item.value(), std::move(name));
}

void NameBook::put(store::NameKind kind, store::NamedId name) {
    others_.at(static_cast<std::size_t>(kind)).insert_or_assign(name.id, std::move(name));
}

const store::ItemName& NameBook::item(graph::ItemId id) const noexcept {
    const auto found = items_.find(id.value());
    return found == items_.end() ? kNoItemName : found->second;
}

const store::NamedId& NameBook::name(store::NameKind kind, std::uint32_t id) const noexcept {
    const auto& names = others_[static_cast<std::size_t>(kind)];
    const auto found = names.find(id);
    return found == names.end() ? kNoName : found->second;
}

bool is_stub_operator(const store::NamedId& owner) noexcept {
    constexpr std::string_view kStub = "site:";
    return owner.code.starts_with(kStub);
}

}  // namespace suyuan::service
