// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace suyuan::codec::detail {

// The attributes of one element. Lifetime: that of the call that gives them.
class XmlAttributes {
public:
    explicit XmlAttributes(const char* const* names_and_values) : pairs_(names_and_values) {}

    // By the name without its prefix; the first of several.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

private:
    const char* const* pairs_;  // name, value, name, value, nullptr
};

// What a parser tells. Names come without their prefixes. A failure ends the parsing with it.
class XmlHandler {
public:
    XmlHandler() = default;
    XmlHandler(const XmlHandler&) = delete;
    XmlHandler& operator=(const XmlHandler&) = delete;
    virtual ~XmlHandler() = default;

    [[nodiscard]] virtual Status start_element(
        std::string_view name, const XmlAttributes& attributes
    ) = 0;
    [[nodiscard]] virtual Status end_element(std::string_view name) = 0;
    // Part of a text, UTF-8.
    [[nodiscard]] virtual Status text(std::string_view piece) = 0;

    // Asked after each end of an element: whether parse() shall return.
    [[nodiscard]] virtual bool wants_pause() const { return false; }
};

// XML of a stranger, in pieces. A document type, and with it every entity, is refused; nothing
// outside the document is looked at; nesting and memory are bounded.
//
// Threads: one at a time. Lifetime: borrows the handler. Memory: 8 MiB at most.
class XmlParser {
public:
    XmlParser(XmlHandler& handler, std::size_t depth_max);
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;
    ~XmlParser();

    // Goes on with `piece`. True: the handler asked for a pause; call resume(). Fails with
    // kInvalidArgument (no XML), kLimitExceeded, or the handler's failure.
    [[nodiscard]] Result<bool> parse(std::string_view piece);
    [[nodiscard]] Result<bool> resume();
    // No more pieces. As parse().
    [[nodiscard]] Result<bool> finish();

private:
    struct State;

    std::unique_ptr<State> state_;
};

}  // namespace suyuan::codec::detail
