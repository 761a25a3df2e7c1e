// SPDX-License-Identifier: Apache-2.0

#include "service/name_book.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/registry.h"
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
                if (!name.region.empty()) {
                    codes_.insert(name.region);
                }
                book_.put(kind, std::move(name));
            }
            return {};
        });
    }

    // Of every place fetched, and what they lie in.
    Status fetch_regions() {
        std::vector<std::string> wanted(codes_.begin(), codes_.end());
        while (!wanted.empty()) {
            const std::string code = std::move(wanted.back());
            wanted.pop_back();
            SUYUAN_TRY(auto rows, store_.find_regions(context_, scope_, code, ""));
            const auto found = std::ranges::find(rows, code, &model::Region::code);
            if (found == rows.end()) {
                continue;
            }
            if (!found->parent.empty() && codes_.insert(found->parent).second) {
                wanted.push_back(found->parent);
            }
            book_.put(std::move(*found));
        }
        return {};
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
    std::set<std::string> codes_;  // of regions, asked for or to be asked for
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
    SUYUAN_TRY_VOID(fetcher.fetch_regions());
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

void NameBook::put(model::Region region) {
    std::string code = region.code;
    regions_.insert_or_assign(std::move(code), std::move(region));
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

const std::string& NameBook::region_of(const trace::Position& position) const noexcept {
    const std::string& of_site = site(position.site).region;
    return of_site.empty() ? owner(position.owner).region : of_site;
}

const model::Region* NameBook::region(std::string_view code) const noexcept {
    const auto found = regions_.find(code);
    return found == regions_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> NameBook::region_line(std::string_view code) const {
    // Deeper than any division of a country; what lies in itself by mistake ends here too.
    constexpr std::size_t kLevelsMax = 8;
    std::vector<std::string_view> line;
    while (!code.empty() && line.size() < kLevelsMax) {
        line.push_back(code);
        const model::Region* const row = region(code);
        code = row == nullptr ? std::string_view() : row->parent;
    }
    std::ranges::reverse(line);
    return line;
}

std::string NameBook::joined_names(std::span<const std::string_view> codes) const {
    std::string text;
    for (const std::string_view code : codes) {
        const model::Region* const row = region(code);
        const bool has_name = row != nullptr && !row->name.empty();
        text += text.empty() ? "" : " ";
        text += has_name ? std::string_view(row->name) : code;
    }
    return text;
}

std::string NameBook::region_path(std::string_view code) const {
    return joined_names(region_line(code));
}

std::string NameBook::region_path_within(std::string_view code) const {
    const std::vector<std::string_view> line = region_line(code);
    return joined_names(std::span(line).subspan(line.size() > 1 ? 1 : 0));
}

std::size_t NameBook::region_depth(std::string_view code) const {
    return region_line(code).size();
}

bool is_stub_operator(const store::NamedId& owner) noexcept {
    constexpr std::string_view kStub = "site:";
    return owner.code.starts_with(kStub);
}

}  // namespace suyuan::service
