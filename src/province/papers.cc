// SPDX-License-Identifier: Apache-2.0

#include "province/papers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "model/event.h"
#include "model/instant.h"
#include "model/registry.h"
#include "province/codes.h"
#include "province/dice.h"
#include "province/life.h"
#include "province/roster.h"

namespace suyuan::province {
namespace {

using model::Event;

struct KindName {
    std::string_view start;  // of the paper's number
    std::string_view name;
};

// The numbers that book.h and its tellers give.
constexpr std::array kKinds = {
    KindName{"DN", "送货单"},
    KindName{"RT", "退货单"},
    KindName{"PO", "生产记录"},
    KindName{"TR", "检验报告"},
    KindName{"CQ", "承诺达标合格证"},
    KindName{"CIQ", "入境货物检验检疫证明"},
    KindName{"DP", "无害化处理记录"},
};
constexpr std::string_view kCustomsKind = "进口货物报关单";
constexpr std::string_view kLicenceKind = "食品生产许可证";
constexpr std::string_view kLicenceStart = "SC";

std::string_view number_of(const model::Paper& paper) {
    return std::string_view(paper.id).substr(paper.id.rfind(':') + 1);
}

std::string_view kind_of(const model::Paper& paper) {
    if (paper.type.ends_with("/customs")) {
        return kCustomsKind;
    }
    const auto* const kind = std::ranges::find_if(kKinds, [&](const KindName& candidate) {
        return number_of(paper).starts_with(candidate.start);
    });
    SUYUAN_ASSERT(kind != kKinds.end());
    return kind->name;
}

std::string_view party_in(const std::vector<model::EventParty>& parties, std::string_view type) {
    const auto found = std::ranges::find(parties, type, &model::EventParty::type);
    return found == parties.end() ? std::string_view() : std::string_view(found->id);
}

std::string_view first_told(std::string_view one, std::string_view other) {
    return one.empty() ? other : one;
}

// Whoever runs the place writes the paper; whoever owns the goods then, or gets them, has it.
model::RegisteredPaper row_of(const Event& event, const model::Paper& paper) {
    model::RegisteredPaper row;
    row.number = paper.id;
    row.kind = kind_of(paper);
    const bool is_move = event.biz_step == "shipping" || event.biz_step == "receiving";
    row.issuer = is_move ? first_told(
                               party_in(event.sources, "possessing_party"),
                               party_in(event.sources, "owning_party")
                           )
                         : first_told(event.custodian, event.owner);
    row.holder =
        is_move ? party_in(event.destinations, "owning_party") : std::string_view(event.owner);
    constexpr std::size_t kDayBytes = 10;
    row.valid_from =
        model::format_instant(event.event_time, event.offset_minutes).substr(0, kDayBytes);
    return row;
}

}  // namespace

std::vector<model::RegisteredPaper> papers_of(const Life& life) {
    std::vector<model::RegisteredPaper> rows;
    std::set<std::string_view> seen;
    for (const Report& report : life.reports) {
        for (const model::Paper& paper : report.event.papers) {
            if (number_of(paper).starts_with(kLicenceStart) || !seen.insert(paper.id).second) {
                continue;
            }
            model::RegisteredPaper row = row_of(report.event, paper);
            if (!row.issuer.empty()) {
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

model::RegisteredPaper licence_paper(const Roster& roster, const Business& business) {
    const std::string licence = Roster::licence(business);
    SUYUAN_ASSERT(licence.starts_with(kLicenceStart));
    const Holding home = roster.at_home(business.number);
    Dice dice({business.number, 0x4C4943});
    // Good in all of 2026: issued in one of the four years before.
    const auto year = dice.between(2022, 2025);
    const auto month = dice.between(1, 12);
    const auto day = dice.between(2, 28);
    model::RegisteredPaper row;
    row.number = paper_uri(gln(home.site_number), licence);
    row.kind = kLicenceKind;
    row.holder = home.owner;
    row.valid_from = format("{:04}-{:02}-{:02}", year, month, day);
    row.valid_to = format("{:04}-{:02}-{:02}", year + 5, month, day - 1);
    return row;
}

}  // namespace suyuan::province
