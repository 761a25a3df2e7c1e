// SPDX-License-Identifier: Apache-2.0
//
// Goal: every criterion of EventQuery finds what it names and nothing else, alone and together, in
// both orders and directions, page by page, whatever is committed meanwhile. Method: a table of
// queries over one small log, and every answer compared with a second reading of the query over the
// events.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/randomness.h"
#include "model/event.h"
#include "model/instant.h"
#include "store/event_query.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

using model::EventAction;
using model::EventKind;
using model::ItemRole;

std::vector<model::Event> events_of_the_log() {
    std::vector<model::Event> events;
    events.push_back(shipping(event_id(1), 1, 10));
    events.back().sources = {{"owning_party", company(1)}, {"location", place(1)}};
    events.back().destinations = {{"owning_party", company(2)}};
    events.back().papers = {{"desadv", paper(1)}, {"po", paper(2)}};
    events.push_back(shipping(event_id(2), 2, 5));
    events.back().biz_step = "receiving";
    events.back().biz_location = place(2);
    events.back().read_point = place(3);
    events.back().disposition = "in_progress";
    events.back().sources = {{"owning_party", company(2)}};
    events.back().papers = {{"", paper(1)}};
    events.push_back(shipping(event_id(3), 3, 20));
    events.back().items = {one(ItemRole::kObject, thing(1)), one(ItemRole::kObject, thing(12))};
    events.back().action = EventAction::kAdd;
    events.back().biz_step = "commissioning";
    events.push_back(shipping(event_id(4), 4, 7));
    events.back().kind = EventKind::kAggregation;
    events.back().action = EventAction::kAdd;
    events.back().biz_step = "packing";
    events.back().items = {
        one(ItemRole::kParent, pallet(1)),
        one(ItemRole::kChild, thing(1)),
        amount(ItemRole::kChild, lot(4)),
    };
    events.push_back(shipping("", 5, 5));
    events.back().kind = EventKind::kTransformation;
    events.back().action = EventAction::kNone;
    events.back().transformation_id = "urn:example:process:1";
    events.back().items = {
        one(ItemRole::kInput, thing(1)),
        amount(ItemRole::kInput, lot(1)),
        one(ItemRole::kOutput, thing(2)),
        amount(ItemRole::kOutput, lot(6)),
    };
    events.push_back(shipping(event_id(6), 7, 30));
    events.back().kind = EventKind::kTransaction;
    events.back().action = EventAction::kDelete;
    events.back().disposition = "recalled";
    events.push_back(declaration_of(events.front()));
    return events;
}

struct QueryCase {
    std::string_view name;
    std::function<void(EventQuery&)> ask;
    std::vector<std::uint64_t> found;  // log indexes, ascending
};

EpcCriterion epcs(EpcMatch match, std::vector<std::string> values) {
    return {.match = match, .values = std::move(values)};
}

std::vector<QueryCase> single_criteria() {
    const std::string gtin_prefix = "https://id.gs1.org/01/" + std::string(kGtin);
    return {
        {"everything", [](EventQuery&) {}, {1, 2, 3, 4, 5, 6, 7}},
        {"event types",
         [](EventQuery& q) { q.kinds = {EventKind::kAggregation, EventKind::kTransaction}; },
         {4, 6}},
        {"actions", [](EventQuery& q) { q.actions = {EventAction::kAdd}; }, {3, 4}},
        {"business step", [](EventQuery& q) { q.biz_steps = {"receiving", "packing"}; }, {2, 4}},
        {"unknown business step", [](EventQuery& q) { q.biz_steps = {"dreaming"}; }, {}},
        {"disposition", [](EventQuery& q) { q.dispositions = {"recalled"}; }, {6}},
        {"read point", [](EventQuery& q) { q.read_points = {place(3)}; }, {2}},
        {"business location", [](EventQuery& q) { q.biz_locations = {place(2)}; }, {2}},
        {"event id", [](EventQuery& q) { q.event_ids = {event_id(1), event_id(4)}; }, {1, 4, 7}},
        {"unknown event id", [](EventQuery& q) { q.event_ids = {"urn:nobody"}; }, {}},
        {"transformation id",
         [](EventQuery& q) { q.transformation_ids = {"urn:example:process:1"}; },
         {5}},
        {"declarations", [](EventQuery& q) { q.has_error_declaration = true; }, {7}},
        {"no declarations",
         [](EventQuery& q) { q.has_error_declaration = false; },
         {1, 2, 3, 4, 5, 6}},
        {"from an event time",
         [](EventQuery& q) { q.event_time_from = kStart + 10 * kMinute; },
         {1, 3, 6, 7}},
        {"before an event time",
         [](EventQuery& q) { q.event_time_before = kStart + 10 * kMinute; },
         {2, 4, 5}},
        {"any thing", [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kAny, {thing(1)})}; }, {3, 4, 5}
        },
        {"any thing is no class",
         [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kAny, {lot(1)})}; },
         {}},
        {"object or child",
         [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kEpc, {thing(1)})}; },
         {3, 4}},
        {"parent", [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kParent, {pallet(1)})}; }, {4}},
        {"input", [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kInput, {thing(1)})}; }, {5}},
        {"output", [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kOutput, {thing(2)})}; }, {5}},
        {"object or child class",
         [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kEpcClass, {lot(1), lot(4)})}; },
         {1, 4, 7}},
        {"any class",
         [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kAnyClass, {lot(1)})}; },
         {1, 5, 7}},
        {"input class", [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kInputClass, {lot(1)})}; }, {5}
        },
        {"output class",
         [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kOutputClass, {lot(6)})}; },
         {5}},
        {"prefix of things",
         [=](EventQuery& q) { q.epcs = {epcs(EpcMatch::kAny, {gtin_prefix + "/21/1*"})}; },
         {3, 4, 5}},
        {"prefix of longer things",
         [=](EventQuery& q) { q.epcs = {epcs(EpcMatch::kAny, {gtin_prefix + "/21/12*"})}; },
         {3}},
        {"prefix or value",
         [=](EventQuery& q) {
             q.epcs = {epcs(EpcMatch::kAny, {gtin_prefix + "/21/12*", pallet(1)})};
         },
         {3, 4}},
        {"a percent sign is no wildcard",
         [](EventQuery& q) { q.epcs = {epcs(EpcMatch::kAny, {"%*"})}; },
         {}},
        {"source party",
         [](EventQuery& q) { q.parties = {{true, "owning_party", {company(1)}}}; },
         {1, 7}},
        {"source of another type",
         [](EventQuery& q) { q.parties = {{true, "location", {company(1)}}}; },
         {}},
        {"destination party",
         [](EventQuery& q) { q.parties = {{false, "owning_party", {company(2)}}}; },
         {1, 7}},
        {"paper of a type", [](EventQuery& q) { q.papers = {{"desadv", {paper(1)}}}; }, {1, 7}},
        {"paper of another type", [](EventQuery& q) { q.papers = {{"inv", {paper(1)}}}; }, {}},
        {"two criteria",
         [](EventQuery& q) {
             q.epcs = {epcs(EpcMatch::kAny, {thing(1)})};
             q.biz_steps = {"packing"};
         },
         {4}},
        {"two things at once",
         [](EventQuery& q) {
             q.epcs = {epcs(EpcMatch::kAny, {thing(1)}), epcs(EpcMatch::kAny, {thing(12)})};
         },
         {3}},
        {"everything at once",
         [=](EventQuery& q) {
             q.kinds = {EventKind::kObject};
             q.actions = {EventAction::kObserve};
             q.biz_steps = {"shipping"};
             q.biz_locations = {place(1)};
             q.event_ids = {event_id(1)};
             q.has_error_declaration = false;
             q.epcs = {epcs(EpcMatch::kAnyClass, {gtin_prefix + "*"})};
             q.parties = {{true, "owning_party", {company(1)}}};
             q.papers = {{"po", {paper(2)}}};
             q.event_time_from = kStart;
         },
         {1}},
    };
}

TEST_P(StoreContract, EachCriterionFindsWhatItNames) {
    for (const model::Event& event : events_of_the_log()) {
        commit_one(record_of(event));
        clock_.advance(kMinute);
    }
    for (const QueryCase& row : single_criteria()) {
        for (const bool by_event_time : {false, true}) {
            for (const bool is_descending : {false, true}) {
                SCOPED_TRACE(
                    std::string(row.name) + (by_event_time ? ", by event time" : "") +
                    (is_descending ? ", descending" : "")
                );
                EventQuery query;
                row.ask(query);
                query.by_event_time = by_event_time;
                query.is_descending = is_descending;
                query.page_size = 2;
                std::vector<std::uint64_t> found = find_all(query);
                if (!by_event_time && is_descending) {
                    EXPECT_TRUE(std::ranges::is_sorted(found, std::greater()));
                } else if (!by_event_time) {
                    EXPECT_TRUE(std::ranges::is_sorted(found));
                }
                std::ranges::sort(found);
                EXPECT_EQ(found, row.found);
            }
        }
    }
}

TEST_P(StoreContract, RecordTimesBoundTheLog) {
    const model::MicrosUtc first = clock_.now_us();
    for (int number = 1; number <= 6; ++number) {
        commit_one(record_of(shipping(event_id(number), number, 10 - number)));
        if (number % 2 == 0) {
            clock_.advance(kMinute);  // two records a minute
        }
    }
    const auto between = [&](int from, int before) {
        EventQuery query;
        query.record_time_from = first + from * kMinute;
        query.record_time_before = first + before * kMinute;
        return find_all(query);
    };
    EXPECT_EQ(between(0, 3), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(between(1, 2), (std::vector<std::uint64_t>{3, 4}));
    EXPECT_EQ(between(2, 9), (std::vector<std::uint64_t>{5, 6}));
    EXPECT_EQ(between(-5, 0), (std::vector<std::uint64_t>{}));
    EXPECT_EQ(between(3, 9), (std::vector<std::uint64_t>{}));
    EXPECT_EQ(between(2, 1), (std::vector<std::uint64_t>{}));
    EventQuery query;
    query.record_time_from = first + kMinute;
    query.by_event_time = true;
    EXPECT_EQ(find_all(query), (std::vector<std::uint64_t>{6, 5, 4, 3}));
    query.page_size = 1;
    EXPECT_EQ(find_all(query), (std::vector<std::uint64_t>{6, 5, 4, 3}));
}

TEST_P(StoreContract, EventTimeOrdersAndLogIndexBreaksTies) {
    for (const auto& [number, minute] : {std::pair(1, 3), {2, 1}, {3, 3}, {4, 2}, {5, 1}}) {
        commit_one(record_of(shipping(event_id(number), number, minute)));
    }
    EventQuery query;
    query.by_event_time = true;
    query.page_size = 2;
    EXPECT_EQ(find_all(query), (std::vector<std::uint64_t>{2, 5, 4, 1, 3}));
    query.is_descending = true;
    EXPECT_EQ(find_all(query), (std::vector<std::uint64_t>{3, 1, 4, 5, 2}));
}

TEST_P(StoreContract, AListIsWhatItWasWhenItBegan) {
    for (int number = 1; number <= 9; ++number) {
        commit_one(record_of(shipping(event_id(number), number, number)));
    }
    int extra = 100;
    for (const bool by_event_time : {false, true}) {
        for (const bool is_descending : {false, true}) {
            EventQuery query;
            query.by_event_time = by_event_time;
            query.is_descending = is_descending;
            query.page_size = 2;
            query.event_time_before = kStart + 50 * kMinute;
            const std::vector<std::uint64_t> calm = find_all(query);
            std::vector<std::uint64_t> found;
            do {
                const auto page = store().find_events(context_, scope_, query);
                ASSERT_TRUE(page);
                for (const StoredEvent& event : page->events) {
                    found.push_back(event.log_index);
                }
                query.page_token = page->next;
                // Before, between and after what is listed.
                commit({
                    record_of(shipping(event_id(extra), extra, -extra)),
                    record_of(shipping(event_id(extra + 1), extra + 1, 4)),
                    record_of(shipping(event_id(extra + 2), extra + 2, 49)),
                });
                extra += 3;
            } while (!query.page_token.empty());
            EXPECT_EQ(found, calm);
        }
    }
}

TEST_P(StoreContract, ATokenIsGoodForItsOwnListOnly) {
    for (int number = 1; number <= 5; ++number) {
        commit_one(record_of(shipping(event_id(number), number, number)));
    }
    EventQuery query;
    query.page_size = 2;
    const auto page = store().find_events(context_, scope_, query);
    ASSERT_TRUE(page);
    ASSERT_FALSE(page->next.empty());

    const auto refuses = [&](const EventQuery& asked) {
        const auto refused = store().find_events(context_, scope_, asked);
        return !refused && refused.error().code() == ErrorCode::kInvalidArgument;
    };
    query.page_token = page->next;
    query.page_size = 3;  // another page size is the same list
    EXPECT_TRUE(store().find_events(context_, scope_, query));
    for (std::size_t at = 0; at < page->next.size(); ++at) {
        EventQuery tampered = query;
        tampered.page_token[at] = tampered.page_token[at] == '0' ? '1' : '0';
        EXPECT_TRUE(refuses(tampered)) << at;
        tampered.page_token = page->next.substr(0, at);
        EXPECT_TRUE(at == 0 || refuses(tampered)) << at;
    }
    EventQuery other = query;
    other.biz_steps = {"shipping"};
    EXPECT_TRUE(refuses(other));
    other = query;
    other.is_descending = true;
    EXPECT_TRUE(refuses(other));

    // It outlives a restart.
    reopen();
    EXPECT_EQ(store().find_events(context_, scope_, query)->events.at(0).log_index, 3U);
    query.page_size = 0;
    EXPECT_TRUE(refuses(query));
}

TEST_P(StoreContract, LimitsAreToldByName) {
    EventQuery query;
    query.event_ids.assign(1'001, "urn:x");
    const auto refused = store().find_events(context_, scope_, query);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kLimitExceeded);
}

// A second reading of the query, straight from its meaning.
class Oracle {
public:
    explicit Oracle(const std::vector<model::Event>& events) : events_(events) {}

    [[nodiscard]] std::vector<std::uint64_t> answer(const EventQuery& query) const {
        std::vector<std::uint64_t> found;
        for (std::uint64_t index = 1; index <= events_.size(); ++index) {
            if (matches(query, events_[index - 1])) {
                found.push_back(index);
            }
        }
        const auto time_of = [&](std::uint64_t index) {
            return query.by_event_time ? events_[index - 1].event_time : 0;
        };
        std::ranges::sort(found, [&](std::uint64_t a, std::uint64_t b) {
            return std::pair(time_of(a), a) < std::pair(time_of(b), b);
        });
        if (query.is_descending) {
            std::ranges::reverse(found);
        }
        return found;
    }

private:
    static bool contains(const std::vector<std::string>& values, const std::string& value) {
        return std::ranges::find(values, value) != values.end();
    }

    static bool finds(const EpcCriterion& criterion, const model::Event& event) {
        return std::ranges::any_of(event.items, [&](const model::EventItem& item) {
            const bool is_class = criterion.match == EpcMatch::kAnyClass;
            return item.is_class == is_class &&
                   std::ranges::any_of(criterion.values, [&](const std::string& value) {
                       return value.ends_with('*')
                                  ? item.code.starts_with(value.substr(0, value.size() - 1))
                                  : item.code == value;
                   });
        });
    }

    static bool matches(const EventQuery& query, const model::Event& event) {
        return (query.biz_steps.empty() || contains(query.biz_steps, event.biz_step)) &&
               (query.biz_locations.empty() || contains(query.biz_locations, event.biz_location)) &&
               (query.event_ids.empty() || contains(query.event_ids, event.event_id)) &&
               (!query.event_time_from || event.event_time >= *query.event_time_from) &&
               (!query.event_time_before || event.event_time < *query.event_time_before) &&
               std::ranges::all_of(query.epcs, [&](const EpcCriterion& criterion) {
                   return finds(criterion, event);
               });
    }

    const std::vector<model::Event>& events_;
};

// Enough events for a page to stop in the middle of many, so that both ways of looking are taken.
TEST_P(StoreContract, RandomQueriesAgreeWithASecondReading) {
    io::SeededRandomness random(7);
    const auto below = [&](std::uint64_t bound) { return static_cast<int>(random.below(bound)); };
    std::vector<model::Event> events;
    std::vector<NewRecord> records;
    for (int number = 0; number < 12'000; ++number) {
        model::Event event = shipping(event_id(number), below(40), below(5'000));
        event.biz_step = std::string(below(4) == 0 ? "receiving" : "shipping");
        event.biz_location = place(below(50));
        event.items.push_back(one(ItemRole::kObject, thing(below(3'000))));
        event.lot_text = std::to_string(number);
        events.push_back(event);
        records.push_back(record_of(event));
    }
    commit(records);
    const Oracle oracle(events);
    for (int round = 0; round < 60; ++round) {
        SCOPED_TRACE(round);
        EventQuery query;
        query.by_event_time = below(2) == 0;
        query.is_descending = below(2) == 0;
        query.page_size = 300;
        if (below(2) == 0) {
            query.biz_steps = {"receiving", "nothing"};
        }
        if (below(3) == 0) {
            query.biz_locations = {place(below(60)), place(below(60))};
        }
        if (below(3) == 0) {
            query.event_time_from = kStart + below(5'000) * kMinute;
        }
        if (below(3) == 0) {
            query.event_time_before = kStart + below(5'000) * kMinute;
        }
        if (below(3) == 0) {
            query.epcs.push_back(epcs(EpcMatch::kAny, {thing(below(300)) + "*", thing(5)}));
        }
        if (below(4) == 0) {
            query.epcs.push_back(epcs(EpcMatch::kAnyClass, {lot(below(40)), lot(below(40))}));
        }
        if (below(5) == 0) {
            query.event_ids = {event_id(below(12'000)), event_id(below(12'000))};
        }
        std::vector<std::uint64_t> expected = oracle.answer(query);
        const std::vector<std::uint64_t> found = find_all(query, 2);
        expected.resize(std::min(expected.size(), 2 * query.page_size));
        EXPECT_EQ(found, expected);
    }
}

}  // namespace
}  // namespace suyuan::store
