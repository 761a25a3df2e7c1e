// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "service/named_answer.h"

namespace suyuan::service {

// The last answers, so that paging and explaining speak of one snapshot.
//
// Threads: every member from any thread.
class AnswerCache {
public:
    // Null if it is not there (any more).
    [[nodiscard]] std::shared_ptr<const NamedAnswer> find(std::string_view key);
    // Among the answers that were given to `principal`.
    [[nodiscard]] std::shared_ptr<const NamedAnswer> find_digest(
        std::string_view principal, std::string_view digest
    );
    // The newest answer stays, whatever it weighs: it is about to be paged through.
    void put(std::string key, std::shared_ptr<const NamedAnswer> answer);

private:
    // A person looks at a few answers at a time; the weight bounds memory at about a gigabyte.
    static constexpr std::size_t kAnswersMax = 32;
    static constexpr std::size_t kWeightMax = 2'000'000;  // positions and moves

    struct Entry {
        std::string key;
        std::shared_ptr<const NamedAnswer> answer;
        std::size_t weight = 0;
    };

    // Makes it the last used. Requires the lock.
    std::shared_ptr<const NamedAnswer> use(std::list<Entry>::iterator entry);

    std::mutex mutex_;
    std::list<Entry> entries_;  // guarded by mutex_; last used first
    std::size_t weight_ = 0;    // guarded by mutex_
};

}  // namespace suyuan::service
