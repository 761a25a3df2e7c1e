// SPDX-License-Identifier: Apache-2.0

#include "rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "source_file.h"

namespace suyuan::tidy {
namespace {

constexpr std::size_t kLinesMax = 500;

// A prefix of <...> and the folders that may include it, separated by blanks.
struct Quarantine {
    std::string_view prefix;
    std::string_view folders;
};

constexpr std::array<Quarantine, 46> kQuarantine = {{
    {"tl/", "src/base/"},
    {"fmt/", "src/base/"},
    {"openssl/", "src/crypto/"},
    {"sodium", "src/crypto/"},
    {"boost/json", "src/codec/"},
    {"boost/describe", "src/codec/"},
    {"boost/mp11", "src/codec/"},
    {"iconv.h", "src/codec/"},
    {"minizip/", "src/codec/"},
    {"zlib.h", "src/codec/"},
    {"expat.h", "src/codec/"},
    {"toml++/", "src/policy/"},
    {"xlsxwriter/", "src/codec/"},
    {"cairo", "src/codec/"},
    {"pango/", "src/codec/"},
    {"glib", "src/codec/"},
    {"boost/asio", "src/http/"},
    {"boost/beast", "src/http/"},
    {"boost/none", "src/http/"},      // in signatures of Beast
    {"boost/optional", "src/http/"},  // in signatures of Beast
    {"sqlite3.h", "src/store/sqlite/"},
    {"CLI/", "src/app/"},
    {"spdlog/", "src/app/"},
    // The system.
    {"sys/", "src/io/"},
    {"arpa/", "src/io/"},
    {"net/", "src/io/"},
    {"netinet/", "src/io/"},
    {"linux/", "src/io/"},
    {"asm/", "src/io/"},
    {"dirent.h", "src/io/"},
    {"dlfcn.h", "src/io/"},
    {"fcntl.h", "src/io/"},
    {"ftw.h", "src/io/"},
    {"glob.h", "src/io/"},
    {"netdb.h", "src/io/"},
    {"poll.h", "src/io/"},
    {"pthread.h", "src/io/"},
    {"sched.h", "src/io/"},
    {"semaphore.h", "src/io/"},
    {"signal.h", "src/io/"},
    {"spawn.h", "src/io/"},
    {"stdlib.h", "src/io/"},
    {"termios.h", "src/io/"},
    {"time.h", "src/io/"},
    {"ucontext.h", "src/io/"},
    {"unistd.h", "src/io/"},
}};

// Text that is not wanted in code.
struct Pattern {
    std::string_view needle;  // Every match holds it: spares most lines the slow search.
    std::string_view regex;
    std::string_view advice;
};

// What only src/io may write.
constexpr std::array<Pattern, 6> kWorld = {{
    {"::now", R"(::now\s*\()", "take an io::Clock"},
    {"random_device", R"(\bstd::random_device\b)", "take an io::Randomness"},
    {"::open", R"((^|[^\w>:])::open\s*\()", "use io/files.h or io/mapped_file.h"},
    {"std::",
     R"(\bstd::(jthread|async|thread(?!::(id|hardware_concurrency)))\b)",
     "use io/threads.h"},
    {"::",
     R"(\b(filesystem|fs)::(create_\w+|copy\w*|remove\w*|rename|resize_file|permissions)\b)",
     "use io/files.h"},
    {"fstream", R"(\bstd::(basic_)?o?fstream\b)", "use io/files.h"},
}};

constexpr Pattern kThrow = {"throw", R"(\bthrow\b)", "return a Result"};

std::string place(const SourceFile& file, std::size_t line) {
    return file.path + ':' + std::to_string(line + 1) + ": ";
}

void find_in_code(const SourceFile& file, const Pattern& pattern, Complaints& complaints) {
    const std::regex regex{std::string(pattern.regex)};
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        const std::string& line = file.code[i];
        if (line.find(pattern.needle) != std::string::npos && std::regex_search(line, regex)) {
            complaints.push_back(
                place(file, i) + file.lines[i] + "\n  " + std::string(pattern.advice)
            );
        }
    }
}

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool holds_word(std::string_view line, std::string_view word) {
    for (std::size_t at = line.find(word); at != std::string_view::npos;
         at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word_character(line[at - 1])) &&
            (end == line.size() || !is_word_character(line[end]))) {
            return true;
        }
    }
    return false;
}

// The file's includes that `regex` matches, each with what `judge` finds wrong with it.
template <typename Judge>
Complaints judge_includes(const SourceFile& file, const std::regex& regex, Judge judge) {
    Complaints complaints;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        if (file.lines[i].find('#') == std::string::npos ||
            !std::regex_search(file.lines[i], match, regex)) {
            continue;
        }
        const std::string fault = judge(match[1].str());
        if (!fault.empty()) {
            complaints.push_back(place(file, i) + file.lines[i] + "\n  " + fault);
        }
    }
    return complaints;
}

const Module* find_module(const std::vector<Module>& manifest, std::string_view name) {
    const auto found = std::ranges::find(manifest, name, &Module::name);
    return found == manifest.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string>& list, std::string_view name) {
    return std::ranges::find(list, name) != list.end();
}

// What is wrong with `file` including "path"; "" if nothing.
std::string judge_include(
    const SourceFile& file, const std::string& path, const std::vector<Module>& manifest
) {
    const std::string own = module_of(file.path);
    const std::size_t slash = path.find('/');
    const std::string other = path.substr(0, slash);
    if (slash == std::string::npos) {
        return "write the path from src/";
    }
    if (other == own) {
        return "";
    }
    const Module* const module = find_module(manifest, own);
    const Module* const included = find_module(manifest, other);
    if (module == nullptr || included == nullptr) {
        return "not a module of the build";
    }
    if (included > module) {
        return "it stands later in src/CMakeLists.txt: invert the dependency";
    }
    if (!contains(module->dependencies, other)) {
        return "add it to DEPENDS, or invert the dependency";
    }
    return path.find("/detail/") == std::string::npos ? "" : "detail/ is for its own module";
}

bool is_standard_header(const std::string& header) {
    static const std::regex name("[a-z_0-9]+");
    return std::regex_match(header, name);
}

std::string judge_header(const SourceFile& file, const std::string& header) {
    if (header.starts_with("gtest/")) {
        return is_test_code(file.path) ? "" : "for tests only";
    }
    if (is_standard_header(header)) {
        return "";
    }
    const auto* const found = std::ranges::find_if(kQuarantine, [&](const Quarantine& entry) {
        return header.starts_with(entry.prefix);
    });
    if (found == kQuarantine.end()) {
        return "no module may include this: give it one in tests/tidy/rules.cc, with its reason";
    }
    return file.path.starts_with(found->folders) ? "" : "only for " + std::string(found->folders);
}

std::vector<std::string> subdirectories(std::string_view cmake_lists) {
    const std::string text(cmake_lists);
    const std::regex line(R"((?:^|\n)add_subdirectory\((\w+)\))");
    return {
        std::sregex_token_iterator(text.begin(), text.end(), line, 1), std::sregex_token_iterator()
    };
}

}  // namespace

std::vector<Module> parse_manifest(std::string_view text) {
    std::vector<Module> modules;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) {
        const std::size_t colon = line.find(':');
        std::istringstream rest(line.substr(colon + 1));
        modules.push_back({line.substr(0, colon), {std::istream_iterator<std::string>(rest), {}}});
    }
    return modules;
}

Complaints check_order(const std::vector<Module>& manifest, std::string_view cmake_lists) {
    Complaints complaints;
    std::vector<std::string> built;
    for (const Module& module : manifest) {
        const auto later = std::ranges::find_if(module.dependencies, [&](const std::string& name) {
            return !contains(built, name);
        });
        if (later != module.dependencies.end()) {
            complaints.push_back(
                module.name + " depends on " + *later + ", which does not stand before it"
            );
        }
        built.push_back(module.name);
    }
    if (built != subdirectories(cmake_lists)) {
        complaints.emplace_back("the manifest and src/CMakeLists.txt list different modules");
    }
    return complaints;
}

Complaints check_includes(const SourceFile& file, const std::vector<Module>& manifest) {
    static const std::regex include(R"re(^\s*#\s*include\s*"([^"]+)")re");
    return judge_includes(file, include, [&](const std::string& path) {
        return judge_include(file, path, manifest);
    });
}

Complaints check_quarantine(const SourceFile& file) {
    static const std::regex include(R"(^\s*#\s*include\s*<([^>]+)>)");
    return judge_includes(file, include, [&](const std::string& header) {
        return judge_header(file, header);
    });
}

Complaints check_world(const SourceFile& file) {
    Complaints complaints;
    if (is_test_code(file.path) || file.path.starts_with("src/io/")) {
        return complaints;
    }
    for (const Pattern& pattern : kWorld) {
        find_in_code(file, pattern, complaints);
    }
    return complaints;
}

Complaints check_shape(const SourceFile& file) {
    Complaints complaints;
    if (file.lines.empty() || file.lines.front() != "// SPDX-License-Identifier: Apache-2.0") {
        complaints.push_back(place(file, 0) + "the licence line comes first");
    }
    if (file.lines.size() > kLinesMax) {
        complaints.push_back(
            file.path + ": " + std::to_string(file.lines.size()) + " lines, more than " +
            std::to_string(kLinesMax) + ": split it"
        );
    }
    const auto guards = std::ranges::count(file.lines, "#pragma once");
    if (guards != (file.path.ends_with(".h") ? 1 : 0)) {
        complaints.push_back(file.path + ": #pragma once belongs into headers, once");
    }
    return complaints;
}

Complaints check_finished(const SourceFile& file) {
    // In pieces, so that this file does not hold them.
    constexpr std::array<std::string_view, 5> kMarks = {
        "TO"
        "DO",
        "FIX"
        "ME",
        "X"
        "XX",
        "HA"
        "CK",
        "W"
        "IP"
    };
    Complaints complaints;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const bool is_marked = std::ranges::any_of(kMarks, [&](std::string_view mark) {
            return holds_word(file.lines[i], mark);
        });
        if (is_marked) {
            complaints.push_back(
                place(file, i) + file.lines[i] + "\n  finish it, or file an issue"
            );
        }
    }
    return complaints;
}

Complaints check_no_exceptions(const SourceFile& file) {
    Complaints complaints;
    if (!is_test_code(file.path)) {
        find_in_code(file, kThrow, complaints);
    }
    return complaints;
}

}  // namespace suyuan::tidy
