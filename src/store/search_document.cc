// SPDX-License-Identifier: Apache-2.0

#include "store/search_document.h"

#include <algorithm>
#include <iterator>
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

}  // namespace suyuan::store
