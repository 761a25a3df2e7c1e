// SPDX-License-Identifier: Apache-2.0

#include "access/password_rules.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::access {
namespace {

// What so many passwords are made of, in small letters.
constexpr std::array<std::string_view, 80> kWords = {
    "password", "passwort", "passwd",   "passw",    "pass",     "admin",   "administrator",
    "root",     "user",     "login",    "welcome",  "hello",    "letmein", "secret",
    "test",     "guest",    "default",  "changeme", "master",   "super",   "manager",
    "system",   "server",   "oracle",   "qwert",    "iloveyou", "love",    "baby",
    "angel",    "princess", "dragon",   "monkey",   "football", "shadow",  "sunshine",
    "summer",   "winter",   "spring",   "autumn",   "monday",   "friday",  "china",
    "zhongguo", "beijing",  "shanghai", "zhejiang", "nihao",    "woaini",  "aini",
    "mima",     "wode",     "asdf",     "zxcv",     "taobao",   "alipay",  "wechat",
    "weixin",   "baidu",    "google",   "computer", "internet", "samsung", "huawei",
    "xiaomi",   "iphone",   "suyuan",   "shipin",   "food",     "trace",   "jiandu",
    "market",   "shichang", "溯源",     "食品",     "密码",     "管理员",  "1314520",
    "5201314",  "147258",   "159753",
};

constexpr std::array<std::string_view, 6> kRuns = {
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789012345678901234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
};

constexpr std::size_t kRunMin = 3;
// Characters that must remain: with them alone it is 40 bits or so.
constexpr std::size_t kRestMin = 6;

bool is_continuation(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

std::size_t count_characters(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_continuation));
}

std::string small(std::string_view text) {
    std::string letters(text);
    for (char& letter : letters) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return letters;
}

// What is written for letters: "p@ssw0rd".
char unmasked(char letter) noexcept {
    constexpr std::string_view kMasks = "0134578@$!";
    constexpr std::string_view kLetters = "oieastbasi";
    const auto place = kMasks.find(letter);
    return place == std::string_view::npos ? letter : kLetters[place];
}

std::size_t word_at(std::string_view text, std::string_view unmasked_text) {
    std::size_t longest = 0;
    for (const std::string_view word : kWords) {
        if (text.starts_with(word) || unmasked_text.starts_with(word)) {
            longest = std::max(longest, word.size());
        }
    }
    return longest;
}

std::size_t repetition_at(std::string_view text) {
    const auto end = text.find_first_not_of(text.front());
    const std::size_t length = std::min(end, text.size());
    return length >= kRunMin ? length : 0;
}

std::size_t common_length(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::size_t run_at(std::string_view text) {
    std::size_t longest = 0;
    for (const std::string_view forward : kRuns) {
        const std::string backward(forward.rbegin(), forward.rend());
        for (const std::string_view run : {forward, std::string_view(backward)}) {
            for (auto start = run.find(text.front()); start != std::string_view::npos;
                 start = run.find(text.front(), start + 1)) {
                longest = std::max(longest, common_length(text, run.substr(start)));
            }
        }
    }
    return longest >= kRunMin ? longest : 0;
}

std::size_t year_at(std::string_view text) {
    constexpr std::size_t kYearDigits = 4;
    const bool is_year = text.size() >= kYearDigits &&
                         (text.starts_with("19") || text.starts_with("20")) &&
                         std::ranges::all_of(text.substr(0, kYearDigits), [](char letter) {
                             return letter >= '0' && letter <= '9';
                         });
    return is_year ? kYearDigits : 0;
}

// Characters that are part of nothing easy.
std::size_t count_rest(std::string_view password) {
    const std::string text = small(password);
    std::string plain = text;
    std::ranges::transform(plain, plain.begin(), unmasked);
    std::size_t rest = 0;
    for (std::size_t place = 0; place < text.size();) {
        const std::string_view here = std::string_view(text).substr(place);
        const std::size_t easy = std::max(
            {word_at(here, std::string_view(plain).substr(place)),
             repetition_at(here),
             run_at(here),
             year_at(here)}
        );
        if (easy == 0 && !is_continuation(here.front())) {
            ++rest;
        }
        place += std::max<std::size_t>(easy, 1);
    }
    return rest;
}

// The shortest beginning of which the text is a repetition, perhaps broken off.
std::string_view period_of(std::string_view text) {
    for (std::size_t length = 1; length < text.size(); ++length) {
        if (text.substr(length) == text.substr(0, text.size() - length)) {
            return text.substr(0, length);
        }
    }
    return text;
}

std::size_t count_kinds(std::string_view password) {
    bool has_capital = false;
    bool has_small = false;
    bool has_digit = false;
    bool has_other = false;
    for (const char letter : password) {
        const bool is_capital = letter >= 'A' && letter <= 'Z';
        const bool is_small = letter >= 'a' && letter <= 'z';
        const bool is_digit = letter >= '0' && letter <= '9';
        has_capital = has_capital || is_capital;
        has_small = has_small || is_small;
        has_digit = has_digit || is_digit;
        has_other = has_other || !(is_capital || is_small || is_digit);
    }
    return std::size_t{has_capital} + std::size_t{has_small} + std::size_t{has_digit} +
           std::size_t{has_other};
}

Failure refuse(std::string zh, std::string en) {
    return fail(ErrorCode::kInvalidArgument, Sentence{std::move(zh), std::move(en)});
}

}  // namespace

PasswordProfile asvs_profile() noexcept {
    return {};
}

PasswordProfile dengbao_profile() noexcept {
    constexpr std::int64_t kHalfAnHourUs = 1'800'000'000;
    PasswordProfile profile;
    profile.kinds_min = 3;
    profile.days_max = 90;
    profile.failures_free = 5;
    profile.wait_first_us = kHalfAnHourUs;
    profile.wait_max_us = kHalfAnHourUs;
    return profile;
}

std::int64_t wait_after(std::int64_t failures, const PasswordProfile& profile) noexcept {
    if (failures < profile.failures_free) {
        return 0;
    }
    std::int64_t wait = profile.wait_first_us;
    for (std::int64_t failure = profile.failures_free;
         failure < failures && wait < profile.wait_max_us;
         ++failure) {
        wait *= 2;
    }
    return std::min(wait, profile.wait_max_us);
}

Status check_new_password(
    std::string_view password, std::string_view account_name, const PasswordProfile& profile
) {
    const std::size_t length = count_characters(password);
    if (length < profile.length_min || length > profile.length_max) {
        return refuse(
            format("密码须为 {} 至 {} 个字符", profile.length_min, profile.length_max),
            format("a password has {} to {} characters", profile.length_min, profile.length_max)
        );
    }
    if (count_kinds(password) < profile.kinds_min) {
        return refuse(
            format("密码须含大写字母、小写字母、数字、其他字符中的 {} 类", profile.kinds_min),
            format(
                "a password has {} of: capital letters, small letters, digits, other characters",
                profile.kinds_min
            )
        );
    }
    constexpr std::size_t kNameMin = 3;
    const std::string text = small(password);
    if (count_characters(account_name) >= kNameMin &&
        text.find(small(account_name)) != std::string::npos) {
        return refuse("密码不得含有账号名", "a password does not hold the account's name");
    }
    if (count_rest(period_of(text)) < kRestMin) {
        return refuse(
            "密码过于常见：请勿只用常用词、键盘顺序、连续或重复的字符、年份",
            "the password is easy to guess: more than common words, runs of the keyboard, "
            "sequences, repetitions and years"
        );
    }
    return {};
}

}  // namespace suyuan::access
