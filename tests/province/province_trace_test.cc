// SPDX-License-Identifier: Apache-2.0
//
// A small province in a real store, and the trace asked for every story planted in it: it must find
// exactly what the story says.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/result.h"
#include "graph/fact.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "province/epcis_document.h"
#include "province/life.h"
#include "province/papers.h"
#include "province/province.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/stories.h"
#include "service/lookup.h"
#include "service/named_answer.h"
#include "service/platform.h"
#include "service/service_fixture.h"
#include "service/tracing.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::province {

void PrintTo(const StoryPosition& position, std::ostream* out) {
    *out << position.item << " " << position.owner << " " << position.site;
}

namespace {

using OpenEnd = std::pair<std::string, StoryPosition>;

std::string_view open_end_of(FindingKind kind) {
    switch (kind) {
        case FindingKind::kNegativeStock:
            return "negative_stock";
        case FindingKind::kInTransit:
            return "in_transit";
        case FindingKind::kUnknownSupplier:
            return "unknown_supplier";
        case FindingKind::kInferredArrival:
        case FindingKind::kLoop:
            return "";
    }
    return "";
}

class ProvinceTraceTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = std::make_unique<service::TemporaryDirectory>();
        service::PlatformOptions options;
        options.directory = folder->path() / "data";
        options.creation = service::Creation::kCreateIfMissing;
        options.clock = &test_clock;
        options.randomness = &test_randomness;
        auto opened = service::Platform::open(std::move(options));
        ASSERT_TRUE(opened) << opened.error().message();
        platform = *std::move(opened);
        load();
    }

    static void TearDownTestSuite() {
        platform.reset();
        folder.reset();
    }

    static Province province() {
        return Province::make({.seed = 3, .operators = 200, .days = 10}).value();
    }

    static void capture(const policy::RequestContext& context, std::string_view document) {
        const auto report = platform->intake().capture(context, scope(), document, {});
        ASSERT_TRUE(report) << report.error().message();
        ASSERT_TRUE(report->problems.empty()) << report->problems.front().reason;
        stored += report->stored_count;
    }

    static void load() {
        const Province world = province();
        policy::Principal other = policy::local_principal();
        other.operator_code = "local:second-party";
        const policy::RequestContext first(policy::local_principal());
        const policy::RequestContext second(other);
        for (std::uint32_t page = 0; page < world.registry_page_count(); ++page) {
            capture(first, master_data_document(world.registry_page(page)));
        }
        DocumentWriter events;
        DocumentWriter doubles;
        for (std::uint64_t number = 0; number < world.life_count(); ++number) {
            const Life life = world.life(number);
            RegistryPage papers;
            papers.rows.papers = papers_of(life);
            capture(first, master_data_document(papers));
            for (const Report& report : life.reports) {
                (report.is_double ? doubles : events).add(report.event);
                ++told;
            }
        }
        capture(first, events.take());
        capture(second, doubles.take());
    }

    static policy::Scope scope() {
        return policy::decide(policy::local_principal(), policy::Permission::kCaptureEvents)
            .value();
    }

    std::shared_ptr<const service::NamedAnswer> ask(const PlantedStory& story) {
        service::TraceRequest request;
        request.text = story.code;
        request.direction =
            service::parse_direction(story.direction).value_or(trace::Direction::kFull);
        auto answer = platform->tracing().answer(context_, scope(), request);
        EXPECT_TRUE(answer) << answer.error().message();
        return answer ? *answer : nullptr;
    }

    static StoryPosition named(
        const service::NamedAnswer& answer, const trace::Position& position
    ) {
        return {
            answer.names.item(position.item).code.uri,
            answer.names.owner(position.owner).code,
            answer.names.site(position.site).code
        };
    }

    static std::vector<const trace::Part*> parts(const service::NamedAnswer& answer) {
        std::vector<const trace::Part*> parts;
        for (const auto kind : {service::PartKind::kBack, service::PartKind::kForward}) {
            if (answer.part(kind) != nullptr) {
                parts.push_back(answer.part(kind));
            }
        }
        return parts;
    }

    static std::vector<StoryPosition> reached(const service::NamedAnswer& answer) {
        std::set<StoryPosition> positions;
        for (const trace::Part* part : parts(answer)) {
            for (const trace::ReachedPosition& position : part->positions) {
                positions.insert(named(answer, position.position));
            }
        }
        return {positions.begin(), positions.end()};
    }

    static bool has_move(
        const service::NamedAnswer& answer, trace::MoveKind kind, const auto& fits
    ) {
        return std::ranges::any_of(parts(answer), [&](const trace::Part* part) {
            return std::ranges::any_of(part->moves, [&](const trace::Move& move) {
                return move.kind == kind && fits(move);
            });
        });
    }

    static void check_stock(const service::NamedAnswer& answer, const Finding& finding) {
        bool is_seen = false;
        for (const trace::Part* part : parts(answer)) {
            for (const trace::ReachedPosition& position : part->positions) {
                if (named(answer, position.position) == finding.position) {
                    is_seen = true;
                    EXPECT_EQ(position.stock.status, trace::StockStatus::kNegative);
                    ASSERT_EQ(position.stock.balances.size(), 1U);
                    EXPECT_EQ(position.stock.balances.front().on_hand, finding.milli * 1'000);
                }
            }
        }
        EXPECT_TRUE(is_seen);
    }

    static void check_loop(const service::NamedAnswer& answer, const Finding& finding) {
        std::set<StoryPosition> into;
        std::set<StoryPosition> out_of;
        for (const trace::Part* part : parts(answer)) {
            for (const trace::Move& move : part->moves) {
                if (move.kind != trace::MoveKind::kProcess) {
                    continue;
                }
                if (named(answer, move.from) == finding.position) {
                    into.insert(named(answer, move.to));
                }
                if (named(answer, move.to) == finding.position) {
                    out_of.insert(named(answer, move.from));
                }
            }
        }
        EXPECT_TRUE(std::ranges::any_of(into, [&](const StoryPosition& position) {
            return out_of.contains(position);
        }));
    }

    static void check_finding(const service::NamedAnswer& answer, const Finding& finding) {
        if (finding.kind == FindingKind::kNegativeStock) {
            check_stock(answer, finding);
        } else if (finding.kind == FindingKind::kLoop) {
            check_loop(answer, finding);
        } else if (finding.kind == FindingKind::kInferredArrival) {
            EXPECT_TRUE(has_move(answer, trace::MoveKind::kInferred, [&](const trace::Move& move) {
                return named(answer, move.to) == finding.position;
            }));
        }
    }

    static inline std::unique_ptr<service::TemporaryDirectory> folder;
    // After the last day: 2026-02-01T00:00:00Z.
    static inline io::ManualClock test_clock{1'769'904'000 * model::kMicrosPerSecond};
    static inline io::SystemRandomness test_randomness;
    static inline std::unique_ptr<service::Platform> platform;
    static inline std::uint64_t told = 0;
    static inline std::uint64_t stored = 0;
    policy::RequestContext context_{policy::local_principal()};
};

TEST_F(ProvinceTraceTest, EveryEventIsStoredOnce) {
    EXPECT_GT(told, 2'000U);
    EXPECT_EQ(stored, told);
}

TEST_F(ProvinceTraceTest, EveryStoryReachesExactlyItsPositions) {
    for (const PlantedStory& story : province().stories()) {
        const auto answer = ask(story);
        ASSERT_NE(answer, nullptr) << story.title_en;
        EXPECT_EQ(reached(*answer), story.positions) << story.title_en;
        EXPECT_GE(story.positions.size(), 7U) << story.title_en;
    }
}

TEST_F(ProvinceTraceTest, EveryStoryShowsItsFindingsAndNoOthers) {
    std::set<FindingKind> seen;
    for (const PlantedStory& story : province().stories()) {
        const auto answer = ask(story);
        ASSERT_NE(answer, nullptr) << story.title_en;
        std::vector<OpenEnd> expected;
        for (const Finding& finding : story.findings) {
            seen.insert(finding.kind);
            check_finding(*answer, finding);
            if (const std::string_view word = open_end_of(finding.kind); !word.empty()) {
                expected.emplace_back(word, finding.position);
            }
        }
        std::vector<OpenEnd> found;
        for (const trace::OpenEnd& end : answer->answer.open_ends) {
            found.emplace_back(service::to_string(end.kind), named(*answer, end.position));
        }
        std::ranges::sort(expected);
        std::ranges::sort(found);
        EXPECT_EQ(found, expected) << story.title_en;
    }
    EXPECT_EQ(seen.size(), 5U);
}

// What an inspector finds under a plate and a paper of the first shipment of a story, and at a
// stall.
TEST_F(ProvinceTraceTest, TheRegisterTellsWhoseAPlateAPaperAndAStallAre) {
    const Province world = province();
    const Life life = world.life(world.life_count() - kStoryCount);
    const auto shipment = std::ranges::find_if(life.reports, [](const Report& report) {
        return report.event.biz_step == "shipping";
    });
    ASSERT_NE(shipment, life.reports.end());
    const model::Event& event = shipment->event;
    const std::string& owner = event.sources.front().id;
    const service::Lookup& lookup = platform->lookup();
    const auto vehicle = lookup.vehicle(context_, scope(), event.vehicles.front());
    ASSERT_TRUE(vehicle) << vehicle.error().message();
    EXPECT_EQ(vehicle->vehicle.operator_code, owner);
    EXPECT_FALSE(vehicle->operator_name.empty());
    const auto paper = lookup.paper(context_, scope(), event.papers.front().id, {});
    ASSERT_TRUE(paper) << paper.error().message();
    EXPECT_EQ(paper->paper.kind, "送货单");
    EXPECT_FALSE(paper->issuer_name.empty());
    const auto person = lookup.person(context_, scope(), event.people.front(), {});
    ASSERT_TRUE(person) << person.error().message();
    EXPECT_EQ(person->person.operator_code, owner);
    EXPECT_FALSE(person->person.name.empty());
    EXPECT_FALSE(person->person.title.empty());
    const std::uint32_t stall = world.roster().tier(Tier::kStall).first;
    const auto place = lookup.site_page(context_, scope(), world.roster().at_home(stall).site, {});
    ASSERT_TRUE(place) << place.error().message();
    std::multiset<model::LinkKind> kinds;
    for (const model::Link& link : place->links) {
        kinds.insert(link.kind);
    }
    EXPECT_EQ(kinds, (std::multiset{model::LinkKind::kRuns, model::LinkKind::kHosts}));
}

}  // namespace
}  // namespace suyuan::province
