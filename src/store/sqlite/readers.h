// SPDX-License-Identifier: Apache-2.0
//
// Connections that only read, lent out one call at a time.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

// Threads: any. Lifetime: outlives what it lends.
class Readers {
public:
    // A connection for one reading call; goes back on destruction.
    class Lease {
    public:
        Lease(Readers& pool, std::unique_ptr<Connection> connection) noexcept
            : pool_(&pool), connection_(std::move(connection)) {}

        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease();

        [[nodiscard]] Connection& operator*() const noexcept { return *connection_; }

        [[nodiscard]] Connection* operator->() const noexcept { return connection_.get(); }

    private:
        Readers* pool_;
        std::unique_ptr<Connection> connection_;
    };

    explicit Readers(std::filesystem::path file) : file_(std::move(file)) {}

    // Waits while all are lent. What runs on the connection sees the store as of one moment, and
    // fails with kCancelled once the context's caller left. Fails with kPermissionDenied for a
    // scope that does not see everything.
    Result<Lease> lend(const policy::RequestContext& context, const policy::Scope& scope);

    // The same for what can be read in any scope: every statement that starts on the connection
    // and reads for somebody says SCOPE(x) of the rows that it returns.
    Result<Lease> lend_scoped(const policy::RequestContext& context, const policy::Scope& scope);

private:
    // As many as threads that answer questions; each holds 16 MiB of pages.
    static constexpr std::size_t kConnectionsMax = 8;

    Result<Lease> lend_any(const policy::RequestContext& context);
    void take_back(std::unique_ptr<Connection> connection);

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
    std::size_t lent_ = 0;                           // guarded by mutex_
};

}  // namespace suyuan::store::sqlite
