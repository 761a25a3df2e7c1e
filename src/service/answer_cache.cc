// SPDX-License-Identifier: Apache-2.0

#include "service/answer_cache.h"

#include <algorithm>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "service/named_answer.h"

namespace suyuan::service {

std::shared_ptr<const NamedAnswer> AnswerCache::use(std::list<Entry>::iterator entry) {
    entries_.splice(entries_.begin(), entries_, entry);
    return entry->answer;
}

std::shared_ptr<const NamedAnswer> AnswerCache::find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(entries_, key, &Entry::key);
    return found == entries_.end() ? nullptr : use(found);
}

std::shared_ptr<const NamedAnswer> AnswerCache::find_digest(
    std::string_view principal, std::string_view digest
) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) {
        return entry.answer->digest == digest && entry.answer->principal == principal;
    });
    return found == entries_.end() ? nullptr : use(found);
}

void AnswerCache::put(std::string key, std::shared_ptr<const NamedAnswer> answer) {
    const std::lock_guard lock(mutex_);
    if (const auto former = std::ranges::find(entries_, key, &Entry::key);
        former != entries_.end()) {
        weight_ -= former->weight;
        entries_.erase(former);
    }
    const std::size_t weight = answer->position_count() + answer->move_count();
    entries_.push_front({std::move(key), std::move(answer), weight});
    weight_ += weight;
    while (entries_.size() > 1 && (entries_.size() > kAnswersMax || weight_ > kWeightMax)) {
        weight_ -= entries_.back().weight;
        entries_.pop_back();
    }
}

}  // namespace suyuan::service
