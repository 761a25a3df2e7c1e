// SPDX-License-Identifier: Apache-2.0

#include "service/sentences.h"

#include <set>
#include <string>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "policy/scope.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/wording.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

// The words of one move in one language.
struct MoveWords {
    std::string leave;
    std::string arrive;
    std::string from;
    std::string to;
    std::string item;     // at the origin
    std::string item_to;  // at the destination: another one in a process
    std::string goods;    // `item` and how much of it
    std::string carrier;
    std::string tail;  // papers, doubts and the full stop
};

// Each paper once, in the order of the events.
std::vector<std::string> paper_labels(const std::vector<EventReference>& events) {
    std::vector<std::string> labels;
    for (const EventReference& event : events) {
        for (const std::string& paper : event.papers) {
            labels.push_back(paper_label(paper));
        }
    }
    std::set<std::string> seen;
    std::erase_if(labels, [&](const std::string& label) { return !seen.insert(label).second; });
    return labels;
}

void append_papers(
    const std::vector<EventReference>& events, Language language, std::string& text
) {
    const bool is_chinese = language == Language::kChinese;
    bool is_first = true;
    for (const std::string& paper : paper_labels(events)) {
        if (is_first) {
            text += is_chinese ? "，单证 " : ", papers ";
        } else {
            text += is_chinese ? "、" : ", ";
        }
        text += paper;
        is_first = false;
    }
}

void append_doubts(const trace::Move& move, Language language, std::string& text) {
    const bool is_chinese = language == Language::kChinese;
    if (move.is_skewed) {
        text += is_chinese ? "；双方记录的时间矛盾，以单证为准"
                           : "; the two clocks contradict, the papers decide";
    }
    if (move.is_all_to_all) {
        text += is_chinese
                    ? "；未注明哪些投入用于哪些产出，按全部可能计"
                    : "; which inputs went into which outputs is not recorded, all are assumed";
    }
    const bool is_doubtful_ride =
        move.kind == trace::MoveKind::kRide && !move.is_certain && !move.is_in_transit;
    if (is_doubtful_ride) {
        text += is_chinese ? "；是否当时在容器中，不能确定"
                           : "; whether it was inside at the time is not certain";
    }
    if (move.kind == trace::MoveKind::kRide && move.is_in_transit) {
        text +=
            is_chinese ? "；没有收货记录，可能在途" : "; no receipt recorded, possibly in transit";
    }
}

MoveWords words_of(
    const trace::Move& move,
    const std::vector<EventReference>& events,
    const NameBook& names,
    Language language
) {
    MoveWords words;
    words.leave = time_label(move.leave, language);
    words.arrive = time_label(move.arrive, language);
    words.from = place_label(names, move.from, language);
    words.to = place_label(names, move.to, language);
    words.item = item_label(names.item(move.from.item), language);
    words.item_to = item_label(names.item(move.to.item), language);
    words.goods = move.kind == trace::MoveKind::kProcess ? words.item_to : words.item;
    if (move.has_quantity) {
        words.goods += language == Language::kChinese ? "，" : ", ";
        words.goods += quantity_label(move.millionths, names.unit(move.unit), language);
    }
    if (move.carrier.value() != 0) {
        words.carrier = item_label(names.item(move.carrier), language);
    }
    append_papers(events, language, words.tail);
    append_doubts(move, language, words.tail);
    words.tail += language == Language::kChinese ? "。" : ".";
    return words;
}

std::string chinese(const trace::Move& move, const MoveWords& w) {
    using trace::MoveKind;
    const std::string way = format("{} 由 {} 发往 {}", w.leave, w.from, w.to);
    switch (move.kind) {
        case MoveKind::kShipment:
            return format("{}，{} 收货，{}{}", way, w.arrive, w.goods, w.tail);
        case MoveKind::kStated:
            return format(
                "{} {} 收货，{}，记明由 {} 供货；供货方未记录发货{}",
                w.arrive,
                w.to,
                w.goods,
                w.from,
                w.tail
            );
        case MoveKind::kInTransit:
            return format("{}，{}，没有收货记录，可能在途{}", way, w.goods, w.tail);
        case MoveKind::kInferred:
            return format(
                "{} 由 {} 转到 {}，{}；没有收货记录，按 {} 那里的记录推断{}",
                w.leave,
                w.from,
                w.to,
                w.goods,
                w.arrive,
                w.tail
            );
        case MoveKind::kRide:
            return format("{}，装在{}中，{} 到达，{}{}", way, w.carrier, w.arrive, w.goods, w.tail);
        case MoveKind::kProcess:
            return format(
                "{} 在 {} 投入 {}，{} 产出 {}{}", w.leave, w.from, w.item, w.arrive, w.goods, w.tail
            );
        case MoveKind::kSameAs:
            return format("{} 与 {} 登记为同一物品，位于 {}{}", w.item, w.item_to, w.to, w.tail);
        case MoveKind::kPartOf:
            return format(
                "{} 在 {} 登记：{} 是批次 {} 中的一件{}", w.leave, w.to, w.item_to, w.item, w.tail
            );
    }
    SUYUAN_UNREACHABLE();
}

std::string english(const trace::Move& move, const MoveWords& w) {
    using trace::MoveKind;
    const std::string way = format("from {} to {}", w.from, w.to);
    switch (move.kind) {
        case MoveKind::kShipment:
            return format(
                "{}: shipped {}, received {}, {}{}", w.leave, way, w.arrive, w.goods, w.tail
            );
        case MoveKind::kStated:
            return format(
                "{}: received at {}, {}, stated to come from {}; the supplier recorded no "
                "shipment{}",
                w.arrive,
                w.to,
                w.goods,
                w.from,
                w.tail
            );
        case MoveKind::kInTransit:
            return format(
                "{}: shipped {}, {}, no receipt recorded, possibly in transit{}",
                w.leave,
                way,
                w.goods,
                w.tail
            );
        case MoveKind::kInferred:
            return format(
                "{}: moved {}, {}; no receipt recorded, inferred from what was recorded there {}{}",
                w.leave,
                way,
                w.goods,
                w.arrive,
                w.tail
            );
        case MoveKind::kRide:
            return format(
                "{}: carried inside {} {}, arrived {}, {}{}",
                w.leave,
                w.carrier,
                way,
                w.arrive,
                w.goods,
                w.tail
            );
        case MoveKind::kProcess:
            return format(
                "{}: {} went in at {}; {}: {} came out{}",
                w.leave,
                w.item,
                w.from,
                w.arrive,
                w.goods,
                w.tail
            );
        case MoveKind::kSameAs:
            return format(
                "{} and {} are recorded as one thing, at {}{}", w.item, w.item_to, w.to, w.tail
            );
        case MoveKind::kPartOf:
            return format(
                "{}: {} is recorded as one piece of {}, at {}{}",
                w.leave,
                w.item_to,
                w.item,
                w.to,
                w.tail
            );
    }
    SUYUAN_UNREACHABLE();
}

std::string chinese_summary(
    PartKind part, const trace::ReachedPosition& reached, const NameBook& names
) {
    const std::string item = item_label(names.item(reached.position.item), Language::kChinese);
    const std::string place = place_label(names, reached.position, Language::kChinese);
    if (reached.is_seed) {
        return format("{} 在 {}：就是所查的物品，追溯从这里开始。", item, place);
    }
    const bool is_forward = part == PartKind::kForward;
    std::string text = format(
        "{}{} 在 {}，与所查物品相隔 {} 步，{}{}。",
        is_forward ? "去向：" : "来源：",
        item,
        place,
        reached.hops,
        is_forward ? "最早可能到达时间 " : "最晚可能离开时间 ",
        moment_label(reached.possible, Language::kChinese)
    );
    text += reached.certain ? "记录足以确定。" : "记录只说明可能，不能确定。";
    return text;
}

std::string english_summary(
    PartKind part, const trace::ReachedPosition& reached, const NameBook& names
) {
    const std::string item = item_label(names.item(reached.position.item), Language::kEnglish);
    const std::string place = place_label(names, reached.position, Language::kEnglish);
    if (reached.is_seed) {
        return format("{} at {}: what was asked for; the trace starts here.", item, place);
    }
    const bool is_forward = part == PartKind::kForward;
    std::string text = format(
        "{}: {} at {}, {} {} from what was asked for, {} {}. ",
        is_forward ? "Destination" : "Source",
        item,
        place,
        reached.hops,
        reached.hops == 1 ? "step" : "steps",
        is_forward ? "earliest possible arrival" : "latest possible departure",
        moment_label(reached.possible, Language::kEnglish)
    );
    text +=
        reached.certain ? "The records prove it." : "The records make it possible, not certain.";
    return text;
}

}  // namespace

Sentence describe(
    const trace::Move& move, const std::vector<EventReference>& events, const NameBook& names
) {
    return {
        chinese(move, words_of(move, events, names, Language::kChinese)),
        english(move, words_of(move, events, names, Language::kEnglish)),
    };
}

Sentence summarise(PartKind part, const trace::ReachedPosition& reached, const NameBook& names) {
    return {chinese_summary(part, reached, names), english_summary(part, reached, names)};
}

Sentence introduce_own_way(PartKind part) {
    return part == PartKind::kForward
               ? Sentence{"它自己是这样到这里的：", " How it came here itself:"}
               : Sentence{"它自己从这里是这样离开的：", " How it went on from here itself:"};
}

Sentence beyond_note(policy::View view) {
    return view == policy::View::kTerritory
               ? Sentence{
                     "在辖区之外：只列名称、时间和方向，其余不显示；凭案件编号（Suyuan-Case）可继续追溯。",
                     "Beyond your territory: who, when and which way; open a case to go on "
                     "(Suyuan-Case)."
                 }
               : Sentence{
                     "不是本单位：只列名称、时间和方向，其余不显示。",
                     "Not your operator: who, when and which way, and no more."
                 };
}

}  // namespace suyuan::service
