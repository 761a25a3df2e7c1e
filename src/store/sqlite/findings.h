// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// What a verification found so far, up to a bound: a store with more wrong is not mended row by
// row.
class Findings {
public:
    static constexpr std::size_t kFindingsMax = 1'000;

    void add(std::string_view what, std::string where) {
        if (!is_full()) {
            findings_.push_back({.what = std::string(what), .where = std::move(where)});
        }
    }

    void add_record(std::string_view what, std::uint64_t record) {
        add(what, format("record {}", record));
    }

    // Adds `what` if the claim does not hold.
    void expect(bool holds, std::string_view what, std::uint64_t record) {
        if (!holds) {
            add_record(what, record);
        }
    }

    [[nodiscard]] bool is_full() const noexcept { return findings_.size() >= kFindingsMax; }

    [[nodiscard]] std::vector<Finding> take() noexcept { return std::move(findings_); }

private:
    std::vector<Finding> findings_;
};

}  // namespace suyuan::store::sqlite
