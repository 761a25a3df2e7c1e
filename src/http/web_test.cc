// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "crypto/sha256.h"
#include "http/web_files.h"

namespace suyuan::http {
namespace {

std::string read_source(std::string_view name) {
    std::ifstream stream(SUYUAN_CONSOLE_FILES "/" + std::string(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(WebFilesTest, HoldThePageByteForByte) {
    ASSERT_FALSE(web_files().empty());
    EXPECT_TRUE(std::ranges::is_sorted(web_files(), {}, &WebFile::name));
    for (const WebFile& file : web_files()) {
        EXPECT_EQ(file.bytes, read_source(file.name)) << file.name;
        EXPECT_EQ(file.etag, "\"" + crypto::to_hex(crypto::sha256(file.bytes)) + "\"") << file.name;
        EXPECT_EQ(find_web_file(file.name), &file);
    }
}

TEST(WebFilesTest, AreFoundByExactNameOnly) {
    const WebFile* const index = find_web_file("index.html");
    ASSERT_NE(index, nullptr);
    EXPECT_EQ(index->content_type, "text/html; charset=utf-8");
    for (const std::string_view name :
         {"", "index", "INDEX.HTML", "index.html.bak", "../index.html", "index.html/"}) {
        EXPECT_EQ(find_web_file(name), nullptr) << name;
    }
}

}  // namespace
}  // namespace suyuan::http
