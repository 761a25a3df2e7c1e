// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/instant.h"
#include "tests/scenario/scenario.h"

namespace suyuan::scenario {
namespace {

using codec::Json;

constexpr int kChinaMinutes = 480;

const Json& at(const Json& json, std::string_view name) {
    static const Json kNull;
    const Json* member = json.find(name);
    return member == nullptr ? kNull : *member;
}

std::string code_of(const Json& place) {
    return place.is_object() ? std::string(place.string_or("code")) : "?";
}

// One reached position, open end, violation or source, as far as a line can ask for it.
struct Found {
    std::string item;
    std::string owner;
    std::string site;
    const Json* json = nullptr;
    bool is_named = false;  // by a line
};

Found find_position(const Json& json) {
    const Json& position = json.find("position") == nullptr ? json : at(json, "position");
    return {
        code_of(at(position, "item")),
        code_of(at(position, "owner")),
        code_of(at(position, "site")),
        &json
    };
}

std::vector<Found> all_of(const Json& list) {
    std::vector<Found> found;
    if (list.is_array()) {
        for (const Json& json : list.items()) {
            found.push_back(find_position(json));
        }
    }
    return found;
}

std::string local_day(std::string_view moment) {
    const auto instant = model::parse_instant(moment);
    return instant ? model::format_instant(instant->moment, kChinaMinutes).substr(0, 10) : "";
}

std::string on_hand(const Json& position) {
    for (const Json& balance : at(position, "balances").items()) {
        return std::string(balance.string_or("on_hand")) + " " +
               std::string(balance.string_or("unit"));
    }
    return "nothing";
}

std::string property(const Json& position, std::string_view name) {
    const auto yes_or_no = [&](std::string_view member) {
        const Json& flag = at(position, member);
        return flag.is_bool() && flag.as_bool() ? "yes" : "no";
    };
    if (name == "certain" && position.find("is_possible") != nullptr) {  // a violation
        return std::string_view(yes_or_no("is_possible")) == "yes" ? "no" : "yes";
    }
    if (name == "certain") {
        return yes_or_no("is_certain");
    }
    if (name == "blocked") {
        return yes_or_no("is_blocked");
    }
    return name == "on_hand" ? on_hand(position) : std::string(position.string_or("status"));
}

class Comparison {
public:
    Comparison(const Ask& ask, const Json& answer) : ask_(ask), answer_(answer) {}

    std::string run() {
        const Json& parts = at(answer_, "parts");
        const std::string direction = ask_.parameters.at("direction");
        const Json& main = at(parts, direction == "back" ? "back" : "forward");
        hold("position", all_of(at(main, "positions")), true);
        if (direction == "full") {
            hold("back", all_of(at(at(parts, "back"), "positions")), asks("back"));
        }
        hold("violation", all_of(at(answer_, "violations")), asks("violation"));
        hold("source", all_of(at(answer_, "sources")), asks("source"));
        hold("open", all_of(at(answer_, "open_ends")), asks("open"));
        for (const Expectation& line : ask_.expected) {
            if (line.what == "total") {
                hold_total(line);
            }
        }
        return complaints_;
    }

private:
    [[nodiscard]] bool asks(std::string_view what) const {
        return std::ranges::any_of(ask_.expected, [&](const Expectation& line) {
            return line.what == what;
        });
    }

    static bool is_it(const Expectation& line, const Found& found) {
        const bool is_kind = line.kind.empty() || line.kind == found.json->string_or("kind");
        return is_kind && line.item == found.item && line.owner == found.owner &&
               line.site == found.site;
    }

    void complain(const std::string& text) { complaints_ += text + "\n"; }

    void hold(std::string_view what, std::vector<Found> found, bool is_complete) {
        for (const Expectation& line : ask_.expected) {
            if (line.what != what) {
                continue;
            }
            const auto match = std::ranges::find_if(found, [&](const Found& one) {
                return !one.is_named && is_it(line, one);
            });
            if (match == found.end()) {
                complain(format("line {}: not in the answer: {}", line.line, line.text));
                continue;
            }
            match->is_named = true;
            hold_properties(line, *match->json);
        }
        for (const Found& one : found) {
            if (is_complete && !one.is_named) {
                complain(format(
                    "line {}: not expected: {} {} {}",
                    ask_.line,
                    what,
                    one.json->string_or("kind"),
                    codec::write_json(
                        one.json->find("position") == nullptr ? brief(*one.json)
                                                              : at(*one.json, "position")
                    )
                ));
            }
        }
    }

    static Json brief(const Json& position) {
        Json json = Json::object();
        for (const std::string_view name : {"item", "owner", "site", "possible", "status"}) {
            json.set(name, at(position, name));
        }
        return json;
    }

    void hold_properties(const Expectation& line, const Json& position) {
        if (!line.day.empty() && local_day(position.string_or("possible")) != line.day) {
            complain(format(
                "line {}: {} but it is {}", line.line, line.text, position.string_or("possible")
            ));
        }
        for (const auto& [name, wanted] : line.properties) {
            const std::string is = property(position, name);
            if (is != wanted) {
                complain(format("line {}: {} but {} is {}", line.line, line.text, name, is));
            }
        }
    }

    void hold_total(const Expectation& line) {
        const std::string& wanted = line.properties.at("amount");
        std::string is = "nothing";
        for (const Json& balance : at(answer_, "balances").items()) {
            is = std::string(balance.string_or(line.kind)) + " " +
                 std::string(balance.string_or("unit"));
            if (is == wanted) {
                return;
            }
        }
        complain(format("line {}: {} but it is {}", line.line, line.text, is));
    }

    const Ask& ask_;
    const Json& answer_;
    std::string complaints_;
};

}  // namespace

std::string compare(const Ask& ask, const Result<Json>& answer) {
    const bool wants_none = std::ranges::any_of(ask.expected, [](const Expectation& line) {
        return line.what == "none";
    });
    if (!answer) {
        const bool is_none = answer.error().code() == ErrorCode::kNotFound;
        return wants_none && is_none
                   ? std::string()
                   : format("line {}: {}: {}", ask.line, ask.text, answer.error().message());
    }
    if (wants_none) {
        return format(
            "line {}: {}: expected an explicit 'nothing', got an answer", ask.line, ask.text
        );
    }
    return Comparison(ask, *answer).run();
}

}  // namespace suyuan::scenario
