// SPDX-License-Identifier: Apache-2.0

#include "access/message_signature.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/base_encoding.h"
#include "crypto/keyed_digest.h"

namespace suyuan::access {
namespace {

constexpr std::size_t kHeaderMax = 4'096;
constexpr std::size_t kLabelMax = 32;
constexpr std::size_t kNonceMin = 16;
constexpr std::size_t kNonceMax = 128;
constexpr std::size_t kCodeBytes = 32;

constexpr std::string_view kBare = R"(("@method" "@target-uri"))";
constexpr std::string_view kWithContent =
    R"(("@method" "@target-uri" "content-digest" "content-type"))";

Failure refuse(std::string_view zh, std::string_view en) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("签名不合要求：{}", zh), format("the signature is not as it must be: {}", en)
        }
    );
}

bool is_label_letter(char letter) noexcept {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' ||
           letter == '-' || letter == '.' || letter == '*';
}

// The text before the first '=' and what follows, if it is a label; of a header with one member.
std::optional<std::pair<std::string_view, std::string_view>> split_label(std::string_view header) {
    const auto equals = header.find('=');
    if (header.size() > kHeaderMax || equals == 0 || equals == std::string_view::npos ||
        equals > kLabelMax || !std::ranges::all_of(header.substr(0, equals), is_label_letter)) {
        return std::nullopt;
    }
    return std::pair(header.substr(0, equals), header.substr(equals + 1));
}

// ":base64:"
std::optional<std::string> read_bytes(std::string_view text) {
    if (text.size() < 2 || !text.starts_with(':') || !text.ends_with(':')) {
        return std::nullopt;
    }
    return crypto::from_base64(text.substr(1, text.size() - 2));
}

// A quoted text of visible letters without quotes and backslashes; moves past it.
bool take_quoted(std::string_view& text, std::string& value) {
    const auto end = text.find('"', 1);
    if (!text.starts_with('"') || end == std::string_view::npos) {
        return false;
    }
    value = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    return std::ranges::all_of(value, [](char letter) {
        return letter > ' ' && letter < '\x7f' && letter != '\\';
    });
}

bool take_seconds(std::string_view& text, std::int64_t& seconds) {
    constexpr std::size_t kDigitsMax = 15;  // RFC 8941
    const auto count = std::min(text.find_first_not_of("0123456789"), text.size());
    if (count == 0 || count > kDigitsMax) {
        return false;
    }
    seconds = 0;
    for (const char digit : text.substr(0, count)) {
        seconds = 10 * seconds + (digit - '0');
    }
    text.remove_prefix(count);
    return true;
}

struct Parameters {
    std::int64_t created = -1;  // not said
    std::string nonce;          // this and the following: empty, not said
    std::string key_id;
    std::string algorithm;

    // nullptr: there is no such parameter.
    [[nodiscard]] std::string* text_named(std::string_view name) noexcept {
        if (name == "nonce") {
            return &nonce;
        }
        if (name == "keyid") {
            return &key_id;
        }
        return name == "alg" ? &algorithm : nullptr;
    }
};

// The value of the next parameter, which must not have been said before.
bool take_value(std::string_view name, std::string_view& text, Parameters& parameters) {
    if (name == "created") {
        return parameters.created < 0 && take_seconds(text, parameters.created);
    }
    std::string* const place = parameters.text_named(name);
    return place != nullptr && place->empty() && take_quoted(text, *place);
}

// ";created=…;nonce=…;keyid=…;alg=…", in any order, each once.
std::optional<Parameters> read_parameters(std::string_view text) {
    Parameters parameters;
    while (!text.empty()) {
        const auto equals = text.find('=');
        if (!text.starts_with(';') || equals == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view name = text.substr(1, equals - 1);
        text.remove_prefix(equals + 1);
        if (!take_value(name, text, parameters)) {
            return std::nullopt;
        }
    }
    const bool is_whole = parameters.created >= 0 && !parameters.key_id.empty() &&
                          parameters.nonce.size() >= kNonceMin &&
                          parameters.nonce.size() <= kNonceMax;
    return is_whole ? std::optional(std::move(parameters)) : std::nullopt;
}

std::optional<crypto::HashKind> hash_of(std::string_view algorithm) {
    if (algorithm == "hmac-sha256") {
        return crypto::HashKind::kSha256;
    }
    if (algorithm == "hmac-sm3") {
        return crypto::HashKind::kSm3;
    }
    return std::nullopt;
}

bool matches_content(const SignedRequest& request, crypto::HashKind hash) {
    const auto member = split_label(request.content_digest);
    const std::string_view wanted = hash == crypto::HashKind::kSm3 ? "sm3" : "sha-256";
    if (!member || member->first != wanted) {
        return false;
    }
    const auto digest = read_bytes(member->second);
    return digest && crypto::equal_in_constant_time(
                         *digest, crypto::bytes_of(crypto::digest(hash, request.content))
                     );
}

std::string base_of(const SignedRequest& request, bool has_content, std::string_view parameters) {
    std::string base =
        format("\"@method\": {}\n\"@target-uri\": {}\n", request.method, request.target_uri);
    if (has_content) {
        base += format(
            "\"content-digest\": {}\n\"content-type\": {}\n",
            request.content_digest,
            request.content_type
        );
    }
    return base + format("\"@signature-params\": {}", parameters);
}

// What would make two bases of one text.
bool has_line_end(const SignedRequest& request) {
    return std::ranges::any_of(
        std::array{
            request.method, request.target_uri, request.content_type, request.content_digest
        },
        [](std::string_view text) { return text.find_first_of("\r\n") != std::string_view::npos; }
    );
}

}  // namespace

Result<Signature> read_signature(const SignedRequest& request) {
    const auto input = split_label(request.signature_input);
    const auto code = split_label(request.signature);
    if (!input || !code || input->first != code->first || has_line_end(request)) {
        return refuse(
            "Signature-Input 与 Signature 各须有同名的一项",
            "Signature-Input and Signature have one member each, of one name"
        );
    }
    const bool has_content = !request.content.empty() || !request.content_type.empty() ||
                             !request.content_digest.empty();
    const std::string_view covered = has_content ? kWithContent : kBare;
    if (!input->second.starts_with(covered)) {
        return refuse(format("须覆盖 {}", covered), format("it covers {}", covered));
    }
    std::optional<Parameters> parameters = read_parameters(input->second.substr(covered.size()));
    if (!parameters) {
        return refuse(
            "参数须为 created、nonce（16 至 128 个字符）、keyid、alg",
            "its parameters are created, nonce (16 to 128 characters), keyid and alg"
        );
    }
    const auto hash = hash_of(parameters->algorithm);
    if (!hash) {
        return refuse("alg 须为 hmac-sha256 或 hmac-sm3", "alg is hmac-sha256 or hmac-sm3");
    }
    std::optional<std::string> bytes = read_bytes(code->second);
    if (!bytes || bytes->size() != kCodeBytes) {
        return refuse("Signature 须为 32 字节的 base64", "Signature is 32 bytes in base 64");
    }
    if (has_content && !matches_content(request, *hash)) {
        return refuse("Content-Digest 与内容不符", "Content-Digest is not the content's");
    }
    return Signature{
        .key_id = std::move(parameters->key_id),
        .nonce = std::move(parameters->nonce),
        .created = parameters->created,
        .hash = *hash,
        .code = *std::move(bytes),
        .base = base_of(request, has_content, input->second),
    };
}

bool is_signed_with(const Signature& signature, std::string_view secret) {
    return crypto::equal_in_constant_time(
        signature.code, crypto::bytes_of(crypto::hmac(signature.hash, secret, signature.base))
    );
}

}  // namespace suyuan::access
