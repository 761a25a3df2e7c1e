// SPDX-License-Identifier: Apache-2.0
//
// Goal: an answer is there for paging as long as it is in use, for its asker alone, within bounds.
// Method: answers that differ in nothing but digest and size.

#include "service/answer_cache.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "io/threads.h"
#include "service/named_answer.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

std::shared_ptr<const NamedAnswer> answer(std::string digest, std::size_t positions = 1) {
    auto named = std::make_shared<NamedAnswer>();
    named->principal = "local";
    named->digest = std::move(digest);
    named->answer.forward.emplace().positions.resize(positions);
    return named;
}

TEST(AnswerCacheTest, FindsByKeyAndByDigest) {
    AnswerCache cache;
    EXPECT_EQ(cache.find("a"), nullptr);
    const auto kept = answer("digest-a");
    cache.put("a", kept);
    EXPECT_EQ(cache.find("a"), kept);
    EXPECT_EQ(cache.find_digest("local", "digest-a"), kept);
    EXPECT_EQ(cache.find_digest("local", "digest-b"), nullptr);
}

TEST(AnswerCacheTest, NobodyElsePagesThroughAnAnswer) {
    AnswerCache cache;
    cache.put("a", answer("digest-a"));
    EXPECT_EQ(cache.find_digest("somebody", "digest-a"), nullptr);
}

TEST(AnswerCacheTest, TheSameKeyReplaces) {
    AnswerCache cache;
    cache.put("a", answer("old"));
    const auto kept = answer("new");
    cache.put("a", kept);
    EXPECT_EQ(cache.find("a"), kept);
    EXPECT_EQ(cache.find_digest("local", "old"), nullptr);
}

TEST(AnswerCacheTest, TheLeastUsedAnswerGoesFirst) {
    AnswerCache cache;
    for (int number = 0; number < 32; ++number) {
        cache.put("key" + std::to_string(number), answer("digest" + std::to_string(number)));
    }
    EXPECT_NE(cache.find("key0"), nullptr);  // used: now the last to go
    cache.put("one more", answer("one more"));
    EXPECT_NE(cache.find("key0"), nullptr);
    EXPECT_EQ(cache.find("key1"), nullptr);
    EXPECT_NE(cache.find("key2"), nullptr);
}

TEST(AnswerCacheTest, HeavyAnswersPushOthersOutAndStayThemselves) {
    AnswerCache cache;
    cache.put("small", answer("small"));
    cache.put("half", answer("half", 1'200'000));
    EXPECT_NE(cache.find("small"), nullptr);
    cache.put("other half", answer("other half", 1'200'000));
    EXPECT_NE(cache.find("other half"), nullptr);
    EXPECT_EQ(cache.find("half"), nullptr);
    cache.put("huge", answer("huge", 2'500'000));
    EXPECT_NE(cache.find("huge"), nullptr);
    EXPECT_EQ(cache.find("other half"), nullptr);
}

TEST(AnswerCacheTest, ManyThreadsShareIt) {
    AnswerCache cache;
    std::atomic<int> found = 0;
    {
        std::vector<io::Thread> threads;
        threads.reserve(4);
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&cache, &found, thread](const std::stop_token&) {
                for (int round = 0; round < 500; ++round) {
                    const std::string key = std::to_string((thread + round) % 40);
                    cache.put(key, answer(key));
                    const auto kept = cache.find_digest("local", key);
                    found += kept != nullptr && kept->digest == key ? 1 : 0;
                }
            });
        }
    }
    // What was put a moment ago is only gone if 32 others came between.
    EXPECT_GT(found.load(), 1'000);
}

}  // namespace
}  // namespace suyuan::service
