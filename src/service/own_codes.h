// SPDX-License-Identifier: Apache-2.0
//
// Codes for what a paper names and nobody gave a code: URIs under https://ns.suyuan.example/.
//
// What is only known by one operator's word (a place, a partner, a paper) has that operator in its
// code, so that two operators' "库房 1" stay two. A lot does not: its producer tells it apart, and
// seller and buyer must come to the same code.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/sha256.h"

namespace suyuan::service {

// A lot that has no GTIN: who made or grew it, what it is, and its lot number (or production date).
struct NamedLot {
    std::string producer;
    std::string goods;
    std::string lot;

    friend bool operator==(const NamedLot&, const NamedLot&) = default;
};

[[nodiscard]] std::string lot_code(const NamedLot& lot);

// The other way round; nullopt for any other code.
[[nodiscard]] std::optional<NamedLot> read_lot_code(std::string_view code);

// Parties are canonical codes; a USCC is shortened to its 18 characters.
[[nodiscard]] std::string site_code(std::string_view operator_code, std::string_view site);
[[nodiscard]] std::string partner_code(std::string_view operator_code, std::string_view name);
[[nodiscard]] std::string paper_code(std::string_view issuer, std::string_view number);
[[nodiscard]] std::string process_code(std::string_view operator_code, std::string_view number);

// What a code of this namespace says to people: goods and lot of a lot, else its last part; "" for
// any other code.
[[nodiscard]] std::string own_code_words(std::string_view code);

// The eventID of a line, made of what tells it apart (line_reader.h).
[[nodiscard]] std::string line_code(const crypto::Digest& identity);

// A text as one part of a URI: what RFC 3986 reserves or leaves out is escaped, letters of any
// script stay as they are, so that people and the search index can read them.
[[nodiscard]] std::string uri_part(std::string_view text);

// Another scheme's own number, no URI: a URI of its text, so that an event may name it.
[[nodiscard]] std::string scheme_code(std::string_view text);

}  // namespace suyuan::service
