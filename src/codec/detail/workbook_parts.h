// SPDX-License-Identifier: Apache-2.0
//
// The small parts of a workbook: which part is what, which sheets there are, how numbers look.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/xml_parser.h"

namespace suyuan::codec::detail {

// "xl/worksheets/sheet1.xml" for the target "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml"
// in the part "xl/workbook.xml". A key of the archive, never a path: ".." ends at its root.
[[nodiscard]] std::string resolve_target(std::string_view part, std::string_view target);

// Where the relationships of a part stand: "xl/_rels/workbook.xml.rels".
[[nodiscard]] std::string relationships_of(std::string_view part);

struct Relationship {
    std::string id;
    std::string type;    // the last word of its URI: "worksheet"
    std::string target;  // as written
};

// Those that lead to other parts; what lies outside the file is not even kept.
class Relationships : public XmlHandler {
public:
    // The first of that type, or that id, or nullptr.
    [[nodiscard]] const Relationship* find_type(std::string_view type) const;
    [[nodiscard]] const Relationship* find_id(std::string_view id) const;

    Status start_element(std::string_view name, const XmlAttributes& attributes) override;
    Status end_element(std::string_view name) override;
    Status text(std::string_view piece) override;

private:
    std::vector<Relationship> relationships_;
};

struct SheetEntry {
    std::string name;
    std::string relationship_id;
    bool is_hidden = false;
};

class WorkbookPart : public XmlHandler {
public:
    [[nodiscard]] const std::vector<SheetEntry>& sheets() const noexcept { return sheets_; }

    [[nodiscard]] DateSystem date_system() const noexcept { return date_system_; }

    Status start_element(std::string_view name, const XmlAttributes& attributes) override;
    Status end_element(std::string_view name) override;
    Status text(std::string_view piece) override;

private:
    std::vector<SheetEntry> sheets_;
    DateSystem date_system_ = DateSystem::k1900;
};

class StylesPart : public XmlHandler {
public:
    // What cells of a style show; kNone for a style that is not there.
    [[nodiscard]] DateKind kind_of(std::size_t style) const noexcept;

    Status start_element(std::string_view name, const XmlAttributes& attributes) override;
    Status end_element(std::string_view name) override;
    Status text(std::string_view piece) override;

private:
    std::map<std::uint32_t, DateKind> own_formats_;
    std::vector<DateKind> kinds_;
    bool is_cell_styles_ = false;  // within <cellXfs>: there are others
};

}  // namespace suyuan::codec::detail
