// SPDX-License-Identifier: Apache-2.0
//
// Goal: facts come back as they were; what is not an encoding is refused. Method: random events,
// every truncation and single-bit flip of an encoding.

#include "store/flow_codec.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "graph/fact.h"
#include "io/randomness.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"
#include "store/byte_codec.h"
#include "store/store.h"

namespace suyuan::store {
namespace {

template <typename Id>
Id random_id(io::SeededRandomness& random, bool may_be_none = true) {
    const bool is_none = may_be_none && random.below(3) == 0;
    const bool is_large = random.below(4) == 0;
    const std::uint64_t bound = is_large ? std::numeric_limits<std::uint32_t>::max() : 200;
    return Id(is_none ? 0U : static_cast<std::uint32_t>(random.below(bound) + 1));
}

template <typename Id>
std::vector<Id> random_ids(io::SeededRandomness& random) {
    std::vector<Id> ids(random.below(4));
    for (Id& id : ids) {
        id = random_id<Id>(random, false);
    }
    return ids;
}

graph::Fact random_fact(io::SeededRandomness& random) {
    graph::Fact fact;
    fact.kind = static_cast<graph::FactKind>(random.below(17));
    fact.sink = static_cast<graph::SinkKind>(random.below(5));
    fact.has_quantity = random.below(2) == 0;
    fact.owner_is_stated = random.below(2) == 0;
    fact.is_return = random.below(2) == 0;
    fact.is_observed = random.below(2) == 0;
    fact.step = static_cast<graph::Step>(random.below(7));
    fact.item = random_id<graph::ItemId>(random, false);
    fact.other = random_id<graph::ItemId>(random);
    fact.owner = random_id<graph::OperatorId>(random);
    fact.site = random_id<graph::SiteId>(random);
    fact.peer_owner = random_id<graph::OperatorId>(random);
    fact.peer_site = random_id<graph::SiteId>(random);
    fact.unit = random_id<graph::UnitId>(random);
    if (fact.has_quantity) {
        fact.millionths = static_cast<std::int64_t>(random.next());
    }
    return fact;
}

graph::FlowEvent random_event(io::SeededRandomness& random) {
    graph::FlowEvent event;
    switch (random.below(3)) {
        case 0:
            event.time = model::exactly(static_cast<std::int64_t>(random.next()));
            break;
        case 1:
            event.time = {-5, static_cast<std::int64_t>(random.below(1'000'000))};
            break;
        default:
            break;  // everything
    }
    event.kind = static_cast<model::EventKind>(random.below(5));
    event.is_error_declaration = random.below(5) == 0;
    event.is_continuous = random.below(5) == 0;
    event.process = random_id<graph::ProcessId>(random);
    event.custodian = random_id<graph::OperatorId>(random);
    event.facts.resize(random.below(5));
    for (graph::Fact& fact : event.facts) {
        fact = random_fact(random);
    }
    event.mappings.resize(random.below(3));
    for (graph::FactMapping& mapping : event.mappings) {
        mapping.output = random_id<graph::ItemId>(random, false);
        mapping.inputs = random_ids<graph::ItemId>(random);
    }
    event.vehicles = random_ids<graph::VehicleId>(random);
    event.people = random_ids<graph::PersonId>(random);
    event.papers = random_ids<graph::PaperId>(random);
    event.linking_papers = random_ids<graph::PaperId>(random);
    return event;
}

std::vector<ItemDeclaration> random_declarations(io::SeededRandomness& random) {
    std::vector<ItemDeclaration> declared(random.below(4));
    for (ItemDeclaration& declaration : declared) {
        declaration.item = random_id<graph::ItemId>(random, false);
        declaration.kind = static_cast<model::CodeKind>(random.below(8));
    }
    return declared;
}

bool same(const std::vector<ItemDeclaration>& a, const std::vector<ItemDeclaration>& b) {
    return std::ranges::equal(a, b, [](const ItemDeclaration& x, const ItemDeclaration& y) {
        return x.item == y.item && x.kind == y.kind;
    });
}

TEST(FlowCodecTest, WhatWasWrittenIsReadWhateverWasThereBefore) {
    io::SeededRandomness random(11);
    graph::FlowEvent read;  // used again and again, as a replay does
    std::vector<ItemDeclaration> read_declared;
    for (int round = 0; round < 5'000; ++round) {
        const graph::FlowEvent event = random_event(random);
        const auto declared = random_declarations(random);
        const std::string bytes = encode_flow(event, declared);
        ASSERT_TRUE(decode_flow(bytes, read, read_declared)) << round;
        ASSERT_EQ(read, event) << round;
        ASSERT_TRUE(same(read_declared, declared)) << round;
    }
}

TEST(FlowCodecTest, ColumnsOfTheirOwnAreLeftAlone) {
    graph::FlowEvent event;
    const std::string bytes = encode_flow(event, {});
    event.record = graph::RecordId(3);
    event.log_index = 4;
    event.record_time = 5;
    event.submitter = graph::OperatorId(6);
    event.identity = 7;
    event.content = 8;
    event.is_conflict = true;
    const graph::FlowEvent before = event;
    std::vector<ItemDeclaration> declared;
    ASSERT_TRUE(decode_flow(bytes, event, declared));
    EXPECT_EQ(event, before);
}

TEST(FlowCodecTest, EveryTruncationIsRefused) {
    io::SeededRandomness random(12);
    graph::FlowEvent read;
    std::vector<ItemDeclaration> declared;
    for (int round = 0; round < 200; ++round) {
        const std::string bytes = encode_flow(random_event(random), random_declarations(random));
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            const auto status = decode_flow(bytes.substr(0, length), read, declared);
            ASSERT_FALSE(status);
            ASSERT_EQ(status.error().code(), ErrorCode::kCorruption);
        }
        ASSERT_FALSE(decode_flow(bytes + '\0', read, declared));
    }
}

// A flip may yield another valid encoding: then it must be the encoding of what is read.
TEST(FlowCodecTest, EveryFlippedBitIsRefusedOrReadAsWhatItSays) {
    io::SeededRandomness random(13);
    graph::FlowEvent read;
    std::vector<ItemDeclaration> declared;
    int refused = 0;
    for (int round = 0; round < 100; ++round) {
        const std::string bytes = encode_flow(random_event(random), random_declarations(random));
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            std::string flipped = bytes;
            flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
            EXPECT_NE(facts_digest(flipped), facts_digest(bytes));
            if (!decode_flow(flipped, read, declared)) {
                ++refused;
            }
        }
    }
    EXPECT_GT(refused, 1'000);
}

TEST(FlowCodecTest, HugeCountsReserveNothing) {
    ByteWriter bytes;
    bytes.byte(1);
    bytes.number(std::numeric_limits<std::uint64_t>::max());
    graph::FlowEvent read;
    std::vector<ItemDeclaration> declared;
    EXPECT_FALSE(decode_flow(bytes.bytes(), read, declared));
    EXPECT_TRUE(declared.empty());
}

TEST(ByteCodecTest, NumbersComeBackAtEveryWidth) {
    for (unsigned shift = 0; shift < 64; ++shift) {
        for (const std::uint64_t delta : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}}) {
            const std::uint64_t number = (std::uint64_t{1} << shift) - delta;
            ByteWriter out;
            out.number(number);
            out.signed_number(static_cast<std::int64_t>(number));
            out.signed_number(-static_cast<std::int64_t>(number >> 1U));
            ByteReader in(out.bytes());
            EXPECT_EQ(in.number(), number);
            EXPECT_EQ(in.signed_number(), static_cast<std::int64_t>(number));
            EXPECT_EQ(in.signed_number(), -static_cast<std::int64_t>(number >> 1U));
            EXPECT_TRUE(in.is_complete());
        }
    }
}

TEST(ByteCodecTest, MalformedBytesAreNoticed) {
    ByteReader unending("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
    EXPECT_EQ(unending.number(), 0U);
    EXPECT_FALSE(unending.is_good());
    ByteReader too_large("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02");
    EXPECT_EQ(too_large.number(), 0U);
    EXPECT_FALSE(too_large.is_good());
    ByteWriter out;
    out.number(std::uint64_t{1} << 32U);
    ByteReader wide(out.bytes());
    EXPECT_EQ(wide.small_number(), 0U);
    EXPECT_FALSE(wide.is_good());
    ByteReader empty("");
    EXPECT_TRUE(empty.is_complete());
    EXPECT_EQ(empty.byte(), 0);
    EXPECT_FALSE(empty.is_good());
}

}  // namespace
}  // namespace suyuan::store
