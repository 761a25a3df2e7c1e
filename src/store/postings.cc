// SPDX-License-Identifier: Apache-2.0

#include "store/postings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/event.h"
#include "store/event_query.h"

namespace suyuan::store {
namespace {

using model::CodeKind;
using model::ItemRole;

PostingRole role_of(const model::EventItem& item) {
    switch (item.role) {
        case ItemRole::kObject:
            return item.is_class ? PostingRole::kObjectClass : PostingRole::kObject;
        case ItemRole::kParent:
            return item.is_class ? PostingRole::kParentClass : PostingRole::kParent;
        case ItemRole::kChild:
            return item.is_class ? PostingRole::kChildClass : PostingRole::kChild;
        case ItemRole::kInput:
            return item.is_class ? PostingRole::kInputClass : PostingRole::kInput;
        case ItemRole::kOutput:
            return item.is_class ? PostingRole::kOutputClass : PostingRole::kOutput;
    }
    SUYUAN_UNREACHABLE();
}

CodeKind kind_of(const model::EventItem& item, CodeKind told) {
    if (item.role == ItemRole::kParent) {
        return CodeKind::kContainer;
    }
    switch (told) {
        case CodeKind::kClass:
        case CodeKind::kLot:
        case CodeKind::kInstance:
        case CodeKind::kContainer:
            return told;
        case CodeKind::kSite:
        case CodeKind::kParty:
        case CodeKind::kDocument:
        case CodeKind::kForeign:
            return item.is_class ? CodeKind::kLot : CodeKind::kInstance;
    }
    SUYUAN_UNREACHABLE();
}

void add_word(
    std::vector<WordPosting>& postings, PostingRole role, std::string value, std::string type = {}
) {
    if (!value.empty()) {
        postings.push_back({.role = role, .type = std::move(type), .value = std::move(value)});
    }
}

void add_parties(
    std::vector<WordPosting>& postings,
    PostingRole role,
    const std::vector<model::EventParty>& parties
) {
    for (const model::EventParty& party : parties) {
        add_word(postings, role, model::canonical_uri(party.id), party.type);
    }
}

}  // namespace

std::vector<ItemPosting> item_postings(const model::Event& event) {
    std::vector<ItemPosting> postings;
    postings.reserve(event.items.size());
    for (const model::EventItem& item : event.items) {
        ItemPosting& posting = postings.emplace_back();
        posting.role = role_of(item);
        posting.code = model::parse_code(item.code);
        posting.code.kind = kind_of(item, posting.code.kind);
    }
    return postings;
}

std::vector<WordPosting> word_postings(const model::Event& event) {
    std::vector<WordPosting> postings;
    add_word(postings, PostingRole::kBizStep, event.biz_step);
    add_word(postings, PostingRole::kDisposition, event.disposition);
    add_word(postings, PostingRole::kReadPoint, model::canonical_uri(event.read_point));
    add_word(postings, PostingRole::kBizLocation, model::canonical_uri(event.biz_location));
    add_parties(postings, PostingRole::kSource, event.sources);
    add_parties(postings, PostingRole::kDestination, event.destinations);
    add_word(postings, PostingRole::kTransformation, event.transformation_id);
    for (const model::Paper& paper : event.papers) {
        add_word(postings, PostingRole::kPaper, model::canonical_uri(paper.id), paper.type);
    }
    return postings;
}

std::vector<IdPosting> fact_postings(const graph::FlowEvent& event) {
    std::vector<IdPosting> postings;
    const auto add = [&](PostingRole role, std::uint32_t value) {
        if (value != 0) {
            postings.push_back({.role = role, .value = value});
        }
    };
    for (const graph::Fact& fact : event.facts) {
        add(PostingRole::kMentioned, fact.item.value());
        add(PostingRole::kMentioned, fact.other.value());
        add(PostingRole::kOperator, fact.owner.value());
        add(PostingRole::kOperator, fact.peer_owner.value());
        add(PostingRole::kSite, fact.site.value());
        add(PostingRole::kSite, fact.peer_site.value());
    }
    for (const graph::FactMapping& mapping : event.mappings) {
        add(PostingRole::kMentioned, mapping.output.value());
        for (const graph::ItemId input : mapping.inputs) {
            add(PostingRole::kMentioned, input.value());
        }
    }
    add(PostingRole::kOperator, event.custodian.value());
    for (const graph::VehicleId vehicle : event.vehicles) {
        add(PostingRole::kVehicle, vehicle.value());
    }
    for (const graph::PersonId person : event.people) {
        add(PostingRole::kPerson, person.value());
    }
    for (const graph::PaperId paper : event.papers) {
        add(PostingRole::kNamedPaper, paper.value());
    }
    const auto key = [](const IdPosting& posting) {
        return std::pair(posting.role, posting.value);
    };
    std::ranges::sort(postings, {}, key);
    const auto repeated = std::ranges::unique(postings, {}, key);
    postings.erase(repeated.begin(), repeated.end());
    return postings;
}

std::span<const PostingRole> roles_of(EpcMatch match) noexcept {
    using enum PostingRole;
    static constexpr std::array kThings = {kObject, kParent, kChild, kInput, kOutput};
    static constexpr std::array kClasses = {
        kObjectClass, kParentClass, kChildClass, kInputClass, kOutputClass
    };
    static constexpr std::array kObjectsAndChildren = {kObject, kChild};
    static constexpr std::array kClassesOfObjectsAndChildren = {kObjectClass, kChildClass};
    static constexpr std::array kParents = {kParent, kParentClass};
    static constexpr std::array kInputs = {kInput};
    static constexpr std::array kOutputs = {kOutput};
    static constexpr std::array kInputClasses = {kInputClass};
    static constexpr std::array kOutputClasses = {kOutputClass};
    switch (match) {
        case EpcMatch::kAny:
            return kThings;
        case EpcMatch::kEpc:
            return kObjectsAndChildren;
        case EpcMatch::kParent:
            return kParents;
        case EpcMatch::kInput:
            return kInputs;
        case EpcMatch::kOutput:
            return kOutputs;
        case EpcMatch::kEpcClass:
            return kClassesOfObjectsAndChildren;
        case EpcMatch::kAnyClass:
            return kClasses;
        case EpcMatch::kInputClass:
            return kInputClasses;
        case EpcMatch::kOutputClass:
            return kOutputClasses;
    }
    SUYUAN_UNREACHABLE();
}

int mention_kind(PostingRole role) noexcept {
    switch (role) {
        case PostingRole::kOperator:
            return 1;
        case PostingRole::kSite:
            return 2;
        case PostingRole::kVehicle:
            return 3;
        case PostingRole::kPerson:
            return 4;
        case PostingRole::kNamedPaper:
            return 5;
        default:
            SUYUAN_ASSERT(role <= PostingRole::kMentioned);
            return 0;
    }
}

std::span<const PostingRole> item_roles() noexcept {
    using enum PostingRole;
    static constexpr std::array kRoles = {
        kObject,
        kObjectClass,
        kParent,
        kParentClass,
        kChild,
        kChildClass,
        kInput,
        kInputClass,
        kOutput,
        kOutputClass,
        kMentioned
    };
    return kRoles;
}

}  // namespace suyuan::store
