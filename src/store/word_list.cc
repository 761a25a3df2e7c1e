// SPDX-License-Identifier: Apache-2.0

#include "store/word_list.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"

namespace suyuan::store {

std::string join_words(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        SUYUAN_ASSERT(!word.empty() && word.find(' ') == std::string::npos);
        text += text.empty() ? word : " " + word;
    }
    return text;
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = text.find(' ');
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return words;
}

}  // namespace suyuan::store
