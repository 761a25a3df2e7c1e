// SPDX-License-Identifier: Apache-2.0

#include "http/throttle.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/format.h"
#include "http/gate.h"
#include "http/load.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/rates.h"
#include "http/routes.h"
#include "io/internet_address.h"
#include "policy/scope.h"

namespace suyuan::http {
namespace {

// The /24 of an IPv4 address, the /56 of another; nullopt for this machine and what is no address.
std::optional<std::string> network_of(const std::string& peer) {
    const auto address = io::parse_internet_address(peer);
    if (!address || io::is_loopback(*address)) {
        return std::nullopt;
    }
    constexpr std::size_t kAllButOneByte = 15;
    constexpr std::size_t kSevenBytes = 7;
    const std::size_t kept = io::is_ipv4(*address) ? kAllButOneByte : kSevenBytes;
    std::string name;
    for (std::size_t i = 0; i < kept; ++i) {
        name += static_cast<char>(address->at(i));
    }
    return name;
}

Problem too_fast(std::int64_t wait_us) {
    constexpr std::int64_t kSecondUs = 1'000'000;
    const std::int64_t seconds = (wait_us + kSecondUs - 1) / kSecondUs;
    Problem problem = make_problem(
        ProblemKind::kTooManyRequests,
        {format("请求过于频繁，请 {} 秒后再试。", seconds),
         format("Too many requests; try again in {} s.", seconds)}
    );
    problem.headers.add("Retry-After", format("{}", seconds));
    return problem;
}

}  // namespace

Paces paces_of(std::int64_t account_pace) noexcept {
    Paces paces;
    for (Pace* const pace : {&paces.network, &paces.account, &paces.key, &paces.organisation}) {
        pace->per_second =
            std::max<std::int64_t>(pace->per_second * account_pace / kAccountPace, 1);
        pace->at_once = std::max<std::int64_t>(pace->at_once * account_pace / kAccountPace, 1);
    }
    return paces;
}

std::optional<Problem> Throttle::admit_network(const Request& request, const Route& route) {
    const auto network = network_of(request.peer);
    if (!network) {
        return std::nullopt;
    }
    const std::array payers = {Payer{*network, paces_.network}};
    const auto wait =
        networks_.take(payers, cost_of(route, request.body.size()), clock_.monotonic_us());
    return wait ? std::optional(too_fast(*wait)) : std::nullopt;
}

std::optional<Problem> Throttle::admit_caller(
    const Caller& caller, const Request& request, const Route& route
) {
    if (caller.came != Came::kSession && caller.came != Came::kKey) {
        return std::nullopt;
    }
    std::vector<Payer> payers = {
        {caller.party.principal.id, caller.came == Came::kKey ? paces_.key : paces_.account}
    };
    if (!caller.organisation.empty()) {
        payers.push_back({"organisation " + caller.organisation, paces_.organisation});
    }
    const auto wait =
        known_.take(payers, cost_of(route, request.body.size()), clock_.monotonic_us());
    return wait ? std::optional(too_fast(*wait)) : std::nullopt;
}

}  // namespace suyuan::http
