// SPDX-License-Identifier: Apache-2.0
//
// How heavy a request is: no kind of heavy work takes every worker, so that a look at one record
// never waits for files that others make. docs/decisions/0011-rates.md.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "http/limits.h"
#include "http/message.h"
#include "http/routes.h"
#include "io/threads.h"

namespace suyuan::http {

// What a request keeps busy.
enum class Load : std::uint8_t {
    kLight,
    kHash,    // a password's digest: some 50 MiB and a core for a tenth of a second
    kParse,   // a document that is sent in
    kTrace,   // a walk through the graph
    kExport,  // a file that is made
};

[[nodiscard]] Load load_of(const Route& route) noexcept;

// In units of Pace: of the route, and of what is sent in.
[[nodiscard]] std::int64_t cost_of(const Route& route, std::size_t body_bytes) noexcept;

// The lane of WorkerPool for each load, by its number.
[[nodiscard]] std::vector<io::Lane> lanes_of(std::size_t workers, const Limits& limits);

// Of whatever the table answers; what it does not is light.
[[nodiscard]] Load load_of(const Request& request) noexcept;

}  // namespace suyuan::http
