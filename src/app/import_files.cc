// SPDX-License-Identifier: Apache-2.0

#include "app/import_files.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/files.h"
#include "io/mapped_file.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::array<std::string_view, 3> kDocumentExtensions = {".json", ".jsonld", ".jsonl"};

constexpr std::string_view kStandardContext =
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

Json capture_document(Json context, Json events) {
    Json body = Json::object();
    body.set("eventList", std::move(events));
    Json document = Json::object();
    document.set("@context", std::move(context));
    document.set("type", Json::string("EPCISDocument"));
    document.set("schemaVersion", Json::string("2.0"));
    document.set("creationDate", Json::string("1970-01-01T00:00:00Z"));
    document.set("epcisBody", std::move(body));
    return document;
}

// Gathers events of one context until there are enough.
class LineGatherer {
public:
    explicit LineGatherer(const std::function<Status(std::string_view)>& visit) : visit_(visit) {}

    Status take(std::string_view line, std::size_t number) {
        auto event = codec::parse_json(line);
        if (!event || !event->is_object()) {
            const std::string reason = event ? "not an object" : event.error().message();
            return fail(ErrorCode::kInvalidArgument, format("line {}: {}", number, reason));
        }
        if (event->string_or("type") == "EPCISDocument") {
            SUYUAN_TRY_VOID(flush());
            return visit_(line);
        }
        const Json* own = event->find("@context");
        Json context = own == nullptr ? Json::string(kStandardContext) : *own;
        if (!events_.items().empty() && !(context == context_)) {
            SUYUAN_TRY_VOID(flush());
        }
        event->erase("@context");
        context_ = std::move(context);
        events_.push_back(*std::move(event));
        return events_.items().size() == kEventsPerDocument ? flush() : Status{};
    }

    Status flush() {
        if (events_.items().empty()) {
            return {};
        }
        Json events = std::exchange(events_, Json::array());
        return visit_(codec::write_json(capture_document(context_, std::move(events))));
    }

private:
    const std::function<Status(std::string_view)>& visit_;
    Json context_;
    Json events_ = Json::array();
};

// Takes the first line off the text; without its end.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

Status for_each_line_document(
    std::string_view text, const std::function<Status(std::string_view)>& visit
) {
    LineGatherer gatherer(visit);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = take_line(text);
        if (line.empty()) {
            continue;
        }
        SUYUAN_TRY_VOID(gatherer.take(line, number));
    }
    return gatherer.flush();
}

}  // namespace

bool is_table_name(const std::filesystem::path& file) {
    return std::ranges::find(kDocumentExtensions, file.extension().string()) ==
           kDocumentExtensions.end();
}

Result<std::vector<std::filesystem::path>> find_imports(const std::vector<std::string>& paths) {
    const std::vector<std::string> extensions(
        kDocumentExtensions.begin(), kDocumentExtensions.end()
    );
    std::vector<std::filesystem::path> files;
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (std::filesystem::is_regular_file(path, ignored) && is_table_name(path)) {
            files.emplace_back(path);
            continue;
        }
        SUYUAN_TRY(auto found, io::list_files(path, extensions));
        std::ranges::move(found, std::back_inserter(files));
    }
    return files;
}

Status for_each_document(
    const std::filesystem::path& file, const std::function<Status(std::string_view)>& visit
) {
    if (file.extension() == ".jsonl") {
        SUYUAN_TRY(const auto mapping, io::MappedFile::open(file));
        const auto bytes = mapping.bytes();
        // Bytes of a text file are its characters. NOLINTNEXTLINE(*-reinterpret-cast)
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return for_each_line_document(text, visit);
    }
    SUYUAN_TRY(const std::string text, io::read_file(file, codec::JsonLimits{}.bytes_max));
    return visit(text);
}

}  // namespace suyuan::app
