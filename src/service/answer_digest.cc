// SPDX-License-Identifier: Apache-2.0
//
// The digest of an answer: lines of quoted codes and numbers, sorted, hashed. What differs between
// two stores with the same events (ids, places in the log, record times, the choice among equally
// good explanations) is left out.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "codec/json.h"
#include "crypto/sha256.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

// One line, field by field. Texts are quoted, so that no code can look like two fields.
class Line {
public:
    Line(std::string_view word, const NameBook& names) : text_(word), names_(&names) {}

    Line& word(std::string_view word) {
        text_ += ' ';
        text_ += word;
        return *this;
    }

    Line& code(std::string_view code) {
        text_ += ' ';
        codec::append_json_string(text_, code);
        return *this;
    }

    Line& number(std::int64_t number) { return word(std::to_string(number)); }

    Line& flag(std::string_view name, bool is_set) { return is_set ? word(name) : *this; }

    Line& time(const model::TimeInterval& time) { return number(time.first).number(time.last); }

    Line& position(const trace::Position& position) {
        return code(names_->item(position.item).code.uri)
            .code(names_->owner(position.owner).code)
            .code(names_->site(position.site).code);
    }

    Line& balance(const trace::Balance& balance) {
        return code(names_->unit(balance.unit))
            .number(balance.created)
            .number(balance.produced)
            .number(balance.received)
            .number(balance.shipped)
            .number(balance.in_transit)
            .number(balance.sold)
            .number(balance.used)
            .number(balance.destroyed)
            .number(balance.left)
            .number(balance.on_hand)
            .number(balance.unexplained);
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_;
    const NameBook* names_;
};

class Lines {
public:
    explicit Lines(const NameBook& names) : names_(names) {}

    void question(std::string_view seed_code, const trace::Question& question) {
        add(line("seed").code(seed_code));
        add(line("direction").word(to_string(question.direction)));
        add(line("window").number(question.window.from).number(question.window.to));
        add(line("as_of").number(question.as_of));
        add(line("escalate").number(question.escalate ? 1 : 0));
        if (const auto* items = std::get_if<trace::ItemSeed>(&question.seed)) {
            if (items->owner) {
                add(line("at_owner").code(names_.owner(*items->owner).code));
            }
            if (items->site) {
                add(line("at_site").code(names_.site(*items->site).code));
            }
        }
    }

    void part(std::string_view name, const std::optional<trace::Part>& part) {
        if (!part) {
            return;
        }
        for (const trace::ReachedPosition& reached : part->positions) {
            position(name, reached);
        }
        for (const trace::Move& one : part->moves) {
            move(name, one);
        }
    }

    void touched(
        std::string_view name, store::NameKind kind, const std::vector<trace::Touched>& all
    ) {
        for (const trace::Touched& one : all) {
            add(line(name).code(names_.name(kind, one.id).code).number(one.first).number(one.last));
        }
    }

    void whole(const trace::Answer& answer) {
        for (const trace::Position& source : answer.sources) {
            add(line("source").position(source));
        }
        for (const trace::Balance& balance : answer.total) {
            add(line("total").balance(balance));
        }
        for (const trace::OpenEnd& open_end : answer.open_ends) {
            add(line("open_end").word(to_string(open_end.kind)).position(open_end.position));
        }
        for (const trace::Violation& violation : answer.violations) {
            add(line("violation")
                    .position(violation.position)
                    .flag("possible", violation.is_possible));
        }
    }

    [[nodiscard]] std::string digest() {
        std::ranges::sort(lines_);
        std::string text;
        for (const std::string& line : lines_) {
            text += line;
            text += '\n';
        }
        return crypto::to_hex(crypto::sha256(text));
    }

private:
    [[nodiscard]] Line line(std::string_view word) const { return {word, names_}; }

    void add(Line& line) { lines_.push_back(line.take()); }

    void position(std::string_view part, const trace::ReachedPosition& reached) {
        Line start = line(part).word("position").position(reached.position);
        start.number(reached.possible).number(reached.hops).flag("seed", reached.is_seed);
        if (reached.certain) {
            start.word("certain").number(*reached.certain);
        }
        start.word(to_string(reached.stock.status)).flag("blocked", reached.stock.is_blocked);
        add(start);
        for (const trace::Balance& balance : reached.stock.balances) {
            add(line(part).word("stock").position(reached.position).balance(balance));
        }
    }

    void move(std::string_view part, const trace::Move& move) {
        Line text = line(part).word("move").word(to_string(move.kind));
        text.position(move.from).position(move.to).time(move.leave).time(move.arrive);
        text.flag("certain", move.is_certain)
            .flag("skewed", move.is_skewed)
            .flag("in_transit", move.is_in_transit)
            .flag("all_to_all", move.is_all_to_all)
            .flag("timeless", move.is_timeless);
        if (move.has_quantity) {
            text.word("quantity").number(move.millionths).code(names_.unit(move.unit));
        }
        if (move.carrier.value() != 0) {
            text.word("carrier").code(names_.item(move.carrier).code.uri);
        }
        add(text);
    }

    const NameBook& names_;
    std::vector<std::string> lines_;
};

}  // namespace

std::string answer_digest(
    std::string_view seed_code,
    const trace::Question& question,
    const trace::Answer& answer,
    const NameBook& names
) {
    Lines lines(names);
    lines.question(seed_code, question);
    lines.part("back", answer.back);
    lines.part("forward", answer.forward);
    lines.touched("operator", store::NameKind::kOperator, answer.operators);
    lines.touched("site", store::NameKind::kSite, answer.sites);
    lines.touched("vehicle", store::NameKind::kVehicle, answer.vehicles);
    lines.touched("person", store::NameKind::kPerson, answer.people);
    lines.whole(answer);
    return lines.digest();
}

}  // namespace suyuan::service
