// SPDX-License-Identifier: Apache-2.0
//
// Every bound of the module, with the reason for its number.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace suyuan::http {

// Tests shrink them; everything else uses them as they are.
struct Limits {
    // Browsers send under 4 KiB; an EPCIS query names EPCs in its target, hence more.
    std::uint32_t header_bytes = 32U << 10;

    // About 200 EPCs of 80 bytes in one query. Must stay below header_bytes, which counts it too.
    std::size_t target_bytes = std::size_t{16} << 10;

    // As codec::JsonLimits: about 100,000 EPCIS events, the most that one transaction should hold.
    std::uint64_t body_bytes = std::uint64_t{64} << 20;

    // What is read and thrown away after a refusal, so that a client that is still sending reads
    // the answer instead of a reset. A megabyte covers what loopback sockets buffer.
    std::uint64_t drain_bytes = std::uint64_t{1} << 20;

    // From the first wait for a request to the end of its header: a client that trickles its header
    // holds a connection no longer than an idle one.
    std::chrono::milliseconds idle_time{30'000};

    // One body, or one answer, on the wire: 64 MiB in a minute is 1 MiB/s. A longer answer has as
    // many times more.
    std::chrono::milliseconds transfer_time{60'000};

    // A handler's deadline. The slowest question that a person waits for.
    std::chrono::milliseconds request_time{60'000};

    // How long stop() waits for running requests before it cancels them.
    std::chrono::milliseconds stop_time{10'000};

    // Each may hold one body: with the queue below this bounds memory at a busy moment. Browsers
    // open six.
    std::size_t connections = 256;

    // Of them, for one address that is not this machine's: a browser's six, for ten behind one
    // router.
    std::size_t connections_per_address = 64;

    // Requests that wait for a worker. More would wait longer than a client does.
    std::size_t queue = 128;
};

// Units a second that an account may spend (http::Pace): a page of the console asks a dozen times,
// a long list a hundred.
inline constexpr std::int64_t kAccountPace = 50;

// Path segments and query parameters of one request: a query that needs more is better posted.
inline constexpr std::size_t kQueryParametersMax = 100;
// Values of one pipe-delimited parameter; the store turns each into a bound value of one statement.
inline constexpr std::size_t kParameterValuesMax = 500;
// Rows of one page of any list: what a page shows, and what an answer of some 100 KiB holds.
inline constexpr std::size_t kPageRowsMax = 1'000;
// As the draft for Idempotency-Key suggests: room for a UUID or a hash and a word.
inline constexpr std::size_t kIdempotencyKeyBytesMax = 200;
// Positions in one CSV or DOT file: it is built in memory, a few hundred bytes each.
inline constexpr std::size_t kFilePositionsMax = 200'000;
// Client side: the largest answer that `suyuan import` expects from its server.
inline constexpr std::uint64_t kClientBodyBytesMax = std::uint64_t{64} << 20;

}  // namespace suyuan::http
