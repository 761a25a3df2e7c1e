// SPDX-License-Identifier: Apache-2.0

#include "app/access_desk.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "access/vault.h"
#include "app/commands.h"
#include "app/data.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "model/instant.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

constexpr int kChinaOffsetMinutes = 480;

}  // namespace

Result<std::unique_ptr<AccessDesk>> AccessDesk::open(
    World& world,
    const std::string& directory,
    policy::Permission permission,
    service::Creation creation
) {
    SUYUAN_TRY(auto platform, open_here(world, directory, creation, service::Use::kWriting));
    SUYUAN_TRY(access::Vault vault, access::Vault::open(directory, world.randomness));
    return std::unique_ptr<AccessDesk>(
        new AccessDesk(world, std::move(platform), std::move(vault), permission)
    );
}

AccessDesk::AccessDesk(
    World& world,
    std::unique_ptr<service::Platform> platform,
    access::Vault vault,
    policy::Permission permission
)
    : platform_(std::move(platform)), vault_(std::move(vault)), asker_(permission) {
    parts_.store = &platform_->store().access();
    parts_.policy = &policy::product_policy();
    parts_.vault = &vault_;
    parts_.clock = &world.clock;
    parts_.randomness = &world.randomness;
}

Result<std::string> operator_named(const std::string& text) {
    if (text.empty()) {
        return std::string();
    }
    if (const auto uscc = model::social_credit_code_of(text); !uscc.empty()) {
        return model::social_credit_uri(uscc);
    }
    if (text.find(':') == std::string::npos) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("“{}”不是统一社会信用代码，也不是 EPCIS 主体 URI", text),
                format("'{}' is neither a USCC nor a party's URI", text)
            }
        );
    }
    return model::canonical_uri(text);
}

Result<model::MicrosUtc> moment_of(const std::string& day, DayEnd end, model::MicrosUtc otherwise) {
    if (day.empty()) {
        return otherwise;
    }
    SUYUAN_TRY(const model::MicrosUtc first, model::parse_day(day, kChinaOffsetMinutes));
    return end == DayEnd::kFirst ? first : first + model::kMicrosPerDay;
}

std::string told(model::MicrosUtc moment) {
    constexpr std::size_t kDay = 10;
    constexpr std::size_t kToTheSecond = 19;
    if (moment == 0 || moment == model::kEndOfTime || moment == model::kBeginningOfTime) {
        return {};
    }
    std::string text = model::format_instant(moment, kChinaOffsetMinutes).substr(0, kToTheSecond);
    text[kDay] = ' ';
    return text;
}

}  // namespace suyuan::app
