// SPDX-License-Identifier: Apache-2.0
//
// The process itself: memory, environment, signals.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace suyuan::io {

// Resident memory now and at its highest; 0 where the system does not tell.
[[nodiscard]] std::uint64_t resident_bytes();
[[nodiscard]] std::uint64_t resident_bytes_peak();

[[nodiscard]] int process_id() noexcept;

[[nodiscard]] std::optional<std::string> environment(const char* name);

// From the first call on, SIGINT and SIGTERM set a flag instead of ending the process (a second
// signal ends it at once), and SIGPIPE is ignored.
void catch_stop_signals();
[[nodiscard]] bool stop_signal_received() noexcept;

// From now on, files and directories that this process makes are its user's alone.
void keep_new_files_private() noexcept;

// True if the descriptor 2 (messages) is a terminal: progress bars are drawn only then.
[[nodiscard]] bool messages_go_to_a_terminal() noexcept;
// The same for descriptor 1 (results): bytes that are no text do not go there.
[[nodiscard]] bool results_go_to_a_terminal() noexcept;

}  // namespace suyuan::io
