// SPDX-License-Identifier: Apache-2.0

#include "app/console.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "io/clock.h"
#include "io/process.h"

namespace suyuan::app {
namespace {

constexpr std::int64_t kRedrawUs = 100'000;
constexpr std::size_t kBarCells = 30;

// Set once, while the command line is read.
bool json_is_spoken = false;

std::string_view what_to_do(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalidArgument:
            return in_language("输入有误", "wrong input");
        case ErrorCode::kNotFound:
            return in_language("未找到", "not found");
        case ErrorCode::kConflict:
            return in_language("冲突", "conflict");
        case ErrorCode::kPermissionDenied:
            return in_language("无权", "not permitted");
        case ErrorCode::kLimitExceeded:
            return in_language("超出上限", "limit reached");
        case ErrorCode::kCancelled:
            return in_language("已中止", "stopped");
        case ErrorCode::kUnavailable:
            return in_language("暂不可用", "not available");
        case ErrorCode::kCorruption:
            return in_language("数据损坏", "data is damaged");
    }
    return {};
}

void to_standard_error(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

}  // namespace

bool speaks_english() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto value = io::environment(name);
        if (value && !value->empty()) {
            return value->starts_with("en");
        }
    }
    return false;
}

std::string_view in_language(std::string_view zh, std::string_view en) {
    static const bool kEnglish = speaks_english();
    return kEnglish ? en : zh;
}

bool print(std::string_view text) {
    const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    const bool needs_end = text.empty() || text.back() != '\n';
    return is_written && (!needs_end || std::fputc('\n', stdout) != EOF);
}

void note(std::string_view zh, std::string_view en) {
    to_standard_error(in_language(zh, en));
}

void speak_json() noexcept {
    json_is_spoken = true;
}

void complain(const Error& error) {
    if (json_is_spoken) {
        codec::Json told = codec::Json::object();
        told.set("code", codec::Json::string(to_string(error.code())))
            .set("message", codec::Json::string(error.message()));
        print(codec::write_json(codec::Json::object().set("error", std::move(told))));
        return;
    }
    const bool has_both = !error.message_zh().empty();
    to_standard_error(format(
        "suyuan: {}: {}",
        what_to_do(error.code()),
        has_both ? in_language(error.message_zh(), error.message()) : error.message()
    ));
}

bool finish_output() {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) {
        return true;
    }
    note(
        "输出没有写完：磁盘已满或无人接收", "the output was cut: the disk is full or nobody reads"
    );
    return false;
}

Progress::Progress(
    const io::Clock& clock, std::string_view zh, std::string_view en, std::uint64_t total
)
    : clock_(clock),
      label_(in_language(zh, en)),
      total_(total),
      started_us_(clock.monotonic_us()),
      is_shown_(io::messages_go_to_a_terminal()) {}

Progress::~Progress() {
    if (was_drawn_) {
        draw();
        std::fputc('\n', stderr);
    }
}

void Progress::update(std::uint64_t done) {
    update(done, total_);
}

void Progress::update(std::uint64_t done, std::uint64_t total) {
    done_ = done;
    total_ = total;
    const std::int64_t now_us = clock_.monotonic_us();
    if (is_shown_ && now_us - drawn_us_ >= kRedrawUs) {
        drawn_us_ = now_us;
        draw();
    }
}

void Progress::draw() {
    was_drawn_ = true;
    const std::int64_t elapsed_us = std::max<std::int64_t>(clock_.monotonic_us() - started_us_, 1);
    const auto per_second = static_cast<std::uint64_t>(
        static_cast<double>(done_) * 1e6 / static_cast<double>(elapsed_us)
    );
    std::string line;
    if (total_ == 0) {
        line = format("\r{} {}  {}/s ", label_, done_, per_second);
    } else {
        const std::size_t filled = std::min<std::uint64_t>(done_ * kBarCells / total_, kBarCells);
        line = format(
            "\r{} [{}{}] {}/{}  {}/s ",
            label_,
            std::string(filled, '#'),
            std::string(kBarCells - filled, ' '),
            done_,
            total_,
            per_second
        );
    }
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
}

}  // namespace suyuan::app
