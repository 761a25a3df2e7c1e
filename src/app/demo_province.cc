// SPDX-License-Identifier: Apache-2.0

#include "app/demo_province.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/province_sinks.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "http/query.h"
#include "io/files.h"
#include "io/process.h"
#include "policy/scope.h"
#include "province/check.h"
#include "province/event_lines.h"
#include "province/life.h"
#include "province/province.h"
#include "province/scale.h"
#include "province/stories.h"
#include "service/platform.h"
#include "service/stories.h"

namespace suyuan::app {
namespace {

using codec::Json;
using province::Province;

constexpr std::uint64_t kClaimBytesMax = 4'096;

constexpr std::array<std::string_view, province::kFaultCount> kFaultNames = {
    "missing_receipt", "clock_skew", "day_only", "quantity_mismatch", "double_report"
};

struct ProvinceTally {
    std::uint64_t lives = 0;
    std::uint64_t events = 0;
    std::uint64_t lines = 0;
    std::array<std::uint64_t, province::kFaultCount> faults{};
    std::uint64_t stored = 0;
    double seconds = 0;
};

Json count(std::uint64_t value) {
    return Json::integer(static_cast<std::int64_t>(value));
}

class ProvinceRun {
public:
    ProvinceRun(World& world, const DemoOptions& options, const Province& province)
        : world_(world), options_(options), province_(province), checker_(province) {}

    ExitCode run();

private:
    Result<std::unique_ptr<ProvinceSink>> open_sink();
    Status pour(ProvinceSink& sink);
    Status finish();
    void add(const province::Life& life);
    [[nodiscard]] bool is_right() const;
    void report() const;
    [[nodiscard]] Json to_json() const;
    [[nodiscard]] std::vector<service::Story> links() const;

    World& world_;
    const DemoOptions& options_;
    const Province& province_;
    province::Checker checker_;
    Asker asker_{policy::Permission::kCaptureEvents};
    std::unique_ptr<service::Platform> platform_;  // of the store sink
    StoreSink* store_sink_ = nullptr;
    ProvinceTally tally_;
};

// A store holds one province: the same again changes nothing, another would mix with it, lot by
// lot, and no story would be found as it is told.
Status claim_directory(const DemoOptions& options) {
    const std::filesystem::path file = std::filesystem::path(options.directory) / "province.json";
    const std::string claim =
        codec::write_json(Json::object()
                              .set("operators", count(options.operators.value_or(0)))
                              .set("days", count(options.days))
                              .set("seed", count(options.seed)));
    if (!io::exists(file)) {
        return io::write_file(file, claim);
    }
    SUYUAN_TRY(const std::string there, io::read_file(file, kClaimBytesMax));
    if (there == claim) {
        return {};
    }
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("{} 里已有另一个演示省 {}：请换一个目录。", options.directory, there),
            format(
                "{} holds another province, {}: choose another directory", options.directory, there
            )
        }
    );
}

std::vector<service::Story> ProvinceRun::links() const {
    std::vector<service::Story> links;
    for (const province::PlantedStory& story : province_.stories()) {
        links.push_back(
            {story.title_zh,
             story.title_en,
             story.code,
             "/?q=" + http::percent_encode(story.code) +
                 "&direction=" + std::string(story.direction)}
        );
    }
    return links;
}

Result<std::unique_ptr<ProvinceSink>> ProvinceRun::open_sink() {
    if (options_.sink == "none") {
        return std::make_unique<NoSink>();
    }
    if (options_.directory.empty()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"请用 --data 给出数据目录", "--data DIR is required"}
        );
    }
    if (options_.sink == "csv") {
        SUYUAN_TRY(std::unique_ptr<ProvinceSink> sink, CsvSink::create(options_.directory));
        return sink;
    }
    SUYUAN_TRY(
        platform_, open_here(world_, options_.directory, service::Creation::kCreateIfMissing)
    );
    SUYUAN_TRY_VOID(claim_directory(options_));
    auto sink = std::make_unique<StoreSink>(*platform_, asker_);
    store_sink_ = sink.get();
    return sink;
}

void ProvinceRun::add(const province::Life& life) {
    ++tally_.lives;
    tally_.events += life.reports.size();
    for (const province::Report& report : life.reports) {
        tally_.lines += province::line_count(report.event);
    }
    for (std::size_t i = 0; i < life.faults.size(); ++i) {
        tally_.faults.at(i) += life.faults.at(i);
    }
}

Status ProvinceRun::pour(ProvinceSink& sink) {
    for (std::uint32_t page = 0; page < province_.registry_page_count(); ++page) {
        SUYUAN_TRY_VOID(asker_.context().check_alive());
        const province::RegistryPage rows = province_.registry_page(page);
        SUYUAN_TRY_VOID(sink.take_registry(rows));
        if (options_.checks) {
            checker_.check_registry(rows);
        }
    }
    const std::uint64_t lives = province_.life_count();
    Progress progress(world_.clock, "生成全省批次", "making the lots of the province", lives);
    for (std::uint64_t number = 0; number < lives; ++number) {
        SUYUAN_TRY_VOID(asker_.context().check_alive());
        const province::Life life = province_.life(number);
        SUYUAN_TRY_VOID(sink.take_life(life));
        add(life);
        if (options_.checks) {
            checker_.check_life(life);
        }
        progress.update(number + 1);
    }
    return sink.finish();
}

Status ProvinceRun::finish() {
    if (!platform_) {
        return {};
    }
    tally_.stored = store_sink_->stored_count();
    SUYUAN_TRY_VOID(platform_->add_stories(asker_.context(), asker_.scope(), links()));
    Progress progress(world_.clock, "更新台账", "updating the ledger");
    return platform_->finish_derived_work(
        asker_.context(),
        asker_.scope(),
        [&](std::uint64_t done, std::uint64_t all) { progress.update(done, all); }
    );
}

bool ProvinceRun::is_right() const {
    bool is_right = true;
    const auto counts = checker_.counts();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        // Names need not all differ, in the province as in life.
        const bool may_differ = static_cast<province::Check>(i) == province::Check::kUniqueNames;
        is_right = is_right && (may_differ || counts.at(i).valid == counts.at(i).checked);
    }
    return is_right;
}

Json ProvinceRun::to_json() const {
    Json out = Json::object();
    out.set("operators", count(province_.scale().operators));
    out.set("days", count(province_.scale().days));
    out.set("seed", Json::number(std::to_string(province_.scale().seed)));
    out.set("sink", Json::string(options_.sink));
    out.set("lots", count(tally_.lives));
    out.set("events", count(tally_.events));
    out.set("lines", count(tally_.lines));
    if (platform_) {
        out.set("stored", count(tally_.stored));
    }
    Json faults = Json::object();
    for (std::size_t i = 0; i < kFaultNames.size(); ++i) {
        faults.set(kFaultNames.at(i), count(tally_.faults.at(i)));
    }
    out.set("faults", std::move(faults));
    out.set("seconds", Json::number(format("{:.3f}", tally_.seconds)));
    out.set("peak_resident_bytes", count(io::resident_bytes_peak()));
    if (options_.checks) {
        Json checks = Json::object();
        const auto counts = checker_.counts();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            Json entry = Json::object();
            entry.set("checked", count(counts.at(i).checked));
            entry.set("valid", count(counts.at(i).valid));
            checks.set(province::to_string(static_cast<province::Check>(i)), std::move(entry));
        }
        out.set("checks", std::move(checks));
    }
    Json stories = service::to_json(links());
    out.set("links", std::move(*stories.find("stories")));
    return out;
}

void ProvinceRun::report() const {
    if (options_.json) {
        print(codec::write_json(to_json()));
        return;
    }
    print(in_language(
        format(
            "示范省：{} 家主体，{} 天，{} 个批次，{} 条事件，{} 行；{:.1f} 秒，内存峰值 {} MB",
            province_.scale().operators,
            province_.scale().days,
            tally_.lives,
            tally_.events,
            tally_.lines,
            tally_.seconds,
            io::resident_bytes_peak() >> 20
        ),
        format(
            "The province: {} operators, {} days, {} lots, {} events, {} lines; {:.1f} s, peak "
            "memory {} MB",
            province_.scale().operators,
            province_.scale().days,
            tally_.lives,
            tally_.events,
            tally_.lines,
            tally_.seconds,
            io::resident_bytes_peak() >> 20
        )
    ));
    if (options_.checks) {
        const auto counts = checker_.counts();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            print(format(
                "  {}: {} / {}",
                province::to_string(static_cast<province::Check>(i)),
                counts.at(i).valid,
                counts.at(i).checked
            ));
        }
    }
    for (const service::Story& link : links()) {
        print(format("  {}\n    {}", in_language(link.title_zh, link.title_en), link.path));
    }
}

ExitCode ProvinceRun::run() {
    const std::int64_t started_us = world_.clock.monotonic_us();
    const auto sink = open_sink();
    if (!sink) {
        return give_up(sink.error());
    }
    if (const Status poured = pour(**sink); !poured) {
        return give_up(poured.error());
    }
    if (const Status finished = finish(); !finished) {
        return give_up(finished.error());
    }
    tally_.seconds = static_cast<double>(world_.clock.monotonic_us() - started_us) / 1e6;
    report();
    return is_right() ? ExitCode::kDone : ExitCode::kDoneWithProblems;
}

}  // namespace

ExitCode run_demo_province(World& world, const DemoOptions& options) {
    const province::Scale scale{
        .seed = options.seed, .operators = options.operators.value_or(0), .days = options.days
    };
    const auto province = Province::make(scale);
    if (!province) {
        return give_up(province.error());
    }
    return ProvinceRun(world, options, *province).run();
}

}  // namespace suyuan::app
