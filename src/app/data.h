// SPDX-License-Identifier: Apache-2.0
//
// The data directory of a command: opened here, or held by a server that is asked instead.

#pragma once

#include <memory>
#include <string>

#include "app/commands.h"
#include "base/result.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/platform.h"

namespace suyuan::app {

struct Data {
    std::unique_ptr<service::Platform> platform;  // null: `server` holds the directory
    std::string server;                           // "127.0.0.1:8080"
};

// Fails as service::Platform::open; a directory that a server holds is no failure.
[[nodiscard]] Result<Data> open_data(
    World& world,
    const std::string& directory,
    service::Creation creation,
    service::Use use = service::Use::kQuestions
);

// The same for commands that cannot go through a server: one that holds the directory is a failure
// that names its process.
[[nodiscard]] Result<std::unique_ptr<service::Platform>> open_here(
    World& world,
    const std::string& directory,
    service::Creation creation,
    service::Use use = service::Use::kQuestions
);

// What a command asks with: the local principal and what it may do. Cancelled by the first SIGINT
// or SIGTERM.
class Asker {
public:
    explicit Asker(policy::Permission permission);

    [[nodiscard]] const policy::RequestContext& context() const noexcept { return context_; }

    [[nodiscard]] const policy::Scope& scope() const noexcept { return scope_; }

private:
    policy::RequestContext context_;
    policy::Scope scope_;
    io::Thread signals_;
};

// kStopped if a signal came, else by the error's kind.
[[nodiscard]] ExitCode exit_code_of(const Error& error) noexcept;

// Complains and says how to end.
[[nodiscard]] ExitCode give_up(const Error& error);

}  // namespace suyuan::app
