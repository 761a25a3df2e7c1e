// SPDX-License-Identifier: Apache-2.0
//
// For tests of answering: cucumbers on their way, in a real store.
//
//   farm 1 --L1 60 kg, FH-1, truck, driver--> market 2 --20 kg, FH-2--> stall 3, sells 5 kg
//   makes 100 kg                               makes 12 kg of L2 from 10 kg of L1
//                                              --L2 12 kg, FH-3--> 4, which nobody knows: no
//                                              receipt

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "model/code.h"
#include "model/registry.h"
#include "service/answer_json.h"
#include "service/lookup.h"
#include "service/named_answer.h"
#include "service/service_fixture.h"
#include "service/tracing.h"
#include "trace/answer.h"

namespace suyuan::service {

inline std::string from_to(int from, int to) {
    return format(
        R"("sourceList":[{{"type":"location","source":"{}"}},{{"type":"owning_party","source":"{}"}}],)"
        R"("destinationList":[{{"type":"location","destination":"{}"}},)"
        R"({{"type":"owning_party","destination":"{}"}}])",
        site(from),
        party(from),
        site(to),
        party(to)
    );
}

inline std::string despatch_advice(std::string_view number) {
    return format(
        R"("bizTransactionList":[{{"type":"desadv",)"
        R"("bizTransaction":"urn:epcglobal:cbv:bt:6901234000016:{}"}}])",
        number
    );
}

inline std::string harvest_of(int number, int minute, std::string_view goods, int where) {
    return to_text({
        .id = event_id(number),
        .minute = minute,
        .action = "ADD",
        .step = "commissioning",
        .members = {std::string(goods), at(site(where))},
    });
}

// A shipment or its receipt, by `step`.
struct Leg {
    int number = 0;
    int minute = 0;
    std::string step;
    std::string goods;
    int from = 0;
    int to = 0;
    std::string paper;
    std::vector<std::string> more;
};

inline std::string to_text(const Leg& leg) {
    EventText event{
        .id = event_id(leg.number),
        .minute = leg.minute,
        .step = leg.step,
        .members = {leg.goods, from_to(leg.from, leg.to), despatch_advice(leg.paper)},
    };
    event.members.insert(event.members.end(), leg.more.begin(), leg.more.end());
    return to_text(event);
}

// The chain above, one text an event, in the order of time.
inline std::vector<std::string> cucumber_events() {
    const std::string truck =
        R"("suyuan:vehicles":["闽D·12345"],"suyuan:people":[{"id":"driver-7","name":"林师傅"}])";
    return {
        harvest_of(1, 0, kilograms(lot(1), 100), 1),
        to_text(Leg{2, 60, "shipping", kilograms(lot(1), 60), 1, 2, "FH-1", {truck}}),
        to_text(Leg{3, 120, "receiving", kilograms(lot(1), 60), 1, 2, "FH-1", {}}),
        to_text(Leg{4, 180, "shipping", kilograms(lot(1), 20), 2, 3, "FH-2", {}}),
        to_text(Leg{5, 200, "receiving", kilograms(lot(1), 20), 2, 3, "FH-2", {}}),
        to_text({
            .id = event_id(6),
            .minute = 300,
            .type = "TransformationEvent",
            .action = "",
            .step = "commissioning",
            .members =
                {format(
                     R"("inputQuantityList":[{{"epcClass":"{}","quantity":10,"uom":"KGM"}}],)"
                     R"("outputQuantityList":[{{"epcClass":"{}","quantity":12,"uom":"KGM"}}])",
                     lot(1),
                     lot(2)
                 ),
                 at(site(2))},
        }),
        to_text(Leg{7, 360, "shipping", kilograms(lot(2), 12), 2, 4, "FH-3", {}}),
        to_text({
            .id = event_id(8),
            .minute = 400,
            .step = "retail_selling",
            .members = {kilograms(lot(1), 5), at(site(3))},
        }),
    };
}

inline std::string error_declaration(int number) {
    return to_text({
        .id = event_id(number),
        .step = "shipping",
        .members =
            {kilograms(lot(1), 1),
             R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})"},
    });
}

inline model::RegistryRows cucumber_registry() {
    const auto code = [](const std::string& urn) { return model::canonical_uri(urn); };
    model::RegistryRows rows;
    rows.operators = {
        {code(party(1)), "绿园农业公司", "350200", "producer"},
        {code(party(2)), "黄瓜批发行", "350200", "wholesaler"},
        {code(party(3)), "三号摊", "350200", "retailer"},
        {code(party(9)), "无事公司", "350200", "retailer"},
    };
    rows.sites = {
        {code(site(1)), "绿园基地", code(party(1)), "350200", "", "", "", ""},
        {code(site(2)), "城东市场", code(party(2)), "350200", "", "", "", "120 摊位"},
        {code(site(3)), "城东市场三号位", code(party(3)), "350200", "", "", "", ""},
    };
    rows.products = {{model::parse_code(lot(1)).gtin, "黄瓜", "", "", "", ""}};
    rows.regions = {{"350000", "福建省", "", "", ""}, {"350200", "厦门市", "350000", "", ""}};
    return rows;
}

class AnsweringTest : public ServiceTest {
protected:
    void SetUp() override {
        const Status registered =
            recorder().intake.put_registry(context_, scope_, cucumber_registry());
        ASSERT_TRUE(registered) << registered.error().message();
    }

    // What a server would make of the store: its own cache, nothing remembered.
    [[nodiscard]] std::unique_ptr<Tracing> fresh_tracing() {
        return std::make_unique<Tracing>(*store_, recorder().graph, clock_);
    }

    Tracing& tracing() {
        if (tracing_ == nullptr) {
            tracing_ = fresh_tracing();
        }
        return *tracing_;
    }

    [[nodiscard]] Lookup lookup() { return {*store_, recorder().graph}; }

    // Requires every event to be taken.
    void capture_all(const std::vector<std::string>& events) {
        const CaptureReport report = capture(document(events));
        EXPECT_EQ(report.stored_count, events.size());
        for (const codec::EpcisProblem& problem : report.problems) {
            ADD_FAILURE() << problem.pointer << ": " << problem.reason;
        }
    }

    void capture_cucumbers() { capture_all(cucumber_events()); }

    static TraceRequest ask_for(
        std::string text, trace::Direction direction = trace::Direction::kForward
    ) {
        TraceRequest request;
        request.text = std::move(text);
        request.direction = direction;
        return request;
    }

    // Requires an answer.
    TracePage trace(const TraceRequest& request) {
        auto page = tracing().trace(context_, scope_, request);
        EXPECT_TRUE(page) << page.error().message();
        TracePage nothing;
        nothing.answer = std::make_shared<NamedAnswer>();
        return page ? *std::move(page) : nothing;
    }

    // Requires a refusal of that kind; returns what it says.
    std::string refusal(const TraceRequest& request, ErrorCode code) {
        const auto page = tracing().trace(context_, scope_, request);
        EXPECT_FALSE(page.has_value());
        if (page) {
            return "";
        }
        EXPECT_EQ(page.error().code(), code) << page.error().message();
        return page.error().message();
    }

    // "L1 at 城东市场": lots and sites of a part's positions.
    static std::multiset<std::string> places(const NamedAnswer& named, PartKind kind) {
        std::multiset<std::string> found;
        const trace::Part* part = named.part(kind);
        if (part == nullptr) {
            return found;
        }
        for (const trace::ReachedPosition& reached : part->positions) {
            const store::NamedId& site = named.names.site(reached.position.site);
            found.insert(format(
                "{} at {}",
                named.names.item(reached.position.item).code.lot,
                site.name.empty() ? "?" : site.name
            ));
        }
        return found;
    }

    // The key of a lot's position at a site in the forward (else back) part. Requires it.
    static std::string key_of(
        const NamedAnswer& named, PartKind kind, std::string_view lot_text, std::string_view site
    ) {
        if (named.part(kind) == nullptr) {
            ADD_FAILURE() << "the answer has no such half";
            return "";
        }
        for (const trace::ReachedPosition& reached : named.part(kind)->positions) {
            if (named.names.item(reached.position.item).code.lot == lot_text &&
                named.names.site(reached.position.site).name == site) {
                return position_key(reached.position);
            }
        }
        ADD_FAILURE() << "no position of " << lot_text << " at " << site;
        return "";
    }

    std::unique_ptr<Tracing> tracing_;
};

}  // namespace suyuan::service
