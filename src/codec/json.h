// SPDX-License-Identifier: Apache-2.0
//
// JSON as a value that loses nothing: numbers keep their decimal text, members keep their order.
//
// Why not a library's own document type: every one at hand turns 0.1 into a double, and a quantity
// that was signed, hashed or weighed must come back as it was written.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace suyuan::codec {

class Json;
struct JsonMember;

// A JSON value. Copying copies deeply. Threads: const access from any thread.
class Json {
public:
    enum class Type : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

    Json() noexcept;  // null
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();

    [[nodiscard]] static Json boolean(bool value);
    [[nodiscard]] static Json integer(std::int64_t value);
    [[nodiscard]] static Json number(std::string decimal_text);  // Requires JSON number syntax.
    [[nodiscard]] static Json string(std::string_view value);
    [[nodiscard]] static Json array(std::vector<Json> items = {});
    [[nodiscard]] static Json object();
    // Requires names that differ from each other.
    [[nodiscard]] static Json object(std::vector<JsonMember> members);

    [[nodiscard]] Type type() const noexcept { return static_cast<Type>(value_.index()); }

    [[nodiscard]] bool is_null() const noexcept { return type() == Type::kNull; }

    [[nodiscard]] bool is_bool() const noexcept { return type() == Type::kBool; }

    [[nodiscard]] bool is_number() const noexcept { return type() == Type::kNumber; }

    [[nodiscard]] bool is_string() const noexcept { return type() == Type::kString; }

    [[nodiscard]] bool is_array() const noexcept { return type() == Type::kArray; }

    [[nodiscard]] bool is_object() const noexcept { return type() == Type::kObject; }

    // Requires is_bool().
    [[nodiscard]] bool as_bool() const;
    // The string, or the number's text. Requires is_string() or is_number().
    [[nodiscard]] const std::string& text() const;
    // Requires is_array().
    [[nodiscard]] const std::vector<Json>& items() const;
    // In the order of the text. Requires is_object().
    [[nodiscard]] const std::vector<JsonMember>& members() const;

    // The member of that name, or nullptr; nullptr too if this is no object.
    [[nodiscard]] const Json* find(std::string_view name) const noexcept;
    [[nodiscard]] Json* find(std::string_view name) noexcept;
    // The member's string, or `otherwise` if it is not there or no string.
    [[nodiscard]] std::string_view string_or(std::string_view name, std::string_view otherwise = {})
        const noexcept;

    // Requires is_array().
    void push_back(Json value);
    // Moves the items out and leaves an empty array. Requires is_array().
    [[nodiscard]] std::vector<Json> take_items();
    // Replaces the member or appends it. Requires is_object(). Returns *this, for chains.
    Json& set(std::string_view name, Json value);
    // Nothing happens if there is none.
    void erase(std::string_view name);

    // Equal as values: numbers by their decimal text, objects whatever the order of their members.
    friend bool operator==(const Json& a, const Json& b);

private:
    struct Number {
        std::string text;
    };

    using Value = std::variant<
        std::monostate,
        bool,
        Number,
        std::string,
        std::vector<Json>,
        std::vector<JsonMember>>;

    explicit Json(Value value);

    Value value_;  // The order of its alternatives is that of Type.
};

struct JsonMember {
    std::string name;
    Json value;
};

// Here, where a member is a whole type: an object holds members, and a member a value.
inline Json::Json() noexcept = default;
inline Json::Json(const Json&) = default;
inline Json::Json(Json&&) noexcept = default;
inline Json& Json::operator=(const Json&) = default;
inline Json& Json::operator=(Json&&) noexcept = default;
inline Json::~Json() = default;

inline Json::Json(Value value) : value_(std::move(value)) {}

struct JsonLimits {
    std::size_t bytes_max = std::size_t{64} << 20;
    // EPCIS needs 8; extensions may nest, stack overflows may not: more than 1,000 counts as 1,000.
    std::size_t depth_max = 64;
    // Each takes some 50 bytes in memory, so a text of many small ones would take thirty times its
    // size. A full document has one for every 20 bytes.
    std::size_t values_max = 4'000'000;
};

// What to do with a member that its object has already: RFC 8259 leaves it open, and readers
// differ.
enum class Duplicates : std::uint8_t {
    kRefused,
    // Of two "eventID" the last counts, as JavaScript and Python read; anything else is refused.
    // One of GS1's own examples has two, and must be accepted.
    kEventIdMayRepeat,
};

// Strict RFC 8259: UTF-8 checked, no trailing text. Fails with kInvalidArgument (naming line and
// column) or kLimitExceeded.
[[nodiscard]] Result<Json> parse_json(
    std::string_view text,
    const JsonLimits& limits = {},
    Duplicates duplicates = Duplicates::kRefused
);

// Compact, members in order, non-ASCII as UTF-8.
[[nodiscard]] std::string write_json(const Json& value);
// Two spaces a level, for people.
[[nodiscard]] std::string write_json_indented(const Json& value);

// `text` as a JSON string literal, quotes included, appended to `out`: for streaming writers.
void append_json_string(std::string& out, std::string_view text);

}  // namespace suyuan::codec
