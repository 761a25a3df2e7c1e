// SPDX-License-Identifier: Apache-2.0
//
// What the commands about accounts, keys and the trail share.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "access/parts.h"
#include "access/vault.h"
#include "app/commands.h"
#include "app/data.h"
#include "base/result.h"
#include "model/instant.h"
#include "policy/scope.h"
#include "service/platform.h"

namespace suyuan::app {

// A data directory opened for them, and who asks. Lifetime: the world outlives it.
class AccessDesk {
public:
    // Fails as open_here() and Vault::open().
    static Result<std::unique_ptr<AccessDesk>> open(
        World& world,
        const std::string& directory,
        policy::Permission permission,
        service::Creation creation = service::Creation::kMustExist
    );

    [[nodiscard]] const access::Parts& parts() const noexcept { return parts_; }

    [[nodiscard]] const policy::RequestContext& context() const noexcept {
        return asker_.context();
    }

    [[nodiscard]] const policy::Scope& scope() const noexcept { return asker_.scope(); }

private:
    AccessDesk(
        World& world,
        std::unique_ptr<service::Platform> platform,
        access::Vault vault,
        policy::Permission permission
    );

    std::unique_ptr<service::Platform> platform_;
    access::Vault vault_;
    access::Parts parts_;
    Asker asker_;
};

// A USCC or a party of EPCIS as its canonical code; empty stays empty. Fails with kInvalidArgument
// for what is neither.
[[nodiscard]] Result<std::string> operator_named(const std::string& text);

// The first moment of a day in China ("2026-01-05"), or of the day after; `otherwise` if it is
// empty.
enum class DayEnd : std::uint8_t { kFirst, kAfter };
[[nodiscard]] Result<model::MicrosUtc> moment_of(
    const std::string& day, DayEnd end, model::MicrosUtc otherwise
);

// In China's time, to the second; "" for 0 and for the end of time.
[[nodiscard]] std::string told(model::MicrosUtc moment);

}  // namespace suyuan::app
