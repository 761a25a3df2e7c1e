// SPDX-License-Identifier: Apache-2.0

#include "service/detail/trace_parts.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/named_answer.h"
#include "service/seed.h"
#include "service/tracing.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service::detail {

std::string asker_of(const policy::RequestContext& context, const policy::Scope& scope) {
    return scope.sees_everything() ? context.principal().id
                                   : format(
                                         "{} {} {} {}",
                                         context.principal().id,
                                         scope.operator_code(),
                                         scope.region(),
                                         scope.shows_people()
                                     );
}

std::string cache_key(const NamedAnswer& named, const graph::Snapshot& snapshot) {
    const trace::Question& question = named.question;
    std::string key;
    for (const std::string_view part :
         {std::string_view(named.principal),
          std::string_view(named.text),
          std::string_view(named.reading.code)}) {
        codec::append_json_string(key, part);
    }
    std::uint32_t owner = 0;
    std::uint32_t site = 0;
    if (const auto* items = std::get_if<trace::ItemSeed>(&question.seed)) {
        owner = items->owner.value_or(graph::OperatorId()).value();
        site = items->site.value_or(graph::SiteId()).value();
    }
    key += format(
        " {} {} {} {} {} {}",
        to_string(named.reading.kind),
        to_string(question.direction),
        owner,
        site,
        question.escalate,
        snapshot.log_index
    );
    key += format(" {} {} {}", question.window.from, question.window.to, question.as_of);
    return key;
}

Status check_size(const trace::Answer& answer) {
    std::size_t moves = 0;
    for (const auto* const part : {&answer.back, &answer.forward}) {
        moves += *part ? (*part)->moves.size() : 0;
    }
    if (moves > kAnswerMovesMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "结果有 {} 条流动，一次最多 {} "
                    "条：请用时间范围、单一方向、所有者或场所缩小范围。",
                    moves,
                    kAnswerMovesMax
                ),
                format(
                    "the answer has {} moves, of at most {}: narrow the question by a time window, "
                    "one direction, an owner or a site",
                    moves,
                    kAnswerMovesMax
                )
            }
        );
    }
    return {};
}

bool is_empty(const trace::Answer& answer) {
    const bool has_back = answer.back && !answer.back->positions.empty();
    const bool has_forward = answer.forward && !answer.forward->positions.empty();
    return !has_back && !has_forward;
}

}  // namespace suyuan::service::detail
