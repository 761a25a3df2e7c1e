// SPDX-License-Identifier: Apache-2.0

#include "store/search_document.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/bigrams.h"

namespace suyuan::store {
namespace {

bool is_gs1_key(std::string_view code) {
    return code.starts_with("https://id.gs1.org/");
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

bool stands_at(std::span<const std::string> words, const Phrase& phrase) {
    const std::size_t whole = phrase.words.size() - (phrase.is_prefix ? 1 : 0);
    return std::ranges::equal(words.first(whole), std::span(phrase.words).first(whole)) &&
           (!phrase.is_prefix || words[whole].starts_with(phrase.words.back()));
}

bool holds(std::span<const std::string> words, const Phrase& phrase) {
    for (; words.size() >= phrase.words.size(); words = words.subspan(1)) {
        if (stands_at(words.first(phrase.words.size()), phrase)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<std::string> item_words(std::string_view code, std::string_view lot) {
    if (!is_gs1_key(code)) {
        return index_words(code);
    }
    return is_ascii(lot) ? std::vector<std::string>() : index_words(lot);
}

std::vector<std::string> name_words(std::string_view code, std::string_view name) {
    std::vector<std::string> words = index_words(name);
    if (!is_gs1_key(code)) {
        std::ranges::move(index_words(code), std::back_inserter(words));
    }
    return words;
}

bool answers_any(
    const std::vector<std::vector<Phrase>>& questions, const std::vector<std::string>& words
) {
    return std::ranges::any_of(questions, [&](const std::vector<Phrase>& phrases) {
        return !phrases.empty() && std::ranges::all_of(phrases, [&](const Phrase& phrase) {
            return holds(words, phrase);
        });
    });
}

}  // namespace suyuan::store
