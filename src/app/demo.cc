// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/demo_province.h"
#include "app/story.h"
#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "service/platform.h"
#include "service/stories.h"

namespace suyuan::app {
namespace {

using codec::Json;

void print_links(const DemoStory& story, bool json) {
    if (!json) {
        for (const service::Story& link : story.links) {
            print(format("  {}\n    {}", in_language(link.title_zh, link.title_en), link.path));
        }
        return;
    }
    Json out = Json::object();
    out.set("events", Json::integer(static_cast<std::int64_t>(story.event_count)));
    Json links = service::to_json(story.links);
    out.set("links", std::move(*links.find("stories")));
    print(codec::write_json(out));
}

}  // namespace

ExitCode run_demo(World& world, const DemoOptions& options) {
    if (options.operators) {
        return run_demo_province(world, options);
    }
    const DemoStory story = tell_story();
    if (options.shows_document || options.shows_start) {
        print(options.shows_start ? story.links.front().path : story.document);
        return ExitCode::kDone;
    }
    if (options.directory.empty()) {
        return give_up(Error(ErrorCode::kInvalidArgument, "--data DIR is required"));
    }
    const auto platform = open_here(world, options.directory, service::Creation::kCreateIfMissing);
    if (!platform) {
        return give_up(platform.error());
    }
    const Asker asker(policy::Permission::kCaptureEvents);
    const auto report =
        (*platform)->intake().capture(asker.context(), asker.scope(), story.document, {});
    if (!report) {
        return give_up(report.error());
    }
    if (const auto kept = (*platform)->add_stories(asker.context(), asker.scope(), story.links);
        !kept) {
        return give_up(kept.error());
    }
    if (const auto done = (*platform)->finish_derived_work(asker.context(), asker.scope(), {});
        !done) {
        return give_up(done.error());
    }
    if (!options.json) {
        print(in_language(
            format(
                "演示故事 {} 条事件，新存 {} 条。可以点开：",
                report->event_count,
                report->stored_count
            ),
            format(
                "The demo story has {} events, {} of them new. Open:",
                report->event_count,
                report->stored_count
            )
        ));
    }
    print_links(story, options.json);
    return ExitCode::kDone;
}

}  // namespace suyuan::app
