// SPDX-License-Identifier: Apache-2.0
//
// A trace for whoever sees an operator's own or a territory: what is answered of anything beyond is
// what is answered of nothing.

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_cut.h"
#include "service/detail/trace_parts.h"
#include "service/inner_scope.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/nothing_found.h"
#include "service/own_view.h"
#include "service/seed.h"
#include "service/territory_view.h"
#include "service/tracing.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

struct Asked {
    const policy::RequestContext& context;
    const policy::Scope& scope;
    const TraceRequest& request;

    [[nodiscard]] bool is_own() const { return scope.view() == policy::View::kOwn; }

    [[nodiscard]] bool takes(SeedKind kind) const { return request.kind.value_or(kind) == kind; }

    [[nodiscard]] Failure nothing() const {
        return is_own() ? nothing_of_yours(request.text) : nothing_here(request.text);
    }
};

// The lot, item or container that bears a code.
Result<std::optional<Reading>> goods_named(
    const Asked& asked, const policy::Scope& inner, const store::Store& store, std::string_view uri
) {
    SUYUAN_TRY(const auto item, store.find_item(asked.context, inner, uri));
    if (!item) {
        return std::optional<Reading>();
    }
    const std::array<graph::ItemId, 1> wanted = {*item};
    SUYUAN_TRY(const auto names, store.item_names(asked.context, inner, wanted));
    Reading reading;
    reading.kind = seed_kind_of(names.front().code.kind);
    reading.id = item->value();
    reading.code = names.front().code.uri;
    reading.name = names.front().product_name;
    reading.has_events = true;
    reading.seed = trace::ItemSeed{{*item}, std::nullopt, std::nullopt};
    return asked.takes(reading.kind) ? std::optional(std::move(reading)) : std::nullopt;
}

// The operator or site that bears a code.
Result<std::optional<Reading>> place_named(
    const Asked& asked, const policy::Scope& inner, const store::Store& store, std::string_view uri
) {
    for (const SeedKind kind : {SeedKind::kOperator, SeedKind::kSite}) {
        const bool is_site = kind == SeedKind::kSite;
        const auto of = is_site ? store::NameKind::kSite : store::NameKind::kOperator;
        SUYUAN_TRY(const auto id, store.find_name(asked.context, inner, of, uri));
        if (!id || !asked.takes(kind)) {
            continue;
        }
        const std::array<std::uint32_t, 1> wanted = {*id};
        SUYUAN_TRY(const auto names, store.names(asked.context, inner, of, wanted));
        Reading reading;
        reading.kind = kind;
        reading.id = *id;
        reading.code = uri;
        reading.name = names.empty() ? std::string() : names.front().name;
        reading.has_events = true;
        if (is_site) {
            reading.seed = trace::SiteSeed{graph::SiteId(*id)};
        } else {
            reading.seed = trace::OperatorSeed{graph::OperatorId(*id)};
        }
        return std::optional(std::move(reading));
    }
    return std::optional<Reading>();
}

// By the code itself: a name or a part of one would tell who else bears the like.
Result<std::optional<Reading>> reading_of(
    const Asked& asked, const policy::Scope& inner, const store::Store& store
) {
    const std::vector<std::string> codes = model::candidate_uris(asked.request.text);
    for (const std::string& uri : codes) {
        SUYUAN_TRY(auto reading, goods_named(asked, inner, store, uri));
        if (reading) {
            return reading;
        }
    }
    for (const std::string& uri : codes) {
        if (!asked.is_own()) {
            SUYUAN_TRY(auto reading, place_named(asked, inner, store, uri));
            if (reading) {
                return reading;
            }
        }
    }
    return std::optional<Reading>();
}

// Where others are is not told, nor who people are unless the scope shows them.
void hide_names(const Territory& territory, bool shows_people, NamedAnswer& named) {
    const auto hide_region = [&](store::NameKind kind, std::uint32_t id) {
        store::NamedId name = named.names.name(kind, id);
        if (id != 0 && !territory.holds_region(name.region)) {
            name.region.clear();
            named.names.put(kind, std::move(name));
        }
    };
    for (const trace::Touched& one : named.answer.operators) {
        hide_region(store::NameKind::kOperator, one.id);
    }
    for (const trace::Touched& one : named.answer.sites) {
        hide_region(store::NameKind::kSite, one.id);
    }
    for (const trace::Touched& one : named.answer.people) {
        store::NamedId name = named.names.name(store::NameKind::kPerson, one.id);
        if (!shows_people) {
            name.name.clear();
            named.names.put(store::NameKind::kPerson, std::move(name));
        }
    }
}

void take(CutAnswer cut, const policy::Scope& scope, NamedAnswer& named) {
    named.view = scope.view();
    named.beyond = std::move(cut.beyond);
    named.answer = std::move(cut.answer);
}

// Both ways from its own goods, not forward from whoever they came from.
Result<trace::Answer> ask_both_ways(
    const policy::RequestContext& context,
    const policy::Scope& inner,
    const graph::EventGraph& graph,
    const graph::Snapshot& snapshot,
    trace::Question question
) {
    question.direction = trace::Direction::kForward;
    SUYUAN_TRY(trace::Answer whole, trace::ask(context, inner, graph, snapshot, question));
    question.direction = trace::Direction::kBack;
    SUYUAN_TRY(trace::Answer back, trace::ask(context, inner, graph, snapshot, question));
    whole.back = std::move(back.back);
    std::ranges::copy(back.open_ends, std::back_inserter(whole.open_ends));
    sort_unique(whole.open_ends);
    std::ranges::copy(back.violations, std::back_inserter(whole.violations));
    sort_unique(whole.violations);
    return whole;
}

}  // namespace

Status Tracing::answer_own(
    const policy::RequestContext& context, const policy::Scope& scope, NamedAnswer& named
) const {
    const policy::Scope inner = inner_scope();
    SUYUAN_TRY(
        const auto found,
        store_.find_name(context, inner, store::NameKind::kOperator, scope.operator_code())
    );
    if (!found) {
        return {};
    }
    const graph::OperatorId owner(*found);
    std::get<trace::ItemSeed>(named.question.seed).owner = owner;
    const bool is_full = named.question.direction == trace::Direction::kFull;
    auto whole = is_full
                     ? ask_both_ways(context, inner, graph_, named.answer.snapshot, named.question)
                     : trace::ask(context, inner, graph_, named.answer.snapshot, named.question);
    SUYUAN_TRY(const trace::Answer answer, std::move(whole));
    const auto border = std::make_shared<OwnBorder>(owner, graph_);
    take(own_view(answer, *border, graph_), scope, named);
    named.border = border;
    SUYUAN_TRY(
        named.names,
        NameBook::fetch(context, inner, store_, names_needed(named.question, named.answer))
    );
    return {};
}

Status Tracing::answer_territory(
    const policy::RequestContext& context, const policy::Scope& scope, NamedAnswer& named
) const {
    const policy::Scope inner = inner_scope();
    SUYUAN_TRY(
        const trace::Answer whole,
        trace::ask(context, inner, graph_, named.answer.snapshot, named.question)
    );
    SUYUAN_TRY(NameBook places, places_of(context, store_, graph_, whole));
    const auto territory = std::make_shared<Territory>(scope.region(), std::move(places), graph_);
    take(territory_view(whole, *territory, graph_, named.question), scope, named);
    named.border = territory;
    SUYUAN_TRY(
        named.names,
        NameBook::fetch(context, inner, store_, names_needed(named.question, named.answer))
    );
    hide_names(*territory, scope.shows_people(), named);
    return {};
}

Result<std::shared_ptr<const NamedAnswer>> Tracing::compute_narrow(
    const policy::RequestContext& context, const policy::Scope& scope, const TraceRequest& request
) const {
    const Asked asked{context, scope, request};
    if (asked.is_own() && (!request.owner.empty() || !request.site.empty())) {
        return fail(
            ErrorCode::kPermissionDenied,
            Sentence{
                "经营单位只能追溯本单位的货，不能再指定经营主体或场所",
                "an operator traces its own goods, and names no other operator or site"
            }
        );
    }
    const std::int64_t start_us = clock_.monotonic_us();
    const graph::Snapshot snapshot = graph_.snapshot();
    const policy::Scope inner = inner_scope();
    SUYUAN_TRY(auto reading, reading_of(asked, inner, store_));
    if (!reading) {
        return asked.nothing();
    }
    auto named = std::make_shared<NamedAnswer>();
    named->principal = detail::asker_of(context, scope);
    named->text = request.text;
    named->reading = *std::move(reading);
    auto question = to_question(context, inner, request, named->reading);
    if (!question && question.error().code() == ErrorCode::kNotFound) {
        return asked.nothing();
    }
    SUYUAN_TRY(named->question, std::move(question));
    std::string key = detail::cache_key(*named, snapshot);
    if (auto known = cache_.find(key); known && start_us - known->made_at_us < detail::kReuseUs) {
        return known;
    }
    named->answer.snapshot = snapshot;
    SUYUAN_TRY_VOID(
        asked.is_own() ? answer_own(context, scope, *named)
                       : answer_territory(context, scope, *named)
    );
    if (detail::is_empty(named->answer)) {
        return asked.nothing();
    }
    SUYUAN_TRY_VOID(detail::check_size(named->answer));
    named->answer.cut_off = clock_.now_us();
    // How long it took would tell how much else there is.
    return finish(std::move(named), std::move(key));
}

}  // namespace suyuan::service
