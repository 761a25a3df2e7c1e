// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/searcher.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "store/page_token.h"
#include "store/question_text.h"
#include "store/search.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/search_sources.h"
#include "store/sqlite/sight.h"

namespace suyuan::store::sqlite {
namespace {

// Codes that one typed text can mean, with room to spare; each costs a dozen look-ups.
constexpr std::size_t kTextsMax = 32;
// No code is longer.
constexpr std::size_t kTextBytesMax = 2'048;
constexpr std::size_t kHitsMax = 1'000;
constexpr std::size_t kEventsCounted = 1'000;
// Ids fetched at once.
constexpr std::size_t kPiece = 64;
// Things looked at for one page. What earlier sources had, and names that are not in sight, are
// passed over, so a page may end before it is full; its token goes on.
constexpr std::size_t kLooksMax = 20'000;
// In a narrow scope most names that a word finds may be others': some microseconds each.
constexpr std::size_t kNarrowLooksMax = 1'000'000;

// What a narrow scope sees a part of.
constexpr std::array kNarrowKinds = {
    SearchKind::kItem,
    SearchKind::kOperator,
    SearchKind::kSite,
    SearchKind::kVehicle,
    SearchKind::kPerson,
    SearchKind::kPaper,
};

Status check_limits(const SearchQuery& query) {
    if (query.hits_max == 0) {
        return fail(
            ErrorCode::kInvalidArgument, Sentence{"每页至少一条", "a page holds at least one hit"}
        );
    }
    if (query.texts.size() > kTextsMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("一次搜索最多 {} 项内容", kTextsMax),
                format("a search has at most {} texts", kTextsMax)
            }
        );
    }
    for (const std::string& text : query.texts) {
        if (text.size() > kTextBytesMax) {
            return fail(
                ErrorCode::kLimitExceeded,
                Sentence{
                    format("搜索内容最长 {} 字节", kTextBytesMax),
                    format("a text to search has at most {} bytes", kTextBytesMax)
                }
            );
        }
    }
    return {};
}

// Fills one page; lives for one call.
class Searcher {
public:
    Searcher(
        Connection& connection, const policy::RequestContext& context, const SearchQuery& query
    )
        : connection_(connection),
          context_(context),
          sources_(sources_for(query)),
          hits_max_(std::min(query.hits_max, kHitsMax)) {}

    // Before anything else.
    Status look_around(const SearchQuery& query);

    // What a page token belongs to beside the question: the scope, and which kinds are read one by
    // one, whose order is another.
    [[nodiscard]] std::string scope_text() const;

    // Goes on behind the thing `id` of a source; id 0: at its beginning.
    Status run(std::size_t source, std::int64_t id);

    [[nodiscard]] std::vector<SearchHit> take_hits() { return std::move(hits_); }

    [[nodiscard]] bool has_more() const noexcept { return has_more_; }

    // Where the next page goes on.
    [[nodiscard]] std::array<std::int64_t, 2> place() const noexcept {
        return {static_cast<std::int64_t>(source_), id_};
    }

    [[nodiscard]] std::size_t source_count() const noexcept { return sources_.size(); }

private:
    Status run_source();
    Status run_few(const std::vector<std::int64_t>& things);
    Result<std::vector<std::int64_t>> find_among(const std::vector<std::int64_t>& things);
    // Of the few; kept. Lifetime: the searcher's.
    Result<const std::optional<Candidate>*> read_once(SearchKind kind, std::int64_t id);
    Result<std::optional<Candidate>> candidate_of(SearchKind kind, std::int64_t id);
    Status look_at(std::int64_t id);
    [[nodiscard]] bool was_found_before(const Candidate& candidate) const;

    Connection& connection_;
    const policy::RequestContext& context_;
    std::vector<SearchSource> sources_;
    std::size_t hits_max_;
    std::vector<SearchHit> hits_;
    std::size_t source_ = 0;
    std::int64_t id_ = 0;  // of the last thing looked at
    std::optional<Candidate> last_;
    // Of a narrow scope: what it sees of a kind, if that is few, and what was read of it.
    std::map<SearchKind, std::vector<std::int64_t>> few_;
    std::map<std::pair<SearchKind, std::int64_t>, std::optional<Candidate>> read_;
    std::size_t looks_ = 0;
    bool has_more_ = false;
};

bool Searcher::was_found_before(const Candidate& candidate) const {
    return std::ranges::any_of(std::span(sources_).first(source_), [&](const SearchSource& source) {
        return finds(source, candidate);
    });
}

Status Searcher::look_around(const SearchQuery& query) {
    for (const SearchKind kind : kNarrowKinds) {
        const bool is_wanted =
            query.kinds.empty() || std::ranges::find(query.kinds, kind) != query.kinds.end();
        if (!is_wanted) {
            continue;
        }
        auto asked = few_in_sight(connection_, kind);
        if (!asked) {
            return Failure(std::move(asked).error());
        }
        if (auto& things = *asked) {
            few_.emplace(kind, *std::move(things));
        }
    }
    return {};
}

std::string Searcher::scope_text() const {
    std::string text = connection_.scope_text();
    for (const auto& [kind, things] : few_) {
        text += format(" {}", static_cast<int>(kind));
    }
    return text;
}

Result<const std::optional<Candidate>*> Searcher::read_once(SearchKind kind, std::int64_t id) {
    const std::pair key(kind, id);
    auto known = read_.find(key);
    if (known == read_.end()) {
        SUYUAN_TRY(auto candidate, read_candidate(connection_, kind, id));
        known = read_.emplace(key, std::move(candidate)).first;
    }
    return &known->second;
}

Result<std::optional<Candidate>> Searcher::candidate_of(SearchKind kind, std::int64_t id) {
    if (!few_.contains(kind)) {
        return read_candidate(connection_, kind, id);
    }
    SUYUAN_TRY(const auto* const candidate, read_once(kind, id));
    return *candidate;
}

Status Searcher::look_at(std::int64_t id) {
    SUYUAN_TRY(auto candidate, candidate_of(sources_[source_].kind, id));
    if (candidate && !was_found_before(*candidate)) {
        if (hits_.size() == hits_max_) {
            has_more_ = true;
            return {};
        }
        SearchHit hit;
        hit.kind = candidate->kind;
        hit.id = hit.kind == SearchKind::kProduct ? 0 : static_cast<std::uint32_t>(id);
        hit.code = candidate->code;
        hit.name = candidate->name;
        hit.is_exact = sources_[source_].tier == SearchTier::kExact;
        SUYUAN_TRY(hit.event_count, count_events(connection_, *candidate, kEventsCounted));
        hits_.push_back(std::move(hit));
    }
    ++looks_;
    has_more_ = looks_ == (connection_.sees_everything() ? kLooksMax : kNarrowLooksMax);
    id_ = id;
    if (candidate) {
        last_ = std::move(candidate);
    }
    return {};
}

// Those of the few things behind the last that the source finds.
Result<std::vector<std::int64_t>> Searcher::find_among(const std::vector<std::int64_t>& things) {
    const SearchSource& source = sources_[source_];
    std::vector<std::int64_t> found;
    for (auto at = std::ranges::upper_bound(things, id_); at != things.end(); ++at) {
        SUYUAN_TRY(const auto* const candidate, read_once(source.kind, *at));
        if (*candidate && finds_somehow(source, **candidate)) {
            found.push_back(*at);
        }
    }
    return found;
}

Status Searcher::run_few(const std::vector<std::int64_t>& things) {
    SUYUAN_TRY_VOID(context_.check_alive());
    SUYUAN_TRY(const auto found, find_among(things));
    for (const std::int64_t id : found) {
        SUYUAN_TRY_VOID(look_at(id));
        if (has_more_) {
            return {};
        }
    }
    return {};
}

Status Searcher::run_source() {
    if (const auto few = few_.find(sources_[source_].kind); few != few_.end()) {
        return run_few(few->second);
    }
    while (true) {
        SUYUAN_TRY_VOID(context_.check_alive());
        SUYUAN_TRY(const auto ids, ask(connection_, sources_[source_], last_, kPiece));
        for (const std::int64_t id : ids) {
            SUYUAN_TRY_VOID(look_at(id));
            if (has_more_) {
                return {};
            }
        }
        if (ids.size() < kPiece) {
            return {};
        }
    }
}

Status Searcher::run(std::size_t source, std::int64_t id) {
    source_ = source;
    id_ = id;
    if (id != 0) {
        SUYUAN_TRY(last_, candidate_of(sources_[source].kind, id));
        if (!last_) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    "翻页标记所指的已不在，请从第一页开始", "the page token names what is not there"
                }
            );
        }
    }
    while (source_ < sources_.size()) {
        SUYUAN_TRY_VOID(run_source());
        if (has_more_) {
            return {};
        }
        ++source_;
        id_ = 0;
        last_.reset();
    }
    return {};
}

}  // namespace

Result<SearchPage> search(
    Connection& connection,
    const policy::RequestContext& context,
    const TokenSealer& sealer,
    const SearchQuery& query
) {
    SUYUAN_TRY_VOID(check_limits(query));
    Searcher searcher(connection, context, query);
    SUYUAN_TRY_VOID(searcher.look_around(query));
    const std::string question = question_text(query) + searcher.scope_text();
    std::int64_t source = 0;
    std::int64_t id = 0;
    if (!query.page_token.empty()) {
        SUYUAN_TRY(
            const auto numbers, sealer.open(ListKind::kSearch, question, query.page_token, 2)
        );
        source = numbers[0];
        id = numbers[1];
    }
    if (source < 0 || static_cast<std::size_t>(source) > searcher.source_count() ||
        (id != 0 && static_cast<std::size_t>(source) == searcher.source_count())) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "翻页标记不属于这个列表，请从第一页开始", "the page token is not one of this list"
            }
        );
    }
    SUYUAN_TRY_VOID(searcher.run(static_cast<std::size_t>(source), id));
    SearchPage page;
    page.hits = searcher.take_hits();
    if (searcher.has_more()) {
        page.next = sealer.seal(ListKind::kSearch, question, searcher.place());
    }
    return page;
}

}  // namespace suyuan::store::sqlite
