// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/readers.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/sql/names.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/dialect.h"
#include "store/store.h"
#include "store/visibility.h"

namespace suyuan::store::sqlite {

Readers::Lease::~Lease() {
    if (connection_ != nullptr) {
        pool_->take_back(std::move(connection_));
    }
}

Result<Readers::Lease> Readers::lend(
    const policy::RequestContext& context, const policy::Scope& scope
) {
    SUYUAN_TRY_VOID(check_scope(scope));
    return lend_any(context);
}

Result<Readers::Lease> Readers::lend_scoped(
    const policy::RequestContext& context, const policy::Scope& scope
) {
    SUYUAN_TRY(Lease lease, lend_any(context));
    constexpr std::int64_t kNobody = -1;
    std::int64_t own = kNobody;
    if (scope.view() == policy::View::kOwn) {
        SUYUAN_TRY(
            Query query,
            lease->start(sql::kNumberOfName, NameKind::kOperator, scope.operator_code())
        );
        SUYUAN_TRY(const bool is_known, query.next());
        own = is_known ? query.integer(0) : kNobody;
    }
    lease->set_scope(scope, own);
    return lease;
}

Result<Readers::Lease> Readers::lend_any(const policy::RequestContext& context) {
    SUYUAN_TRY_VOID(context.check_alive());
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !idle_.empty() || lent_ < kConnectionsMax; });
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
        ++lent_;
    }
    if (connection == nullptr) {
        auto opened = Connection::open(file_, Connection::Mode::kReader);
        if (!opened) {
            take_back(nullptr);
            return Failure(std::move(opened).error());
        }
        connection = *std::move(opened);
    }
    connection->set_cancellation([context] { return context.is_cancelled(); });
    Lease lease(*this, std::move(connection));
    SUYUAN_TRY_VOID(lease->run(kBeginReading));
    return lease;
}

void Readers::take_back(std::unique_ptr<Connection> connection) {
    if (connection != nullptr) {
        connection->set_cancellation({});
        connection->clear_scope();
        if (connection->is_in_transaction() && !connection->run(kEndReading)) {
            connection.reset();
        }
    }
    const std::scoped_lock lock(mutex_);
    --lent_;
    // A connection that met a broken page may have it in its cache: the next reader gets a new one.
    if (connection != nullptr && !connection->is_broken()) {
        idle_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

}  // namespace suyuan::store::sqlite
