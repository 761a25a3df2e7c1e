// SPDX-License-Identifier: Apache-2.0
//
// What every backend promises, as tests that take a way to open one.
//
// The tests are in store_contract_*_test.cc. A backend runs them by
//
//     INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(StoreFactory{...}), name_of);

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/result.h"
#include "graph/fact.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"
#include "model/event.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::store {

struct StoreFactory {
    std::string name;
    // Opens the store in a folder, and makes it if it is not there.
    std::function<Result<std::unique_ptr<Store>>(
        const std::filesystem::path& folder, const io::Clock& clock, io::Randomness& randomness
    )>
        open;

    friend void PrintTo(const StoreFactory& factory, std::ostream* out) { *out << factory.name; }
};

[[nodiscard]] std::string name_of(const testing::TestParamInfo<StoreFactory>& factory);

// Codes for tests: lot(7) is the lot "L7" of one product, and so on.
[[nodiscard]] std::string lot(int number);
[[nodiscard]] std::string thing(int number);
[[nodiscard]] std::string pallet(int number);
[[nodiscard]] std::string place(int number);
[[nodiscard]] std::string company(int number);
[[nodiscard]] std::string paper(int number);
[[nodiscard]] std::string event_id(int number);
inline constexpr std::string_view kGtin = "06901234567892";

inline constexpr model::MicrosUtc kStart = 1'767'571'200'000'000;  // 2026-01-05T00:00:00Z
inline constexpr model::MicrosUtc kMinute = 60 * model::kMicrosPerSecond;

// One thing, and an amount of a lot or class, of an event.
[[nodiscard]] model::EventItem one(model::ItemRole role, std::string code);
[[nodiscard]] model::EventItem amount(model::ItemRole role, std::string code, int kilograms = 5);

// An Object event, OBSERVE "shipping" of a lot at a place, `minute` minutes after kStart.
[[nodiscard]] model::Event shipping(std::string id, int lot_number, int minute = 0);
// The declaration that takes back the event of this id.
[[nodiscard]] model::Event declaration_of(model::Event event);

// The event as it comes from service::Intake: its payload tells everything that the event says, its
// hash everything but eventID and error declaration.
[[nodiscard]] NewRecord record_of(const model::Event& event);

class StoreContract : public testing::TestWithParam<StoreFactory> {
protected:
    StoreContract();

    // Closes and opens the store.
    void reopen();

    [[nodiscard]] Store& store() { return *store_; }

    // Commits what must be accepted; fails the test if it is not.
    Committed commit(const std::vector<NewRecord>& records, std::string_view key = {});
    Receipt commit_one(const NewRecord& record);

    // All flow events and declarations of the store.
    struct Replayed {
        std::vector<ItemDeclaration> items;
        std::vector<graph::FlowEvent> events;
    };

    Replayed replay(std::uint64_t after = 0);

    [[nodiscard]] StoredEvent event_of(graph::RecordId record);
    [[nodiscard]] StoreCounts counts();
    [[nodiscard]] std::vector<std::string> findings();  // "what: where"

    // The pages of a query, as log indexes, up to a number of pages.
    std::vector<std::uint64_t> find_all(EventQuery query, int pages_max = 100);

    // Until nothing is left.
    void maintain();

    io::ScratchFolder folder_;
    io::ManualClock clock_{kStart + 1'000 * kMinute};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::RequestContext other_context_;  // of another submitter
    policy::Scope scope_;

private:
    std::unique_ptr<Store> store_;
};

}  // namespace suyuan::store
