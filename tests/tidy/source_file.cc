// SPDX-License-Identifier: Apache-2.0

#include "source_file.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace suyuan::tidy {
namespace {

namespace fs = std::filesystem;

// Blanks comments and the inside of literals; line ends stay where they are.
class Blanker {
public:
    explicit Blanker(std::string_view text) : text_(text), code_(text) {}

    std::string run() {
        while (at_ < text_.size()) {
            if (starts_with("//")) {
                blank_until(find("\n", at_));
            } else if (starts_with("/*")) {
                blank_until(find("*/", at_ + 2) + 2);
            } else if (starts_with("R\"") && !follows_word()) {
                blank_raw_string();
            } else if (text_[at_] == '"' || (text_[at_] == '\'' && !follows_word())) {
                blank_literal();
            } else {
                ++at_;
            }
        }
        return std::move(code_);
    }

private:
    [[nodiscard]] bool starts_with(std::string_view token) const {
        return text_.substr(at_).starts_with(token);
    }

    // A quote within 1'000, or an R at the end of a name.
    [[nodiscard]] bool follows_word() const {
        return at_ > 0 && std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0;
    }

    [[nodiscard]] std::size_t find(std::string_view token, std::size_t from) const {
        return std::min(text_.find(token, from), text_.size());
    }

    void blank_until(std::size_t end) {
        for (; at_ < std::min(end, text_.size()); ++at_) {
            code_[at_] = text_[at_] == '\n' ? '\n' : ' ';
        }
    }

    // Leaves the quotes: "" is still an expression.
    void blank_literal() {
        const char quote = text_[at_++];
        std::size_t end = at_;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        blank_until(end);
        ++at_;
    }

    void blank_raw_string() {
        const std::size_t open = find("(", at_);
        const std::string close = ')' + std::string(text_.substr(at_ + 2, open - at_ - 2)) + '"';
        at_ += 2;
        blank_until(find(close, open) + close.size());
    }

    std::string_view text_;
    std::string code_;
    std::size_t at_ = 0;
};

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace

SourceFile make_source(std::string path, std::string_view text) {
    return {std::move(path), split_lines(text), split_lines(Blanker(text).run())};
}

std::vector<SourceFile> read_sources(const std::string& repository, const std::string& folder) {
    std::vector<SourceFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(repository) / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".h" && extension != ".cc") {
            continue;
        }
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        files.push_back(make_source(fs::relative(entry.path(), repository).generic_string(), text));
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

bool is_test_code(std::string_view path) {
    const std::string stem = fs::path(path).stem().string();
    return !path.starts_with("src/") || stem.ends_with("_test") || stem.ends_with("_fuzz") ||
           stem.ends_with("_bench") || stem.ends_with("_fixture") || stem.ends_with("_testing");
}

std::string module_of(std::string_view path) {
    const fs::path parts(path);
    auto part = parts.begin();
    if (part == parts.end() || part->string() != "src") {
        return "";
    }
    ++part;
    return part == parts.end() ? "" : part->string();
}

}  // namespace suyuan::tidy
