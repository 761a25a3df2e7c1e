// SPDX-License-Identifier: Apache-2.0
//
// For the contract's parts on accounts and on the audit trail; a backend runs each as it runs
// StoreContract.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "store/access.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {

class AccessContract : public StoreContract {
protected:
    AccessStore& access() { return store().access(); }

    Result<std::uint64_t> act(const std::vector<AccessChange>& changes) {
        return access().act(context_, scope_, changes, {.actor = "local", .act = "test"});
    }

    // What must not be done, and leaves nothing: not even what came before it in the act.
    void refuse(const AccessChange& change, ErrorCode code) {
        const std::uint64_t before = rows();
        const auto refused = act({AddAccount{{.id = "before", .name = "before"}}, change});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code(), code) << refused.error().message();
        EXPECT_FALSE(*access().find_account(context_, scope_, "before"));
        EXPECT_EQ(rows(), before);
    }

    std::uint64_t rows() {
        const auto found = access().search_audit(context_, scope_, {.rows_max = 1});
        return found && !found->empty() ? found->front().number : 0;
    }

    ErrorCode note(const AccessNote& what) {
        const auto noted = access().note(context_, scope_, what);
        EXPECT_FALSE(noted);
        return noted ? ErrorCode::kCorruption : noted.error().code();
    }
};

class AuditContract : public StoreContract {
protected:
    std::uint64_t record(const AuditEntry& entry) {
        const auto number = store().access().act(context_, scope_, {}, entry);
        EXPECT_TRUE(number) << number.error().message();
        return number ? *number : 0;
    }

    std::vector<AuditRow> search(const AuditQuery& query) {
        auto rows = store().access().search_audit(context_, scope_, query);
        EXPECT_TRUE(rows) << rows.error().message();
        return rows ? *std::move(rows) : std::vector<AuditRow>();
    }

    // "31" for rows 3 and 1.
    std::string numbers(const AuditQuery& query) {
        std::string told;
        for (const AuditRow& row : search(query)) {
            told += std::to_string(row.number);
        }
        return told;
    }
};

}  // namespace suyuan::store
