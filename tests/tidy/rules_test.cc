// SPDX-License-Identifier: Apache-2.0
//
// Goal: every house rule bites, and bites nothing else.
// Method: for each rule, small sources that break it and their innocent twins.

#include "rules.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "source_file.h"

namespace suyuan::tidy {
namespace {

using Rule = std::function<Complaints(const SourceFile&)>;

struct Example {
    std::string_view path;
    std::string_view text;
};

void expect_complaints(const Rule& rule, const std::vector<Example>& guilty) {
    for (const Example& example : guilty) {
        const Complaints complaints = rule(make_source(std::string(example.path), example.text));
        ASSERT_EQ(complaints.size(), 1U) << example.path << ": " << example.text;
        EXPECT_TRUE(complaints[0].starts_with(example.path)) << complaints[0];
    }
}

void expect_none(const Rule& rule, const std::vector<Example>& innocent) {
    for (const Example& example : innocent) {
        EXPECT_EQ(rule(make_source(std::string(example.path), example.text)), Complaints())
            << example.path << ": " << example.text;
    }
}

const std::vector<Module>& small_manifest() {
    static const std::vector<Module> manifest =
        parse_manifest("base: \nio: base\nmodel: base\ngraph: base model\n");
    return manifest;
}

Complaints check_small_includes(const SourceFile& file) {
    return check_includes(file, small_manifest());
}

TEST(RulesTest, TheManifestIsRead) {
    ASSERT_EQ(small_manifest().size(), 4U);
    EXPECT_EQ(small_manifest()[0].name, "base");
    EXPECT_TRUE(small_manifest()[0].dependencies.empty());
    EXPECT_EQ(small_manifest()[3].dependencies, (std::vector<std::string>{"base", "model"}));
}

TEST(RulesTest, OrderIsThatOfTheBuild) {
    constexpr std::string_view kLists =
        "# order\nadd_subdirectory(base)\nadd_subdirectory(io)\nadd_subdirectory(model)\n"
        "add_subdirectory(graph)\n";
    EXPECT_EQ(check_order(small_manifest(), kLists), Complaints());
    EXPECT_EQ(check_order(small_manifest(), "add_subdirectory(base)\n").size(), 1U);
    EXPECT_EQ(
        check_order(
            parse_manifest("base: io\nio: base\n"), "add_subdirectory(base)\nadd_subdirectory(io)\n"
        ),
        Complaints{"base depends on io, which does not stand before it"}
    );
}

TEST(RulesTest, IncludesFollowDeclaredDependencies) {
    expect_complaints(
        check_small_includes,
        {
            {"src/io/a.cc", "#include \"model/code.h\"\n"},          // undeclared
            {"src/model/a.cc", "#include \"graph/fact.h\"\n"},       // later
            {"src/base/a_test.cc", "  # include \"io/clock.h\"\n"},  // tests too
            {"src/graph/a.cc", "#include \"store/store.h\"\n"},      // no module
            {"src/graph/a.cc", "#include \"fact.h\"\n"},             // without its folder
            {"src/graph/a.cc", "#include \"model/detail/text.h\"\n"},
        }
    );
    expect_none(
        check_small_includes,
        {
            {"src/graph/a.cc", "#include \"model/code.h\"\n#include \"base/result.h\"\n"},
            {"src/graph/a.cc", "#include \"graph/detail/x.h\"\n"},
            {"src/io/a.cc", "#include <string>\n"},
        }
    );
}

TEST(RulesTest, LibrariesStayInTheirFolder) {
    expect_complaints(
        check_quarantine,
        {
            {"src/model/a.cc", "#include <tl/expected.hpp>\n"},
            {"src/model/a.cc", "#include <fmt/format.h>\n"},
            {"src/codec/a.cc", "#include <openssl/evp.h>\n"},
            {"src/http/a.cc", "#include <boost/json.hpp>\n"},
            {"src/codec/a.cc", "#include <boost/asio/buffer.hpp>\n"},
            {"src/service/a.cc", "#include <boost/beast/http.hpp>\n"},
            {"src/store/a.cc", "#include <sqlite3.h>\n"},
            {"src/http/a.cc", "#include <CLI/CLI.hpp>\n"},
            {"src/http/a.cc", "#include <spdlog/spdlog.h>\n"},
            {"src/store/a.cc", "#include <unistd.h>\n"},
            {"src/store/a.cc", "#include <sys/stat.h>\n"},
            {"src/app/a.cc", "#include <fcntl.h>\n"},
            {"src/io/a.cc", "#include <gtest/gtest.h>\n"},
            {"src/base/a.cc", "#include <boost/container/small_vector.hpp>\n"},  // in no list
            {"src/base/a.cc", "#include <zlib.h>\n"},
        }
    );
    expect_none(
        check_quarantine,
        {
            {"src/base/a.h", "#include <tl/expected.hpp>\n#include <fmt/format.h>\n"},
            {"src/crypto/a.cc", "#include <openssl/evp.h>\n"},
            {"src/codec/a.cc", "#include <boost/json/basic_parser_impl.hpp>\n"},
            {"src/http/a.cc", "#include <boost/asio.hpp>\n#include <boost/beast/http.hpp>\n"},
            {"src/store/sqlite/a.cc", "#include <sqlite3.h>\n"},
            {"src/app/a.cc", "#include <CLI/CLI.hpp>\n#include <spdlog/spdlog.h>\n"},
            {"src/io/a.cc", "#include <unistd.h>\n#include <sys/stat.h>\n#include <thread>\n"},
            {"src/io/a_test.cc", "#include <gtest/gtest.h>\n"},
        }
    );
}

TEST(RulesTest, TheWorldIsForIo) {
    expect_complaints(
        check_world,
        {
            {"src/store/a.cc", "auto t = std::chrono::system_clock::now();\n"},
            {"src/store/a.cc", "auto t = Clock::now ();\n"},
            {"src/trace/a.cc", "std::random_device dice;\n"},
            {"src/store/a.cc", "int file = ::open(path, O_RDONLY);\n"},
            {"src/store/a.cc", "::open(path, O_RDONLY);\n"},
            {"src/http/a.cc", "std::thread worker([] {});\n"},
            {"src/http/a.h", "std::vector<std::jthread> threads_;\n"},
            {"src/http/a.cc", "auto later = std::async(work);\n"},
            {"src/app/a.cc", "std::filesystem::create_directories(path);\n"},
            {"src/app/a.cc", "fs::remove(path);\n"},
            {"src/app/a.cc", "fs::rename(from, to);\n"},
            {"src/app/a.cc", "std::ofstream out(path);\n"},
        }
    );
    expect_none(
        check_world,
        {
            {"src/io/a.cc", "auto t = std::chrono::system_clock::now(); ::open(path, 0);\n"},
            {"src/io/a.cc", "std::jthread worker; fs::remove(path);\n"},
            {"src/store/a_test.cc", "std::thread worker([] {}); fs::remove_all(path);\n"},
            {"src/store/a.cc", "MappedFile::open(path); store.open(path); io::remove_file(path);\n"
            },
            {"src/store/a.cc", "clock.now_us(); std::this_thread::yield(); std::thread::id id;\n"},
            {"src/store/a.cc", "fs::exists(path); std::ranges::remove(list, 1);\n"},
            {"src/store/a.cc", "// system_clock::now() would differ\nlog(\"std::thread\");\n"},
        }
    );
}

TEST(RulesTest, FilesHaveTheirShape) {
    constexpr std::string_view kLicence = "// SPDX-License-Identifier: Apache-2.0\n";
    const std::string header = std::string(kLicence) + "\n#pragma once\n";
    const std::string guarded_twice = header + "#pragma once\n";
    std::string longest(kLicence);
    for (int line = 2; line <= 500; ++line) {
        longest += "int i;\n";
    }
    const std::string too_long = longest + "int i;\n";
    expect_complaints(
        check_shape,
        {
            {"src/base/a.cc", ""},
            {"src/base/a.cc", "#include <string>\n"},
            {"src/base/a.cc", "\n// SPDX-License-Identifier: Apache-2.0\n"},
            {"src/base/a.h", kLicence},
            {"src/base/a.h", guarded_twice},
            {"src/base/a.cc", header},
            {"src/base/a.cc", too_long},
        }
    );
    expect_none(
        check_shape,
        {{"src/base/a.h", header}, {"src/base/a.cc", kLicence}, {"src/base/a.cc", longest}}
    );
}

TEST(RulesTest, MarksOfUnfinishedWorkAreFound) {
    for (const std::string mark :
         {"TO"
          "DO",
          "FIX"
          "ME",
          "X"
          "XX",
          "HA"
          "CK",
          "W"
          "IP"}) {
        const std::string text = "int i;  // " + mark + ": later\n";
        expect_complaints(check_finished, {{"src/base/a.cc", text}});
    }
    expect_none(
        check_finished, {{"src/base/a.cc", "// What there is to do, a hack saw, WIPED, XXXX\n"}}
    );
}

TEST(RulesTest, ExceptionsAreNotOurs) {
    expect_complaints(
        check_no_exceptions,
        {{"src/base/a.cc", "if (bad) { throw std::runtime_error(\"bad\"); }\n"},
         {"src/base/a.cc", "} catch (...) {\n    throw;\n}\n"}}
    );
    expect_none(
        check_no_exceptions,
        {{"src/base/a.cc", "// libraries throw\nrun(\"/throw\"); int throws = 0;\n"},
         {"src/base/a_test.cc", "throw std::runtime_error(\"bad\");\n"}}
    );
}

TEST(SourceFileTest, OnlyCodeIsLeftOfTheLines) {
    const SourceFile file = make_source(
        "src/base/a.cc",
        "int a = 1'000; /* two\nlines */ int b;\n"
        "call(\"text // no comment\", 'x', '\\'', \"\\\"\"); // end\n"
        "auto r = R\"(raw \" text)\" + R\"x(\n)\" )x\"; int c;\n"
    );
    ASSERT_EQ(file.code.size(), 5U);
    EXPECT_EQ(file.code[0], "int a = 1'000;       ");
    EXPECT_EQ(file.code[1], "         int b;");
    EXPECT_EQ(file.code[2], "call(\"                  \", ' ', '  ', \"  \");       ");
    EXPECT_NE(file.code[4].find("; int c;"), std::string::npos) << file.code[4];
    EXPECT_EQ(file.code[3].find("raw"), std::string::npos) << file.code[3];
    EXPECT_EQ(file.lines[2].substr(0, 12), "call(\"text /");
}

TEST(SourceFileTest, KnowsTestsAndModules) {
    EXPECT_TRUE(is_test_code("src/io/files_test.cc"));
    EXPECT_TRUE(is_test_code("src/model/code_fuzz.cc"));
    EXPECT_TRUE(is_test_code("src/service/service_fixture.h"));
    EXPECT_TRUE(is_test_code("tests/tidy/rules.cc"));
    EXPECT_FALSE(is_test_code("src/io/files.cc"));
    EXPECT_FALSE(is_test_code("src/io/test_files.cc"));
    EXPECT_EQ(module_of("src/store/sqlite/open.cc"), "store");
    EXPECT_EQ(module_of("tests/tidy/rules.cc"), "");
}

}  // namespace
}  // namespace suyuan::tidy
