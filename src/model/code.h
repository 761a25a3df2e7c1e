// SPDX-License-Identifier: Apache-2.0
//
// Codes of things, parties and places: GS1 keys in both spellings (EPC URN, Digital Link) and
// foreign codes, brought to one canonical spelling so that equal things are equal strings.
//
// Source of rules: GS1 EPC Tag Data Standard 2.0 (URNs), GS1 Digital Link URI Syntax 1.3, CBV 2.0
// section 8 (canonical Digital Link of class-level identifiers), rules as in docs/glossary.md.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

// Never fails: what is not understood is kForeign with the text as given (leading and trailing
// blanks removed). Accepts EPC URNs (pure identity, class and pattern), GS1 Digital Links of any
// domain with any path before the key, "(01)..(10).." element strings, and scanned ones with FNC1
// or a symbology prefix.
//
// A serial number makes the lot of a code redundant, so `uri` names the finest level alone (CBV 2.0
// section 8.2); `lot` keeps what was said. Check digits are not verified: a mistyped code still
// names its goods; model/identifiers.h tells right from wrong.
[[nodiscard]] Code parse_code(std::string_view text);

// The canonical Digital Link of a lot: https://id.gs1.org/01/<gtin14>/10/<lot, percent-encoded>.
[[nodiscard]] std::string lot_uri(std::string_view gtin14, std::string_view lot);

// The 18 characters of a USCC (GB 32100), given bare or as the URI below; empty for anything else
// or a wrong check character.
[[nodiscard]] std::string_view social_credit_code_of(std::string_view text) noexcept;

// A USCC as a party of EPCIS, which wants URIs: https://ns.suyuan.example/uscc/<code>.
[[nodiscard]] std::string social_credit_uri(std::string_view code);

// The canonical spelling alone; what the CBV event hash uses for every identifier field.
[[nodiscard]] std::string canonical_uri(std::string_view text);

// The EPC URN of a GS1 key, the other way round: "urn:epc:id:...", "urn:epc:class:lgtin:..." for a
// lot, "urn:epc:idpat:..." for a class. How long the company prefix is (6 to 12 digits) cannot be
// seen in a key and has to be known. Fails with kInvalidArgument if the code is no GS1 key, its
// check digit is wrong, or its text does not fit a URN.
[[nodiscard]] Result<std::string> to_epc_urn(const Code& code, std::size_t company_prefix_length);

// Every canonical spelling that a typed text can mean, likeliest first: any spelling above; bare
// digits as GTIN, GLN, SSCC and the other keys of their length; blanks within; "GTIN blank lot";
// full-width characters as Chinese input methods make them; the other case; a USCC bare and as URI.
// Foreign codes come back as typed. Empty for blank text.
[[nodiscard]] std::vector<std::string> candidate_uris(std::string_view text);

}  // namespace suyuan::model
