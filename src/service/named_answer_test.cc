// SPDX-License-Identifier: Apache-2.0
//
// Goal: positions have keys that come back, moves belong to one position each, and the digest of an
// answer depends on what is in it and on nothing else.
// Method: a small answer made by hand, with ids in different orders and with single changes.

#include "service/named_answer.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/handmade_answer.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

TEST(NamedAnswerTest, PositionKeysComeBack) {
    const trace::Position position{
        graph::ItemId(12), graph::OperatorId(0), graph::SiteId(4'294'967'295)
    };
    EXPECT_EQ(position_key(position), "12.0.4294967295");
    const auto parsed = parse_position_key("12.0.4294967295");
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, position);
}

TEST(NamedAnswerTest, OtherKeysAreRefused) {
    for (const std::string_view key : {
             "",
             "1",
             "1.2",
             "1.2.3.4",
             "1.2.",
             ".1.2",
             "a.1.2",
             "1.-2.3",
             "+1.2.3",
             " 1.2.3",
             "01.2.3",
             "1.2.4294967296",
             "0.1.2",
             "1..2",
             "1.2.3 ",
         }) {
        const auto parsed = parse_position_key(key);
        ASSERT_FALSE(parsed.has_value()) << key;
        EXPECT_EQ(parsed.error().code(), ErrorCode::kInvalidArgument) << key;
    }
}

TEST(NamedAnswerTest, WordsOfTheMachineOutputAreDistinct) {
    std::set<std::string_view> moves;
    for (std::uint8_t kind = 0; kind <= 7; ++kind) {
        moves.insert(to_string(static_cast<trace::MoveKind>(kind)));
    }
    EXPECT_EQ(moves.size(), 8U);
    std::set<std::string_view> ends;
    for (std::uint8_t kind = 0; kind <= 8; ++kind) {
        ends.insert(to_string(static_cast<trace::OpenEndKind>(kind)));
    }
    EXPECT_EQ(ends.size(), 9U);
    EXPECT_EQ(parse_direction("full"), trace::Direction::kFull);
    EXPECT_EQ(parse_direction("sideways"), std::nullopt);
}

TEST(NamedAnswerTest, EveryMoveBelongsToThePositionThatItLeadsTo) {
    const NamedAnswer named = handmade_answer();
    const trace::Part& part = *named.part(PartKind::kForward);
    EXPECT_EQ(named.part(PartKind::kBack), nullptr);
    EXPECT_EQ(named.position_count(), 3U);
    EXPECT_EQ(named.move_count(), 2U);
    EXPECT_EQ(named.at(1).part, PartKind::kForward);
    EXPECT_TRUE(named.forward_index.moves_of(0).empty());
    ASSERT_EQ(named.forward_index.moves_of(1).size(), 1U);
    EXPECT_EQ(named.forward_index.moves_of(1).front(), 0U);
    ASSERT_EQ(named.forward_index.moves_of(2).size(), 1U);
    EXPECT_EQ(named.forward_index.moves_of(2).front(), 1U);
    EXPECT_EQ(named.forward_index.find(part, part.positions[2].position), 2U);
    EXPECT_EQ(named.forward_index.find(part, {graph::ItemId(9), {}, {}}), std::nullopt);
}

TEST(NamedAnswerTest, BackwardAMoveBelongsToThePositionThatItLeaves) {
    const NamedAnswer named = handmade_answer();
    const PartIndex index(PartKind::kBack, *named.part(PartKind::kForward));
    EXPECT_EQ(index.moves_of(0).size(), 1U);
    EXPECT_EQ(index.moves_of(1).size(), 1U);
    EXPECT_TRUE(index.moves_of(2).empty());
}

TEST(NamedAnswerTest, NamesAreAskedForEveryIdInTheAnswer) {
    NamedAnswer named = handmade_answer();
    trace::Part part = *named.part(PartKind::kForward);
    part.moves[0].carrier = graph::ItemId(77);
    named.answer.forward = part;
    named.answer.vehicles = {{5, kMorning, kMorning}};
    const NameRequest names = names_needed(named.question, named.answer);
    EXPECT_EQ(names.items, (std::unordered_set<std::uint32_t>{1, 77}));
    const auto ids = [&](store::NameKind kind) {
        return names.others.at(static_cast<std::size_t>(kind));
    };
    EXPECT_EQ(ids(store::NameKind::kSite), (std::unordered_set<std::uint32_t>{1, 2, 3}));
    EXPECT_EQ(ids(store::NameKind::kOperator), (std::unordered_set<std::uint32_t>{1, 2, 3}));
    EXPECT_EQ(ids(store::NameKind::kVehicle), (std::unordered_set<std::uint32_t>{5}));
    EXPECT_EQ(ids(store::NameKind::kUnit), (std::unordered_set<std::uint32_t>{1}));
}

TEST(NamedAnswerTest, TheDigestDoesNotDependOnIds) {
    const NamedAnswer one = handmade_answer();
    const NamedAnswer other = handmade_answer({7, 30, 20, 10, 4});
    EXPECT_EQ(one.digest.size(), 64U);
    EXPECT_EQ(one.digest, other.digest);
}

TEST(NamedAnswerTest, TheDigestDoesNotDependOnTheHourOrTheLog) {
    NamedAnswer named = handmade_answer();
    named.answer.cut_off += kHour;
    named.answer.snapshot.log_index = 99;
    trace::Part part = *named.part(PartKind::kForward);
    part.moves[0].leaving_event = 42;
    named.answer.forward = part;
    named.took_us = 1;
    EXPECT_EQ(
        answer_digest(named.reading.code, named.question, named.answer, named.names), named.digest
    );
}

TEST(NamedAnswerTest, EveryChangeOfContentChangesTheDigest) {
    using Change = std::function<void(NamedAnswer&)>;
    const std::vector<Change> changes = {
        [](NamedAnswer& n) { n.reading.code = "other"; },
        [](NamedAnswer& n) { n.question.direction = trace::Direction::kBack; },
        [](NamedAnswer& n) { n.question.escalate = true; },
        [](NamedAnswer& n) { n.question.as_of = kMorning; },
        [](NamedAnswer& n) { n.question.window.from = kMorning; },
        [](NamedAnswer& n) { n.question.seed = trace::ItemSeed{{}, graph::OperatorId(1), {}}; },
        [](NamedAnswer& n) { n.question.seed = trace::ItemSeed{{}, {}, graph::SiteId(1)}; },
        [](NamedAnswer& n) { n.answer.forward->positions.pop_back(); },
        [](NamedAnswer& n) { n.answer.forward->positions[1].possible += 1; },
        [](NamedAnswer& n) { n.answer.forward->positions[1].certain.reset(); },
        [](NamedAnswer& n) { n.answer.forward->positions[1].stock.is_blocked = false; },
        [](NamedAnswer& n) { n.answer.forward->positions[1].stock.balances[0].sold = 1; },
        [](NamedAnswer& n) { n.answer.forward->positions[1].hops = 2; },
        [](NamedAnswer& n) { n.answer.forward->moves[0].millionths += 1; },
        [](NamedAnswer& n) { n.answer.forward->moves[0].has_quantity = false; },
        [](NamedAnswer& n) { n.answer.forward->moves[0].arrive.last += 1; },
        [](NamedAnswer& n) { n.answer.forward->moves[0].is_skewed = true; },
        [](NamedAnswer& n) { n.answer.forward->moves[0].carrier = graph::ItemId(1); },
        [](NamedAnswer& n) { n.answer.back = trace::Part(*n.answer.forward); },
        [](NamedAnswer& n) { n.answer.sources = {n.answer.forward->positions[0].position}; },
        [](NamedAnswer& n) { n.answer.operators[0].last += 1; },
        [](NamedAnswer& n) { n.answer.vehicles = {{1, 0, 0}}; },
        [](NamedAnswer& n) { n.answer.total[0].unexplained = 1; },
        [](NamedAnswer& n) { n.answer.open_ends.clear(); },
        [](NamedAnswer& n) { n.answer.violations.clear(); },
    };
    std::set<std::string> digests = {handmade_answer().digest};
    for (const Change& change : changes) {
        NamedAnswer named = handmade_answer();
        change(named);
        digests.insert(answer_digest(named.reading.code, named.question, named.answer, named.names)
        );
    }
    EXPECT_EQ(digests.size(), changes.size() + 1);
}

TEST(NamedAnswerTest, NoCodeLooksLikeTwoFields) {
    NamedAnswer one = handmade_answer();
    one.names.put(store::NameKind::kSite, {1, "a\" \"b", ""});
    one.names.put(store::NameKind::kOperator, {1, "c", ""});
    NamedAnswer other = handmade_answer();
    other.names.put(store::NameKind::kSite, {1, "b", ""});
    other.names.put(store::NameKind::kOperator, {1, "c\" \"a", ""});
    EXPECT_NE(
        answer_digest(one.reading.code, one.question, one.answer, one.names),
        answer_digest(other.reading.code, other.question, other.answer, other.names)
    );
}

}  // namespace
}  // namespace suyuan::service
