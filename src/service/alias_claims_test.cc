// SPDX-License-Identifier: Apache-2.0

#include "service/alias_claims.h"

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/registry.h"
#include "service/epcis_text.h"
#include "service/service_fixture.h"

namespace suyuan::service {
namespace {

constexpr const char* kForeign = "https://trace.example/lot/A-7";

class AliasClaimsTest : public ServiceTest {
protected:
    void put(const std::vector<model::LotAlias>& aliases) {
        model::RegistryRows rows;
        rows.aliases = aliases;
        ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows).has_value());
    }

    // Kinds of all facts in the log.
    std::vector<graph::FactKind> kinds() {
        const graph::EventGraph& graph = recorder().graph;
        std::vector<graph::FactKind> found;
        for (graph::EventIndex event = 0; event < graph.snapshot().event_count; ++event) {
            const graph::EventRow& row = graph.event(event);
            for (std::uint32_t place = 0; place < row.fact_count; ++place) {
                found.push_back(graph.fact(row.first_fact + place).fact.kind);
            }
        }
        return found;
    }
};

TEST_F(AliasClaimsTest, AnAliasThatEventsCanNameIsAClaimOfTheLogOnce) {
    const std::string code = model::canonical_uri(lot(1));
    put({{kForeign, code}, {"外-1", code}});
    EXPECT_EQ(kinds(), (std::vector<graph::FactKind>{graph::FactKind::kSameAs}));
    put({{kForeign, code}});
    EXPECT_EQ(kinds().size(), 1U);
}

TEST_F(AliasClaimsTest, DocumentsHoldAThousandRows) {
    const std::vector<model::LotAlias> rows(
        2'001, {.alias = kForeign, .lot = model::canonical_uri(lot(1))}
    );
    EXPECT_EQ(alias_documents(rows).size(), 3U);
    EXPECT_TRUE(alias_documents({}).empty());
}

}  // namespace
}  // namespace suyuan::service
