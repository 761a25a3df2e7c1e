// SPDX-License-Identifier: Apache-2.0

#include "service/line_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::service {
namespace {

using enum Column;

bool is_called(const ColumnTitle& column, std::string_view plain) {
    std::string_view others = column.others;
    while (!others.empty()) {
        const std::size_t end = std::min(others.find('|'), others.size());
        if (plain_title(others.substr(0, end)) == plain) {
            return true;
        }
        others.remove_prefix(std::min(end + 1, others.size()));
    }
    return false;
}

bool is_own_title(const ColumnTitle& column, std::string_view plain) {
    return plain_title(column.zh) == plain || plain_title(column.en) == plain;
}

const ColumnTitle* column_called(const Sheet& sheet, std::string_view plain) {
    // A column's own title goes before another's further spellings.
    auto found = std::ranges::find_if(sheet.columns, [&](const ColumnTitle& column) {
        return is_own_title(column, plain);
    });
    if (found == sheet.columns.end()) {
        found = std::ranges::find_if(sheet.columns, [&](const ColumnTitle& column) {
            return is_called(column, plain);
        });
    }
    return found == sheet.columns.end() ? nullptr : &*found;
}

const ColumnTitle* column_chosen(const Sheet& sheet, std::string_view name) {
    const auto column = parse_column(name);
    return column ? sheet.find(*column) : column_called(sheet, plain_title(name));
}

std::string listed(const Sheet& sheet, const std::vector<Column>& columns) {
    std::string text;
    for (const Column column : columns) {
        const ColumnTitle* const title = sheet.find(column);
        text += format("{}“{}”", text.empty() ? "" : "、", title->zh);
    }
    return text;
}

Failure twice(const ColumnTitle& column, std::size_t first, std::size_t second) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format(
                "第 {} 列和第 {} 列都是“{}”，请去掉一列，或指明哪一列才是。",
                first + 1,
                second + 1,
                column.zh
            ),
            format(
                "columns {} and {} are both \"{}\": take one away, or say which of them it is",
                first + 1,
                second + 1,
                column.en
            )
        }
    );
}

Status apply_choices(
    ColumnMap& map,
    std::span<const std::string> titles,
    const std::vector<TitleChoice>& choices,
    std::vector<bool>& is_taken
) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const TitleChoice& choice = choices[i];
        // Of equal titles the second choice means the second.
        const auto said = std::ranges::count(
            choices.begin(),
            choices.begin() + static_cast<std::ptrdiff_t>(i),
            choice.title,
            &TitleChoice::title
        );
        auto title = std::ranges::find(titles, choice.title);
        for (auto left = said; left > 0 && title != titles.end(); --left) {
            title = std::find(title + 1, titles.end(), choice.title);
        }
        if (title == titles.end()) {
            title = std::ranges::find(titles, plain_title(choice.title), plain_title);
        }
        if (title != titles.end() && choice.column.empty()) {
            is_taken[static_cast<std::size_t>(title - titles.begin())] = true;
            continue;
        }
        const ColumnTitle* const column = column_chosen(map.sheet(), choice.column);
        if (title == titles.end() || column == nullptr) {
            const std::string& name = title == titles.end() ? choice.title : choice.column;
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    format("没有“{}”这一列。", name), format("there is no column \"{}\"", name)
                }
            );
        }
        const auto place = static_cast<std::size_t>(title - titles.begin());
        if (const auto other = map.place(column->column)) {
            return twice(*column, *other, place);
        }
        map.put(column->column, place);
        is_taken[place] = true;
    }
    return {};
}

// What no template has and is known all the same. The first of a name counts: the workbook of
// faults of a workbook of faults has two numbers of rows, the file's own before its own.
void put_beside(ColumnMap& map, std::string_view title, std::size_t place) {
    struct Title {
        std::string_view plain;
        Column column;
    };

    constexpr std::array kOfEvents = {
        Title{"原文件行号·rowinthefile", kRowInFile}, Title{"原文件行号", kRowInFile}
    };
    constexpr std::array kOfUndatedRows = {
        Title{"起始日期", kValidFrom},
        Title{"validfrom", kValidFrom},
        Title{"开始日期", kValidFrom},
        Title{"截止日期", kValidTo},
        Title{"validto", kValidTo},
        Title{"结束日期", kValidTo},
    };
    const SheetKind kind = map.sheet().kind;
    std::span<const Title> known;
    if (is_of_events(kind)) {
        known = kOfEvents;
    } else if (kind == SheetKind::kOperators || kind == SheetKind::kSites) {
        known = kOfUndatedRows;
    }
    const auto found = std::ranges::find(known, title, &Title::plain);
    if (found != known.end() && !map.place(found->column)) {
        map.put(found->column, place);
    }
}

Result<ColumnMap> map_to(
    const Sheet& sheet, std::span<const std::string> titles, const std::vector<TitleChoice>& choices
) {
    ColumnMap map(sheet);
    std::vector<bool> is_taken(titles.size());
    SUYUAN_TRY_VOID(apply_choices(map, titles, choices, is_taken));
    for (std::size_t i = 0; i < titles.size(); ++i) {
        const std::string title = plain_title(titles[i]);
        if (is_taken[i] || title.empty()) {
            continue;
        }
        const ColumnTitle* const column = column_called(sheet, title);
        if (column == nullptr) {
            put_beside(map, title, i);
            continue;
        }
        const auto other = map.place(column->column);
        if (!other) {
            map.put(column->column, i);
            continue;
        }
        const bool is_own = is_own_title(*column, title);
        const bool is_other_own = is_own_title(*column, plain_title(titles[*other]));
        if (is_taken[*other] || (is_other_own && !is_own)) {
            continue;  // chosen otherwise, or called by its own name elsewhere
        }
        if (is_own == is_other_own) {
            return twice(*column, *other, i);
        }
        map.put(column->column, i);
    }
    return map;
}

std::size_t known_in(const ColumnMap& map) {
    return static_cast<std::size_t>(std::ranges::count_if(
        map.sheet().columns,
        [&](const ColumnTitle& column) { return map.place(column.column).has_value(); }
    ));
}

Failure no_sheet_fits(const std::optional<ColumnMap>& nearest) {
    if (!nearest || known_in(*nearest) == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "没有一行是某个模板的表头：请用模板的列名，或指明每一列是什么。",
                "no row has the titles of a sheet: use those of a template, or say what "
                "each column is"
            }
        );
    }
    std::string english;
    for (const Column column : nearest->missing()) {
        english +=
            format("{}\"{}\"", english.empty() ? "" : ", ", nearest->sheet().find(column)->en);
    }
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format(
                "像是“{}”表，但缺少{}：请补上这些列。",
                nearest->sheet().zh,
                listed(nearest->sheet(), nearest->missing())
            ),
            format(
                "this looks like the {} sheet without its {}: add them",
                nearest->sheet().en,
                english
            )
        }
    );
}

Failure several_fit(const std::vector<ColumnMap>& maps) {
    std::string chinese;
    std::string english;
    for (const ColumnMap& map : maps) {
        chinese += format("{}“{}”", chinese.empty() ? "" : "、", map.sheet().zh);
        english += format("{}\"{}\"", english.empty() ? "" : ", ", map.sheet().en);
    }
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("从列名看不出是哪种表，可能是{}：请选定一种。", chinese),
            format("the titles fit more than one sheet, {}: choose which it is", english)
        }
    );
}

// How many titles name a column of the sheet, if by another's name or twice.
std::size_t called_in(const Sheet& sheet, std::span<const std::string> titles) {
    return static_cast<std::size_t>(std::ranges::count_if(titles, [&](const std::string& title) {
        const std::string plain = plain_title(title);
        return !plain.empty() && column_called(sheet, plain) != nullptr;
    }));
}

struct Likeliest {
    std::vector<ColumnMap> maps;     // of equal rank
    std::optional<Failure> refusal;  // of a sheet of which more columns are there
};

// The sheets of which most columns are there; of equals, those that lack no required column.
Likeliest likeliest(std::span<const std::string> titles, const std::vector<TitleChoice>& choices) {
    Likeliest best;
    const auto rank = [](const ColumnMap& map) {
        return std::pair(map.missing().empty(), known_in(map));
    };
    std::size_t refused_columns = 0;
    for (const Sheet& sheet : sheets()) {
        if (sheet.columns.empty()) {
            continue;  // told by its worksheets, not by titles
        }
        Result<ColumnMap> map = map_to(sheet, titles, choices);
        if (!map) {
            const std::size_t known = called_in(sheet, titles);
            if (known > refused_columns) {
                refused_columns = known;
                best.refusal = Failure(map.error());
            }
        } else if (best.maps.empty() || rank(*map) > rank(best.maps.front())) {
            best.maps = {*std::move(map)};
        } else if (rank(*map) == rank(best.maps.front())) {
            best.maps.push_back(*std::move(map));
        }
    }
    if (!best.maps.empty() && known_in(best.maps.front()) >= refused_columns) {
        best.refusal.reset();
    }
    return best;
}

// What the workbook of faults adds to a file's own columns, as plain_title() leaves it.
constexpr std::array<std::string_view, 2> kOfFaultWorkbooks = {
    "原文件行号·rowinthefile", "问题·whatiswrong"
};

}  // namespace

std::string_view without_blanks(std::string_view text) {
    constexpr std::array<std::string_view, 6> kBlanks = {" ", "\t", "\r", "\n", "\u3000", "\u00A0"};
    const auto at_front = [&](std::string_view blank) { return text.starts_with(blank); };
    const auto at_back = [&](std::string_view blank) { return text.ends_with(blank); };
    for (auto blank = std::ranges::find_if(kBlanks, at_front); blank != kBlanks.end();
         blank = std::ranges::find_if(kBlanks, at_front)) {
        text.remove_prefix(blank->size());
    }
    for (auto blank = std::ranges::find_if(kBlanks, at_back); blank != kBlanks.end();
         blank = std::ranges::find_if(kBlanks, at_back)) {
        text.remove_suffix(blank->size());
    }
    return text;
}

std::string_view ColumnMap::cell(std::span<const std::string> cells, Column column) const noexcept {
    const auto at = place(column);
    if (!at || *at >= cells.size()) {
        return {};
    }
    return without_blanks(cells[*at]);
}

Result<ColumnMap> map_columns(
    std::span<const std::string> titles,
    std::optional<SheetKind> kind,
    const std::vector<TitleChoice>& choices
) {
    if (kind) {
        SUYUAN_TRY(ColumnMap map, map_to(sheet_of(*kind), titles, choices));
        if (!map.missing().empty()) {
            return no_sheet_fits(map);
        }
        return map;
    }
    Likeliest best = likeliest(titles, choices);
    if (best.refusal) {
        return *std::move(best.refusal);
    }
    if (best.maps.empty() || !best.maps.front().missing().empty()) {
        return no_sheet_fits(best.maps.empty() ? std::nullopt : std::optional(best.maps.front()));
    }
    if (best.maps.size() > 1) {
        return several_fit(best.maps);
    }
    return best.maps.front();
}

std::optional<ColumnMap> guess_columns(
    std::span<const std::string> titles, std::optional<SheetKind> kind
) {
    if (kind) {
        const auto map = map_to(sheet_of(*kind), titles, {});
        return map ? *map : ColumnMap(sheet_of(*kind));
    }
    const Likeliest best = likeliest(titles, {});
    const bool is_one = best.maps.size() == 1 && known_in(best.maps.front()) > 0;
    return is_one ? std::optional(best.maps.front()) : std::nullopt;
}

bool ColumnMap::is_used(std::size_t place) const noexcept {
    return std::ranges::find(places_, std::optional(place)) != places_.end();
}

std::vector<std::string> unused_titles(
    const ColumnMap& map,
    std::span<const std::string> titles,
    const std::vector<TitleChoice>& choices
) {
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        const std::string plain = plain_title(titles[i]);
        const bool is_left_out = std::ranges::any_of(choices, [&](const TitleChoice& choice) {
            return choice.column.empty() && plain_title(choice.title) == plain;
        });
        const bool is_ours = std::ranges::find(kOfFaultWorkbooks, plain) != kOfFaultWorkbooks.end();
        if (!plain.empty() && !map.is_used(i) && !is_left_out && !is_ours) {
            unused.emplace_back(without_blanks(titles[i]));
        }
    }
    return unused;
}

std::vector<Column> ColumnMap::missing() const {
    std::vector<Column> missing;
    for (const ColumnTitle& column : sheet_->columns) {
        if (column.is_required && !place(column.column)) {
            missing.push_back(column.column);
        }
    }
    return missing;
}

}  // namespace suyuan::service
