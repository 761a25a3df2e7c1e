// SPDX-License-Identifier: Apache-2.0
//
// Reads back what PdfWriter wrote: the text of each page, in the order in which it was set. Only
// for what Cairo makes: every object by itself, every stream deflated or plain.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "codec/detail/utf8.h"

namespace suyuan::codec {

class PdfReading {
public:
    explicit PdfReading(const std::string& bytes) {
        EXPECT_TRUE(bytes.starts_with("%PDF-"));
        EXPECT_TRUE(bytes.ends_with("%%EOF\n"));
        split(bytes);
        for (const auto& [number, object] : objects_) {
            if (object.head.find("/Type /Page %") != std::string::npos) {
                read_page(object.head);
            }
        }
    }

    // A line end after each piece that was set by itself.
    [[nodiscard]] const std::vector<std::string>& pages() const noexcept { return pages_; }

    // All of it without line ends, as broken lines belong together.
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const std::string& page : pages_) {
            all += page;
        }
        std::erase(all, '\n');
        return all;
    }

private:
    struct Object {
        std::string head;
        std::string stream;
    };

    static std::string inflated(std::string_view deflated) {
        std::string text(std::size_t{16} << 20, '\0');
        auto size = static_cast<uLongf>(text.size());
        std::string input(deflated);
        // Bytes are bytes. NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast)
        EXPECT_EQ(
            ::uncompress(
                reinterpret_cast<Bytef*>(text.data()),
                &size,
                reinterpret_cast<const Bytef*>(input.data()),
                static_cast<uLong>(input.size())
            ),
            Z_OK
        );
        // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
        text.resize(size);
        return text;
    }

    void split(const std::string& bytes) {
        std::size_t at = 0;
        while (true) {
            const std::size_t mark = bytes.find(" 0 obj\n", at);
            if (mark == std::string::npos) {
                return;
            }
            const std::size_t begin = bytes.rfind('\n', mark) + 1;
            const int number = std::stoi(bytes.substr(begin, mark - begin));
            const std::size_t body = mark + 7;
            const std::size_t stream = bytes.find("stream\n", body);
            const std::size_t end = bytes.find("endobj", body);
            Object object;
            if (stream < end) {
                const std::size_t stop = bytes.find("\nendstream", stream);
                object.head = bytes.substr(body, stream - body);
                object.stream = bytes.substr(stream + 7, stop - stream - 7);
                if (object.head.find("/FlateDecode") != std::string::npos) {
                    object.stream = inflated(object.stream);
                }
                at = bytes.find("endobj", stop);
            } else {
                object.head = bytes.substr(body, end - body);
                at = end;
            }
            objects_[number] = object;
        }
    }

    // The object that `name` refers to, in a head.
    [[nodiscard]] const Object* follow(const std::string& head, const std::string& name) const {
        std::smatch match;
        if (!std::regex_search(head, match, std::regex("/" + name + R"( (?:\[ )?(\d+) 0 R)"))) {
            return nullptr;
        }
        const auto found = objects_.find(std::stoi(match[1]));
        return found == objects_.end() ? nullptr : &found->second;
    }

    // Glyph to UTF-8.
    [[nodiscard]] std::map<std::string, std::string> map_of(const Object& font) const {
        std::map<std::string, std::string> map;
        const Object* const table = follow(font.head, "ToUnicode");
        if (table == nullptr) {
            ADD_FAILURE() << "a font without ToUnicode";
            return map;
        }
        static const std::regex line("<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>\n");
        const std::string& text = table->stream;
        for (std::sregex_iterator at(text.begin(), text.end(), line), none; at != none; ++at) {
            map[(*at)[1]] = utf8_of((*at)[2]);
        }
        static const std::regex range("<([0-9a-fA-F]+)> <([0-9a-fA-F]+)> <([0-9a-fA-F]+)>\n");
        EXPECT_FALSE(std::regex_search(text, range) && text.find("beginbfrange") != text.npos);
        return map;
    }

    static std::string utf8_of(const std::string& utf16) {
        std::string text;
        for (std::size_t at = 0; at + 4 <= utf16.size(); at += 4) {
            auto unit = static_cast<std::uint32_t>(std::stoul(utf16.substr(at, 4), nullptr, 16));
            if (unit >= 0xd800 && unit < 0xdc00) {
                at += 4;
                const auto low =
                    static_cast<std::uint32_t>(std::stoul(utf16.substr(at, 4), nullptr, 16));
                unit = 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00);
            }
            detail::append_utf8(text, unit);
        }
        return text;
    }

    void read_page(const std::string& head) {
        const Object* const contents = follow(head, "Contents");
        const Object* const resources = follow(head, "Resources");
        ASSERT_NE(contents, nullptr);
        ASSERT_NE(resources, nullptr);
        std::string text;
        std::string font;
        static const std::regex token(R"(/(f-\d+-\d+) \S+ Tf|(ET|Td|Tm|T\*)\b)");
        std::string_view stream = contents->stream;
        while (!stream.empty()) {
            // Text is "<hexadecimal>"; it may be longer than the recursion of std::regex goes.
            const std::size_t open = std::min(stream.find('<'), stream.size());
            const std::string between(stream.substr(0, open));
            for (std::sregex_iterator at(between.begin(), between.end(), token), none; at != none;
                 ++at) {
                if ((*at)[1].matched) {
                    font = (*at)[1];
                    if (!maps_.contains(font)) {
                        maps_[font] = map_of(*follow(resources->head, font));
                    }
                } else {
                    text += text.empty() || text.back() == '\n' ? "" : "\n";
                }
            }
            stream.remove_prefix(open);
            const std::size_t close = std::min(stream.find('>'), stream.size());
            if (close > 1) {
                append_glyphs(maps_[font], std::string(stream.substr(1, close - 1)), text);
            }
            stream.remove_prefix(std::min(close + 1, stream.size()));
        }
        pages_.push_back(text);
    }

    static void append_glyphs(
        const std::map<std::string, std::string>& map, std::string glyphs, std::string& text
    ) {
        std::erase(glyphs, '\n');
        const std::size_t digits = map.empty() ? 4 : map.begin()->first.size();
        for (std::size_t at = 0; at < glyphs.size(); at += digits) {
            const auto found = map.find(glyphs.substr(at, digits));
            text += found == map.end() ? "\xef\xbf\xbd" : found->second;
        }
    }

    std::map<int, Object> objects_;
    std::map<std::string, std::map<std::string, std::string>> maps_;
    std::vector<std::string> pages_;
};

}  // namespace suyuan::codec
