// SPDX-License-Identifier: Apache-2.0
//
// What the store does in a second, and how long a question takes:
//
//     store_bench [EVENTS [FOLDER]]     200,000 events, in a folder that is made and removed
//
// Making the events is not measured: the store gets them as service::Intake hands them over.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "io/clock.h"
#include "io/process.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"
#include "model/event.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/event_query.h"
#include "store/search.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace suyuan::store {
namespace {

constexpr std::uint64_t kSeed = 20'260'101;
constexpr std::size_t kBatch = 1'000;
constexpr std::size_t kSingles = 2'000;
constexpr std::size_t kCallers = 16;
constexpr std::size_t kQuestions = 200;
constexpr std::size_t kCompanies = 5'000;
constexpr std::size_t kEventsPerLot = 4;

std::string company(std::uint64_t number) {
    return format("https://id.gs1.org/417/{:013}", number);
}

std::string place(std::uint64_t number) {
    return format("https://id.gs1.org/414/{:013}", number);
}

std::string lot(std::uint64_t number) {
    return format("https://id.gs1.org/01/0690123456{:04}/10/B{:08}", number % 500, number);
}

std::string paper(std::uint64_t number) {
    return format("urn:example:desadv:{:09}", number);
}

// Shipments and receipts of lots between companies, in the proportions of a wholesale market.
class Events {
public:
    NewRecord next() {
        const std::uint64_t number = ++count_;
        const bool is_receipt = number % 2 == 0;
        model::Event event;
        event.event_id = format("urn:uuid:{:016x}-{:08x}", random_.next(), number);
        event.action = model::EventAction::kObserve;
        event.event_time = static_cast<std::int64_t>(number) * 1'000'000;
        event.biz_step = is_receipt ? "receiving" : "shipping";
        event.disposition = is_receipt ? "in_progress" : "in_transit";
        const std::uint64_t from = random_.below(kCompanies);
        const std::uint64_t to = random_.below(kCompanies);
        event.biz_location = place(is_receipt ? to : from);
        event.read_point = event.biz_location;
        event.sources = {{"owning_party", company(from)}, {"location", place(from)}};
        event.destinations = {{"owning_party", company(to)}, {"location", place(to)}};
        event.papers = {{"desadv", paper(number / 2)}};
        model::EventItem item;
        item.code = lot(number / kEventsPerLot);
        item.is_class = true;
        item.quantity = model::Quantity{.amount = {12'500'000}, .unit = "KGM"};
        event.items.push_back(item);
        return to_record(event);
    }

    std::vector<NewRecord> next_batch(std::size_t size) {
        std::vector<NewRecord> records;
        records.reserve(size);
        while (records.size() < size) {
            records.push_back(next());
        }
        return records;
    }

private:
    static NewRecord to_record(const model::Event& event) {
        NewRecord record;
        record.interpretation = graph::interpret(
            event, [](std::string_view) -> std::optional<std::string> { return std::nullopt; }
        );
        // About as long as such an event is in EPCIS JSON.
        record.payload = format(
            R"({{"type":"ObjectEvent","eventID":"{0}","eventTime":"2026-01-05T08:00:00Z",)"
            R"("eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"{1}",)"
            R"("disposition":"{2}","readPoint":{{"id":"{3}"}},"bizLocation":{{"id":"{3}"}},)"
            R"("bizTransactionList":[{{"type":"desadv","bizTransaction":"{4}"}}],)"
            R"("sourceList":[{{"type":"owning_party","source":"{5}"}}],)"
            R"("destinationList":[{{"type":"owning_party","destination":"{6}"}}],)"
            R"("quantityList":[{{"epcClass":"{7}","quantity":12.5,"uom":"KGM"}}]}})",
            event.event_id,
            event.biz_step,
            event.disposition,
            event.biz_location,
            event.papers[0].id,
            event.sources[0].id,
            event.destinations[0].id,
            event.items[0].code
        );
        record.context = R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"])";
        record.hash_id =
            "ni:///sha-256;" + crypto::to_hex(crypto::sha256(record.payload)) + "?ver=CBV2.0";
        record.territory = "110105";
        record.event = event;
        return record;
    }

    io::SeededRandomness random_{kSeed};
    std::uint64_t count_ = 0;
};

class StoreBench {
public:
    StoreBench(std::size_t events, std::filesystem::path folder)
        : event_count_(events), folder_(std::move(folder)) {}

    void run();

private:
    void open();
    void commit(const std::vector<NewRecord>& records);
    void measure_batches();
    void measure_singles();
    void measure_replay();
    void measure_maintenance();
    void measure_questions();
    void measure_verification();
    void ask(std::string_view what, const std::function<void(std::uint64_t)>& question);
    void find(const std::function<void(EventQuery&)>& criteria);
    void search(std::string text);
    void tell_rate(std::string_view what, std::size_t count, std::int64_t took_us);

    std::size_t event_count_;
    std::filesystem::path folder_;
    io::SystemClock clock_;
    io::SystemRandomness randomness_;
    io::SeededRandomness dice_{kSeed};
    Events events_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ = *policy::decide(policy::local_principal(), policy::Permission::kOperate);
    std::unique_ptr<Store> store_;
};

double milliseconds(std::int64_t micros) {
    return static_cast<double>(micros) / 1e3;
}

double mebibytes(std::uint64_t bytes) {
    return static_cast<double>(bytes) / 1048576.0;
}

void print(const std::string& line) {
    std::fputs(line.c_str(), stdout);
}

void StoreBench::tell_rate(std::string_view what, std::size_t count, std::int64_t took_us) {
    const double seconds = static_cast<double>(std::max<std::int64_t>(took_us, 1)) / 1e6;
    print(format(
        "{:<44} {:>9} in {:>7.2f} s {:>10.0f} a second\n",
        what,
        count,
        seconds,
        static_cast<double>(count) / seconds
    ));
}

void StoreBench::open() {
    store_.reset();
    const std::int64_t begin = clock_.monotonic_us();
    auto opened = open_sqlite(
        folder_,
        {.clock = &clock_, .randomness = &randomness_, .creation = Creation::kCreateIfMissing}
    );
    SUYUAN_ASSERT(opened.has_value());
    store_ = *std::move(opened);
    print(format("{:<44} {:>7.1f} ms\n", "open", milliseconds(clock_.monotonic_us() - begin)));
}

void StoreBench::commit(const std::vector<NewRecord>& records) {
    SUYUAN_ASSERT(store_->commit(context_, scope_, records, {}).has_value());
}

void StoreBench::measure_batches() {
    std::int64_t took_us = 0;
    std::int64_t tail_us = 0;  // of the last tenth: how it goes once the store is large
    std::int64_t slowest_us = 0;
    std::size_t tail = 0;
    std::uintmax_t log_bytes = 0;
    for (std::size_t done = 0; done < event_count_; done += kBatch) {
        const std::vector<NewRecord> records = events_.next_batch(kBatch);
        const std::int64_t begin = clock_.monotonic_us();
        commit(records);
        const std::int64_t once_us = clock_.monotonic_us() - begin;
        took_us += once_us;
        slowest_us = std::max(slowest_us, once_us);
        if (done >= event_count_ / 10 * 9) {
            tail_us += once_us;
            tail += kBatch;
        }
        log_bytes = std::max(log_bytes, std::filesystem::file_size(folder_ / "suyuan.db-wal"));
    }
    tell_rate("commit, batches of 1,000", event_count_, took_us);
    tell_rate("commit, batches of 1,000, the last tenth", tail, tail_us);
    print(format("{:<44} {:>7.1f} ms\n", "slowest of these batches", milliseconds(slowest_us)));
    print(format("{:<44} {:>7.1f} MiB\n", "write-ahead log at its longest", mebibytes(log_bytes)));
    const auto counts = store_->counts(context_, scope_);
    SUYUAN_ASSERT(counts.has_value());
    print(format("{:<44} {:>7} bytes an event\n", "file", counts->bytes / counts->events));
}

void StoreBench::measure_singles() {
    std::vector<std::vector<NewRecord>> records;
    for (std::size_t number = 0; number < kSingles; ++number) {
        records.push_back(events_.next_batch(1));
    }
    std::int64_t begin = clock_.monotonic_us();
    for (const std::vector<NewRecord>& record : records) {
        commit(record);
    }
    tell_rate("commit, one event each, 1 caller", kSingles, clock_.monotonic_us() - begin);
    records.clear();
    for (std::size_t number = 0; number < kSingles * kCallers / 4; ++number) {
        records.push_back(events_.next_batch(1));
    }
    begin = clock_.monotonic_us();
    {
        std::vector<std::jthread> callers;
        for (std::size_t caller = 0; caller < kCallers; ++caller) {
            callers.emplace_back([&, caller] {
                for (std::size_t at = caller; at < records.size(); at += kCallers) {
                    commit(records[at]);
                }
            });
        }
    }
    tell_rate("commit, one event each, 16 callers", records.size(), clock_.monotonic_us() - begin);
}

void StoreBench::measure_replay() {
    std::size_t events = 0;
    std::size_t facts = 0;
    ReplaySink sink;
    sink.item = [](const ItemDeclaration&) {};
    sink.event = [&](const graph::FlowEvent& event) -> Status {
        ++events;
        facts += event.facts.size();
        return {};
    };
    const std::int64_t begin = clock_.monotonic_us();
    SUYUAN_ASSERT(store_->replay(context_, scope_, 0, sink).has_value());
    tell_rate("replay", events, clock_.monotonic_us() - begin);
    SUYUAN_ASSERT(facts >= events);
}

void StoreBench::measure_maintenance() {
    model::RegistryRows rows;
    for (std::uint64_t number = 0; number < kCompanies; ++number) {
        rows.operators.push_back({company(number), format("新发地黄瓜批发{}号行", number), "", ""});
    }
    SUYUAN_ASSERT(store_->put_registry(context_, scope_, rows).has_value());
    const auto counts = store_->counts(context_, scope_);
    const std::int64_t begin = clock_.monotonic_us();
    while (store_->maintain(context_, scope_).value()) {
    }
    const std::size_t named = counts->items + counts->operators + counts->sites + counts->papers;
    tell_rate("names and codes taken into the search index", named, clock_.monotonic_us() - begin);
}

void StoreBench::ask(std::string_view what, const std::function<void(std::uint64_t)>& question) {
    std::vector<std::int64_t> micros;
    for (std::size_t asked = 0; asked < kQuestions; ++asked) {
        const std::uint64_t event = 1 + dice_.below(event_count_);
        const std::int64_t begin = clock_.monotonic_us();
        question(event);
        micros.push_back(clock_.monotonic_us() - begin);
    }
    std::ranges::sort(micros);
    print(format(
        "{:<44} {:>7.2f} ms median {:>9.2f} ms p99\n",
        what,
        milliseconds(micros[kQuestions / 2]),
        milliseconds(micros[kQuestions * 99 / 100])
    ));
}

void StoreBench::find(const std::function<void(EventQuery&)>& criteria) {
    EventQuery query;
    criteria(query);
    SUYUAN_ASSERT(store_->find_events(context_, scope_, query).has_value());
}

void StoreBench::search(std::string text) {
    SearchQuery query;
    query.texts = {std::move(text)};
    SUYUAN_ASSERT(store_->search(context_, scope_, query).has_value());
}

void StoreBench::measure_questions() {
    ask("30 events: newest",
        [&](std::uint64_t) { find([](EventQuery& query) { query.is_descending = true; }); });
    ask("30 events: of a lot", [&](std::uint64_t event) {
        find([&](EventQuery& query) {
            query.epcs = {{EpcMatch::kAnyClass, {lot(event / kEventsPerLot)}}};
        });
    });
    ask("30 events: of a business step",
        [&](std::uint64_t) { find([](EventQuery& query) { query.biz_steps = {"receiving"}; }); });
    ask("30 events: of a step at a place, by time", [&](std::uint64_t event) {
        find([&](EventQuery& query) {
            query.biz_steps = {"receiving"};
            query.biz_locations = {place(event % kCompanies)};
            query.by_event_time = true;
            query.is_descending = true;
        });
    });
    ask("30 events: of a prefix of lots", [&](std::uint64_t event) {
        find([&](EventQuery& query) {
            const std::string code = lot(event);
            query.epcs = {{EpcMatch::kAnyClass, {code.substr(0, code.size() - 3) + "*"}}};
        });
    });
    ask("30 events: of what never meets", [&](std::uint64_t) {
        find([&](EventQuery& query) {
            query.biz_steps = {"receiving"};
            query.dispositions = {"in_transit"};
        });
    });
    ask("search: exact code", [&](std::uint64_t event) { search(lot(event / kEventsPerLot)); });
    ask("search: beginning of a lot",
        [&](std::uint64_t event) { search(format("B{:05}", event / kEventsPerLot / 1'000)); });
    ask("search: 黄瓜", [&](std::uint64_t) { search("黄瓜"); });
    ask("search: 批发 and a number",
        [&](std::uint64_t event) { search(format("批发{}号", event % kCompanies)); });
}

void StoreBench::measure_verification() {
    std::size_t records = 0;
    const std::int64_t begin = clock_.monotonic_us();
    const auto findings =
        store_->verify(context_, scope_, [&](std::uint64_t checked) { records = checked; });
    tell_rate("verify", records, clock_.monotonic_us() - begin);
    SUYUAN_ASSERT(findings.has_value() && findings->empty());
}

void StoreBench::run() {
    open();
    measure_batches();
    measure_singles();
    measure_maintenance();
    open();
    measure_replay();
    measure_questions();
    measure_verification();
    print(format(
        "{:<44} {:>7.1f} MiB\n",
        "resident memory at its highest",
        mebibytes(io::resident_bytes_peak())
    ));
}

}  // namespace
}  // namespace suyuan::store

int main(int argument_count, char** arguments) {
    constexpr std::size_t kEvents = 200'000;
    const std::size_t events =
        argument_count > 1 ? std::strtoull(arguments[1], nullptr, 10) : kEvents;
    const suyuan::io::ScratchFolder scratch;
    const std::filesystem::path folder =
        argument_count > 2 ? std::filesystem::path(arguments[2]) : scratch.path();
    suyuan::store::StoreBench(events, folder).run();
    return 0;
}
