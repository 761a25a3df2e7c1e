// SPDX-License-Identifier: Apache-2.0

#include "policy/admission.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {
namespace {

// From what opens most to what opens least.
constexpr std::array kViews = {View::kEverything, View::kTerritory, View::kOwn};
constexpr std::array kClasses = {
    DataClass::kPersonal, DataClass::kConfidential, DataClass::kInternal, DataClass::kPublic
};

// Something that the subject has so much to do with; nullopt: there is no such thing for them.
std::optional<Resource> resource_in(
    View view, ResourceKind kind, const Principal& principal, const Subject& subject
) {
    Resource resource;
    resource.kind = kind;
    switch (view) {
        case View::kEverything:
            return resource;
        case View::kTerritory:
            resource.regions.codes.back() = subject.region;
            return subject.region == 0 ? std::nullopt : std::optional(resource);
        case View::kOwn:
            resource.relations.insert(Relation::kOwn);
            return principal.operator_code.empty() ? std::nullopt : std::optional(resource);
    }
    return std::nullopt;
}

std::vector<Subject> subjects_of(const Policy& policy, const Party& party) {
    if (!party.subjects.empty()) {
        return party.subjects;
    }
    const auto role = policy.role("public_consumer");
    if (!role) {
        return {};
    }
    Subject subject;
    subject.role = *role;
    return {subject};
}

struct Found {
    View view = View::kOwn;
    DataClass data_class = DataClass::kPublic;
    Decision decision;
    Subject subject;
};

std::optional<Found> find(
    const Policy& policy, const Party& party, const Need& need, const Context& context
) {
    const std::vector<Subject> subjects = subjects_of(policy, party);
    for (const View view : kViews) {
        for (const Subject& subject : subjects) {
            auto resource = resource_in(view, need.kind, party.principal, subject);
            for (const DataClass data_class : kClasses) {
                if (!resource) {
                    break;
                }
                resource->data_class = data_class;
                const Decision decision = policy.decide(subject, need.action, *resource, context);
                if (decision.is_permitted) {
                    return Found{view, data_class, decision, subject};
                }
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Admission> admit(
    const Policy& policy, const Party& party, const Need& need, const Context& context
) {
    const auto found = find(policy, party, need, context);
    if (!found) {
        return fail(
            ErrorCode::kPermissionDenied,
            Sentence{"您的角色没有这项权限", "your role does not have this right"}
        );
    }
    const Kind& kind = policy.content().kinds.at(static_cast<std::size_t>(need.kind));
    const FieldSet clear = found->decision.visible - found->decision.masked;
    Scope scope(need.permission, found->view);
    scope.data_class_ = found->data_class;
    // All that the store keeps of a person: of identity documents it has none.
    FieldSet people =
        kind.up_to.back() - kind.up_to.at(static_cast<std::size_t>(DataClass::kConfidential) - 1);
    if (const auto number = policy.field(need.kind, "identity_number")) {
        people = people - FieldSet::of(*number);
    }
    scope.shows_people_ = !people.is_empty() && clear.contains_all(people);
    if (found->view == View::kOwn) {
        scope.operator_code_ = party.principal.operator_code;
    } else if (found->view == View::kTerritory) {
        scope.region_ = found->subject.region;
    }
    const FieldSet business = kind.up_to.at(static_cast<std::size_t>(DataClass::kConfidential) - 1);
    return Admission{
        .scope = std::move(scope),
        .decision = found->decision,
        .role = found->subject.role,
        .shows_all_fields = clear.contains_all(business),
    };
}

PurposeSet purposes_for(
    const Policy& policy, const Party& party, const Need& need, const Context& context
) {
    PurposeSet purposes;
    Context asked = context;
    for (std::size_t place = 0; place < policy.content().purposes.size(); ++place) {
        asked.purpose = static_cast<PurposeId>(place);
        if (find(policy, party, need, asked)) {
            purposes.insert(*asked.purpose);
        }
    }
    return purposes;
}

std::string region_prefix(RegionCode region) {
    constexpr std::string_view kZeros = "000";
    constexpr std::size_t kWhole = 6;  // digits of GB/T 2260; longer codes append three and three
    const std::string digits = format("{}", region);
    std::size_t length = digits.size();
    while (true) {
        const std::string_view step = kZeros.substr(0, length > kWhole ? 3 : 2);
        if (length <= step.size() || !std::string_view(digits).substr(0, length).ends_with(step)) {
            return digits.substr(0, length);
        }
        length -= step.size();
    }
}

}  // namespace suyuan::policy
