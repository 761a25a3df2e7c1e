// SPDX-License-Identifier: Apache-2.0

#include "model/registry.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "model/detail/text.h"
#include "model/identifiers.h"
#include "model/instant.h"

namespace suyuan::model {
namespace {

// Where a mistake is: "operators[3].name".
struct Field {
    std::string_view table;
    std::size_t row = 0;
    std::string_view name;
};

Failure fail_at(const Field& field, const Sentence& how_to_mend) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            how_to_mend.zh,
            format("{}[{}].{}: {}", field.table, field.row, field.name, how_to_mend.en),
        }
    );
}

Status check_text(const Field& field, std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        return fail_at(
            field,
            {format("太长，请缩短到 {} 字节以内。", bytes_max),
             format("Too long: shorten it to {} bytes.", bytes_max)}
        );
    }
    if (!detail::is_printable_utf8(text)) {
        return fail_at(
            field,
            {"含有控制字符或不是 UTF-8，请删除或重新录入。",
             "It has control characters or is not UTF-8: remove them or enter it again."}
        );
    }
    return {};
}

Status check_name(const Field& field, std::string_view text) {
    return check_text(field, text, kRegistryTextBytesMax);
}

// A code that may be missing.
Status check_optional_code(const Field& field, std::string_view code) {
    SUYUAN_TRY_VOID(check_text(field, code, kRegistryCodeBytesMax));
    if (const std::string canonical = canonical_uri(code); canonical != code) {
        return fail_at(
            field, {format("请写成规范形式 {}。", canonical), format("Write it as {}.", canonical)}
        );
    }
    return {};
}

Status check_code(const Field& field, std::string_view code) {
    if (code.empty()) {
        return fail_at(field, {"缺少编码，请填写。", "The code is missing: enter it."});
    }
    return check_optional_code(field, code);
}

Status check_coordinate(const Field& field, std::string_view text, double limit) {
    double degrees = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), degrees);
    const bool is_number = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    if (text.empty() || (is_number && degrees >= -limit && degrees <= limit)) {
        return {};
    }
    return fail_at(
        field,
        {format("应为 -{0} 到 {0} 的十进制度数，例如 34.7466。", limit),
         format("It should be decimal degrees from -{0} to {0}, such as 34.7466.", limit)}
    );
}

Status check_day(const Field& field, std::string_view day) {
    if (day.empty() || parse_day(day, 0)) {
        return {};
    }
    return fail_at(
        field, {"应为真实日期，例如 2026-01-05。", "It should be a real day, such as 2026-01-05."}
    );
}

Status check_validity(std::string_view table, std::size_t index, const DayRange& days) {
    SUYUAN_TRY_VOID(check_day({table, index, "valid_from"}, days.first));
    SUYUAN_TRY_VOID(check_day({table, index, "valid_to"}, days.last));
    if (!days.first.empty() && !days.last.empty() && days.last < days.first) {
        return fail_at(
            {table, index, "valid_to"},
            {"止期早于起期，请核对。", "The last day is before the first: check them."}
        );
    }
    return {};
}

Status check_operator(const Operator& row, std::size_t index) {
    const auto field = [&](std::string_view name) { return Field{"operators", index, name}; };
    SUYUAN_TRY_VOID(check_code(field("code"), row.code));
    SUYUAN_TRY_VOID(check_name(field("name"), row.name));
    SUYUAN_TRY_VOID(check_name(field("region"), row.region));
    return check_name(field("kind"), row.kind);
}

Status check_site(const Site& row, std::size_t index) {
    const auto field = [&](std::string_view name) { return Field{"sites", index, name}; };
    SUYUAN_TRY_VOID(check_code(field("code"), row.code));
    SUYUAN_TRY_VOID(check_name(field("name"), row.name));
    SUYUAN_TRY_VOID(check_optional_code(field("operator_code"), row.operator_code));
    SUYUAN_TRY_VOID(check_name(field("region"), row.region));
    SUYUAN_TRY_VOID(check_name(field("address"), row.address));
    SUYUAN_TRY_VOID(check_coordinate(field("latitude"), row.latitude, 90));
    SUYUAN_TRY_VOID(check_coordinate(field("longitude"), row.longitude, 180));
    return check_name(field("capacity"), row.capacity);
}

// Digits without a leading zero; no food keeps for longer than kDigitsMax of them tell.
Status check_shelf_life(const Field& field, std::string_view days) {
    constexpr std::size_t kDigitsMax = 5;
    if (days.empty() ||
        (days.size() <= kDigitsMax && detail::all_digits(days) && days.front() != '0')) {
        return {};
    }
    return fail_at(field, {"应为天数，例如 180。", "It should be a number of days, such as 180."});
}

Status check_product(const Product& row, std::size_t index) {
    constexpr std::size_t kGtinDigits = 14;
    const Field field{"products", index, "gtin"};
    const IdentifierCheck check = check_gtin(row.gtin);
    if (check.verdict == Verdict::kMalformed) {
        return fail_at(field, check.reason);
    }
    if (row.gtin.size() != kGtinDigits || check.normal != row.gtin) {
        return fail_at(
            field,
            {format("请写成 14 位：{}。", check.normal),
             format("Write it with 14 digits: {}.", check.normal)}
        );
    }
    SUYUAN_TRY_VOID(check_name({"products", index, "name"}, row.name));
    SUYUAN_TRY_VOID(check_optional_code({"products", index, "producer"}, row.producer));
    SUYUAN_TRY_VOID(check_name({"products", index, "category"}, row.category));
    SUYUAN_TRY_VOID(check_name({"products", index, "unit"}, row.unit));
    return check_shelf_life({"products", index, "shelf_life_days"}, row.shelf_life_days);
}

// What is as long as a code of GB/T 2260 has to be one; foreign regions have codes of their own.
Status check_shape(const Field& field, std::string_view code) {
    const bool looks_chinese = code.size() == 6 || code.size() == 9 || code.size() == 12;
    if (!looks_chinese || !detail::all_digits(code)) {
        return {};
    }
    const IdentifierCheck check = check_region_code(code);
    return check.verdict == Verdict::kValid ? Status() : fail_at(field, check.reason);
}

Status check_region(const Region& row, std::size_t index) {
    const auto field = [&](std::string_view name) { return Field{"regions", index, name}; };
    SUYUAN_TRY_VOID(check_code(field("code"), row.code));
    SUYUAN_TRY_VOID(check_shape(field("code"), row.code));
    SUYUAN_TRY_VOID(check_name(field("name"), row.name));
    SUYUAN_TRY_VOID(check_optional_code(field("parent"), row.parent));
    if (row.parent == row.code) {
        return fail_at(
            field("parent"),
            {"上级不能是自己，顶级请留空。",
             "A region is not its own parent: leave it empty at the top."}
        );
    }
    return check_validity("regions", index, row.validity());
}

Status check_alias(const LotAlias& row, std::size_t index) {
    SUYUAN_TRY_VOID(check_code({"aliases", index, "alias"}, row.alias));
    SUYUAN_TRY_VOID(check_code({"aliases", index, "lot"}, row.lot));
    if (row.alias == row.lot) {
        return fail_at(
            {"aliases", index, "alias"},
            {"别名与批次编码相同，请删除此行。", "The alias is the lot itself: remove the row."}
        );
    }
    return {};
}

// What a number tells of itself, where it claims to be of a kind with check digits.
Status check_licence_number(const Field& field, const Licence& row) {
    const std::string_view told = licence_kind_of(row.number);
    if (row.kind == kFoodProduction || row.kind == kFoodTrade) {
        const IdentifierCheck check = row.kind == kFoodProduction
                                          ? check_production_licence(row.number)
                                          : check_trading_licence(row.number);
        if (check.verdict == Verdict::kMalformed) {
            return fail_at(field, check.reason);
        }
        if (check.normal != row.number) {
            return fail_at(
                field,
                {format("请写成规范形式 {}。", check.normal),
                 format("Write it as {}.", check.normal)}
            );
        }
    } else if (!told.empty()) {
        return fail_at(
            {field.table, field.row, "kind"},
            {format(
                 "此编号是{}的，种类请写“{}”，或留空。",
                 told == kFoodProduction ? "食品生产许可" : "食品经营许可",
                 told == kFoodProduction ? "食品生产许可" : "食品经营许可"
             ),
             format("A number like this is {}: write that, or nothing.", told)}
        );
    }
    return {};
}

Status check_licence(const Licence& row, std::size_t index) {
    const auto field = [&](std::string_view name) { return Field{"licences", index, name}; };
    SUYUAN_TRY_VOID(check_code(field("number"), row.number));
    SUYUAN_TRY_VOID(check_name(field("kind"), row.kind));
    SUYUAN_TRY_VOID(check_licence_number(field("number"), row));
    SUYUAN_TRY_VOID(check_code(field("operator_code"), row.operator_code));
    return check_validity("licences", index, row.validity());
}

Status check_link(const Link& row, std::size_t index) {
    SUYUAN_TRY_VOID(check_code({"links", index, "from"}, row.from));
    SUYUAN_TRY_VOID(check_code({"links", index, "to"}, row.to));
    if (row.from == row.to) {
        return fail_at(
            {"links", index, "to"},
            {"关联的两端相同，请核对。", "Both ends of the link are the same: check them."}
        );
    }
    return check_validity("links", index, row.validity());
}

Status check_paper(const RegisteredPaper& row, std::size_t index) {
    const auto field = [&](std::string_view name) { return Field{"papers", index, name}; };
    SUYUAN_TRY_VOID(check_code(field("number"), row.number));
    SUYUAN_TRY_VOID(check_name(field("kind"), row.kind));
    SUYUAN_TRY_VOID(check_optional_code(field("issuer"), row.issuer));
    SUYUAN_TRY_VOID(check_optional_code(field("holder"), row.holder));
    return check_validity("papers", index, row.validity());
}

// A plate of ours has one spelling; others (foreign ones, say) are as given, as in events.
Status check_vehicle(const Vehicle& row, std::size_t index) {
    const Field field{"vehicles", index, "plate"};
    SUYUAN_TRY_VOID(check_code(field, row.plate));
    const IdentifierCheck check = check_plate(row.plate);
    if (check.verdict != Verdict::kMalformed && check.normal != row.plate) {
        return fail_at(
            field,
            {format("请写成规范形式 {}。", check.normal), format("Write it as {}.", check.normal)}
        );
    }
    return check_optional_code({"vehicles", index, "operator_code"}, row.operator_code);
}

Status check_person(const PersonAtWork& row, std::size_t index) {
    const auto field = [&](std::string_view name) { return Field{"people", index, name}; };
    SUYUAN_TRY_VOID(check_code(field("id"), row.id));
    SUYUAN_TRY_VOID(check_optional_code(field("operator_code"), row.operator_code));
    SUYUAN_TRY_VOID(check_name(field("name"), row.name));
    SUYUAN_TRY_VOID(check_name(field("phone"), row.phone));
    SUYUAN_TRY_VOID(check_name(field("title"), row.title));
    // Without a day, the next title would take the place of this one.
    if (!row.title.empty() && row.valid_from.empty()) {
        return fail_at(
            field("valid_from"),
            {"岗位从哪一天起担任？请填写起始日期，例如 2026-01-05。",
             "From which day on is this the title? Give the first day, such as 2026-01-05."}
        );
    }
    return check_validity("people", index, row.validity());
}

// A title holds until the next one does, so rows of one person may overlap; but two may not begin
// on one day.
Status check_titles(const std::vector<PersonAtWork>& rows) {
    using Beginning = std::pair<std::string_view, std::string_view>;
    std::map<Beginning, std::string_view> titles;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const PersonAtWork& row = rows[index];
        if (row.title.empty()) {
            continue;
        }
        const auto [known, is_new] = titles.try_emplace({row.id, row.valid_from}, row.title);
        if (!is_new && known->second != row.title) {
            return fail_at(
                {"people", index, "title"},
                {format("同一人从 {} 起已有另一岗位，请保留一个或更改起始日期。", row.valid_from),
                 format(
                     "The person has another title from {} on: keep one, or change its first day.",
                     row.valid_from
                 )}
            );
        }
    }
    return {};
}

// "2020-01-01/..": open at the end (ISO 8601-2).
std::string told(const DayRange& days) {
    return format(
        "{}/{}", days.first.empty() ? ".." : days.first, days.last.empty() ? ".." : days.last
    );
}

// Two rows of one key may not both hold on a day. Ordered by their first day, any two that overlap
// make two neighbours that do.
template <typename Row>
Status check_overlaps(std::string_view table, const std::vector<Row>& rows) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t index) {
        return std::pair<DatedKey, std::string_view>(
            dated_key(rows[index]), rows[index].valid_from
        );
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Row& before = rows[order[i - 1]];
        const Row& after = rows[order[i]];
        if (dated_key(before) == dated_key(after) && before.validity().overlaps(after.validity())) {
            return fail_at(
                {table, order[i], "valid_from"},
                {format(
                     "与同一代码 {} 的另一行日期重叠，请调整起止日期。", told(before.validity())
                 ),
                 format(
                     "Its days overlap those of another row for the same code, {}: adjust them.",
                     told(before.validity())
                 )}
            );
        }
    }
    return {};
}

template <typename Row>
Status check_each(const std::vector<Row>& rows, Status (*check)(const Row&, std::size_t)) {
    Status status;
    for (std::size_t index = 0; status && index < rows.size(); ++index) {
        status = check(rows[index], index);
    }
    return status;
}

}  // namespace

// ISO days order as text.
bool DayRange::contains(std::string_view day) const noexcept {
    return (first.empty() || first <= day) && (last.empty() || day <= last);
}

bool DayRange::overlaps(const DayRange& other) const noexcept {
    const bool starts_in_time = last.empty() || other.first.empty() || other.first <= last;
    const bool ends_in_time = other.last.empty() || first.empty() || first <= other.last;
    return starts_in_time && ends_in_time;
}

DatedKey dated_key(const Region& row) noexcept {
    return {row.code, {}, {}};
}

DatedKey dated_key(const Licence& row) noexcept {
    return {row.number, {}, {}};
}

DatedKey dated_key(const Link& row) noexcept {
    return {to_string(row.kind), row.to, is_exclusive(row.kind) ? std::string_view() : row.from};
}

DatedKey dated_key(const RegisteredPaper& row) noexcept {
    return {row.number, {}, {}};
}

DatedKey dated_key(const PersonAtWork& row) noexcept {
    return {row.id, {}, {}};
}

std::size_t RegistryRows::count() const noexcept {
    return operators.size() + sites.size() + products.size() + regions.size() + aliases.size() +
           licences.size() + links.size() + papers.size() + vehicles.size() + people.size();
}

std::string_view licence_kind_of(std::string_view number) {
    if (check_production_licence(number).verdict != Verdict::kMalformed) {
        return kFoodProduction;
    }
    return check_trading_licence(number).verdict != Verdict::kMalformed ? kFoodTrade
                                                                        : std::string_view();
}

std::string_view to_string(LinkKind kind) noexcept {
    switch (kind) {
        case LinkKind::kRuns:
            return "runs";
        case LinkKind::kSupplies:
            return "supplies";
        case LinkKind::kHosts:
            return "hosts";
    }
    SUYUAN_UNREACHABLE();
}

std::optional<LinkKind> parse_link_kind(std::string_view text) noexcept {
    for (const LinkKind kind : {LinkKind::kRuns, LinkKind::kSupplies, LinkKind::kHosts}) {
        if (to_string(kind) == text) {
            return kind;
        }
    }
    return std::nullopt;
}

bool is_exclusive(LinkKind kind) noexcept {
    return kind != LinkKind::kSupplies;
}

const Region* find_region(
    const std::vector<Region>& rows, std::string_view code, std::string_view day
) noexcept {
    const auto found = std::ranges::find_if(rows, [&](const Region& row) {
        return row.code == code && row.validity().contains(day);
    });
    return found == rows.end() ? nullptr : &*found;
}

Status check_registry(const RegistryRows& rows) {
    SUYUAN_TRY_VOID(check_each(rows.operators, check_operator));
    SUYUAN_TRY_VOID(check_each(rows.sites, check_site));
    SUYUAN_TRY_VOID(check_each(rows.products, check_product));
    SUYUAN_TRY_VOID(check_each(rows.regions, check_region));
    SUYUAN_TRY_VOID(check_each(rows.aliases, check_alias));
    SUYUAN_TRY_VOID(check_each(rows.licences, check_licence));
    SUYUAN_TRY_VOID(check_each(rows.links, check_link));
    SUYUAN_TRY_VOID(check_each(rows.papers, check_paper));
    SUYUAN_TRY_VOID(check_each(rows.vehicles, check_vehicle));
    SUYUAN_TRY_VOID(check_each(rows.people, check_person));
    SUYUAN_TRY_VOID(check_overlaps("regions", rows.regions));
    SUYUAN_TRY_VOID(check_overlaps("licences", rows.licences));
    SUYUAN_TRY_VOID(check_overlaps("links", rows.links));
    SUYUAN_TRY_VOID(check_overlaps("papers", rows.papers));
    return check_titles(rows.people);
}

}  // namespace suyuan::model
