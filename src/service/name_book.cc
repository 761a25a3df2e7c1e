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
#include "service/own_codes.h"
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

// Asks the store piece by piece and puts what it says into a book. Borrows everything.
class Fetcher {
public:
    Fetcher(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Store& store,
        NameBook& book
    )
        : context_(context), scope_(scope), store_(store), book_(book) {}

    Status fetch_items(std::span<const graph::ItemId> ids) {
        return in_pieces(ids, [this](std::span<const graph::ItemId> piece) -> Status {
            SUYUAN_TRY(auto names, store_.item_names(context_, scope_, piece));
            for (store::ItemName& name : names) {
                book_.put(std::move(name));
            }
            return {};
        });
    }

    Status fetch_names(store::NameKind kind, std::span<const std::uint32_t> ids) {
        return in_pieces(ids, [this, kind](std::span<const std::uint32_t> piece) -> Status {
            SUYUAN_TRY(auto names, store_.names(context_, scope_, kind, piece));
            for (store::NamedId& name : names) {
                book_.put(kind, std::move(name));
            }
            return {};
        });
    }

private:
    template <typename Id, typename Fetch>
    Status in_pieces(std::span<const Id> ids, const Fetch& fetch) const {
        Status status = context_.check_alive();
        while (status && !ids.empty()) {
            const std::size_t count = std::min(ids.size(), kNamesPerCall);
            status = fetch(ids.first(count));
            ids = ids.subspan(count);
            if (status) {
                status = context_.check_alive();
            }
        }
        return status;
    }

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    const store::Store& store_;
    NameBook& book_;
};

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
    Fetcher fetcher(context, scope, store, book);
    SUYUAN_TRY_VOID(fetcher.fetch_items(items));
    for (std::size_t place = 0; place < kNameKindCount; ++place) {
        const auto kind = static_cast<store::NameKind>(place);
        if (Status named = fetcher.fetch_names(kind, sorted(request.others.at(place))); !named) {
            return Failure(std::move(named).error());
        }
    }
    return book;
}

void NameBook::put(store::ItemName name) {
    if (name.product_name.empty()) {
        // A lot without GTIN has its name in its code.
        if (auto lot = read_lot_code(name.code.uri)) {
            name.product_name = std::move(lot->goods);
        }
    }
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
