// SPDX-License-Identifier: Apache-2.0
//
// What a line is about, and which line it is.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "model/quantity.h"
#include "model/registry.h"
#include "service/detail/line_json.h"
#include "service/detail/line_row.h"
#include "service/detail/line_text.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_values.h"
#include "service/own_codes.h"

namespace suyuan::service {

using detail::Correction;
using detail::Goods;
using detail::Members;
using enum Column;

namespace {

bool is_one_thing(model::CodeKind kind) {
    return kind == model::CodeKind::kInstance || kind == model::CodeKind::kContainer;
}

// "6.90123E+12": a spreadsheet took a long number for an amount, and its last digits are gone.
bool is_cut_short(std::string_view text) {
    return text.find("E+") != std::string_view::npos || text.find("e+") != std::string_view::npos;
}

template <typename Number>
Number start_of(const crypto::Digest& digest) {
    Number number = 0;
    std::memcpy(&number, digest.data(), sizeof number);
    return number;
}

// What a line is called after so many corrections.
std::string version_of(std::string_view identity, int corrections) {
    return corrections == 0 ? std::string(identity)
                            : format("{}-corrected-{}", identity, corrections);
}

}  // namespace

std::string LineReader::Row::lot_text() {
    std::string lot = half_width(cell(kLot));
    if (lot.empty() && !cell(kProducedOn).empty()) {
        lot = take(kProducedOn, read_line_day(cell(kProducedOn)));
    }
    return lot;
}

// Of the bar code, or of the goods' own number if that is one; empty: of neither.
std::string LineReader::Row::gtin() {
    for (const Column column : {kGtin, kGoodsCode}) {
        const std::string_view text = cell(column);
        if (text.empty()) {
            continue;
        }
        if (is_cut_short(text)) {
            refuse(
                column,
                "电子表格把这个编码当成数量，后几位丢了：请把这一列设成文本，重新填写。",
                "a spreadsheet took this code for an amount and lost its last digits: format the "
                "column as text and enter it again"
            );
            return {};
        }
        const model::IdentifierCheck check = model::check_gtin(text);
        if (check.verdict == model::Verdict::kValid) {
            return check.normal;
        }
        if (column == kGtin) {
            refuse(kGtin, check.reason);
            return {};
        }
    }
    return {};
}

// Producer, name and lot number together are a lot's identity where no code is. What is received
// without a number is its supplier's lot of that day.
Goods LineReader::Row::goods_of_name(std::string_view lot, const Makers& makers) {
    const std::string name = half_width(cell(kGoods).empty() ? cell(kGoodsCode) : cell(kGoods));
    std::string producer(makers.producer);
    if (const std::string_view text = cell(kProducer); !text.empty()) {
        const auto code = read_line_party(text);
        producer = code ? *code : half_width(text);
    } else if (const std::string_view source = cell(kSource); !source.empty()) {
        // What its receipt was called by, where nobody said who made it.
        const auto code = read_line_party(source);
        producer = code ? *code : partner_code(operator_, half_width(source));
    }
    const bool is_receipt = sheet().kind == SheetKind::kInbound;
    const bool has_maker = !makers.supplier.empty() || !cell(kProducer).empty();
    if (!name.empty() && lot.empty() && is_receipt && has_maker) {
        const std::string day = time_.moment.substr(0, detail::kDaySize);
        return {
            .code = day.empty() ? std::string()
                                : lot_code({.producer = producer, .goods = name, .lot = day}),
            .is_inferred = true
        };
    }
    if (!name.empty() && !lot.empty()) {
        std::string code = lot_code({.producer = producer, .goods = name, .lot = std::string(lot)});
        const bool is_made_here =
            is_receipt || sheet().kind == SheetKind::kWide || role_ == "output";
        if (!is_made_here && cell(kProducer).empty() && cell(kSource).empty()) {
            line_.own_lot = code;
        }
        return {.code = std::move(code)};
    }
    if (!name.empty() && is_receipt) {
        refuse(
            kLot,
            "分不清是哪一批：请填批号或生产日期；食用农产品没有批号的，请填供货者。",
            "which lot it is cannot be told: give its lot number or production date; of produce "
            "that has neither, the supplier"
        );
    } else {
        refuse(
            name.empty() ? kGoods : kLot,
            "分不清是哪一批：请填追溯码，或商品条码和批号，或品名和批号（没有批号写生产日期；进货"
            "时没有批号的农产品，批号写进货日期，再填原供货者）。",
            "which lot it is cannot be told: give the trace code, or GTIN and lot, or name and lot "
            "(its production date where it has no number; of produce that came without one, the "
            "day of its receipt as the lot, and its source)"
        );
    }
    return {};
}

// What the row calls the goods of a number.
void LineReader::Row::mention_product(std::string_view number) {
    if (number.empty() || cell(kGoods).empty()) {
        return;
    }
    model::Product mention;
    mention.gtin = number;
    mention.name = std::string(cell(kGoods));
    line_.mentions.products.push_back(std::move(mention));
}

Goods LineReader::Row::goods_without_code(const Makers& makers) {
    const auto faults = line_.faults.size();
    const std::string lot = lot_text();
    const std::string number = gtin();
    if (line_.faults.size() != faults) {
        return {};
    }
    if (number.empty()) {
        return goods_of_name(lot, makers);
    }
    mention_product(number);
    return {
        .code = lot.empty() ? model::canonical_uri(format("https://id.gs1.org/01/{}", number))
                            : model::lot_uri(number, lot)
    };
}

Goods LineReader::Row::goods(const Makers& makers) {
    const std::string_view text = cell(kCode);
    if (text.empty()) {
        if (std::string lot = harvested_lot(); !lot.empty()) {
            return {.code = std::move(lot)};
        }
        return goods_without_code(makers);
    }
    auto read = read_line_code(text);
    if (!read) {
        refuse(kCode, sentence_of(read.error()));
        return {};
    }
    const model::Code code = *std::move(read);
    mention_product(code.gtin);
    if (code.kind == model::CodeKind::kForeign && code.uri.find(':') == std::string::npos) {
        return {.code = scheme_code(code.uri)};
    }
    if (code.kind == model::CodeKind::kClass && !code.gtin.empty()) {
        // A bar code in the wrong column: the lot stands beside it all the same.
        const std::string lot = lot_text();
        return {.code = lot.empty() ? code.uri : model::lot_uri(code.gtin, lot)};
    }
    return {.code = code.uri, .is_one_thing = is_one_thing(code.kind)};
}

std::optional<model::Quantity> LineReader::Row::quantity(bool is_one_thing, bool may_be_zero) {
    const std::string_view text = cell(kQuantity);
    if (is_one_thing) {
        if (!text.empty() && half_width(text) != "1") {
            refuse(
                kQuantity,
                "一物一码，数量只能是 1 或不填。",
                "the code is of one thing: its amount is 1, or nothing"
            );
        }
        return std::nullopt;
    }
    if (text.empty()) {
        // The wide sheet says what is known.
        if (sheet().kind != SheetKind::kWide) {
            refuse(kQuantity, "不能空着。", "must not be empty");
        }
        return std::nullopt;
    }
    if (is_repeated(kQuantity)) {
        refuse(
            kQuantity,
            "数量与上面几行合并在一格里，分不清各行是多少：请取消合并，逐行填写。",
            "the amount is one merged cell of several rows, and how much each is it does not say: "
            "unmerge it, and give every row its own"
        );
        return std::nullopt;
    }
    const auto faults = line_.faults.size();
    const model::Decimal amount = take(kQuantity, read_line_amount(text));
    if (line_.faults.size() == faults && amount.millionths == 0 && !may_be_zero) {
        refuse(kQuantity, "数量不能是 0。", "the amount must not be 0");
    }
    auto quantity = in_unit(amount, cell(kUnit));
    if (!quantity) {
        refuse(kUnit, sentence_of(quantity.error()));
        return std::nullopt;
    }
    return *std::move(quantity);
}

Correction LineReader::Row::correction() {
    struct Word {
        std::string_view word;
        Correction::Kind kind;
    };

    constexpr std::array kWords = {
        Word{"作废", Correction::Kind::kVoid},
        Word{"void", Correction::Kind::kVoid},
        Word{"更正", Correction::Kind::kCorrect},
        Word{"correct", Correction::Kind::kCorrect},
    };
    const std::string text = plain_title(cell(kCorrection));
    if (text.empty()) {
        return {};
    }
    const auto* const word =
        std::ranges::find_if(kWords, [&](const Word& each) { return text.starts_with(each.word); });
    const std::string_view number = word == kWords.end()
                                        ? std::string_view()
                                        : std::string_view(text).substr(word->word.size());
    const bool is_number =
        number.empty() || (number.size() == 1 && number[0] >= '1' && number[0] <= '9');
    if (word == kWords.end() || !is_number) {
        refuse(
            kCorrection,
            "请写“作废”或“更正”，同一行第二次写“作废2”“更正2”。",
            R"(write "void" or "correct"; for a line's second time "void 2", "correct 2")"
        );
        return {};
    }
    if (cell(kDocument).empty() || cell(kLine).empty()) {
        refuse(
            kCorrection,
            "要作废或更正，必须写原来的单据号和行号。",
            "to void or correct a line, give its document and line number"
        );
        return {};
    }
    return {.kind = word->kind, .number = number.empty() ? 1 : number[0] - '0'};
}

std::string LineReader::Row::identity() {
    const std::string document = half_width(cell(kDocument));
    const std::string number = half_width(cell(kLine));
    if (!document.empty() && !number.empty()) {
        return line_code(crypto::sha256(
            format("{}\n{}\n{}\n{}\n{}\n{}", operator_, sheet().key, site_, role_, document, number)
        ));
    }
    const crypto::Digest digest =
        crypto::sha256(format("{}\n{}\n{}", operator_, sheet().key, key_));
    if (const std::string_view row = cell(kRowInFile); !row.empty()) {
        return format("{}-row-{}", line_code(digest), uri_part(half_width(row)));
    }
    const std::uint32_t before = reader_.seen_[start_of<std::uint64_t>(digest)].count_or_contents++;
    return format("{}-{}", line_code(digest), before + 1);
}

std::optional<std::uint32_t> LineReader::Row::find_twin(
    std::string_view identity, std::string_view contents
) {
    const auto key = start_of<std::uint64_t>(crypto::sha256(identity));
    const Seen now = {
        .count_or_contents = start_of<std::uint32_t>(crypto::sha256(contents)),
        .row = static_cast<std::uint32_t>(row_.number),
    };
    const auto [first, is_new] = reader_.seen_.try_emplace(key, now);
    const bool is_twin = !is_new && first->second.count_or_contents != now.count_or_contents;
    return is_twin ? std::optional(first->second.row) : std::nullopt;
}

// Which of them is right, nobody knows.
void LineReader::Row::tell_twins(std::string_view identity, std::string_view contents) {
    if (const auto row = find_twin(identity, contents)) {
        refuse(
            kLine,
            Sentence{
                format("与第 {} 行是同一单据的同一行，内容却不同：请改行号，或去掉一行。", *row),
                format(
                    "row {} is the same line of the same document and says something else: change "
                    "the line number, or take one away",
                    *row
                )
            }
        );
    }
}

// A line that was sent before is declared void, and what replaces it is a line of its own.
void LineReader::Row::correct(Members& event, std::string_view identity) {
    const Correction how = correction();
    if (!line_.faults.empty()) {
        return;
    }
    if (how.kind == Correction::Kind::kVoid) {
        const std::string voided = version_of(identity, how.number - 1);
        reader_.voided_.insert(voided);
        event.text("eventID", voided)
            .json(
                "errorDeclaration",
                Members().text("declarationTime", reader_.defaults_.declared_at).object()
            );
        return;
    }
    if (how.kind == Correction::Kind::kNone) {
        tell_twins(identity, event.object());
        event.text("eventID", identity);
        return;
    }
    if (!reader_.voided_.contains(version_of(identity, how.number - 1))) {
        refuse(
            kCorrection,
            "更正之前要有一行把原来的作废：先写同单据号、同行号的“作废”行，再写“更正”行。",
            "before the correction, a row has to void what it replaces: first a row of the same "
            "document and line marked \"void\", then this one"
        );
        return;
    }
    const std::string corrected = version_of(identity, how.number);
    tell_twins(corrected, event.object());
    event.text("eventID", corrected);
}

void LineReader::Row::identify(Members& event) {
    const bool has_number = !cell(kDocument).empty() && !cell(kLine).empty();
    if (has_number || !cell(kCorrection).empty()) {
        correct(event, has_number ? identity() : std::string());
    } else {
        event.text("eventID", identity());
    }
}

}  // namespace suyuan::service
