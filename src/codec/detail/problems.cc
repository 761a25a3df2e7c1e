// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/problems.h"

#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "codec/epcis_json.h"
#include "codec/limits.h"

namespace suyuan::codec {

std::string Path::text() const {
    std::vector<const Path*> steps;
    for (const Path* step = this; step->outer_ != nullptr; step = step->outer_) {
        steps.push_back(step);
    }
    std::string pointer;
    for (const Path* const step : steps | std::views::reverse) {
        pointer += '/';
        if (step->name_.data() == nullptr) {
            pointer += format("{}", step->index_);
            continue;
        }
        for (const char character : step->name_) {
            switch (character) {
                case '~':
                    pointer += "~0";
                    break;
                case '/':
                    pointer += "~1";
                    break;
                default:
                    pointer += character;
            }
        }
    }
    return pointer;
}

void Problems::add(const Path& place, Sentence reason) {
    ++count_;
    if (listed_.size() < kProblemsMax) {
        listed_.push_back({
            .pointer = place.text(),
            .reason = std::move(reason.en),
            .reason_zh = std::move(reason.zh),
        });
    }
}

std::vector<EpcisProblem> Problems::take() {
    if (count_ > kProblemsMax) {
        const std::size_t left_count = count_ - kProblemsMax + 1;
        listed_.back() = {
            .pointer = "",
            .reason = format("{} more problems are not listed.", left_count),
            .reason_zh = format("还有 {} 处问题没有列出。", left_count),
        };
    }
    return std::move(listed_);
}

}  // namespace suyuan::codec
