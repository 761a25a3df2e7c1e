// SPDX-License-Identifier: Apache-2.0
//
// How things are called in text for people, in Chinese and in English.
//
// Times are China Standard Time and say so. Names and codes come from outside: whoever prints them
// on a terminal or into a file makes them harmless there (answer_text.h).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/seed.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {

enum class Language : std::uint8_t { kChinese, kEnglish };

// "zh", "en".
[[nodiscard]] std::optional<Language> parse_language(std::string_view text) noexcept;

// What one thing is called in both languages.
struct Words {
    std::string_view zh;
    std::string_view en;
};

[[nodiscard]] constexpr std::string_view pick(const Words& words, Language language) noexcept {
    return language == Language::kChinese ? words.zh : words.en;
}

// China Standard Time, without daylight saving since 1991.
inline constexpr int kLocalOffsetMinutes = 480;

// "2026-01-05 08:00", seconds only where there are some; no zone. Requires a moment that is not
// open.
[[nodiscard]] std::string local_time(model::MicrosUtc moment);

// "2026-01-05 08:00（北京时间）"; "时间未知" for an open end of time.
[[nodiscard]] std::string moment_label(model::MicrosUtc moment, Language language);

// The same for an interval: "2026-01-05 当天（北京时间）" where a local day is all that is known.
[[nodiscard]] std::string time_label(const model::TimeInterval& time, Language language);

// GS1 links as element strings, "(414)6901234500012"; everything else as it is.
[[nodiscard]] std::string short_code(std::string_view uri);

// The number of a paper, without the URN or the code around it.
[[nodiscard]] std::string paper_label(std::string_view paper);

// "黄瓜 批次 L1"; the code where no name is known, or what it names.
[[nodiscard]] std::string item_label(const store::ItemName& item, Language language);

// The name, else the code; "" for an unknown one.
[[nodiscard]] std::string site_label(const store::NamedId& site);
[[nodiscard]] std::string owner_label(const store::NamedId& owner, Language language);

// "X 冷库（Y 公司）".
[[nodiscard]] std::string place_label(
    const NameBook& names, const trace::Position& position, Language language
);

// "12.5 公斤".
[[nodiscard]] std::string quantity_label(
    std::int64_t millionths, std::string_view unit, Language language
);

// On hand in every unit, "12.5 公斤，3 件"; "" if nothing is known.
[[nodiscard]] std::string on_hand_label(
    const NameBook& names, const std::vector<trace::Balance>& balances, Language language
);

[[nodiscard]] std::string_view label(trace::StockStatus status, Language language) noexcept;
[[nodiscard]] std::string_view label(trace::MoveKind kind, Language language) noexcept;
[[nodiscard]] std::string_view label(trace::OpenEndKind kind, Language language) noexcept;
[[nodiscard]] std::string_view label(trace::Direction direction, Language language) noexcept;
[[nodiscard]] std::string_view label(SeedKind kind, Language language) noexcept;

}  // namespace suyuan::service
