// SPDX-License-Identifier: Apache-2.0
//
// What the prefixes of a document mean: the part of JSON-LD's "@context" that EPCIS needs.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/json.h"

namespace suyuan::codec {

// A name taken apart: "example:batch" where "example" stands for "https://ns.example.com/epcis/".
struct QualifiedName {
    std::string_view space;  // "https://ns.example.com/epcis/"
    std::string_view local;  // "batch"
};

// Prefixes and their namespaces: those of an "@context", then those of the contexts around it, at
// last those that GS1's own context declares (epcis, cbv, cbvmda, gs1, rdfs, owl, xsd, dcterms).
//
// A context named by its address is never fetched. If it is not GS1's, what it declares is unknown
// here. Lifetime: borrows the outer namespaces. Threads: const access from any.
class Namespaces {
public:
    // GS1's own.
    [[nodiscard]] static const Namespaces& standard();

    // `context` is the value of an "@context", or nullptr. What is malformed in it is passed over.
    Namespaces(const Namespaces& outer, const Json* context);

    // What stands for the prefix, the innermost declaration first.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view prefix) const;

    // A compact name with a known prefix, or a full URI cut before its last part. nullopt for
    // anything else.
    [[nodiscard]] std::optional<QualifiedName> resolve(std::string_view name) const;

    // The full URI of a compact one with a known prefix; any other text as it is.
    [[nodiscard]] std::string expand(std::string_view text) const;

    // Whether a context that could declare any prefix is known by its address only.
    [[nodiscard]] bool has_unread_context() const noexcept { return has_unread_context_; }

    // A URI as a whole, not one compacted by a prefix: "https://...", "urn:...".
    [[nodiscard]] static bool is_full_uri(std::string_view text) noexcept;

private:
    Namespaces() = default;
    void add(const Json& context);

    const Namespaces* outer_ = nullptr;
    std::vector<std::pair<std::string, std::string>> spaces_;
    bool has_unread_context_ = false;
};

}  // namespace suyuan::codec
