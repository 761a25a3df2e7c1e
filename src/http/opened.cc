// SPDX-License-Identifier: Apache-2.0

#include "http/opened.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/json.h"
#include "http/gate.h"
#include "http/reply.h"
#include "policy/admission.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/search.h"

namespace suyuan::http {
namespace {

using policy::ResourceKind;

// What a hit shows of a thing.
struct Hit {
    store::SearchKind kind = store::SearchKind::kItem;
    ResourceKind resource = ResourceKind::kItem;
    std::array<std::string_view, 2> fields;
};

constexpr std::array kHits = {
    Hit{store::SearchKind::kItem, ResourceKind::kItem, {"code", "product_name"}},
    Hit{store::SearchKind::kOperator, ResourceKind::kOperator, {"uscc", "name"}},
    Hit{store::SearchKind::kSite, ResourceKind::kSite, {"code", "name"}},
    Hit{store::SearchKind::kVehicle, ResourceKind::kVehicle, {"plate", "plate"}},
    Hit{store::SearchKind::kPerson, ResourceKind::kPerson, {"code", "code"}},
    Hit{store::SearchKind::kPaper, ResourceKind::kPaper, {"number", "number"}},
    Hit{store::SearchKind::kProduct, ResourceKind::kProduct, {"barcode", "product_name"}},
    Hit{store::SearchKind::kRegion, ResourceKind::kRegion, {"code", "name"}},
};

bool shows(
    const Call& call, const policy::Admission& admission, ResourceKind kind, std::string_view field
) {
    const auto id = call.gate.policy().field(kind, field);
    const policy::FieldSet clear = admission.decision.visible - admission.decision.masked;
    return id && clear.contains(*id);
}

// A scope that opens less than the call's would be passed over, as there is one for a search.
bool is_as_wide(const Call& call, const policy::Admission& admission) {
    return admission.scope.sees_everything() || admission.scope.view() == call.scope.view();
}

}  // namespace

bool is_opened(const Call& call, const policy::Need& need) {
    if (call.admission == nullptr) {
        return true;
    }
    const auto asked = call.gate.admit(call.caller, need, call.request);
    const auto* const admission = std::get_if<policy::Admission>(&asked);
    return admission != nullptr && is_as_wide(call, *admission);
}

std::optional<std::vector<store::SearchKind>> kinds_opened(const Call& call) {
    if (call.admission == nullptr) {
        return std::nullopt;
    }
    std::vector<store::SearchKind> kinds;
    for (const Hit& hit : kHits) {
        const auto asked = call.gate.admit(
            call.caller,
            {policy::Permission::kSearch, policy::Action::kSearch, hit.resource},
            call.request
        );
        const auto* const admission = std::get_if<policy::Admission>(&asked);
        if (admission != nullptr && is_as_wide(call, *admission) &&
            std::ranges::all_of(hit.fields, [&](std::string_view field) {
                return shows(call, *admission, hit.resource, field);
            })) {
            kinds.push_back(hit.kind);
        }
    }
    return kinds;
}

void close_fields(const Call& call, std::span<const Shown> parts, codec::Json& body) {
    if (call.admission == nullptr) {
        return;
    }
    for (const auto& [part, field] : parts) {
        if (shows(call, *call.admission, call.kind, field)) {
            continue;
        }
        const auto dot = part.find('.');
        codec::Json* const holder =
            dot == std::string_view::npos ? &body : body.find(part.substr(0, dot));
        const std::string_view name = part.substr(dot == std::string_view::npos ? 0 : dot + 1);
        if (holder != nullptr && holder->find(name) != nullptr) {
            holder->set(name, codec::Json());
        }
    }
}

}  // namespace suyuan::http
