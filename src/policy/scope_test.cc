// SPDX-License-Identifier: Apache-2.0

#include "policy/scope.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "policy/request_context.h"

namespace suyuan::policy {
namespace {

TEST(ScopeTest, TheLocalPrincipalIsPermittedAndNobodyElseIs) {
    EXPECT_TRUE(decide(local_principal(), Permission::kTrace).has_value());
    const auto refused = decide(Principal{.id = "x", .operator_code = "x"}, Permission::kTrace);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), ErrorCode::kPermissionDenied);
}

TEST(RequestContextTest, CancellationIsSeenByCopies) {
    const RequestContext context(local_principal());
    const RequestContext copy = context;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_TRUE(copy.check_alive().has_value());
    context.cancel();
    EXPECT_EQ(copy.check_alive().error().code(), ErrorCode::kCancelled);
}

}  // namespace
}  // namespace suyuan::policy
