// SPDX-License-Identifier: Apache-2.0
//
// What is wrong with a document, and where.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "codec/epcis_json.h"

namespace suyuan::codec {

// A place in a document as a chain of steps from the root: it costs nothing until a problem is
// found, when text() makes an RFC 6901 pointer of it. Lifetime: borrows the outer path and the
// name.
class Path {
public:
    Path() = default;  // the root

    [[nodiscard]] Path member(std::string_view name) const& { return {*this, name, 0}; }

    [[nodiscard]] Path item(std::size_t index) const& { return {*this, {}, index}; }

    Path member(std::string_view name) const&& = delete;
    Path item(std::size_t index) const&& = delete;

    [[nodiscard]] std::string text() const;

private:
    Path(const Path& outer, std::string_view name, std::size_t index)
        : outer_(&outer), name_(name), index_(index) {}

    const Path* outer_ = nullptr;
    std::string_view name_;  // data() is null for an item
    std::size_t index_ = 0;
};

// One sentence in both languages around the same values.
template <typename... Values>
[[nodiscard]] Sentence in_both(
    fmt::format_string<const Values&...> zh,
    fmt::format_string<const Values&...> en,
    const Values&... values
) {
    return {format(zh, values...), format(en, values...)};
}

// Collects problems up to a bound; what comes after is counted, and said in one last entry.
class Problems {
public:
    void add(const Path& place, Sentence reason);

    // Counts all, listed or not.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    [[nodiscard]] std::vector<EpcisProblem> take();

private:
    std::vector<EpcisProblem> listed_;
    std::size_t count_ = 0;
};

}  // namespace suyuan::codec
