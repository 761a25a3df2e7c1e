// SPDX-License-Identifier: Apache-2.0

#include "app/import_tally.h"

#include <cstdint>
#include <string>

#include "base/format.h"
#include "codec/json.h"

namespace suyuan::app {

using codec::Json;

Json to_json(const ImportTally& tally) {
    const auto count = [](std::uint64_t value) {
        return Json::integer(static_cast<std::int64_t>(value));
    };
    Json json = Json::object();
    json.set("files", count(tally.files));
    json.set("refused_files", count(tally.refused_files));
    json.set("events", count(tally.events));
    json.set("stored", count(tally.stored));
    json.set("duplicates", count(tally.duplicates));
    json.set("conflicts", count(tally.conflicts));
    json.set("possible_duplicates", count(tally.possible_duplicates));
    json.set("refused", count(tally.refused));
    json.set("registry_rows", count(tally.registry_rows));
    return json;
}

std::string summary_zh(const ImportTally& tally) {
    return format(
        "{} 个文件，{} 条事件：新存 {}（其中版本冲突 {}，疑似重复 {}），重复 {}，退回 {}；主数据 "
        "{} 行；{} 个文件未读入",
        tally.files,
        tally.events,
        tally.stored,
        tally.conflicts,
        tally.possible_duplicates,
        tally.duplicates,
        tally.refused,
        tally.registry_rows,
        tally.refused_files
    );
}

std::string summary_en(const ImportTally& tally) {
    return format(
        "{} files, {} events: {} stored ({} conflicting versions, {} possible duplicates), "
        "{} duplicates, {} refused; {} registry rows; {} files not read",
        tally.files,
        tally.events,
        tally.stored,
        tally.conflicts,
        tally.possible_duplicates,
        tally.duplicates,
        tally.refused,
        tally.registry_rows,
        tally.refused_files
    );
}

}  // namespace suyuan::app
