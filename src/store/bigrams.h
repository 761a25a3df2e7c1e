// SPDX-License-Identifier: Apache-2.0
//
// Names cut into words that a full-text index can hold, the same way for what is stored and for
// what is asked.
//
// Chinese, Japanese and Korean text has no blanks, so a run of such characters becomes its pairs:
// 黄瓜批发 is 黄瓜, 瓜批, 批发 and, to end the run, 发 alone, so that a single character is found
// wherever it stands as the beginning of a word. Letters and digits of other scripts become whole
// words, ASCII in lower case, full-width forms as ASCII. Everything else parts words. Pure.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suyuan::store {

// Words that stand side by side in this order in a name that matches.
struct Phrase {
    std::vector<std::string> words;
    bool is_prefix = false;  // the last word may go on

    friend bool operator==(const Phrase&, const Phrase&) = default;
};

// What to index for a name.
[[nodiscard]] std::vector<std::string> index_words(std::string_view name);

// What a typed text asks for: every phrase must match. Empty if it holds no letter or digit. At
// most kPhrasesMax phrases; what is beyond is left out.
[[nodiscard]] std::vector<Phrase> query_phrases(std::string_view text);

// Nobody types more; a pasted page must not become a statement of its size.
inline constexpr std::size_t kPhrasesMax = 16;

}  // namespace suyuan::store
