// SPDX-License-Identifier: Apache-2.0

#include "service/report_findings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "graph/fact.h"
#include "service/named_answer.h"
#include "service/wording.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

// Amounts of several units, one after the other; nothing of nothing.
class Amounts {
public:
    Amounts(const NamedAnswer& named, Language language) : named_(named), language_(language) {}

    void add(std::int64_t amount, graph::UnitId unit) {
        if (amount != 0) {
            text_ += text_.empty() ? "" : pick({"，", ", "}, language_);
            text_ += quantity_label(amount, named_.names.unit(unit), language_);
        }
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    const NamedAnswer& named_;
    Language language_;
    std::string text_;
};

std::string in_transit_text(const NamedAnswer& named, Language language) {
    Amounts amounts(named, language);
    for (const trace::Balance& total : named.answer.total) {
        amounts.add(total.in_transit, total.unit);
    }
    return amounts.text();
}

// What stands on shelves, and what books show below nothing: one does not make up for the other.
struct OnHand {
    std::string there;
    std::string below;
};

OnHand on_hand_of(const NamedAnswer& named, Language language) {
    std::map<trace::Position, const trace::Stock*> stocks;
    for (const auto* const part : {&named.answer.back, &named.answer.forward}) {
        if (*part) {
            for (const trace::ReachedPosition& reached : (*part)->positions) {
                stocks.emplace(reached.position, &reached.stock);
            }
        }
    }
    std::map<graph::UnitId, std::pair<std::int64_t, std::int64_t>> sums;
    for (const auto& [position, stock] : stocks) {
        for (const trace::Balance& balance : stock->balances) {
            auto& [there, below] = sums[balance.unit];
            (balance.on_hand < 0 ? below : there) += balance.on_hand;
        }
    }
    Amounts there(named, language);
    Amounts below(named, language);
    for (const auto& [unit, amounts] : sums) {
        there.add(amounts.first, unit);
        below.add(amounts.second, unit);
    }
    return {.there = there.text(), .below = below.text()};
}

std::optional<Finding> sources_finding(const NamedAnswer& named, Language language) {
    constexpr std::size_t kNamed = 3;
    const std::vector<trace::Position>& sources = named.answer.sources;
    if (sources.empty()) {
        return std::nullopt;
    }
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, sources.size()); ++i) {
        names += names.empty() ? "" : pick({"；", "; "}, language);
        names += place_label(named.names, sources[i], language);
    }
    names += sources.size() > kNamed ? "……" : "";
    return Finding{
        language == Language::kChinese ? format("源头 {} 处：{}", sources.size(), names)
                                       : format("Sources, {}: {}", sources.size(), names)
    };
}

}  // namespace

std::vector<Finding> findings_of(const NamedAnswer& named, Language language) {
    const bool is_chinese = language == Language::kChinese;
    std::vector<Finding> findings;
    if (auto sources = sources_finding(named, language)) {
        findings.push_back(std::move(*sources));
    }
    const OnHand on_hand = on_hand_of(named, language);
    const std::string in_transit = in_transit_text(named, language);
    if (!on_hand.there.empty()) {
        findings.push_back({(is_chinese ? "仍在库：" : "Still on hand: ") + on_hand.there});
    }
    if (!on_hand.below.empty()) {
        findings.push_back(
            {(is_chinese ? "账面负库存（卖出或用掉的比进来的多，须核实）："
                         : "Books below nothing, more sold or used than came, to be looked into: "
             ) + on_hand.below,
             true}
        );
    }
    if (!in_transit.empty()) {
        findings.push_back(
            {(is_chinese ? "在途，无人签收：" : "In transit, not received: ") + in_transit, true}
        );
    }
    const std::size_t violations = named.answer.violations.size();
    if (violations != 0) {
        findings.push_back(
            {is_chinese ? format("封控之后仍流出 {} 起，须立即处置。", violations)
                        : format("Moved on although blocked: {}. Act at once.", violations),
             true}
        );
    }
    const std::size_t open_ends = named.answer.open_ends.size();
    if (open_ends != 0) {
        findings.push_back(
            {is_chinese ? format("断链 {} 处，须现场核实。", open_ends)
                        : format("Open ends: {}, to be looked into on the spot.", open_ends),
             true}
        );
    }
    for (Finding& finding : findings) {
        finding.text = "· " + finding.text;
    }
    return findings;
}

}  // namespace suyuan::service
