// SPDX-License-Identifier: Apache-2.0

#include "trace/lot_stays.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "trace/account.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

class LotSweep {
public:
    LotSweep(std::span<const TimeKey> endings, const NextRefill& refills)
        : endings_(endings), refills_(refills) {}

    void take(const LotRecord& record);

    std::vector<LotStay> finish() {
        end_before(std::nullopt);
        return std::move(stays_);
    }

private:
    // By what ended everything since the last record, and before the next one.
    void end_before(const std::optional<TimeKey>& next);
    void end_all(const TimeKey& key);
    // What an unpack that takes out so much leaves; not known if nobody can tell whether it does.
    [[nodiscard]] std::optional<Amount> rest_after(const Amount& taken) const;

    std::span<const TimeKey> endings_;
    const NextRefill& refills_;
    std::vector<LotStay> stays_;
    std::size_t first_running_ = 0;  // the stays from here on run
    TimeKey last_;                   // record
};

void LotSweep::end_all(const TimeKey& key) {
    for (; first_running_ < stays_.size(); ++first_running_) {
        LotStay& stay = stays_[first_running_];
        stay.end = stay.end ? stay.end : key;
    }
}

void LotSweep::end_before(const std::optional<TimeKey>& next) {
    if (first_running_ == stays_.size()) {
        return;
    }
    const auto ending = std::ranges::upper_bound(endings_, last_);
    // What may have been left was seen, or was not, when something was put in elsewhere. There is
    // one such stay at most: an unpack ends all others.
    LotStay& rest = stays_[first_running_];
    if (rest.is_doubtful && !rest.end) {
        const auto refill = refills_(rest.place, rest.begin);
        if (refill && (!next || *refill <= *next) &&
            (ending == endings_.end() || *refill < *ending)) {
            rest.end = *refill;
        }
    }
    if (ending != endings_.end() && (!next || *ending < *next)) {
        end_all(*ending);
    }
}

std::optional<Amount> LotSweep::rest_after(const Amount& taken) const {
    if (!taken.is_known || taken.millionths < 0 || first_running_ == stays_.size()) {
        return std::nullopt;
    }
    Amount rest = {.is_known = true, .unit = taken.unit};
    bool has_running = false;
    for (std::size_t place = first_running_; place < stays_.size(); ++place) {
        if (!stays_[place].end) {
            rest = together(rest, stays_[place].amount);
            has_running = true;
        }
    }
    if (!has_running) {
        return std::nullopt;
    }
    if (!rest.is_known) {
        return Amount();
    }
    constexpr std::int64_t kScales = 50;  // differ by a fiftieth; who counts does not
    constexpr std::int64_t kUnit = 1'000'000;
    const std::int64_t whole = rest.millionths;
    if (taken.millionths >= whole) {
        return std::nullopt;
    }
    rest.millionths -= taken.millionths;
    const bool is_counted = rest.millionths % kUnit == 0;
    return is_counted || rest.millionths >= whole / kScales ? std::optional(rest) : std::nullopt;
}

void LotSweep::take(const LotRecord& record) {
    end_before(record.key);
    last_ = record.key;
    if (record.is_pack) {
        const std::size_t running = stays_.size() - first_running_;
        const bool is_inside = running > 1 || (running == 1 && !stays_.back().end);
        if (!record.is_observed || !is_inside) {
            stays_.push_back({record.key, record.place, std::nullopt, record.amount});
        }
        return;
    }
    const std::optional<Amount> rest = rest_after(record.amount);
    end_all(record.key);
    if (rest) {
        stays_.push_back({record.key, record.place, std::nullopt, *rest, !rest->is_known});
    }
}

}  // namespace

Amount together(const Amount& a, const Amount& b) noexcept {
    if (!a.is_known || !b.is_known || a.unit != b.unit) {
        return {};
    }
    return {.is_known = true, .unit = a.unit, .millionths = sum_of(a.millionths, b.millionths)};
}

std::vector<LotStay> lot_stays(
    std::span<const LotRecord> records, std::span<const TimeKey> endings, const NextRefill& refills
) {
    LotSweep sweep(endings, refills);
    for (const LotRecord& record : records) {
        sweep.take(record);
    }
    return sweep.finish();
}

}  // namespace suyuan::trace
