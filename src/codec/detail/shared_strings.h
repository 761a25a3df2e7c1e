// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/detail/xml_parser.h"

namespace suyuan::codec::detail {

// The texts that cells of a workbook share, named by number: its sharedStrings part.
class SharedStrings : public XmlHandler {
public:
    // Fails with kLimitExceeded when texts and their places take more than `bytes_max`. Requires
    // less than 4 GiB.
    explicit SharedStrings(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    [[nodiscard]] std::optional<std::string> find(std::size_t index) const;

    Status start_element(std::string_view name, const XmlAttributes& attributes) override;
    Status end_element(std::string_view name) override;
    Status text(std::string_view piece) override;

private:
    void undo_escapes_of_last();
    [[nodiscard]] Status check_size() const;

    // Neither is ever moved as a whole, which would take three times the memory for a moment.
    std::size_t bytes_max_;
    std::deque<char> texts_;          // one behind the other
    std::deque<std::uint32_t> ends_;  // in texts_
    bool is_item_ = false;            // within <si>
    bool is_text_ = false;            // within <t>
    bool is_phonetic_ = false;        // within <rPh>: how to say it, no part of it
};

}  // namespace suyuan::codec::detail
