// SPDX-License-Identifier: Apache-2.0

#include <sys/wait.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <stdio.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "http/client.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/query.h"
#include "http/server.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_json.h"
#include "service/intake.h"
#include "service/named_answer.h"
#include "service/platform.h"
#include "service/seed.h"
#include "service/tracing.h"
#include "tests/scenario/door.h"
#include "trace/question.h"

namespace suyuan::scenario {
namespace {

using codec::Json;
using Parameters = std::map<std::string, std::string>;

constexpr model::MicrosUtc kStart = 1'769'904'000'000'000;  // 2026-02-01T00:00:00Z
constexpr model::MicrosUtc kStep = 60 * model::kMicrosPerSecond;

// A platform of this process with a clock that moves when told to.
class Here {
public:
    static Result<std::unique_ptr<Here>> open(const std::filesystem::path& folder) {
        auto here = std::make_unique<Here>();
        service::PlatformOptions options;
        options.directory = folder;
        options.creation = service::Creation::kCreateIfMissing;
        options.clock = &here->clock_;
        options.randomness = &here->randomness_;
        SUYUAN_TRY(here->platform_, service::Platform::open(std::move(options)));
        SUYUAN_TRY(
            here->gate_,
            http::Gate::open(
                {.store = &here->platform_->store().access(),
                 .clock = &here->clock_,
                 .randomness = &here->randomness_},
                folder
            )
        );
        return here;
    }

    service::Platform& platform() { return *platform_; }

    const http::Gate& gate() const { return *gate_; }

    void step() { clock_.advance(kStep); }

    std::string note() {
        step();
        const std::string now = model::format_instant(clock_.now_us());
        step();
        return now;
    }

private:
    io::ManualClock clock_{kStart};
    io::SystemRandomness randomness_;
    std::unique_ptr<service::Platform> platform_;
    std::unique_ptr<http::Gate> gate_;
};

policy::RequestContext local_context() {
    return policy::RequestContext(policy::local_principal());
}

service::TraceRequest to_request(Parameters parameters) {
    service::TraceRequest request;
    request.text = parameters["code"];
    if (!parameters["kind"].empty()) {
        request.kind = service::parse_seed_kind(parameters["kind"]);
    }
    request.direction =
        service::parse_direction(parameters["direction"]).value_or(trace::Direction::kFull);
    request.owner = parameters["owner"];
    request.site = parameters["site"];
    request.from = parameters["from"];
    request.to = parameters["to"];
    request.as_of = parameters["asOf"];
    request.escalate = parameters["escalate"] == "true";
    return request;
}

class LibraryDoor final : public Door {
public:
    explicit LibraryDoor(std::unique_ptr<Here> here) : here_(std::move(here)) {}

    Status capture(std::string_view document) override {
        here_->step();
        const auto context = local_context();
        SUYUAN_TRY(
            const auto scope,
            policy::decide(context.principal(), policy::Permission::kCaptureEvents)
        );
        SUYUAN_TRY(
            const auto report, here_->platform().intake().capture(context, scope, document, {})
        );
        return report.problems.empty()
                   ? Status()
                   : fail(ErrorCode::kInvalidArgument, service::problems_json(report.problems));
    }

    std::string note() override { return here_->note(); }

    Result<Json> trace(const Parameters& parameters) override {
        const auto context = local_context();
        SUYUAN_TRY(
            const auto scope, policy::decide(context.principal(), policy::Permission::kTrace)
        );
        const service::Tracing& tracing = here_->platform().tracing();
        SUYUAN_TRY(auto answer, tracing.answer(context, scope, to_request(parameters)));
        SUYUAN_TRY(const auto page, tracing.whole(context, scope, std::move(answer)));
        return service::to_json(page);
    }

private:
    std::unique_ptr<Here> here_;
};

class HttpDoor final : public Door {
public:
    HttpDoor(std::unique_ptr<Here> here, std::unique_ptr<http::Server> server)
        : here_(std::move(here)), server_(std::move(server)) {}

    Status capture(std::string_view document) override {
        here_->step();
        http::Request request;
        request.method_text = "POST";
        request.path = "/epcis/capture";
        request.headers.add("Content-Type", "application/json");
        request.body = document;
        SUYUAN_TRY(const auto accepted, send(request, 202));
        const std::string location(accepted.headers.find("Location"));
        while (true) {
            SUYUAN_TRY(const auto answer, get(location, ""));
            SUYUAN_TRY(const Json job, codec::parse_json(answer.body));
            const Json* running = job.find("running");
            if (running != nullptr && !running->as_bool()) {
                const bool succeeded = job.find("success")->as_bool();
                return succeeded ? Status() : fail(ErrorCode::kInvalidArgument, answer.body);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
    }

    std::string note() override { return here_->note(); }

    Result<Json> trace(const Parameters& parameters) override {
        http::Query query;
        for (const auto& [name, value] : parameters) {
            if (!value.empty()) {
                query.add(name, value);
            }
        }
        SUYUAN_TRY(const auto answer, get("/api/v1/trace", query.text()));
        return codec::parse_json(answer.body);
    }

private:
    Result<http::Response> send(const http::Request& request, int status) {
        const std::string url = server_->url();
        SUYUAN_TRY(
            http::Response answer, http::send_request(url.substr(url.find("//") + 2), request)
        );
        if (answer.status != status) {
            return fail(
                answer.status == 404 ? ErrorCode::kNotFound : ErrorCode::kUnavailable, answer.body
            );
        }
        return answer;
    }

    Result<http::Response> get(std::string_view path, std::string query) {
        http::Request request;
        request.method_text = "GET";
        request.path = path;
        request.query = std::move(query);
        return send(request, 200);
    }

    std::unique_ptr<Here> here_;
    std::unique_ptr<http::Server> server_;
};

std::string shell_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

class CommandLineDoor final : public Door {
public:
    explicit CommandLineDoor(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Status capture(std::string_view document) override {
        const std::filesystem::path file = folder_ / format("capture-{}.json", ++captures_);
        std::ofstream(file, std::ios::binary) << document;
        int code = 0;
        SUYUAN_TRY(
            const std::string output,
            run(format(
                    "import --data {} --json {}", shell_quoted(store()), shell_quoted(file.string())
                ),
                code)
        );
        return code == 0 ? Status() : fail(ErrorCode::kInvalidArgument, output);
    }

    std::string note() override {
        // Record times are of the machine's clock here; a microsecond lies between two commands.
        return model::format_instant(io::SystemClock().now_us());
    }

    Result<Json> trace(const Parameters& parameters) override {
        constexpr int kNothingKnown = 1;
        std::string command = format("trace --data {} --json", shell_quoted(store()));
        for (const auto& [name, value] : parameters) {
            if (name == "code" || value.empty()) {
                continue;
            }
            const std::string option = name == "asOf" ? "as-of" : name;
            command += name == "escalate" ? " --escalate"
                                          : format(" --{} {}", option, shell_quoted(value));
        }
        command += " " + shell_quoted(parameters.at("code"));
        int code = 0;
        SUYUAN_TRY(const std::string output, run(command, code));
        if (code != 0) {
            return fail(
                code == kNothingKnown ? ErrorCode::kNotFound : ErrorCode::kUnavailable, output
            );
        }
        return codec::parse_json(output);
    }

private:
    [[nodiscard]] std::string store() const { return (folder_ / "store").string(); }

    static Result<std::string> run(const std::string& arguments, int& code) {
        const std::string command = shell_quoted(SUYUAN_PROGRAM) + " " + arguments + " 2>&1";
        std::FILE* pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) {
            return fail(ErrorCode::kUnavailable, "cannot start " + command);
        }
        std::string output;
        char buffer[4096];
        for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
            output.append(buffer, got);
        }
        const int status = ::pclose(pipe);
        code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return output;
    }

    std::filesystem::path folder_;
    int captures_ = 0;
};

}  // namespace

Result<std::unique_ptr<Door>> open_door(DoorKind kind, const std::filesystem::path& folder) {
    if (kind == DoorKind::kCommandLine) {
        return std::make_unique<CommandLineDoor>(folder);
    }
    SUYUAN_TRY(auto here, Here::open(folder / "store"));
    if (kind == DoorKind::kLibrary) {
        return std::make_unique<LibraryDoor>(std::move(here));
    }
    http::ServerOptions options;
    options.port = 0;
    SUYUAN_TRY(auto server, http::Server::start(here->platform(), here->gate(), options));
    return std::make_unique<HttpDoor>(std::move(here), std::move(server));
}

}  // namespace suyuan::scenario
