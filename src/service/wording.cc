// SPDX-License-Identifier: Apache-2.0

#include "service/wording.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "service/name_book.h"
#include "service/own_codes.h"
#include "service/seed.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

bool is_open(model::MicrosUtc moment) noexcept {
    return moment == model::kBeginningOfTime || moment == model::kEndOfTime;
}

constexpr std::size_t kDateChars = 10;  // "2026-01-05"
constexpr Words kZone = {"（北京时间）", " (Beijing time)"};
constexpr Words kTimeUnknown = {"时间未知", "time unknown"};

std::string with_zone(std::string_view text, Language language) {
    return format("{}{}", text, pick(kZone, language));
}

// What follows the last of `separators`; the whole text if there is none.
std::string_view tail(std::string_view text, std::string_view separators) noexcept {
    const std::size_t last = text.find_last_of(separators);
    return last == std::string_view::npos ? text : text.substr(last + 1);
}

// A code as a part of a sentence.
std::string spoken_code(std::string_view code) {
    std::string words = own_code_words(code);
    return words.empty() ? short_code(code) : words;
}

std::string first_known(std::string_view name, std::string_view code) {
    return name.empty() ? spoken_code(code) : std::string(name);
}

}  // namespace

std::optional<Language> parse_language(std::string_view text) noexcept {
    if (text == "zh") {
        return Language::kChinese;
    }
    return text == "en" ? std::optional(Language::kEnglish) : std::nullopt;
}

std::string local_time(model::MicrosUtc moment) {
    SUYUAN_ASSERT(!is_open(moment));
    // "2026-01-05T08:00:00[.123]+08:00"
    std::string text = model::format_instant(moment, kLocalOffsetMinutes);
    constexpr std::string_view kZoneText = "+08:00";
    constexpr std::string_view kNoSeconds = ":00";
    text.resize(text.size() - kZoneText.size());
    text[kDateChars] = ' ';
    constexpr std::size_t kWholeSecondsChars = 19;
    constexpr std::size_t kMillisecondsChars = 23;
    // Finer than any clock that records: the last moment of an interval.
    if (text.size() > kMillisecondsChars) {
        text.resize(kWholeSecondsChars);
    }
    if (text.size() == kWholeSecondsChars && text.ends_with(kNoSeconds)) {
        text.resize(text.size() - kNoSeconds.size());
    }
    return text;
}

std::string moment_label(model::MicrosUtc moment, Language language) {
    return is_open(moment) ? std::string(pick(kTimeUnknown, language))
                           : with_zone(local_time(moment), language);
}

std::string time_label(const model::TimeInterval& time, Language language) {
    if (time.is_exact()) {
        return moment_label(time.first, language);
    }
    if (is_open(time.first) && is_open(time.last)) {
        return std::string(pick(kTimeUnknown, language));
    }
    const bool is_chinese = language == Language::kChinese;
    if (is_open(time.first)) {
        const std::string last = with_zone(local_time(time.last), language);
        return is_chinese ? "不晚于 " + last : "not after " + last;
    }
    if (is_open(time.last)) {
        const std::string first = with_zone(local_time(time.first), language);
        return is_chinese ? "不早于 " + first : "not before " + first;
    }
    if (time == model::day_of(time.first, kLocalOffsetMinutes)) {
        const std::string day = local_time(time.first).substr(0, kDateChars);
        return with_zone(is_chinese ? day + " 当天" : "on " + day, language);
    }
    const std::string_view joint = is_chinese ? " 至 " : " to ";
    return with_zone(
        format("{}{}{}", local_time(time.first), joint, local_time(time.last)), language
    );
}

std::string short_code(std::string_view uri) {
    constexpr std::string_view kGs1 = "https://id.gs1.org/";
    if (!uri.starts_with(kGs1)) {
        return std::string(uri);
    }
    // Pairs of application identifier and value.
    std::string text;
    std::string_view rest = uri.substr(kGs1.size());
    bool is_key = true;
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        text += is_key ? format("({})", rest.substr(0, slash)) : std::string(rest.substr(0, slash));
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
        is_key = !is_key;
    }
    return text;
}

std::string paper_label(std::string_view paper) {
    constexpr std::string_view kBusinessTransaction = "urn:epcglobal:cbv:bt:";
    return paper.starts_with(kBusinessTransaction) ? std::string(tail(paper, ":"))
                                                   : spoken_code(paper);
}

std::string item_label(const store::ItemName& item, Language language) {
    const model::Code& code = item.code;
    if (code.kind == model::CodeKind::kContainer) {
        return format(
            "{} {}", language == Language::kChinese ? "容器" : "container", short_code(code.uri)
        );
    }
    if (item.product_name.empty()) {
        return spoken_code(code.uri);
    }
    std::string text = item.product_name;
    if (!code.lot.empty()) {
        text += language == Language::kChinese ? " 批次 " : ", lot ";
        text += code.lot;
    }
    if (!code.serial.empty()) {
        text += language == Language::kChinese ? " 序列号 " : ", serial ";
        text += code.serial;
    }
    return text;
}

std::string site_label(const store::NamedId& site) {
    return first_known(site.name, site.code);
}

std::string owner_label(const store::NamedId& owner, Language language) {
    constexpr Words kNotRegistered = {"经营主体未登记", "operator not registered"};
    return is_stub_operator(owner) ? std::string(pick(kNotRegistered, language))
                                   : first_known(owner.name, owner.code);
}

std::string place_label(const NameBook& names, const trace::Position& position, Language language) {
    constexpr Words kNowhere = {"未知地点", "an unknown place"};
    constexpr Words kSiteUnknown = {"场所未知", "site unknown"};
    constexpr Words kOwnerUnknown = {"经营主体未知", "operator unknown"};
    const std::string site = site_label(names.site(position.site));
    const std::string owner = owner_label(names.owner(position.owner), language);
    if (site.empty() && owner.empty()) {
        return std::string(pick(kNowhere, language));
    }
    const std::string_view outside = site.empty() ? owner : site;
    std::string_view inside = owner;
    if (site.empty()) {
        inside = pick(kSiteUnknown, language);
    } else if (owner.empty()) {
        inside = pick(kOwnerUnknown, language);
    }
    return language == Language::kChinese ? format("{}（{}）", outside, inside)
                                          : format("{} ({})", outside, inside);
}

std::string quantity_label(std::int64_t millionths, std::string_view unit, Language language) {
    constexpr std::array<std::pair<std::string_view, Words>, 3> kUnits = {{
        {"KGM", {"公斤", "kg"}},
        {"LTR", {"升", "L"}},
        {"", {"件", "pcs"}},
    }};
    std::string_view word = unit;
    for (const auto& [code, words] : kUnits) {
        if (unit == code) {
            word = pick(words, language);
        }
    }
    return format("{} {}", model::format_decimal({millionths}), word);
}

std::string on_hand_label(
    const NameBook& names, const std::vector<trace::Balance>& balances, Language language
) {
    std::string text;
    for (const trace::Balance& balance : balances) {
        if (!text.empty()) {
            text += language == Language::kChinese ? "，" : ", ";
        }
        text += quantity_label(balance.on_hand, names.unit(balance.unit), language);
    }
    return text;
}

std::string_view label(trace::StockStatus status, Language language) noexcept {
    using trace::StockStatus;
    switch (status) {
        case StockStatus::kOnHand:
            return pick({"在库", "on hand"}, language);
        case StockStatus::kInTransit:
            return pick({"在途", "in transit"}, language);
        case StockStatus::kClosed:
            return pick({"已清空", "closed"}, language);
        case StockStatus::kNegative:
            return pick({"负库存", "negative"}, language);
        case StockStatus::kUnknown:
            return pick({"数量不明", "unknown"}, language);
    }
    SUYUAN_UNREACHABLE();
}

std::string_view label(trace::MoveKind kind, Language language) noexcept {
    using trace::MoveKind;
    switch (kind) {
        case MoveKind::kShipment:
            return pick({"发货", "shipment"}, language);
        case MoveKind::kStated:
            return pick({"收货方单方记录", "stated by the receiver only"}, language);
        case MoveKind::kInTransit:
            return pick({"在途", "in transit"}, language);
        case MoveKind::kInferred:
            return pick({"推断", "inferred"}, language);
        case MoveKind::kRide:
            return pick({"随载", "ride"}, language);
        case MoveKind::kProcess:
            return pick({"加工", "process"}, language);
        case MoveKind::kSameAs:
            return pick({"同一物品", "same thing"}, language);
        case MoveKind::kPartOf:
            return pick({"批次单件", "part of lot"}, language);
    }
    SUYUAN_UNREACHABLE();
}

std::string_view label(trace::OpenEndKind kind, Language language) noexcept {
    using trace::OpenEndKind;
    switch (kind) {
        case OpenEndKind::kUnknownSupplier:
            return pick({"来源不明", "unknown supplier"}, language);
        case OpenEndKind::kUnconfirmedSupplier:
            return pick({"供货方未记录发货", "the supplier recorded no shipment"}, language);
        case OpenEndKind::kInTransit:
            return pick({"发出无人签收", "shipment without receipt"}, language);
        case OpenEndKind::kNegativeStock:
            return pick({"负库存", "negative stock"}, language);
        case OpenEndKind::kSkewedClocks:
            return pick({"收货早于发货", "clocks contradict"}, language);
        case OpenEndKind::kTwoContainers:
            return pick({"同时在两个容器", "in two containers at once"}, language);
        case OpenEndKind::kConflict:
            return pick({"版本冲突", "conflicting records"}, language);
        case OpenEndKind::kMissingTime:
            return pick({"缺事件时间", "missing time"}, language);
        case OpenEndKind::kAllToAll:
            return pick({"投料未对应产出", "inputs not mapped to outputs"}, language);
    }
    SUYUAN_UNREACHABLE();
}

std::string_view label(trace::Direction direction, Language language) noexcept {
    using trace::Direction;
    switch (direction) {
        case Direction::kBack:
            return pick({"溯来源", "back"}, language);
        case Direction::kForward:
            return pick({"追去向", "forward"}, language);
        case Direction::kFull:
            return pick({"全链追溯", "full"}, language);
    }
    SUYUAN_UNREACHABLE();
}

std::string_view label(SeedKind kind, Language language) noexcept {
    switch (kind) {
        case SeedKind::kItem:
            return pick({"物品", "item"}, language);
        case SeedKind::kLot:
            return pick({"批次", "lot"}, language);
        case SeedKind::kContainer:
            return pick({"容器", "container"}, language);
        case SeedKind::kPaper:
            return pick({"单证", "paper"}, language);
        case SeedKind::kVehicle:
            return pick({"车辆", "vehicle"}, language);
        case SeedKind::kPerson:
            return pick({"从业人员", "person"}, language);
        case SeedKind::kOperator:
            return pick({"经营主体", "operator"}, language);
        case SeedKind::kSite:
            return pick({"场所", "site"}, language);
    }
    SUYUAN_UNREACHABLE();
}

}  // namespace suyuan::service
