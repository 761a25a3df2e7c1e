// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::codec {

// Fills the front of the given bytes and returns their number; 0 at the end.
using PullBytes = std::function<Result<std::size_t>(std::span<char>)>;

enum class TextEncoding : std::uint8_t { kUtf8, kGb18030, kUtf16Le, kUtf16Be };

// "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE".
[[nodiscard]] std::string_view to_string(TextEncoding encoding) noexcept;

// A stream of bytes in one of the encodings that offices use, as UTF-8.
//
// Without a forced encoding, a byte order mark decides; then, at the first byte that is not ASCII,
// the 64 KiB from there on: UTF-8 if they are, else GB18030 if they are, else the one that fits
// longer. A byte that does not fit (in UTF-16 a pair of them) is read as U+FFFD and counted: one
// damaged cell is no reason to refuse a million rows, and its reader tells which it is.
//
// Threads: one at a time. Memory: about 256 KiB, whatever comes.
class TextDecoder {
public:
    explicit TextDecoder(PullBytes pull, std::optional<TextEncoding> forced = std::nullopt);

    // Appends the next piece, whole characters, to `text`; false at the end. Fails with whatever
    // `pull` fails with; with kUnavailable if the system has no such converter.
    [[nodiscard]] Result<bool> read(std::string& text);

    // Unknown as long as there was only ASCII.
    [[nodiscard]] std::optional<TextEncoding> encoding() const noexcept { return encoding_; }

    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return offset_; }

    // Bytes, or pairs of them, that were read as U+FFFD.
    [[nodiscard]] std::uint64_t misfit_count() const noexcept { return misfit_count_; }

private:
    Status fill();
    void take_byte_order_mark();
    [[nodiscard]] TextEncoding decide() const;
    void consume(std::size_t bytes);
    Result<bool> read_utf8(std::string& text);
    Result<bool> read_converted(TextEncoding encoding, std::string& text);
    void replace(TextEncoding encoding, std::string& text);

    // Constant after construction.
    PullBytes pull_;
    std::optional<TextEncoding> forced_;

    std::optional<TextEncoding> encoding_;
    std::unique_ptr<void, void (*)(void*)> converter_;  // iconv's, once it is needed
    std::string raw_;                                   // bytes from offset_ on
    std::uint64_t offset_ = 0;
    std::uint64_t misfit_count_ = 0;
    bool is_begun_ = false;
    bool is_ended_ = false;  // pull_ said so
};

}  // namespace suyuan::codec
