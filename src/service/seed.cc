// SPDX-License-Identifier: Apache-2.0

#include "service/seed.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/own_codes.h"
#include "service/plate_spellings.h"
#include "service/sight.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

// The longest code that anybody types is a Digital Link of some 300 bytes.
constexpr std::size_t kTextBytesMax = 1'024;
// Lots of one text, papers of one number: more than a person reads before typing more of the code.
constexpr std::size_t kReadingsMax = 50;
constexpr std::size_t kSuggestionsMax = 8;

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// True if the last part of a URN or URI is one of `numbers`.
bool ends_in(std::string_view uri, const std::vector<std::string>& numbers) {
    const std::size_t last = uri.find_last_of(":/");
    return last != std::string_view::npos &&
           std::ranges::find(numbers, uri.substr(last + 1)) != numbers.end();
}

// Until one fails.
template <typename Rows, typename Step>
Status for_each(const Rows& rows, const Step& step) {
    for (const auto& row : rows) {
        if (Status done = step(row); !done) {
            return done;
        }
    }
    return {};
}

// Whoever asks, and where the answers are; lives for one call of resolve_seed().
class Resolver {
public:
    Resolver(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Store& store,
        const graph::EventGraph& graph,
        const SeedText& seed
    )
        : context_(context),
          scope_(scope),
          store_(store),
          graph_(graph),
          snapshot_(graph.snapshot()),
          text_(seed.text),
          only_(seed.only),
          kinds_(seed.kinds),
          candidates_(model::candidate_uris(seed.text)) {
        if (const std::string_view bare = trimmed(seed.text);
            !bare.empty() && bare.find_first_of(":/") == std::string_view::npos) {
            candidates_.push_back(scheme_code(bare));
        }
    }

    Result<Resolution> run();

private:
    Status add_item_of(const std::string& uri);
    Status add_item(graph::ItemId item);
    Status add_class(const std::string& uri, std::string_view gtin);
    Status add_hit(const store::SearchHit& hit);
    Status add_parts_of_codes();
    Status add_place(const std::string& uri);
    Status add_named_only(const std::string& uri);
    Status add_vehicle(const std::string& plate);
    Status add_by_name();
    Status add_named(SeedKind kind, store::NameKind names, std::string_view code);
    void add(Reading reading);
    Result<std::vector<store::SearchHit>> search(
        std::vector<std::string> texts, std::vector<store::SearchKind> kinds, std::size_t hits_max
    ) const;
    Result<std::vector<store::SearchHit>> suggest() const;

    [[nodiscard]] bool has_facts(graph::Chain chain, std::uint32_t id) const {
        return !graph_.facts_of(chain, id, snapshot_).empty();
    }

    [[nodiscard]] bool has_events(graph::Chain chain, std::uint32_t id) const {
        return !graph_.events_of(chain, id, snapshot_).empty();
    }

    // An item in sight of a narrow scope is named by an event of the scope.
    [[nodiscard]] bool item_has_facts(graph::ItemId item) const {
        return !scope_.sees_everything() || has_facts(graph::Chain::kItem, item.value()) ||
               has_facts(graph::Chain::kOther, item.value());
    }

    [[nodiscard]] bool may_find(store::SearchKind kind) const {
        return !kinds_ || std::ranges::find(*kinds_, kind) != kinds_->end();
    }

    [[nodiscard]] bool has_events(SeedKind kind, std::uint32_t id) const;
    [[nodiscard]] Result<bool> has_events_in_sight(SeedKind kind, std::uint32_t id) const;

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    const store::Store& store_;
    const graph::EventGraph& graph_;
    graph::Snapshot snapshot_;
    std::string text_;
    std::optional<SeedKind> only_;
    std::optional<std::vector<store::SearchKind>> kinds_;  // that may be found
    std::vector<std::string> candidates_;
    std::vector<Reading> readings_;
};

void Resolver::add(Reading reading) {
    const bool is_known = std::ranges::any_of(readings_, [&](const Reading& other) {
        return other.kind == reading.kind && other.id == reading.id && other.code == reading.code;
    });
    if (!is_known) {
        readings_.push_back(std::move(reading));
    }
}

Status Resolver::add_class(const std::string& uri, std::string_view gtin) {
    if (!may_find(store::SearchKind::kItem)) {
        return {};
    }
    SUYUAN_TRY(auto items, store_.find_items_of_gtin(context_, scope_, gtin));
    SUYUAN_TRY(const auto product, store_.find_product(context_, scope_, gtin));
    if (items.empty() && !product) {
        return {};
    }
    SUYUAN_TRY(const auto own, store_.find_item(context_, scope_, uri));
    Reading reading;
    reading.kind = SeedKind::kItem;
    reading.id = own.value_or(graph::ItemId()).value();
    reading.code = uri;
    reading.name = product ? product->name : std::string();
    reading.has_events =
        std::ranges::any_of(items, [&](graph::ItemId item) { return item_has_facts(item); });
    reading.seed = trace::ItemSeed{std::move(items), std::nullopt, std::nullopt};
    add(std::move(reading));
    return {};
}

Status Resolver::add_item(graph::ItemId item) {
    const std::array<graph::ItemId, 1> asked = {item};
    SUYUAN_TRY(const auto names, store_.item_names(context_, naming_scope(scope_), asked));
    SUYUAN_ASSERT(names.size() == asked.size());
    const store::ItemName& name = names.front();
    if (name.code.kind == model::CodeKind::kClass && !name.code.gtin.empty()) {
        return add_class(name.code.uri, name.code.gtin);
    }
    Reading reading;
    reading.kind = seed_kind_of(name.code.kind);
    reading.id = item.value();
    reading.code = name.code.uri;
    reading.name = name.product_name;
    reading.has_events = item_has_facts(item);
    reading.seed = trace::ItemSeed{{item}, std::nullopt, std::nullopt};
    add(std::move(reading));
    return {};
}

Status Resolver::add_item_of(const std::string& uri) {
    if (!may_find(store::SearchKind::kItem)) {
        return {};
    }
    SUYUAN_TRY(const auto item, store_.find_item(context_, scope_, uri));
    if (item) {
        return add_item(*item);
    }
    const model::Code code = model::parse_code(uri);
    const bool is_class = code.kind == model::CodeKind::kClass && !code.gtin.empty();
    return is_class ? add_class(code.uri, code.gtin) : Status();
}

Status Resolver::add_hit(const store::SearchHit& hit) {
    using store::SearchKind;
    if (hit.kind == SearchKind::kItem && hit.is_exact) {
        return add_item(graph::ItemId(hit.id));
    }
    if (hit.kind == SearchKind::kPaper && (hit.is_exact || ends_in(hit.code, candidates_))) {
        return add_named(SeedKind::kPaper, store::NameKind::kPaper, hit.code);
    }
    if (hit.kind == SearchKind::kOperator && hit.is_exact) {
        return add_place(hit.code);
    }
    return {};
}

// What is named by a part of its code or by a paper that it has: a lot by its lot text, a paper by
// its number, an operator by its licence.
Status Resolver::add_parts_of_codes() {
    using store::SearchKind;
    SUYUAN_TRY(
        const auto hits,
        search(
            candidates_,
            {SearchKind::kItem, SearchKind::kOperator, SearchKind::kPaper},
            kReadingsMax
        )
    );
    return for_each(hits, [this](const store::SearchHit& hit) { return add_hit(hit); });
}

bool Resolver::has_events(SeedKind kind, std::uint32_t id) const {
    using graph::Chain;
    switch (kind) {
        case SeedKind::kPaper:
            return has_events(Chain::kPaper, id);
        case SeedKind::kVehicle:
            return has_events(Chain::kVehicle, id);
        case SeedKind::kPerson:
            return has_events(Chain::kPerson, id);
        case SeedKind::kOperator:
            return has_facts(Chain::kOwner, id) || has_facts(Chain::kPeerOwner, id);
        case SeedKind::kSite:
            return has_facts(Chain::kSite, id) || has_facts(Chain::kPeerSite, id);
        default:
            SUYUAN_UNREACHABLE();
    }
}

Result<bool> Resolver::has_events_in_sight(SeedKind kind, std::uint32_t id) const {
    if (scope_.sees_everything()) {
        return has_events(kind, id);
    }
    SUYUAN_TRY(
        const std::uint64_t events,
        store_.count_mentions(context_, scope_, search_kind_of(kind), id)
    );
    return events > 0;
}

Status Resolver::add_named(SeedKind kind, store::NameKind names, std::string_view code) {
    if (!may_find(search_kind_of(kind))) {
        return {};
    }
    SUYUAN_TRY(const auto id, store_.find_name(context_, scope_, names, code));
    if (!id) {
        return {};
    }
    const std::array<std::uint32_t, 1> asked = {*id};
    SUYUAN_TRY(const auto named, store_.names(context_, naming_scope(scope_), names, asked));
    SUYUAN_ASSERT(named.size() == asked.size());
    Reading reading;
    reading.kind = kind;
    reading.id = *id;
    reading.code = named.front().code;
    reading.name = named.front().name;
    SUYUAN_TRY(reading.has_events, has_events_in_sight(kind, *id));
    switch (kind) {
        case SeedKind::kPaper:
            reading.seed = trace::PaperSeed{graph::PaperId(*id)};
            break;
        case SeedKind::kVehicle:
            reading.seed = trace::VehicleSeed{graph::VehicleId(*id)};
            break;
        case SeedKind::kPerson:
            reading.seed = trace::PersonSeed{graph::PersonId(*id)};
            break;
        case SeedKind::kOperator:
            reading.seed = trace::OperatorSeed{graph::OperatorId(*id)};
            break;
        case SeedKind::kSite:
            reading.seed = trace::SiteSeed{graph::SiteId(*id)};
            break;
        default:
            SUYUAN_UNREACHABLE();
    }
    add(std::move(reading));
    return {};
}

// Registered, and no event ever named it: known, with nothing to trace.
Status Resolver::add_named_only(const std::string& uri) {
    const auto is_there = [&](SeedKind kind) {
        return std::ranges::any_of(readings_, [&](const Reading& reading) {
            return reading.kind == kind && reading.code == uri;
        });
    };
    const auto add_row = [&](SeedKind kind, std::string name) {
        if (!is_there(kind) && may_find(search_kind_of(kind))) {
            Reading reading;
            reading.kind = kind;
            reading.code = uri;
            reading.name = std::move(name);
            add(std::move(reading));
        }
    };
    SUYUAN_TRY(const auto business, store_.find_operator(context_, scope_, uri));
    if (business) {
        add_row(SeedKind::kOperator, business->name);
    }
    SUYUAN_TRY(const auto site, store_.find_site(context_, scope_, uri));
    if (site) {
        add_row(SeedKind::kSite, site->name);
    }
    return {};
}

Status Resolver::add_place(const std::string& uri) {
    SUYUAN_TRY_VOID(add_named(SeedKind::kPaper, store::NameKind::kPaper, uri));
    SUYUAN_TRY_VOID(add_named(SeedKind::kOperator, store::NameKind::kOperator, uri));
    SUYUAN_TRY_VOID(add_named(SeedKind::kSite, store::NameKind::kSite, uri));
    return add_named_only(uri);
}

Status Resolver::add_vehicle(const std::string& plate) {
    return add_named(SeedKind::kVehicle, store::NameKind::kVehicle, plate);
}

// A name, if one thing alone bears it and no code is meant.
Status Resolver::add_by_name() {
    using store::SearchKind;
    if (!readings_.empty()) {
        return {};
    }
    SUYUAN_TRY(
        auto hits,
        search(
            {text_}, {SearchKind::kOperator, SearchKind::kSite, SearchKind::kProduct}, kReadingsMax
        )
    );
    std::erase_if(hits, [&](const store::SearchHit& hit) { return hit.name != text_; });
    if (hits.size() != 1) {
        return {};
    }
    const store::SearchHit& hit = hits.front();
    if (hit.kind == SearchKind::kProduct) {
        const model::Code code = model::parse_code(hit.code);
        const std::string& gtin = code.gtin.empty() ? hit.code : code.gtin;
        return add_class("https://id.gs1.org/01/" + gtin, gtin);
    }
    return add_place(hit.code);
}

Result<std::vector<store::SearchHit>> Resolver::search(
    std::vector<std::string> texts, std::vector<store::SearchKind> kinds, std::size_t hits_max
) const {
    store::SearchQuery query;
    query.texts = std::move(texts);
    if (kinds_) {
        if (kinds.empty()) {
            kinds = *kinds_;
        }
        query.kinds = std::move(kinds);
        std::erase_if(query.kinds, [&](store::SearchKind kind) { return !may_find(kind); });
        if (query.kinds.empty()) {
            return std::vector<store::SearchHit>();
        }
    } else {
        query.kinds = std::move(kinds);
    }
    query.hits_max = hits_max;
    SUYUAN_TRY(auto page, store_.search(context_, scope_, query));
    return std::move(page.hits);
}

// What looks similar: found by the text, else by ever shorter beginnings of it, since typing errors
// are rarely in the first half.
Result<std::vector<store::SearchHit>> Resolver::suggest() const {
    std::vector<std::string> texts = candidates_;
    std::ranges::move(plate_spellings(text_), std::back_inserter(texts));
    for (std::size_t length = text_.size(); length * 2 >= text_.size();) {
        SUYUAN_TRY(auto hits, search(texts, {}, kSuggestionsMax));
        constexpr std::size_t kLengthMin = 4;
        if (!hits.empty() || length <= kLengthMin) {
            return hits;
        }
        length = std::max(kLengthMin, length - std::max<std::size_t>(1, text_.size() / 8));
        // Not in the middle of a character.
        while (length > 0 && (static_cast<unsigned char>(text_[length]) & 0xC0U) == 0x80) {
            --length;
        }
        texts = model::candidate_uris(std::string_view(text_).substr(0, length));
    }
    return std::vector<store::SearchHit>();
}

Result<Resolution> Resolver::run() {
    const auto as = [this](Status (Resolver::*step)(const std::string&)) {
        return [this, step](const std::string& text) { return (this->*step)(text); };
    };
    SUYUAN_TRY_VOID(for_each(candidates_, as(&Resolver::add_item_of)));
    SUYUAN_TRY_VOID(add_parts_of_codes());
    SUYUAN_TRY_VOID(for_each(candidates_, as(&Resolver::add_place)));
    SUYUAN_TRY_VOID(add_vehicle(text_));
    SUYUAN_TRY_VOID(for_each(plate_spellings(text_), as(&Resolver::add_vehicle)));
    SUYUAN_TRY_VOID(add_named(SeedKind::kPerson, store::NameKind::kPerson, text_));
    SUYUAN_TRY_VOID(add_by_name());
    if (only_) {
        std::erase_if(readings_, [&](const Reading& reading) { return reading.kind != *only_; });
    }
    std::ranges::stable_sort(readings_, {}, [](const Reading& reading) {
        return std::tuple(!reading.has_events, reading.kind);
    });
    Resolution resolution;
    if (readings_.empty()) {
        SUYUAN_TRY(resolution.suggestions, suggest());
    }
    resolution.readings = std::move(readings_);
    return resolution;
}

}  // namespace

Result<Resolution> resolve_seed(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const graph::EventGraph& graph,
    const SeedText& seed
) {
    const std::string_view typed = trimmed(seed.text);
    if (typed.empty()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "没有要找的内容：请输入编码、批号、单证号、车牌或名称",
                "nothing to look for: type a code, a lot, a paper number, a plate or a name"
            }
        );
    }
    if (typed.size() > kTextBytesMax) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("输入有 {} 字节，编码最长 {} 字节", typed.size(), kTextBytesMax),
                format(
                    "the text has {} bytes; no code has more than {}", typed.size(), kTextBytesMax
                )
            }
        );
    }
    const SeedText bare{typed, seed.only, seed.kinds};
    return Resolver(context, scope, store, graph, bare).run();
}

}  // namespace suyuan::service
