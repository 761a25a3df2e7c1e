// SPDX-License-Identifier: Apache-2.0

#include "app/table_imports.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "app/data.h"
#include "app/remote.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/files.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/file_import.h"
#include "service/import_jobs.h"
#include "service/import_record.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::uint64_t kFaultsBytesMax = std::uint64_t{1} << 30;
constexpr std::chrono::milliseconds kPoll{200};

class OwnImports final : public TableImports {
public:
    OwnImports(
        service::ImportJobs& jobs, const policy::RequestContext& context, const policy::Scope& scope
    )
        : jobs_(jobs), context_(context), scope_(scope) {}

    Result<service::FileImport> create(std::string_view file_name, std::uint64_t size) override {
        return jobs_.create(context_, file_name, size);
    }

    Status append(std::string_view id, std::uint64_t offset, std::string_view bytes) override {
        SUYUAN_TRY_VOID(jobs_.append(context_, id, offset, bytes));
        return {};
    }

    Status run(std::string_view id, const service::FileImportOptions& options) override {
        SUYUAN_TRY_VOID(jobs_.run(context_, scope_, id, options));
        return {};
    }

    Result<service::FileImport> wait(
        const policy::RequestContext& context,
        std::string_view id,
        const service::FileProgressSink& progress
    ) override {
        return jobs_.wait(context, id, progress);
    }

    Status stop(std::string_view id) override {
        SUYUAN_TRY_VOID(jobs_.stop_import(context_, id));
        return {};
    }

    Result<std::string> faults(std::string_view id, const std::filesystem::path& file) override {
        SUYUAN_TRY(const std::filesystem::path lies, jobs_.faults_file(context_, id));
        if (file.empty()) {
            return lies.string();
        }
        SUYUAN_TRY(const std::string bytes, io::read_file(lies, kFaultsBytesMax));
        SUYUAN_TRY_VOID(io::write_file(file, bytes));
        return file.string();
    }

private:
    service::ImportJobs& jobs_;
    const policy::RequestContext& context_;
    const policy::Scope& scope_;
};

class ServersImports final : public TableImports {
public:
    explicit ServersImports(std::string server) : server_(std::move(server)) {}

    Result<service::FileImport> create(std::string_view file_name, std::uint64_t size) override {
        Json body = Json::object();
        body.set("file_name", Json::string(file_name))
            .set("size", Json::integer(static_cast<std::int64_t>(size)));
        return ask("POST", std::string(kImports), codec::write_json(body), kJson);
    }

    Status append(std::string_view id, std::uint64_t offset, std::string_view bytes) override {
        const std::string target =
            make_target(path_of(id) + "/content", {{"offset", std::to_string(offset)}});
        SUYUAN_TRY_VOID(ask("PUT", target, bytes, "application/octet-stream"));
        return {};
    }

    Status run(std::string_view id, const service::FileImportOptions& options) override {
        SUYUAN_TRY_VOID(
            ask("POST", path_of(id) + "/run", codec::write_json(service::to_json(options)), kJson)
        );
        return {};
    }

    Result<service::FileImport> wait(
        const policy::RequestContext& context,
        std::string_view id,
        const service::FileProgressSink& progress
    ) override {
        while (true) {
            SUYUAN_TRY(const std::string body, fetch(server_, path_of(id)));
            SUYUAN_TRY(service::FileImport import, parsed(body));
            if (!service::is_running(import.state)) {
                return import;
            }
            progress(import.progress);
            SUYUAN_TRY_VOID(context.check_alive());
            std::this_thread::sleep_for(kPoll);
        }
    }

    Status stop(std::string_view id) override {
        SUYUAN_TRY_VOID(ask("POST", path_of(id) + "/stop", "", ""));
        return {};
    }

    Result<std::string> faults(std::string_view id, const std::filesystem::path& file) override {
        const std::string target = path_of(id) + "/faults";
        if (file.empty()) {
            return format("http://{}{}", server_, target);
        }
        SUYUAN_TRY(const std::string bytes, fetch(server_, target));
        SUYUAN_TRY_VOID(io::write_file(file, bytes));
        return file.string();
    }

private:
    static constexpr std::string_view kImports = "/api/v1/imports";
    static constexpr std::string_view kJson = "application/json";

    static std::string path_of(std::string_view id) { return format("{}/{}", kImports, id); }

    static Result<service::FileImport> parsed(std::string_view body) {
        SUYUAN_TRY(const Json json, codec::parse_json(body));
        return service::read_import(json);
    }

    Result<service::FileImport> ask(
        std::string_view method,
        const std::string& target,
        std::string_view body,
        std::string_view content_type
    ) {
        SUYUAN_TRY(const std::string answer, send(server_, method, target, body, content_type));
        return parsed(answer);
    }

    std::string server_;
};

}  // namespace

std::unique_ptr<TableImports> table_imports_of(
    Data& data, const policy::RequestContext& context, const policy::Scope& scope
) {
    if (data.platform) {
        return std::make_unique<OwnImports>(data.platform->imports(), context, scope);
    }
    return std::make_unique<ServersImports>(data.server);
}

}  // namespace suyuan::app
