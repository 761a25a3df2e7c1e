// SPDX-License-Identifier: Apache-2.0

#include "codec/text_decoder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <iconv.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/utf8.h"

namespace suyuan::codec {
namespace {

constexpr std::size_t kWindowBytes = std::size_t{64} << 10;

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

struct ByteOrderMark {
    std::string_view bytes;
    TextEncoding encoding;
};

constexpr std::array<ByteOrderMark, 4> kByteOrderMarks = {{
    {"\xef\xbb\xbf", TextEncoding::kUtf8},
    {"\x84\x31\x95\x33", TextEncoding::kGb18030},
    {"\xff\xfe", TextEncoding::kUtf16Le},
    {"\xfe\xff", TextEncoding::kUtf16Be},
}};

using Converter = std::unique_ptr<void, void (*)(void*)>;

void close_converter(void* converter) {
    ::iconv_close(converter);
}

Converter no_converter() {
    return {nullptr, close_converter};
}

Result<Converter> open_converter(TextEncoding encoding) {
    void* const handle = ::iconv_open("UTF-8", std::string(to_string(encoding)).c_str());
    if (handle == ::iconv_t(-1)) {  // NOLINT: iconv's word for no converter.
        return fail(
            ErrorCode::kUnavailable,
            format("this system cannot convert {}: install glibc's converters", to_string(encoding))
        );
    }
    return Converter(handle, close_converter);
}

// Appends what fits to `text`, if there is one; how many of the raw bytes that is.
std::size_t convert(void* converter, std::string_view raw, std::string* text) {
    std::array<char, 16'384> piece{};
    char* from = const_cast<char*>(raw.data());  // NOLINT(*-const-cast): it is only read.
    std::size_t left = raw.size();
    while (left > 0) {
        char* to = piece.data();
        std::size_t room = piece.size();
        const std::size_t outcome = ::iconv(converter, &from, &left, &to, &room);
        if (text != nullptr) {
            text->append(piece.data(), piece.size() - room);
        }
        if (outcome == static_cast<std::size_t>(-1) && errno != E2BIG) {
            break;
        }
    }
    return raw.size() - left;
}

}  // namespace

std::string_view to_string(TextEncoding encoding) noexcept {
    switch (encoding) {
        case TextEncoding::kUtf8:
            return "UTF-8";
        case TextEncoding::kGb18030:
            return "GB18030";
        case TextEncoding::kUtf16Le:
            return "UTF-16LE";
        case TextEncoding::kUtf16Be:
            return "UTF-16BE";
    }
    SUYUAN_UNREACHABLE();
}

TextDecoder::TextDecoder(PullBytes pull, std::optional<TextEncoding> forced)
    : pull_(std::move(pull)), forced_(forced), encoding_(forced), converter_(no_converter()) {}

Status TextDecoder::fill() {
    while (!is_ended_ && raw_.size() < kWindowBytes) {
        const std::size_t before = raw_.size();
        raw_.resize(kWindowBytes);
        Result<std::size_t> count = pull_(std::span(raw_).subspan(before));
        raw_.resize(before + count.value_or(0));
        if (!count) {
            return Failure(std::move(count).error());
        }
        is_ended_ = *count == 0;
    }
    return {};
}

void TextDecoder::consume(std::size_t bytes) {
    raw_.erase(0, bytes);
    offset_ += bytes;
}

void TextDecoder::take_byte_order_mark() {
    for (const ByteOrderMark& mark : kByteOrderMarks) {
        if (raw_.starts_with(mark.bytes) && (!forced_ || *forced_ == mark.encoding)) {
            encoding_ = mark.encoding;
            consume(mark.bytes.size());
            return;
        }
    }
}

TextEncoding TextDecoder::decide() const {
    const std::string_view raw(raw_);
    const std::size_t as_utf8 = detail::utf8_prefix(raw);
    const bool is_cut = !is_ended_ && detail::is_cut_utf8(raw.substr(as_utf8));
    if (as_utf8 == raw.size() || is_cut) {
        return TextEncoding::kUtf8;
    }
    const Result<Converter> converter = open_converter(TextEncoding::kGb18030);
    const bool fits_longer = converter && convert(converter->get(), raw, nullptr) > as_utf8;
    return fits_longer ? TextEncoding::kGb18030 : TextEncoding::kUtf8;
}

void TextDecoder::replace(TextEncoding encoding, std::string& text) {
    const bool is_in_pairs =
        encoding == TextEncoding::kUtf16Le || encoding == TextEncoding::kUtf16Be;
    text += kReplacement;
    consume(std::min<std::size_t>(is_in_pairs ? 2 : 1, raw_.size()));
    ++misfit_count_;
}

Result<bool> TextDecoder::read_utf8(std::string& text) {
    const std::size_t fits = detail::utf8_prefix(raw_);
    if (fits == 0) {
        replace(TextEncoding::kUtf8, text);
        return true;
    }
    text.append(raw_, 0, fits);
    consume(fits);
    return true;
}

Result<bool> TextDecoder::read_converted(TextEncoding encoding, std::string& text) {
    if (converter_ == nullptr) {
        SUYUAN_TRY(converter_, open_converter(encoding));
    }
    const std::size_t fits = convert(converter_.get(), raw_, &text);
    if (fits == 0) {
        replace(encoding, text);
        return true;
    }
    consume(fits);
    return true;
}

Result<bool> TextDecoder::read(std::string& text) {
    SUYUAN_TRY_VOID(fill());
    if (!is_begun_) {
        is_begun_ = true;
        take_byte_order_mark();
    }
    if (raw_.empty()) {
        return false;
    }
    if (!encoding_) {
        const std::size_t ascii = detail::ascii_prefix(raw_);
        if (ascii > 0) {
            text.append(raw_, 0, ascii);
            consume(ascii);
            return true;
        }
        encoding_ = decide();
    }
    const TextEncoding encoding = encoding_.value_or(TextEncoding::kUtf8);
    return encoding == TextEncoding::kUtf8 ? read_utf8(text) : read_converted(encoding, text);
}

}  // namespace suyuan::codec
