// SPDX-License-Identifier: Apache-2.0
//
// Boost.JSON's event parser does the tokenizing, the numbers' grammar and the UTF-8 check; the tree
// that it feeds is ours, because every tree at hand turns numbers into doubles.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"

namespace suyuan::codec {
namespace {

// The parser calls itself once a level; 1,000 levels take about 200 kB of stack.
constexpr std::size_t kDepthCeiling = 1'000;

// Up to this many names in an object, each new one is compared with all others at once.
constexpr std::size_t kFewNames = 16;

using LibraryError = boost::json::error_code;
using LibraryText = boost::json::string_view;

// What the event parser reports to. A container's parts wait on two stacks until its end, when
// their number is known: each vector is allocated once, at its final size.
class TreeBuilder {
public:
    // The library's own names for its limits; the text's size already bounds all of them.
    // NOLINTBEGIN(readability-identifier-naming)
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();

    // NOLINTEND(readability-identifier-naming)

    TreeBuilder(Duplicates duplicates, std::size_t values_max)
        : repeatable_(duplicates == Duplicates::kEventIdMayRepeat ? "eventID" : ""),
          values_left_(values_max) {}

    static bool on_document_begin(LibraryError& /*error*/) { return true; }

    static bool on_document_end(LibraryError& /*error*/) { return true; }

    static bool on_array_begin(LibraryError& /*error*/) { return true; }

    bool on_array_end(std::size_t count, LibraryError& error) {
        std::vector<Json> items = take_last(count);
        return take(Json::array(std::move(items)), error);
    }

    bool on_object_begin(LibraryError& /*error*/) {
        name_starts_.push_back(names_.size());
        return true;
    }

    bool on_object_end(std::size_t count, LibraryError& error) {
        const std::size_t first_name = name_starts_.back();
        if (const std::string* const duplicate = find_duplicate(first_name); duplicate != nullptr) {
            return refuse(*duplicate, error);
        }
        const bool may_repeat =
            !repeatable_.empty() &&
            std::ranges::count(std::span(names_).subspan(first_name), repeatable_) > 1;
        std::vector<JsonMember> members;
        members.reserve(count);
        const std::size_t first_value = values_.size() - count;
        for (std::size_t i = 0; i < count; ++i) {
            members.push_back(
                {std::move(names_[first_name + i]), std::move(values_[first_value + i])}
            );
        }
        if (may_repeat) {
            members = last_of_each(std::move(members));
        }
        names_.resize(first_name);
        name_starts_.pop_back();
        values_.resize(first_value);
        return take(Json::object(std::move(members)), error);
    }

    bool on_key_part(LibraryText part, std::size_t /*total*/, LibraryError& /*error*/) {
        partial_.append(part.data(), part.size());
        return true;
    }

    bool on_key(LibraryText part, std::size_t /*total*/, LibraryError& error) {
        names_.push_back(complete(part));
        // Early, so that the place told is that of the second name.
        const std::span others = std::span(names_)
                                     .subspan(name_starts_.back())
                                     .first(names_.size() - name_starts_.back() - 1);
        if (names_.back() != repeatable_ && others.size() < kFewNames &&
            std::ranges::find(others, names_.back()) != others.end()) {
            return refuse(names_.back(), error);
        }
        return true;
    }

    bool on_string_part(LibraryText part, std::size_t /*total*/, LibraryError& /*error*/) {
        partial_.append(part.data(), part.size());
        return true;
    }

    bool on_string(LibraryText part, std::size_t /*total*/, LibraryError& error) {
        return take(
            partial_.empty() ? Json::string({part.data(), part.size()})
                             : Json::string(complete(part)),
            error
        );
    }

    bool on_number_part(LibraryText part, LibraryError& /*error*/) {
        partial_.append(part.data(), part.size());
        return true;
    }

    bool on_int64(std::int64_t /*value*/, LibraryText part, LibraryError& error) {
        return on_number(part, error);
    }

    bool on_uint64(std::uint64_t /*value*/, LibraryText part, LibraryError& error) {
        return on_number(part, error);
    }

    bool on_double(double /*value*/, LibraryText part, LibraryError& error) {
        return on_number(part, error);
    }

    bool on_bool(bool value, LibraryError& error) { return take(Json::boolean(value), error); }

    bool on_null(LibraryError& error) { return take(Json(), error); }

    static bool on_comment_part(LibraryText /*part*/, LibraryError& /*error*/) { return true; }

    static bool on_comment(LibraryText /*part*/, LibraryError& /*error*/) { return true; }

    // The name that an object has twice; empty if that was not the reason to stop.
    [[nodiscard]] const std::string* duplicate() const {
        return is_refused_ ? &duplicate_ : nullptr;
    }

    [[nodiscard]] bool has_too_many_values() const noexcept { return has_too_many_values_; }

    // Requires a complete document.
    [[nodiscard]] Json result() { return std::move(values_.back()); }

private:
    bool on_number(LibraryText part, LibraryError& error) {
        return take(Json::number(complete(part)), error);
    }

    bool take(Json value, LibraryError& error) {
        if (values_left_ == 0) {
            has_too_many_values_ = true;
            error = boost::json::make_error_code(boost::json::error::array_too_large);
            return false;
        }
        --values_left_;
        values_.push_back(std::move(value));
        return true;
    }

    std::string complete(LibraryText part) {
        std::string text = std::exchange(partial_, {});
        text.append(part.data(), part.size());
        return text;
    }

    std::vector<Json> take_last(std::size_t count) {
        const auto first = std::prev(values_.end(), static_cast<std::ptrdiff_t>(count));
        std::vector<Json> items(
            std::make_move_iterator(first), std::make_move_iterator(values_.end())
        );
        values_.erase(first, values_.end());
        return items;
    }

    // A name that the innermost object has twice and may not, or nullptr.
    [[nodiscard]] const std::string* find_duplicate(std::size_t first_name) const {
        const std::span names = std::span(names_).subspan(first_name);
        if (names.size() <= kFewNames) {
            for (std::size_t i = 1; i < names.size(); ++i) {
                const auto earlier = names.first(i);
                if (names[i] != repeatable_ &&
                    std::ranges::find(earlier, names[i]) != earlier.end()) {
                    return &names[i];
                }
            }
            return nullptr;
        }
        std::vector<const std::string*> sorted;
        sorted.reserve(names.size());
        std::ranges::transform(names, std::back_inserter(sorted), [](const std::string& name) {
            return &name;
        });
        const auto text = [](const std::string* name) -> const std::string& { return *name; };
        std::ranges::sort(sorted, {}, text);
        const auto is_wrong = [&](const std::string& one, const std::string& other) {
            return one == other && one != repeatable_;
        };
        const auto found = std::ranges::adjacent_find(sorted, is_wrong, text);
        return found == sorted.end() ? nullptr : *found;
    }

    // Each name at its first place with its last value.
    static std::vector<JsonMember> last_of_each(std::vector<JsonMember> members) {
        std::unordered_map<std::string, std::size_t> places;
        std::vector<JsonMember> distinct;
        for (JsonMember& member : members) {
            const auto [place, is_new] = places.try_emplace(member.name, distinct.size());
            if (is_new) {
                distinct.push_back(std::move(member));
            } else {
                distinct[place->second].value = std::move(member.value);
            }
        }
        return distinct;
    }

    bool refuse(const std::string& name, LibraryError& error) {
        duplicate_ = name;
        is_refused_ = true;
        error = boost::json::make_error_code(boost::json::error::syntax);
        return false;
    }

    std::string_view repeatable_;  // a name that an object may have twice; empty: none
    std::size_t values_left_;
    std::vector<Json> values_;
    std::vector<std::string> names_;        // Of all objects that are open, outer ones first.
    std::vector<std::size_t> name_starts_;  // Where in names_ those of each open object start.
    std::string partial_;                   // A string, key or number that came in pieces so far.
    std::string duplicate_;
    bool is_refused_ = false;
    bool has_too_many_values_ = false;
};

// "line 3, column 14", both from 1; columns in characters.
Sentence place_in(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t newline = before.rfind('\n');
    const std::string_view row =
        newline == std::string_view::npos ? before : before.substr(newline + 1);
    const auto column =
        1 + std::ranges::count_if(row, [](char byte) {
            return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;  // no continuation byte
        });
    return {format("第 {} 行第 {} 列", line, column), format("line {}, column {}", line, column)};
}

// What is wrong at an offset of the text.
Failure fail_at(ErrorCode code, std::string_view text, std::size_t offset, const Sentence& reason) {
    const Sentence place = place_in(text, offset);
    return fail(
        code, Sentence{format("{}：{}", place.zh, reason.zh), format("{}: {}", place.en, reason.en)}
    );
}

Sentence reason_of(const LibraryError& error) {
    if (error == boost::json::error::incomplete) {
        return {"内容在一个值中间断了", "the text ends in the middle of a value"};
    }
    if (error == boost::json::error::exponent_overflow) {
        return {"数字的指数太大", "the exponent of a number is too large"};
    }
    if (error == boost::json::error::syntax) {
        return {"不是 JSON，或不是 UTF-8", "this is no JSON, or no UTF-8"};
    }
    return {format("不是正确的 JSON（{}）", error.message()), error.message()};
}

Result<Json> parse_bounded(std::string_view text, const JsonLimits& limits, Duplicates duplicates) {
    const std::size_t depth_max = std::min(limits.depth_max, kDepthCeiling);
    boost::json::parse_options options;
    options.max_depth = depth_max;
    boost::json::basic_parser<TreeBuilder> parser(options, duplicates, limits.values_max);
    LibraryError error;
    const std::size_t offset = parser.write_some(false, text.data(), text.size(), error);
    if (const std::string* const name = parser.handler().duplicate(); name != nullptr) {
        return fail_at(
            ErrorCode::kInvalidArgument,
            text,
            offset,
            {format("同一对象里成员 \"{}\" 出现两次", *name),
             format("an object has the member \"{}\" twice", *name)}
        );
    }
    if (parser.handler().has_too_many_values()) {
        return fail_at(
            ErrorCode::kLimitExceeded,
            text,
            offset,
            {format("JSON 超过 {} 个值，请分几次提交", limits.values_max),
             format("the JSON text has more than {} values; send it in parts", limits.values_max)}
        );
    }
    if (error == boost::json::error::too_deep) {
        return fail_at(
            ErrorCode::kLimitExceeded,
            text,
            offset,
            {format("JSON 嵌套超过 {} 层", depth_max),
             format("JSON is nested deeper than {} levels", depth_max)}
        );
    }
    if (error) {
        return fail_at(ErrorCode::kInvalidArgument, text, offset, reason_of(error));
    }
    if (offset < text.size()) {
        return fail_at(
            ErrorCode::kInvalidArgument,
            text,
            offset,
            {"JSON 结束之后还有内容", "text follows after the end of the JSON value"}
        );
    }
    return parser.handler().result();
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits, Duplicates duplicates) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.size() > limits.bytes_max) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("JSON 有 {} 字节，最多读 {} 字节", text.size(), limits.bytes_max),
                format(
                    "the JSON text has {} bytes, at most {} are read", text.size(), limits.bytes_max
                )
            }
        );
    }
    if (text.starts_with(kByteOrderMark)) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "第 1 行第 1 列：JSON 不能以字节顺序标记（BOM）开头，请另存为不带 BOM 的文件",
                "line 1, column 1: JSON may not begin with a byte order mark; save it without one"
            }
        );
    }
    try {
        return parse_bounded(text, limits, duplicates);
    } catch (const std::exception& exception) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("无法读取 JSON：{}", exception.what()),
                format("the JSON text cannot be read: {}", exception.what())
            }
        );
    }
}

}  // namespace suyuan::codec
