// SPDX-License-Identifier: Apache-2.0

#include "service/own_view.h"

#include <utility>

#include "graph/event_graph.h"
#include "service/answer_cut.h"
#include "trace/answer.h"

namespace suyuan::service {

CutAnswer own_view(
    const trace::Answer& answer, const Border& border, const graph::EventGraph& graph
) {
    CutAnswer cut;
    cut.answer.snapshot = answer.snapshot;
    if (answer.back) {
        CutPart part =
            cut_part(*answer.back, Way::kBack, held_seeds(*answer.back, border), border, graph);
        cut.answer.back = std::move(part.part);
        cut.beyond.merge(part.beyond);
    }
    if (answer.forward) {
        CutPart part = cut_part(
            *answer.forward, Way::kForward, held_seeds(*answer.forward, border), border, graph
        );
        cut.answer.forward = std::move(part.part);
        cut.beyond.merge(part.beyond);
    }
    cut_lists(answer, border, cut);
    return cut;
}

}  // namespace suyuan::service
