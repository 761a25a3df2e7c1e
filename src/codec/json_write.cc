// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "codec/json.h"

namespace suyuan::codec {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

// What a string literal may not hold as it is: quotes, backslashes and control characters.
constexpr std::array<bool, 256> kNeedsEscape = [] {
    std::array<bool, 256> needs{};
    for (std::size_t control = 0; control < 0x20; ++control) {
        needs.at(control) = true;
    }
    needs.at(static_cast<unsigned char>('"')) = true;
    needs.at(static_cast<unsigned char>('\\')) = true;
    return needs;
}();

void append_escape(std::string& out, char character) {
    switch (character) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default: {
            const auto code = static_cast<unsigned char>(character);
            out += "\\u00";
            out += kHexDigits[code >> 4U];
            out += kHexDigits[code & 0x0fU];
        }
    }
}

// Writes with or without line breaks; `indent` is what a level adds, empty for compact text.
class Writer {
public:
    explicit Writer(std::string_view indent) : indent_(indent) {}

    // NOLINTNEXTLINE(misc-no-recursion): as deep as the value, which the parser bounds.
    void write(const Json& value) {
        switch (value.type()) {
            case Json::Type::kNull:
                out_ += "null";
                break;
            case Json::Type::kBool:
                out_ += value.as_bool() ? "true" : "false";
                break;
            case Json::Type::kNumber:
                out_ += value.text();
                break;
            case Json::Type::kString:
                append_json_string(out_, value.text());
                break;
            case Json::Type::kArray:
                write_array(value);
                break;
            case Json::Type::kObject:
                write_object(value);
                break;
        }
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    // NOLINTNEXTLINE(misc-no-recursion)
    void write_array(const Json& value) {
        out_ += '[';
        ++level_;
        bool is_first = true;
        for (const Json& item : value.items()) {
            separate(is_first);
            write(item);
            is_first = false;
        }
        close(']', is_first);
    }

    // NOLINTNEXTLINE(misc-no-recursion)
    void write_object(const Json& value) {
        out_ += '{';
        ++level_;
        bool is_first = true;
        for (const JsonMember& member : value.members()) {
            separate(is_first);
            append_json_string(out_, member.name);
            out_ += indent_.empty() ? ":" : ": ";
            write(member.value);
            is_first = false;
        }
        close('}', is_first);
    }

    void separate(bool is_first) {
        if (!is_first) {
            out_ += ',';
        }
        break_line();
    }

    void close(char bracket, bool is_empty) {
        --level_;
        if (!is_empty) {
            break_line();
        }
        out_ += bracket;
    }

    void break_line() {
        if (indent_.empty()) {
            return;
        }
        out_ += '\n';
        for (std::size_t i = 0; i < level_; ++i) {
            out_ += indent_;
        }
    }

    std::string_view indent_;
    std::size_t level_ = 0;
    std::string out_;
};

std::string write_with(const Json& value, std::string_view indent) {
    Writer writer(indent);
    writer.write(value);
    return writer.take();
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (kNeedsEscape[static_cast<unsigned char>(text[at])]) {
            out.append(text, start, at - start);
            append_escape(out, text[at]);
            start = at + 1;
        }
    }
    out.append(text, start);
    out += '"';
}

std::string write_json(const Json& value) {
    return write_with(value, "");
}

std::string write_json_indented(const Json& value) {
    return write_with(value, "  ");
}

}  // namespace suyuan::codec
