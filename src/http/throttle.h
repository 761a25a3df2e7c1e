// SPDX-License-Identifier: Apache-2.0
//
// Who asks too much is to wait. docs/decisions/0011-rates.md.

#pragma once

#include <cstdint>
#include <optional>

#include "http/gate.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/rates.h"
#include "http/routes.h"
#include "io/clock.h"

namespace suyuan::http {

struct Paces {
    // A network of 256 addresses (IPv6: a /56). Not of this machine: behind a proxy everybody comes
    // from there, and the proxy counts addresses.
    Pace network = {.per_second = 200, .at_once = 4'000};
    // A person, who clicks: a page of the console asks a dozen times, a long list a hundred.
    Pace account = {.per_second = kAccountPace, .at_once = 1'000};
    // A machine, that sends records: 500 small ones a second, all day.
    Pace key = {.per_second = 1'000, .at_once = 20'000};
    // All of one organisation together.
    Pace organisation = {.per_second = 2'000, .at_once = 40'000};
};

// All in proportion: so that accounts may spend so much a second. Requires more than 0.
[[nodiscard]] Paces paces_of(std::int64_t account_pace) noexcept;

// Threads: any. Lifetime: the clock outlives it.
class Throttle {
public:
    explicit Throttle(const io::Clock& clock, const Paces& paces = {})
        : clock_(clock), paces_(paces) {}

    // Before it is known who asks: spends what their network may. A problem: they are to wait.
    [[nodiscard]] std::optional<Problem> admit_network(const Request& request, const Route& route);

    // Once it is: what they and their organisation may. Of the local principal nothing is counted.
    [[nodiscard]] std::optional<Problem> admit_caller(
        const Caller& caller, const Request& request, const Route& route
    );

private:
    const io::Clock& clock_;
    const Paces paces_;
    Rates networks_;
    Rates known_;
};

}  // namespace suyuan::http
