// SPDX-License-Identifier: Apache-2.0
//
// What an event can be found by: one posting a value that it names, by the part that the value
// plays. Pure; the numbers of roles are stored.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/event.h"
#include "store/event_query.h"

namespace suyuan::store {

enum class PostingRole : std::uint8_t {
    // The value is an item.
    kObject = 1,
    kObjectClass = 2,
    kParent = 3,
    kParentClass = 4,
    kChild = 5,
    kChildClass = 6,
    kInput = 7,
    kInputClass = 8,
    kOutput = 9,
    kOutputClass = 10,
    kMentioned = 11,  // by facts alone: the lot of an instance, another code of it, ...
    // A term.
    kBizStep = 20,
    kDisposition = 21,
    kReadPoint = 22,
    kBizLocation = 23,
    kSource = 24,       // of a type, which is a term
    kDestination = 25,  // likewise
    // A name.
    kTransformation = 30,
    kPaper = 31,     // of a type, which is a term
    kOperator = 32,  // by facts, as are the following
    kSite = 33,
    kVehicle = 34,
    kPerson = 35,
    kNamedPaper = 36,  // whatever its type
};

// An item of an event, in a role up to kOutputClass. The kind of a code that tells none is taken
// from its place in the event, as graph::interpret() does.
struct ItemPosting {
    PostingRole role = PostingRole::kObject;
    model::Code code;
};

// A word of an event. `type` is empty for roles that have none.
struct WordPosting {
    PostingRole role = PostingRole::kBizStep;
    std::string type;
    std::string value;  // identifiers canonical, terms as they are
};

// Entries may repeat.
[[nodiscard]] std::vector<ItemPosting> item_postings(const model::Event& event);
[[nodiscard]] std::vector<WordPosting> word_postings(const model::Event& event);

// A value that facts name, by its id.
struct IdPosting {
    PostingRole role = PostingRole::kOperator;
    std::uint32_t value = 0;
};

// The operators, sites, vehicles, people and papers of the facts, and the items as kMentioned, each
// once.
[[nodiscard]] std::vector<IdPosting> fact_postings(const graph::FlowEvent& event);

// The roles that a MATCH_ parameter looks at.
[[nodiscard]] std::span<const PostingRole> roles_of(EpcMatch match) noexcept;

// The kind of thing that a role names, as mention counts it (SIGHT in visibility.h). Requires a
// role of an item, an operator, a site, a vehicle, a person or a named paper.
[[nodiscard]] int mention_kind(PostingRole role) noexcept;

// Every role whose value is an item.
[[nodiscard]] std::span<const PostingRole> item_roles() noexcept;

}  // namespace suyuan::store
