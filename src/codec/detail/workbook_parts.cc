// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/workbook_parts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/damaged.h"
#include "codec/detail/parse_index.h"
#include "codec/detail/xml_parser.h"

namespace suyuan::codec::detail {
namespace {

// Excel itself stops at 64,000 styles and far fewer sheets.
constexpr std::size_t kStylesMax = 100'000;
constexpr std::size_t kSheetsMax = 2'000;
constexpr std::size_t kRelationshipsMax = 10'000;

std::string_view value_or_empty(const XmlAttributes& attributes, std::string_view name) {
    return attributes.find(name).value_or(std::string_view());
}

bool is_true(std::string_view value) {
    return value == "1" || value == "true" || value == "on";
}

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find_first_of("/\\"), path.size());
        const std::string_view segment = path.substr(0, end);
        if (segment == "..") {
            if (!segments.empty()) {
                segments.pop_back();
            }
        } else if (!segment.empty() && segment != ".") {
            segments.push_back(segment);
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return segments;
}

std::string_view folder_of(std::string_view part) {
    return part.substr(0, part.rfind('/') + 1);
}

}  // namespace

std::string resolve_target(std::string_view part, std::string_view target) {
    const bool is_absolute = target.starts_with('/') || target.starts_with('\\');
    const std::string path =
        std::string(is_absolute ? std::string_view() : folder_of(part)) + std::string(target);
    std::string resolved;
    for (const std::string_view segment : segments_of(path)) {
        resolved += resolved.empty() ? "" : "/";
        resolved += segment;
    }
    return resolved;
}

std::string relationships_of(std::string_view part) {
    const std::string_view folder = folder_of(part);
    return std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
}

const Relationship* Relationships::find_type(std::string_view type) const {
    const auto found = std::ranges::find(relationships_, type, &Relationship::type);
    return found == relationships_.end() ? nullptr : &*found;
}

const Relationship* Relationships::find_id(std::string_view id) const {
    const auto found = std::ranges::find(relationships_, id, &Relationship::id);
    return found == relationships_.end() ? nullptr : &*found;
}

Status Relationships::start_element(std::string_view name, const XmlAttributes& attributes) {
    if (name != "Relationship" || value_or_empty(attributes, "TargetMode") == "External") {
        return {};
    }
    if (relationships_.size() == kRelationshipsMax) {
        return damaged("one of its parts leads to too many others");
    }
    const std::string_view type = value_or_empty(attributes, "Type");
    relationships_.push_back(
        {std::string(value_or_empty(attributes, "Id")),
         std::string(type.substr(type.rfind('/') + 1)),
         std::string(value_or_empty(attributes, "Target"))}
    );
    return {};
}

Status Relationships::end_element(std::string_view /*name*/) {
    return {};
}

Status Relationships::text(std::string_view /*piece*/) {
    return {};
}

Status WorkbookPart::start_element(std::string_view name, const XmlAttributes& attributes) {
    if (name == "workbookPr" && is_true(value_or_empty(attributes, "date1904"))) {
        date_system_ = DateSystem::k1904;
    }
    if (name != "sheet") {
        return {};
    }
    if (sheets_.size() == kSheetsMax) {
        return damaged("it has too many sheets");
    }
    const std::string_view state = value_or_empty(attributes, "state");
    sheets_.push_back(
        {std::string(value_or_empty(attributes, "name")),
         std::string(value_or_empty(attributes, "id")),
         state == "hidden" || state == "veryHidden"}
    );
    return {};
}

Status WorkbookPart::end_element(std::string_view /*name*/) {
    return {};
}

Status WorkbookPart::text(std::string_view /*piece*/) {
    return {};
}

DateKind StylesPart::kind_of(std::size_t style) const noexcept {
    return style < kinds_.size() ? kinds_[style] : DateKind::kNone;
}

Status StylesPart::start_element(std::string_view name, const XmlAttributes& attributes) {
    if (name == "cellXfs") {
        is_cell_styles_ = true;
        return {};
    }
    const bool is_format = name == "numFmt";
    if (!is_format && !(is_cell_styles_ && name == "xf")) {
        return {};
    }
    if (own_formats_.size() + kinds_.size() == kStylesMax) {
        return damaged("it has too many styles");
    }
    const std::uint32_t number = parse_index(value_or_empty(attributes, "numFmtId")).value_or(0);
    if (is_format) {
        own_formats_[number] = date_kind_of(value_or_empty(attributes, "formatCode"));
        return {};
    }
    const auto own = own_formats_.find(number);
    kinds_.push_back(own == own_formats_.end() ? date_kind_of(number) : own->second);
    return {};
}

Status StylesPart::end_element(std::string_view name) {
    is_cell_styles_ = is_cell_styles_ && name != "cellXfs";
    return {};
}

Status StylesPart::text(std::string_view /*piece*/) {
    return {};
}

}  // namespace suyuan::codec::detail
