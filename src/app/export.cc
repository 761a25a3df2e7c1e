// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "io/files.h"
#include "policy/scope.h"
#include "service/events.h"
#include "service/platform.h"
#include "service/trace_export.h"
#include "service/wide_sheet.h"

namespace suyuan::app {
namespace {

struct FileCloser {
    // The unique_ptr owns it. NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

using File = std::unique_ptr<std::FILE, FileCloser>;

ExitCode write_events(
    World& world, service::Platform& platform, const ExportOptions& options, std::FILE* out
) {
    const Asker asker(policy::Permission::kReadEvents);
    const auto counts = platform.store().counts(asker.context(), asker.scope());
    if (!counts) {
        return give_up(counts.error());
    }
    const auto registry_scope =
        policy::decide(policy::local_principal(), policy::Permission::kReadRegistry);
    if (!registry_scope) {
        return give_up(registry_scope.error());
    }
    const std::uint64_t total = counts->events;
    service::Exported written;
    {
        Progress progress(world.clock, "导出事件", "exporting events", total);
        const auto exported = platform.events().export_all(
            asker.context(),
            asker.scope(),
            {.format = options.format == "lines" ? service::ExportFormat::kJsonLines
                                                 : service::ExportFormat::kDocument,
             .registry_scope = *registry_scope},
            [out](std::string_view text) -> Status {
                if (std::fwrite(text.data(), 1, text.size(), out) != text.size()) {
                    return fail(
                        ErrorCode::kUnavailable,
                        Sentence{"无法写出结果。", "cannot write the output"}
                    );
                }
                return {};
            },
            [&](std::uint64_t done) { progress.update(done); }
        );
        if (!exported) {
            return give_up(exported.error());
        }
        written = *exported;
    }
    if (std::fflush(out) != 0) {
        return give_up(
            Error(ErrorCode::kUnavailable, Sentence{"无法写出结果。", "cannot write the output"})
        );
    }
    note(
        format("已导出 {} 条事件、{} 行主数据", written.events, written.registry_rows),
        format("{} events and {} registry rows exported", written.events, written.registry_rows)
    );
    return ExitCode::kDone;
}

// The critical tracking events alone: nothing that could be imported as it was.
ExitCode write_wide(World& world, service::Platform& platform, const ExportOptions& options) {
    if (options.output.empty() || io::exists(options.output)) {
        return give_up(Error(
            options.output.empty() ? ErrorCode::kInvalidArgument : ErrorCode::kConflict,
            options.output.empty()
                ? Sentence{"请用 --output 指定要写的新文件。", "name a new file with --output"}
                : Sentence{
                      format("'{}' 已经存在，不会覆盖；请换一个文件名。", options.output),
                      format("'{}' is there already and is not overwritten.", options.output)
                  }
        ));
    }
    const Asker asker(policy::Permission::kReadEvents);
    const auto counts = platform.store().counts(asker.context(), asker.scope());
    if (!counts) {
        return give_up(counts.error());
    }
    const auto registry_scope =
        policy::decide(policy::local_principal(), policy::Permission::kReadRegistry);
    if (!registry_scope) {
        return give_up(registry_scope.error());
    }
    Result<service::WideTally> written = service::WideTally{};
    {
        Progress progress(world.clock, "导出事件", "exporting events", counts->events);
        written = service::write_wide_sheet(
            asker.context(),
            *registry_scope,
            platform.store(),
            service::feed_of_log(asker.context(), asker.scope(), platform.store()),
            {.format = options.format == "fsma204" ? service::WideFormat::kCsv
                                                   : service::WideFormat::kXlsx,
             .file = options.output,
             .progress = [&](std::uint64_t done) { progress.update(done); }}
        );
    }
    if (!written) {
        return give_up(written.error());
    }
    note(
        format("已导出 {} 行（共 {} 条事件）", written->rows, written->events),
        format("{} rows exported, of {} events", written->rows, written->events)
    );
    return ExitCode::kDone;
}

}  // namespace

ExitCode run_export(World& world, const ExportOptions& options) {
    // Before anything is opened or read.
    if (!options.output.empty() && io::exists(options.output)) {
        return give_up(Error(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("“{}”已经存在，不会覆盖：请换一个文件名，或先删除它。", options.output),
                format(
                    "'{}' is there already and is not overwritten: choose another name, or remove "
                    "it first",
                    options.output
                )
            }
        ));
    }
    const auto platform = open_here(world, options.directory, service::Creation::kMustExist);
    if (!platform) {
        return give_up(platform.error());
    }
    if (service::parse_trace_export(options.format)) {
        return write_wide(world, **platform, options);
    }
    if (options.output.empty()) {
        return write_events(world, **platform, options, stdout);
    }
    // "x": a file that is there already is never overwritten.
    const File file(std::fopen(options.output.c_str(), "wx"));
    if (file == nullptr) {
        return give_up(Error(
            ErrorCode::kUnavailable,
            Sentence{
                format("无法创建“{}”：请检查文件夹是否存在、可写。", options.output),
                format("cannot create '{}': is its folder there, and writable?", options.output)
            }
        ));
    }
    return write_events(world, **platform, options, file.get());
}

}  // namespace suyuan::app
