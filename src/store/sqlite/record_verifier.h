// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "store/postings.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/findings.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// Checks records one after the other, in log order. Lifetime: borrows connection and findings.
class RecordVerifier {
public:
    RecordVerifier(Connection& connection, Findings& findings, const Counters& counters)
        : connection_(connection), findings_(findings), counters_(counters) {}

    // The next piece of the log. False: that was all.
    Result<bool> check_piece();

    [[nodiscard]] std::uint64_t checked() const noexcept { return checked_; }

private:
    Status check(const Query& row);
    void check_order(const Query& row, std::uint64_t record);
    Status check_payload(const Query& row, std::uint64_t record);
    Status check_event(const Query& row, std::uint64_t record);
    void check_ids(std::uint64_t record);
    Status check_declared(std::uint64_t record);
    Status check_mention(const IdPosting& posting, std::uint64_t record, std::uint64_t log_index);
    Status check_postings(std::uint64_t record, std::uint64_t log_index);
    void check_id(
        std::uint64_t id, Counter dictionary, std::string_view what, std::uint64_t record
    );

    Connection& connection_;
    Findings& findings_;
    const Counters& counters_;
    std::uint64_t last_log_index_ = 0;
    model::MicrosUtc last_record_time_ = 0;
    std::uint64_t checked_ = 0;
    graph::FlowEvent event_;  // of the row at hand, as are the following
    std::vector<ItemDeclaration> declared_;
};

}  // namespace suyuan::store::sqlite
