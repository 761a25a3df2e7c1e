// SPDX-License-Identifier: Apache-2.0
//
// Codes of things, parties and places: GS1 keys in both spellings (EPC URN, Digital Link) and foreign
// codes, brought to one canonical spelling so that equal things are equal strings.
//
// Source of rules: GS1 EPC Tag Data Standard 2.0 (URNs), GS1 Digital Link URI Syntax 1.3, CBV 2.0
// section 8 (canonical Digital Link of class-level identifiers), rules as in docs/glossary.md.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::model {

// What a code names.
enum class CodeKind : std::uint8_t {
    kClass,      // a product: GTIN, idpat
    kLot,        // GTIN + lot (LGTIN), or a foreign lot code
    kInstance,   // one thing: SGTIN, GIAI, ITIP, ...
    kContainer,  // SSCC, GRAI: something that carries others
    kSite,       // SGLN / GLN (AI 414)
    kParty,      // PGLN (AI 417), USCC
    kDocument,   // GDTI, business transaction ids
    kForeign,    // anything else: kept as given
};

struct Code {
    CodeKind kind = CodeKind::kForeign;
    std::string uri;   // Canonical: https://id.gs1.org/... for GS1 keys, else the text as given.
    std::string gtin;  // 14 digits, where there is one.
    std::string lot;   // Lot text, unescaped, where there is one.
    std::string serial;
};

// Never fails: what is not understood is kForeign with the text as given (leading and trailing blanks
// removed). Accepts EPC URNs (pure identity and class), GS1 Digital Links of any domain, and plain
// "(01)..(10).." element strings.
[[nodiscard]] Code parse_code(std::string_view text);

// The canonical Digital Link of a lot: https://id.gs1.org/01/<gtin14>/10/<lot, percent-encoded>.
[[nodiscard]] std::string lot_uri(std::string_view gtin14, std::string_view lot);

// The canonical spelling alone; what the CBV event hash uses for every identifier field.
[[nodiscard]] std::string canonical_uri(std::string_view text);

}  // namespace suyuan::model
