// SPDX-License-Identifier: Apache-2.0

#include "store/store_contract_fixture.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/assert.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "model/event.h"
#include "model/quantity.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::store {
namespace {

policy::Principal other_principal() {
    return {.id = "other", .operator_code = "other", .is_local = true};
}

void describe_items(std::ostream& out, const model::Event& event) {
    for (const model::EventItem& item : event.items) {
        out << ' ' << static_cast<int>(item.role) << (item.is_class ? "*" : "") << item.code;
        if (item.quantity) {
            out << 'x' << item.quantity->amount.millionths << item.quantity->unit;
        }
    }
}

// Everything that tells one happening from another.
std::string describe(const model::Event& event) {
    std::ostringstream out;
    out << static_cast<int>(event.kind) << ' ' << static_cast<int>(event.action) << ' '
        << event.event_time << ' ' << event.biz_step << ' ' << event.disposition << ' '
        << event.read_point << ' ' << event.biz_location << ' ' << event.transformation_id << ' '
        << event.owner << ' ' << event.custodian << ' ' << event.lot_text;
    describe_items(out, event);
    for (const auto* parties : {&event.sources, &event.destinations}) {
        out << " |";
        for (const model::EventParty& party : *parties) {
            out << ' ' << party.type << '=' << party.id;
        }
    }
    for (const model::Paper& paper_named : event.papers) {
        out << ' ' << paper_named.type << '#' << paper_named.id;
    }
    for (const std::string& plate : event.vehicles) {
        out << " v" << plate;
    }
    for (const std::string& person : event.people) {
        out << " p" << person;
    }
    return out.str();
}

}  // namespace

std::string name_of(const testing::TestParamInfo<StoreFactory>& factory) {
    return factory.param.name;
}

std::string lot(int number) {
    return format("https://id.gs1.org/01/{}/10/L{}", kGtin, number);
}

std::string thing(int number) {
    return format("https://id.gs1.org/01/{}/21/{}", kGtin, number);
}

std::string pallet(int number) {
    return format("https://id.gs1.org/00/{:018}", number);
}

std::string place(int number) {
    return format("https://id.gs1.org/414/{:013}", number);
}

std::string company(int number) {
    return format("https://id.gs1.org/417/{:013}", number);
}

std::string paper(int number) {
    return format("urn:example:paper:{}", number);
}

std::string event_id(int number) {
    return format("urn:example:event:{}", number);
}

model::EventItem one(model::ItemRole role, std::string code) {
    model::EventItem item;
    item.role = role;
    item.code = std::move(code);
    return item;
}

model::EventItem amount(model::ItemRole role, std::string code, int kilograms) {
    model::EventItem item = one(role, std::move(code));
    item.is_class = true;
    item.quantity = model::Quantity{
        .amount = model::Decimal{std::int64_t{kilograms} * 1'000'000}, .unit = "KGM"
    };
    return item;
}

model::Event shipping(std::string id, int lot_number, int minute) {
    model::Event event;
    event.event_id = std::move(id);
    event.action = model::EventAction::kObserve;
    event.event_time = kStart + minute * kMinute;
    event.offset_minutes = 480;
    event.biz_step = "shipping";
    event.biz_location = place(1);
    event.items.push_back(amount(model::ItemRole::kObject, lot(lot_number)));
    return event;
}

model::Event declaration_of(model::Event event) {
    model::ErrorDeclaration& error = event.error.emplace();
    error.declared_at = kStart;
    error.reason = "incorrect_data";
    return event;
}

NewRecord record_of(const model::Event& event) {
    NewRecord record;
    record.event = event;
    record.interpretation = graph::interpret(
        event, [](std::string_view) -> std::optional<std::string> { return std::nullopt; }
    );
    const std::string told = describe(event);
    record.payload = format(R"({{"eventID":"{}","told":"{}"}})", event.event_id, told);
    record.context = R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"])";
    record.hash_id = "ni:///sha-256;" + crypto::to_hex(crypto::sha256(told)) + "?ver=CBV2.0";
    for (const std::string& person : event.people) {
        record.people.push_back(
            {.person = person, .values = R"({"phone":"canary-)" + person + "\"}"}
        );
    }
    return record;
}

StoreContract::StoreContract()
    : other_context_(other_principal()),
      scope_(*policy::decide(policy::local_principal(), policy::Permission::kOperate)) {
    reopen();
}

void StoreContract::reopen() {
    store_.reset();
    auto opened = GetParam().open(folder_.path(), clock_, randomness_);
    SUYUAN_ASSERT(opened.has_value());
    store_ = *std::move(opened);
}

Committed StoreContract::commit(const std::vector<NewRecord>& records, std::string_view key) {
    auto committed = store_->commit(context_, scope_, records, key);
    EXPECT_TRUE(committed) << committed.error().message();
    return committed ? *std::move(committed) : Committed();
}

Receipt StoreContract::commit_one(const NewRecord& record) {
    const Committed committed = commit({record});
    EXPECT_EQ(committed.receipts.size(), 1U);
    return committed.receipts.empty() ? Receipt() : committed.receipts.front();
}

StoreContract::Replayed StoreContract::replay(std::uint64_t after) {
    Replayed replayed;
    ReplaySink sink;
    sink.item = [&](const ItemDeclaration& item) { replayed.items.push_back(item); };
    sink.event = [&](const graph::FlowEvent& event) -> Status {
        replayed.events.push_back(event);
        return {};
    };
    const auto done = store_->replay(context_, scope_, after, sink);
    EXPECT_TRUE(done) << done.error().message();
    return replayed;
}

StoredEvent StoreContract::event_of(graph::RecordId record) {
    const std::array records = {record};
    auto events = store_->events_by_record(context_, scope_, records);
    EXPECT_TRUE(events && events->size() == 1);
    return events && events->size() == 1 ? std::move(events->front()) : StoredEvent();
}

StoreCounts StoreContract::counts() {
    const auto counts = store_->counts(context_, scope_);
    EXPECT_TRUE(counts) << counts.error().message();
    return counts.value_or(StoreCounts());
}

std::vector<std::string> StoreContract::findings() {
    const auto found = store_->verify(context_, scope_, {});
    EXPECT_TRUE(found) << found.error().message();
    std::vector<std::string> lines;
    for (const Finding& finding : found.value_or(std::vector<Finding>())) {
        lines.push_back(finding.what + ": " + finding.where);
    }
    return lines;
}

std::vector<std::uint64_t> StoreContract::find_all(EventQuery query, int pages_max) {
    std::vector<std::uint64_t> found;
    for (int pages = 0; pages < pages_max; ++pages) {
        const auto page = store_->find_events(context_, scope_, query);
        EXPECT_TRUE(page) << page.error().message();
        if (!page) {
            return found;
        }
        EXPECT_LE(page->events.size(), query.page_size);
        for (const StoredEvent& event : page->events) {
            found.push_back(event.log_index);
        }
        if (page->next.empty()) {
            return found;
        }
        EXPECT_EQ(page->events.size(), query.page_size);
        query.page_token = page->next;
    }
    return found;
}

void StoreContract::maintain() {
    while (true) {
        const auto has_more = store_->maintain(context_, scope_);
        ASSERT_TRUE(has_more) << has_more.error().message();
        if (!*has_more) {
            return;
        }
    }
}

}  // namespace suyuan::store
