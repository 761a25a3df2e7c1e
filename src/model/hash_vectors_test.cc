// SPDX-License-Identifier: Apache-2.0
//
// Goal: identifiers come out as the CBV event hash spells them.
// Method: every identifier of the public hash vectors' documents has to stand, in our spelling, in
// one of the strings that are hashed. Documents under SUYUAN_TEST_DATA, skipped without it.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "model/code.h"

namespace suyuan::model {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// EPC URNs and Digital Links as they stand between quotes or tags.
std::set<std::string> identifiers_in(const std::string& document) {
    const std::regex pattern(
        R"((urn:epc:(?:id|class|idpat):[^"<>\s]+|https?://[^"<>\s]+/(?:01|00|253|414|8003|8004)/[0-9][^"<>\s]+))"
    );
    return {
        std::sregex_token_iterator(document.begin(), document.end(), pattern, 1),
        std::sregex_token_iterator()
    };
}

TEST(HashVectorsTest, IdentifiersAreSpelledAsTheHashSpellsThem) {
    const char* const data = std::getenv("SUYUAN_TEST_DATA");
    if (data == nullptr) {
        GTEST_SKIP() << "skipped: no data";
    }
    std::string hashed;
    std::set<std::string> identifiers;
    for (const auto& entry : fs::directory_iterator(fs::path(data) / "epcis" / "hash")) {
        const std::string text = read(entry.path());
        if (entry.path().extension() == ".prehashes") {
            hashed += text;
        } else {
            identifiers.merge(identifiers_in(text));
        }
    }
    for (const std::string& identifier : identifiers) {
        EXPECT_NE(hashed.find('=' + canonical_uri(identifier)), std::string::npos)
            << identifier << " became " << canonical_uri(identifier);
    }
    EXPECT_GT(identifiers.size(), 80U) << "the vectors hold more identifiers than that";
}

}  // namespace
}  // namespace suyuan::model
