// SPDX-License-Identifier: Apache-2.0
//
// How long a trace takes, and how much memory its events: trace_bench [--events N] [--json]
//
// Fills a graph with N events (1,000,000 unless said otherwise) of a made-up supply chain, then
// asks for 1,000 of its lots forward, 1,000 back and 100 in full, chosen at random, and for those
// that went into much (such as salt) forward.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "bench/supply_chain.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "io/clock.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::bench {
namespace {

constexpr std::uint64_t kSeed = 20'260'101;
constexpr std::size_t kQuestions = 1'000;
constexpr std::size_t kFullQuestions = 100;
constexpr std::size_t kStaples = 20;

struct Options {
    std::size_t events = 1'000'000;
    bool as_json = false;
};

// One series of questions.
struct Series {
    std::string name;
    std::vector<std::int64_t> micros;  // ascending once measured, as are the others
    std::vector<std::int64_t> positions;
    std::vector<std::int64_t> moves;
};

std::int64_t at_share(const std::vector<std::int64_t>& sorted, double share) {
    if (sorted.empty()) {
        return 0;
    }
    const auto last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(share * last))];
}

std::size_t count(const std::optional<trace::Part>& part, bool of_moves) {
    if (!part) {
        return 0;
    }
    return of_moves ? part->moves.size() : part->positions.size();
}

class TraceBench {
public:
    explicit TraceBench(const Options& options)
        : options_(options), chain_(options.events, kSeed), context_(policy::local_principal()) {}

    int run();

private:
    void fill();
    Series measure(
        std::string name, trace::Direction direction, const std::vector<graph::ItemId>& lots
    );
    [[nodiscard]] std::vector<graph::ItemId> some_lots(std::size_t size);
    void print(const std::vector<Series>& all) const;
    void print_json(const std::vector<Series>& all) const;

    Options options_;
    SupplyChain chain_;
    graph::EventGraph graph_;
    policy::RequestContext context_;
    io::SystemClock clock_;
    Dice dice_{kSeed};
    std::int64_t append_micros_ = 0;
};

// Events are made in batches first, so that making them is not measured.
void TraceBench::fill() {
    constexpr std::size_t kBatch = 10'000;
    std::vector<graph::FlowEvent> batch;
    for (std::size_t done = 0; done < options_.events; done += batch.size()) {
        batch.clear();
        while (batch.size() < std::min(kBatch, options_.events - done)) {
            batch.push_back(chain_.next(graph_));
        }
        const std::int64_t begin = clock_.monotonic_us();
        for (const graph::FlowEvent& event : batch) {
            graph_.append(event);
        }
        append_micros_ += clock_.monotonic_us() - begin;
    }
}

std::vector<graph::ItemId> TraceBench::some_lots(std::size_t size) {
    std::vector<graph::ItemId> lots;
    const auto known = static_cast<std::uint32_t>(chain_.lots().size());
    while (lots.size() < size) {
        lots.push_back(chain_.lots()[dice_.below(known)]);
    }
    return lots;
}

Series TraceBench::measure(
    std::string name, trace::Direction direction, const std::vector<graph::ItemId>& lots
) {
    Series series;
    series.name = std::move(name);
    const policy::Scope scope = *policy::decide(context_.principal(), policy::Permission::kTrace);
    for (const graph::ItemId lot : lots) {
        trace::Question question;
        question.direction = direction;
        question.seed = trace::ItemSeed{.items = {lot}, .owner = {}, .site = {}};
        const std::int64_t begin = clock_.monotonic_us();
        const auto answer = trace::ask(context_, scope, graph_, graph_.snapshot(), question);
        series.micros.push_back(clock_.monotonic_us() - begin);
        if (!answer) {
            std::fputs((answer.error().message() + "\n").c_str(), stderr);
            std::exit(EXIT_FAILURE);
        }
        series.positions.push_back(
            static_cast<std::int64_t>(count(answer->back, false) + count(answer->forward, false))
        );
        series.moves.push_back(
            static_cast<std::int64_t>(count(answer->back, true) + count(answer->forward, true))
        );
    }
    std::ranges::sort(series.micros);
    std::ranges::sort(series.positions);
    std::ranges::sort(series.moves);
    return series;
}

void TraceBench::print(const std::vector<Series>& all) const {
    const auto events = static_cast<double>(options_.events);
    std::string text = format(
        "{} events, {} lots; {:.0f} bytes an event; {:.0f} events/s appended\n",
        options_.events,
        chain_.lots().size(),
        static_cast<double>(graph_.memory_bytes()) / events,
        events * 1e6 / static_cast<double>(std::max<std::int64_t>(append_micros_, 1))
    );
    text += format(
        "{:<16}{:>8}  {:>10}{:>10}{:>10}  {:>10}{:>10}{:>10}  {:>10}\n",
        "traces",
        "number",
        "median us",
        "p99 us",
        "max us",
        "positions",
        "p99",
        "max",
        "max moves"
    );
    for (const Series& series : all) {
        text += format(
            "{:<16}{:>8}  {:>10}{:>10}{:>10}  {:>10}{:>10}{:>10}  {:>10}\n",
            series.name,
            series.micros.size(),
            at_share(series.micros, 0.5),
            at_share(series.micros, 0.99),
            at_share(series.micros, 1),
            at_share(series.positions, 0.5),
            at_share(series.positions, 0.99),
            at_share(series.positions, 1),
            at_share(series.moves, 1)
        );
    }
    std::fputs(text.c_str(), stdout);
}

void TraceBench::print_json(const std::vector<Series>& all) const {
    const auto events = static_cast<double>(options_.events);
    std::string text = format(
        R"({{"bench":"trace","events":{},"lots":{},"bytes_per_event":{:.1f},"append_events_per_s":{:.0f})",
        options_.events,
        chain_.lots().size(),
        static_cast<double>(graph_.memory_bytes()) / events,
        events * 1e6 / static_cast<double>(std::max<std::int64_t>(append_micros_, 1))
    );
    for (const Series& series : all) {
        text += format(
            R"(,"{}":{{"number":{},"median_us":{},"p99_us":{},"max_us":{},)",
            series.name,
            series.micros.size(),
            at_share(series.micros, 0.5),
            at_share(series.micros, 0.99),
            at_share(series.micros, 1)
        );
        text += format(
            R"("positions_median":{},"positions_p99":{},"positions_max":{},"moves_max":{}}})",
            at_share(series.positions, 0.5),
            at_share(series.positions, 0.99),
            at_share(series.positions, 1),
            at_share(series.moves, 1)
        );
    }
    std::fputs((text + "}\n").c_str(), stdout);
}

int TraceBench::run() {
    fill();
    std::vector<graph::ItemId> staples = chain_.staples();
    staples.resize(std::min(staples.size(), kStaples));
    const std::vector<Series> all = {
        measure("forward", trace::Direction::kForward, some_lots(kQuestions)),
        measure("back", trace::Direction::kBack, some_lots(kQuestions)),
        measure("full", trace::Direction::kFull, some_lots(kFullQuestions)),
        measure("forward_staple", trace::Direction::kForward, staples),
    };
    if (options_.as_json) {
        print_json(all);
    } else {
        print(all);
    }
    return EXIT_SUCCESS;
}

// Exits with 2 on words that it does not know.
Options read_options(const std::vector<std::string_view>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--json") {
            options.as_json = true;
        } else if (words[i] == "--events" && i + 1 < words.size()) {
            options.events = std::strtoull(std::string(words[++i]).c_str(), nullptr, 10);
        } else {
            std::fputs("usage: trace_bench [--events N] [--json]\n", stderr);
            std::exit(2);
        }
    }
    if (options.events == 0) {
        std::fputs("--events takes a number from 1 on\n", stderr);
        std::exit(2);
    }
    return options;
}

}  // namespace
}  // namespace suyuan::bench

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    return suyuan::bench::TraceBench(suyuan::bench::read_options(words)).run();
}
