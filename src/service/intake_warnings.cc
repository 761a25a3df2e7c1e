// SPDX-License-Identifier: Apache-2.0

#include "service/intake_warnings.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "model/code.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/check_digits.h"
#include "service/intake.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

void add_warning(
    const codec::EpcisEvent& event,
    std::string_view what,
    const std::optional<Sentence>& fault,
    std::vector<codec::EpcisProblem>& out
) {
    if (fault && out.size() < kWarningsMax) {
        out.push_back({
            .pointer = event.pointer,
            .reason = format("{}: {}", what, fault->en),
            .reason_zh = format("{}：{}", what, fault->zh),
        });
    }
}

}  // namespace

// Numbers in our own fields. Those of persons are not repeated.
void warn_of_numbers(const codec::EpcisEvent& event, std::vector<codec::EpcisProblem>& out) {
    for (const std::string& plate : event.event.vehicles) {
        add_warning(event, plate, plate_fault(plate), out);
    }
    for (const std::string& person : event.event.people) {
        add_warning(event, "suyuan:people id", identity_fault(person), out);
    }
    for (const codec::PersonValues& person : event.people) {
        const auto values = codec::parse_json(person.values);
        if (!values) {
            continue;
        }
        add_warning(event, "suyuan:people phone", mobile_fault(values->string_or("phone")), out);
        for (const std::string_view name : {"idNumber", "identityNumber"}) {
            add_warning(
                event,
                format("suyuan:people {}", name),
                identity_fault(values->string_or(name)),
                out
            );
        }
    }
}

void warn_of_codes(
    const graph::FlowNames& names, std::string_view pointer, std::vector<codec::EpcisProblem>& out
) {
    const auto look_at = [&](std::string_view uri) {
        const auto fault = out.size() < kWarningsMax ? check_digit_fault(uri) : std::nullopt;
        if (fault) {
            out.push_back({
                .pointer = std::string(pointer),
                .reason = format("{}: {}", uri, fault->en),
                .reason_zh = format("{}：{}", uri, fault->zh),
            });
        }
    };
    std::ranges::for_each(names.items, look_at, &model::Code::uri);
    std::ranges::for_each(names.operators, look_at);
    std::ranges::for_each(names.sites, look_at);
}

Status warn_of_declarations(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    std::span<const codec::EpcisEvent> events,
    std::vector<codec::EpcisProblem>& out
) {
    for (const codec::EpcisEvent& event : events) {
        if (!event.event.error || out.size() >= kWarningsMax) {
            continue;
        }
        const std::string& named =
            event.event.event_id.empty() ? event.hash_id : event.event.event_id;
        SUYUAN_TRY(const auto versions, store.events_by_id(context, scope, named));
        if (std::ranges::any_of(versions, &store::StoredEvent::is_void)) {
            continue;
        }
        out.push_back({
            .pointer = event.pointer,
            .reason = format(
                "no event {} of this submitter is known, so nothing is taken back until one comes: "
                "give the eventID as it was sent, or without one the hash id that the answer to "
                "the "
                "capture named",
                named
            ),
            .reason_zh = format(
                "没有找到本提交方编号为 {} 的事件，暂未撤回任何记录：请填写原事件的 eventID；"
                "原事件没有 eventID 时，填写上报回执中的哈希编号",
                named
            ),
        });
    }
    return {};
}

Status warn_of_void_events(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    std::span<const CapturedEvent> events,
    std::vector<codec::EpcisProblem>& out
) {
    for (const CapturedEvent& event : events) {
        // Whoever corrects sends other content; with equal content it is but a duplicate.
        if (event.receipt.outcome != store::CommitOutcome::kConflict ||
            out.size() >= kWarningsMax) {
            continue;
        }
        SUYUAN_TRY(const auto versions, store.events_by_id(context, scope, event.event_id));
        if (std::ranges::none_of(versions, &store::StoredEvent::is_void)) {
            continue;
        }
        out.push_back({
            .pointer = event.pointer,
            .reason = format(
                "{} was taken back by an error declaration, and so is every event of that id: send "
                "the corrected event under an eventID of its own, which the declaration names in "
                "correctiveEventIDs",
                event.event_id
            ),
            .reason_zh = format(
                "{} 已被更正声明撤回，凡用此 eventID 的事件均不作数：请为更正后的事件另取 eventID，"
                "并在声明的 correctiveEventIDs 中写明",
                event.event_id
            ),
        });
    }
    return {};
}

}  // namespace suyuan::service
