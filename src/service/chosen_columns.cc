// SPDX-License-Identifier: Apache-2.0

#include "service/chosen_columns.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "codec/json.h"
#include "crypto/sha256.h"
#include "io/files.h"
#include "service/file_import.h"
#include "service/import_record.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::uint64_t kFileBytesMax = std::uint64_t{8} << 20;
constexpr std::size_t kColumnsKeptMax = 1'000;  // of senders and titles

std::string titles_digest(std::string_view submitter, const std::vector<std::string>& titles) {
    std::string text(submitter);
    for (const std::string& title : titles) {
        text.push_back('\n');
        text += title;
    }
    return crypto::to_hex(crypto::sha256(text));
}

}  // namespace

// Kept beside the imports: {"columns": [{"key", "options"}]}, the newest last.
void ChosenColumns::put(
    std::string_view submitter,
    const std::vector<std::string>& titles,
    const FileImportOptions& options
) {
    const std::string key = titles_digest(submitter, titles);
    const std::scoped_lock lock(mutex_);
    std::vector<Json> kept;
    if (const auto text = io::read_file(file_, kFileBytesMax)) {
        if (auto json = codec::parse_json(*text)) {
            if (Json* const list = json->find("columns"); list != nullptr && list->is_array()) {
                kept = list->take_items();
            }
        }
    }
    std::erase_if(kept, [&](const Json& entry) { return entry.string_or("key") == key; });
    if (kept.size() >= kColumnsKeptMax) {
        kept.erase(kept.begin());
    }
    kept.push_back(Json::object().set("key", Json::string(key)).set("options", to_json(options)));
    (void)io::write_file(
        file_, codec::write_json(Json::object().set("columns", Json::array(std::move(kept))))
    );
}

std::optional<FileImportOptions> ChosenColumns::find(
    std::string_view submitter, const std::vector<std::string>& titles
) const {
    const std::string key = titles_digest(submitter, titles);
    const std::scoped_lock lock(mutex_);
    const auto text = io::read_file(file_, kFileBytesMax);
    const auto json = text ? codec::parse_json(*text) : Result<Json>(Json());
    const Json* const list = json ? json->find("columns") : nullptr;
    if (list == nullptr || !list->is_array()) {
        return std::nullopt;
    }
    const auto found = std::ranges::find_if(list->items(), [&](const Json& entry) {
        return entry.string_or("key") == key;
    });
    const Json* const options = found == list->items().end() ? nullptr : found->find("options");
    return options == nullptr ? std::nullopt : std::optional(read_import_options(*options));
}

}  // namespace suyuan::service
