// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "io/files.h"
#include "tests/scenario/events.h"
#include "tests/scenario/scenario.h"

namespace suyuan::scenario {
namespace {

// The words of one line, taken from the left.
class Words {
public:
    Words(std::string_view line, int number) : number_(number) {
        const std::size_t end = comment_start(line);
        std::string word;
        bool is_quoted = false;
        for (const char c : line.substr(0, end)) {
            if (c == '"') {
                is_quoted = !is_quoted;
            } else if (!is_quoted && (c == ' ' || c == '\t')) {
                flush(word);
            } else {
                word.push_back(c);
            }
        }
        flush(word);
    }

    [[nodiscard]] bool at_end() const { return next_ == words_.size(); }

    [[nodiscard]] std::string_view peek(std::size_t ahead = 0) const {
        return next_ + ahead < words_.size() ? std::string_view(words_[next_ + ahead])
                                             : std::string_view();
    }

    bool take(std::string_view word) {
        if (peek() != word) {
            return false;
        }
        ++next_;
        return true;
    }

    // Two words in a row.
    bool take(std::string_view first, std::string_view second) {
        if (peek() != first || peek(1) != second) {
            return false;
        }
        next_ += 2;
        return true;
    }

    Result<std::string> word(std::string_view wanted) {
        if (at_end()) {
            return fail(
                ErrorCode::kInvalidArgument, format("line {}: expected {}", number_, wanted)
            );
        }
        return words_[next_++];
    }

    Status expect(std::string_view wanted) {
        if (!take(wanted)) {
            return unexpected(wanted);
        }
        return {};
    }

    [[nodiscard]] Failure unexpected(std::string_view wanted) const {
        return fail(
            ErrorCode::kInvalidArgument,
            format("line {}: expected {}, found '{}'", number_, wanted, peek())
        );
    }

    [[nodiscard]] int number() const { return number_; }

private:
    // A "#" after a blank; inside a word it is a serial number.
    static std::size_t comment_start(std::string_view line) {
        if (line.starts_with('#')) {
            return 0;
        }
        return std::min(line.find(" #"), line.size());
    }

    void flush(std::string& word) {
        if (!word.empty()) {
            words_.push_back(std::exchange(word, {}));
        }
    }

    int number_;
    std::vector<std::string> words_;
    std::size_t next_ = 0;
};

bool is_quantity(std::string_view word) {
    return !word.empty() && (std::isdigit(static_cast<unsigned char>(word.front())) != 0 ||
                             (word.front() == '-' && word.size() > 1));
}

class Parser {
public:
    explicit Parser(std::string name) { scenario_.name = std::move(name); }

    Status take_line(std::string_view line, int number);

    Result<Scenario> finish() {
        flush();
        return std::move(scenario_);
    }

private:
    Status take_happening(Words& words);
    Status take_options(Words& words, Happening& happening);
    Status take_goods(Words& words, std::vector<Goods>& goods);
    Status take_places(Words& words, Happening& happening);
    Status take_ask(Words& words, std::string_view line);
    Status take_seed(Words& words, Ask& ask);
    Status take_expectation(Words& words, std::string_view line);
    Status take_properties(Words& words, Expectation& expectation);
    Result<std::string> take_day(Words& words);
    Status void_event(Words& words);
    void flush();

    Scenario scenario_;
    EventWriter writer_;
    bool is_below_bar_ = false;
    int minute_ = 0;
    std::string last_day_;
};

void Parser::flush() {
    if (auto document = writer_.take_document()) {
        scenario_.steps.emplace_back(Capture{*std::move(document)});
    }
}

Status Parser::take_goods(Words& words, std::vector<Goods>& goods) {
    bool has_more = true;
    while (has_more) {
        SUYUAN_TRY(std::string item, words.word("an item"));
        has_more = item.ends_with(',');
        if (has_more) {
            item.pop_back();
        }
        Goods entry{item, {}};
        if (!has_more && is_quantity(words.peek())) {
            SUYUAN_TRY(std::string quantity, words.word("a quantity"));
            has_more = quantity.ends_with(',');
            if (has_more) {
                quantity.pop_back();
            }
            entry.quantity = quantity;
        }
        goods.push_back(std::move(entry));
    }
    return {};
}

Status Parser::take_places(Words& words, Happening& happening) {
    const bool is_trip = happening.verb == "ship" || happening.verb == "receive";
    if (is_trip) {
        SUYUAN_TRY(happening.from, words.word("where from"));
        SUYUAN_TRY_VOID(words.expect("->"));
        SUYUAN_TRY(happening.to, words.word("where to"));
        return {};
    }
    SUYUAN_TRY_VOID(words.expect("at"));
    SUYUAN_TRY(happening.at, words.word("a place"));
    return {};
}

Status Parser::take_options(Words& words, Happening& happening) {
    while (!words.at_end()) {
        if (words.take("return")) {
            happening.is_return = true;
        } else if (words.take("continuous")) {
            happening.is_continuous = true;
        } else if (words.take("alone")) {
            happening.is_alone = true;
        } else if (words.take("same", "as")) {
            SUYUAN_TRY(happening.same_as, words.word("a code"));
        } else if (words.take("not", "same")) {
            SUYUAN_TRY_VOID(words.expect("as"));
            SUYUAN_TRY(happening.not_same_as, words.word("a code"));
        } else if (words.take("map")) {
            OutputInputs mapping;
            SUYUAN_TRY(mapping.output, words.word("an output"));
            SUYUAN_TRY_VOID(words.expect("<-"));
            while (!words.at_end() && words.peek() != "map" && words.peek() != "process") {
                SUYUAN_TRY(std::string input, words.word("an input"));
                mapping.inputs.push_back(std::move(input));
            }
            happening.mappings.push_back(std::move(mapping));
        } else {
            SUYUAN_TRY(const std::string option, words.word("an option"));
            if (!is_one_of_options(option)) {
                return fail(
                    ErrorCode::kInvalidArgument,
                    format("line {}: '{}' is no word of the language", words.number(), option)
                );
            }
            SUYUAN_TRY(happening.options[option], words.word("its value"));
        }
    }
    return {};
}

Result<std::string> Parser::take_day(Words& words) {
    SUYUAN_TRY_VOID(words.expect("day"));
    if (words.take("?")) {
        return std::string();
    }
    SUYUAN_TRY(const std::string day, words.word("a day"));
    constexpr std::string_view kDigits = "0123456789";
    if (day.size() > 2 || day.find_first_not_of(kDigits) != std::string::npos) {
        return fail(
            ErrorCode::kInvalidArgument,
            format("line {}: day 1 to 31, not '{}'", words.number(), day)
        );
    }
    return format("2026-01-{:0>2}", day);
}

Status Parser::take_happening(Words& words) {
    Happening happening;
    SUYUAN_TRY(happening.day, take_day(words));
    if (happening.day.empty()) {
        happening.precision = "unknown";
    } else if (words.take("whole")) {
        happening.precision = "day";
    } else if (words.peek().find(':') != std::string_view::npos) {
        SUYUAN_TRY(happening.clock, words.word("a time"));
    }
    if (happening.clock.empty()) {
        minute_ = happening.day == last_day_ ? minute_ + 1 : 0;
        last_day_ = happening.day;
        happening.clock = format("{:02}:{:02}", 8 + minute_ / 60, minute_ % 60);
    }
    SUYUAN_TRY(happening.verb, words.word("a verb"));
    SUYUAN_TRY_VOID(take_goods(words, happening.goods));
    if (words.take("from")) {
        if (happening.verb == "unpack") {
            SUYUAN_TRY(happening.container, words.word("a container"));
        } else {
            SUYUAN_TRY_VOID(take_goods(words, happening.inputs));
        }
    } else if (words.take("into") || words.take("in")) {
        SUYUAN_TRY(happening.container, words.word("a container"));
    }
    SUYUAN_TRY_VOID(take_places(words, happening));
    SUYUAN_TRY_VOID(take_options(words, happening));
    if (happening.is_alone) {
        flush();
    }
    SUYUAN_TRY_VOID(writer_.add(happening, words.number()));
    if (happening.is_alone) {
        flush();
    }
    return {};
}

Status Parser::void_event(Words& words) {
    SUYUAN_TRY(const std::string id, words.word("the id of a line"));
    flush();
    SUYUAN_TRY_VOID(writer_.declare_error(id, words.number()));
    flush();
    return {};
}

Status Parser::take_seed(Words& words, Ask& ask) {
    SUYUAN_TRY(const std::string what, words.word("what to trace"));
    if (what == "text") {
        SUYUAN_TRY(ask.parameters["code"], words.word("a text"));
        return {};
    }
    if (what == "paper" || what == "vehicle" || what == "person" || what == "operator" ||
        what == "site") {
        SUYUAN_TRY(const std::string name, words.word("a name"));
        ask.parameters["kind"] = what;
        ask.parameters["code"] = writer_.code_of(what, name);
        return {};
    }
    ask.parameters["code"] = writer_.item_code(what);
    return {};
}

Status Parser::take_ask(Words& words, std::string_view line) {
    flush();
    is_below_bar_ = false;
    Ask ask;
    ask.line = words.number();
    ask.text = line;
    SUYUAN_TRY(ask.parameters["direction"], words.word("a direction"));
    SUYUAN_TRY_VOID(take_seed(words, ask));
    while (!words.at_end()) {
        if (words.take("at")) {
            SUYUAN_TRY(const std::string place, words.word("a place"));
            const Place there = writer_.place(place);
            ask.parameters["owner"] = there.owner;
            ask.parameters["site"] = there.site;
        } else if (words.take("from")) {
            SUYUAN_TRY(ask.parameters["from"], take_day(words));
        } else if (words.take("to")) {
            SUYUAN_TRY(ask.parameters["to"], take_day(words));
        } else if (words.take("as", "of")) {
            SUYUAN_TRY(ask.parameters["note"], words.word("a note"));
        } else if (words.take("escalate")) {
            ask.parameters["escalate"] = "true";
        } else {
            return words.unexpected("at, from, to, as of or escalate");
        }
    }
    scenario_.steps.emplace_back(std::move(ask));
    return {};
}

Status Parser::take_properties(Words& words, Expectation& expectation) {
    while (!words.at_end()) {
        if (words.peek() == "day") {
            SUYUAN_TRY(expectation.day, take_day(words));
        } else if (words.take("on", "hand")) {
            SUYUAN_TRY(const std::string quantity, words.word("a quantity"));
            expectation.properties["on_hand"] = quantity_text(quantity);
        } else if (words.take("in", "transit")) {
            expectation.properties["status"] = "in_transit";
        } else if (words.take("certain")) {
            expectation.properties["certain"] = "yes";
        } else if (words.take("possible")) {
            expectation.properties["certain"] = "no";
        } else if (words.take("blocked")) {
            expectation.properties["blocked"] = "yes";
        } else if (words.peek() == "closed" || words.peek() == "negative" ||
                   words.peek() == "unknown") {
            SUYUAN_TRY(expectation.properties["status"], words.word("a status"));
        } else {
            return words.unexpected(
                "day, on hand, in transit, certain, possible, blocked or a status"
            );
        }
    }
    return {};
}

Status Parser::take_expectation(Words& words, std::string_view line) {
    Ask& ask = std::get<Ask>(scenario_.steps.back());
    Expectation expectation;
    expectation.line = words.number();
    expectation.text = line;
    expectation.what = "position";
    for (const std::string_view what : {"open", "violation", "source", "none", "total", "back"}) {
        if (words.take(what)) {
            expectation.what = what;
        }
    }
    if (expectation.what == "open") {
        SUYUAN_TRY(expectation.kind, words.word("a kind of open end"));
    }
    if (expectation.what == "total") {
        SUYUAN_TRY(expectation.kind, words.word("a field"));
        SUYUAN_TRY(const std::string quantity, words.word("a quantity"));
        expectation.properties["amount"] = quantity_text(quantity);
    } else if (expectation.what != "none") {
        SUYUAN_TRY(const std::string item, words.word("an item"));
        SUYUAN_TRY(const std::string name, words.word("a place"));
        const Place place = writer_.place(name);
        expectation.item = writer_.item_code(item);
        expectation.site = place.site.empty() ? "?" : place.site;
        expectation.owner = place.owner.empty() ? "?" : place.owner;
        SUYUAN_TRY_VOID(take_properties(words, expectation));
    }
    ask.expected.push_back(std::move(expectation));
    return {};
}

Status Parser::take_line(std::string_view line, int number) {
    Words words(line, number);
    if (words.at_end()) {
        return {};
    }
    if (words.peek() == "----") {
        is_below_bar_ = true;
        return {};
    }
    if (words.take("trace")) {
        return take_ask(words, line);
    }
    const bool is_happening = words.peek() == "day" && !is_below_bar_;
    if (is_happening) {
        return take_happening(words);
    }
    if (words.peek() == "then") {  // More happens after an answer.
        is_below_bar_ = false;
        return {};
    }
    if (words.take("void")) {
        return void_event(words);
    }
    if (words.take("note")) {
        flush();
        SUYUAN_TRY(std::string name, words.word("a name"));
        scenario_.steps.emplace_back(Note{std::move(name)});
        return {};
    }
    if (is_below_bar_) {
        return take_expectation(words, line);
    }
    return words.unexpected("day, note, void or trace");
}

}  // namespace

Result<Scenario> read_scenario(const std::filesystem::path& file) {
    constexpr std::uint64_t kFileBytesMax = std::uint64_t{1} << 20;
    SUYUAN_TRY(const std::string text, io::read_file(file, kFileBytesMax));
    Parser parser(file.stem().string());
    std::string_view rest = text;
    for (int number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (const Status taken = parser.take_line(rest.substr(0, end), number); !taken) {
            return fail(
                ErrorCode::kInvalidArgument,
                format("{}: {}", file.filename().string(), taken.error().message())
            );
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return parser.finish();
}

}  // namespace suyuan::scenario
