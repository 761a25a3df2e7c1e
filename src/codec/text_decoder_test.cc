// SPDX-License-Identifier: Apache-2.0
//
// Goal: every character of GB18030 arrives, the right encoding is found, and no byte that does not
// fit is swallowed. Method: a sweep over all of Unicode, tables of texts and of single faults.

#include "codec/text_decoder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <iconv.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/utf8.h"
#include "codec/table_testing.h"

namespace suyuan::codec {
namespace {

constexpr std::string_view kReplaced = "\xef\xbf\xbd";

std::string decoded(
    std::string_view bytes,
    std::optional<TextEncoding> forced = std::nullopt,
    std::size_t piece = 1'000
) {
    TextDecoder decoder(pull_from(bytes, piece), forced);
    std::string text;
    while (true) {
        const std::uint64_t misfits = decoder.misfit_count();
        const Result<bool> is_more = decoder.read(text);
        if (!is_more) {
            ADD_FAILURE() << is_more.error().message();
            return text;
        }
        EXPECT_EQ(decoder.misfit_count() > misfits, *is_more && text.ends_with(kReplaced)) << text;
        if (!*is_more) {
            const std::optional<TextEncoding> encoding = decoder.encoding();
            return text + "|" + (encoding ? std::string(to_string(*encoding)) : "ASCII");
        }
    }
}

std::string encoded(std::string_view text, const char* encoding) {
    void* const converter = ::iconv_open(encoding, "UTF-8");
    std::string bytes(text.size() * 4 + 16, '\0');
    std::string source(text);
    char* from = source.data();
    char* to = bytes.data();
    std::size_t left = source.size();
    std::size_t room = bytes.size();
    SUYUAN_ASSERT(::iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1));
    ::iconv_close(converter);
    bytes.resize(bytes.size() - room);
    return bytes;
}

TEST(TextDecoderTest, FindsTheEncoding) {
    using std::string_view_literals::operator""sv;

    struct Case {
        std::string_view bytes;
        std::string_view expected;
    };

    const std::array cases = {
        Case{"", "|ASCII"},
        Case{"abc,1", "abc,1|ASCII"},
        Case{"a黄瓜", "a黄瓜|UTF-8"},
        Case{"龘𠮷", "龘𠮷|UTF-8"},
        Case{
            "\xef\xbb\xbf"
            "abc",
            "abc|UTF-8"
        },
        Case{"\xbb\xc6\xb9\xcf", "黄瓜|GB18030"},
        Case{
            "\x84\x31\x95\x33"
            "abc",
            "abc|GB18030"
        },
        Case{"\xfd\x93", "龘|GB18030"},
        Case{"\x95\x34\xb2\x35", "𠮷|GB18030"},
        Case{"\x80\x81", "\xef\xbf\xbd\xef\xbf\xbd|UTF-8"},
        Case{
            "\xff\xfe"
            "a\0\xc4\x9e"sv,
            "a黄|UTF-16LE"
        },
        Case{"\xfe\xff\0a\x9e\xc4"sv, "a黄|UTF-16BE"},
    };
    for (const Case& row : cases) {
        for (const std::size_t piece : {1U, 3U, 1'000U}) {
            EXPECT_EQ(decoded(row.bytes, {}, piece), row.expected) << row.expected;
        }
    }
}

TEST(TextDecoderTest, TheEncodingIsFoundBehindMuchAscii) {
    const std::string ascii(200'001, 'x');
    EXPECT_EQ(decoded(ascii + "黄瓜"), ascii + "黄瓜|UTF-8");
    EXPECT_EQ(decoded(ascii + "\xbb\xc6\xb9\xcf"), ascii + "黄瓜|GB18030");
}

TEST(TextDecoderTest, TheCallerMayForceTheEncoding) {
    // What a famous editor took for UTF-8.
    EXPECT_EQ(decoded("\xc1\xaa\xcd\xa8", TextEncoding::kGb18030), "联通|GB18030");
    EXPECT_EQ(decoded("\xc4\xa3", {}), "ģ|UTF-8");
    EXPECT_EQ(decoded("\xc4\xa3", TextEncoding::kGb18030), "模|GB18030");
    EXPECT_EQ(decoded("\xbb\xc6", TextEncoding::kUtf8), "\xef\xbf\xbd\xef\xbf\xbd|UTF-8");
}

TEST(TextDecoderTest, AByteThatDoesNotFitIsReplacedAfterAllBeforeIt) {
    struct Case {
        std::string_view bytes;
        std::size_t place;
        TextEncoding encoding;
    };

    const std::array cases = {
        Case{"\xc0\xaf", 0, TextEncoding::kUtf8},          // overlong
        Case{"ab\xe0\x80\xaf", 2, TextEncoding::kUtf8},    // overlong
        Case{"\xf0\x80\x80\xaf", 0, TextEncoding::kUtf8},  // overlong
        Case{"\xed\xa0\x80", 0, TextEncoding::kUtf8},      // a surrogate
        Case{"\xf4\x90\x80\x80", 0, TextEncoding::kUtf8},  // beyond U+10FFFF
        Case{"\xf8\x88\x80\x80\x80", 0, TextEncoding::kUtf8},
        Case{"a\x80", 1, TextEncoding::kUtf8},        // a tail without its head
        Case{"abc\xe9\xbb", 3, TextEncoding::kUtf8},  // cut off
        Case{"\xfe", 0, TextEncoding::kUtf8},
        Case{"a\xff", 1, TextEncoding::kGb18030},
        Case{"ab\x80", 2, TextEncoding::kGb18030},
        Case{"\xbb\xc6\x81", 2, TextEncoding::kGb18030},              // cut off after one
        Case{"\xbb\xc6\x81\x30", 2, TextEncoding::kGb18030},          // after two
        Case{"\xbb\xc6\x81\x30\x81", 2, TextEncoding::kGb18030},      // after three of four
        Case{"\xbb\xc6\x81\x7f", 2, TextEncoding::kGb18030},          // no second byte
        Case{"\xbb\xc6\x81\x30\x81\x3a", 2, TextEncoding::kGb18030},  // no fourth byte
        Case{"\xe3\x32\x9a\x36", 0, TextEncoding::kGb18030},          // beyond U+10FFFF
    };
    for (const Case& row : cases) {
        for (const std::size_t piece : {1U, 1'000U}) {
            const std::string text = decoded(row.bytes, row.encoding, piece);
            EXPECT_EQ(
                row.bytes.substr(0, row.place),
                row.encoding == TextEncoding::kUtf8
                    ? text.substr(0, text.find(kReplaced))
                    : encoded(text.substr(0, text.find(kReplaced)), "GB18030")
            );
            EXPECT_TRUE(text.ends_with(to_string(row.encoding))) << text;
        }
    }
}

TEST(TextDecoderTest, MixedEncodingsAreReplacedWhereTheyChange) {
    const std::string utf8(100'000, 'x');
    const std::string text = decoded("黄" + utf8 + "\xbb\xc6\xb9\xcf,1");
    EXPECT_EQ(text.find(kReplaced), 100'003U);
    EXPECT_TRUE(text.ends_with(",1|UTF-8")) << text;
}

// Private use characters whose old places in GB18030 later went to real characters.
bool lost_its_place(std::uint32_t code) {
    constexpr std::array<std::uint32_t, 14> kSingle = {
        0xe816,
        0xe817,
        0xe818,
        0xe81e,
        0xe826,
        0xe82b,
        0xe82c,
        0xe831,
        0xe832,
        0xe83b,
        0xe843,
        0xe854,
        0xe855,
        0xe864
    };
    return (code >= 0xe78d && code <= 0xe796) || std::ranges::find(kSingle, code) != kSingle.end();
}

TEST(TextDecoderTest, EveryCharacterOfUnicodeArrivesThroughGb18030) {
    constexpr std::uint32_t kBlock = 4'096;
    std::size_t count = 0;
    for (std::uint32_t first = 0x80; first <= 0x10'ffff; first += kBlock) {
        std::string text;
        for (std::uint32_t code = first; code < first + kBlock && code <= 0x10'ffff; ++code) {
            if ((code < 0xd800 || code > 0xdfff) && !lost_its_place(code)) {
                detail::append_utf8(text, code);
                ++count;
            }
        }
        ASSERT_EQ(detail::utf8_prefix(text), text.size());
        const std::string bytes = encoded(text, "GB18030");
        ASSERT_EQ(decoded(bytes, TextEncoding::kGb18030), text + "|GB18030") << first;
    }
    EXPECT_EQ(count, 1'111'912U);
}

TEST(TextDecoderTest, EveryTwoByteSequenceIsACharacterOrReplaced) {
    std::size_t characters = 0;
    for (unsigned lead = 0x80; lead <= 0xff; ++lead) {
        for (unsigned tail = 0x40; tail <= 0xff; ++tail) {
            const std::array<char, 2> bytes = {static_cast<char>(lead), static_cast<char>(tail)};
            const std::string text = decoded({bytes.data(), bytes.size()}, TextEncoding::kGb18030);
            const bool is_pair = lead != 0x80 && lead != 0xff && tail != 0x7f && tail != 0xff;
            ASSERT_EQ(text.find(kReplaced) == std::string::npos, is_pair) << text;
            characters += is_pair ? 1 : 0;
        }
    }
    EXPECT_EQ(characters, 23'940U);
}

}  // namespace
}  // namespace suyuan::codec
