// SPDX-License-Identifier: Apache-2.0

#include "service/line_words.h"

#include <array>

#include "service/line_sheet.h"

namespace suyuan::service {
namespace {

constexpr std::array kRoles = {ColumnWord{"投入", "input"}, ColumnWord{"产出", "output"}};

constexpr std::array kUnits = {
    ColumnWord{"千克", "kg"},  ColumnWord{"克", "g"},      ColumnWord{"吨", "t"},
    ColumnWord{"斤", "斤"},    ColumnWord{"升", "l"},      ColumnWord{"毫升", "ml"},
    ColumnWord{"个", "piece"}, ColumnWord{"件", "pcs"},    ColumnWord{"只", "ea"},
    ColumnWord{"头", "H87"},   ColumnWord{"双", "PR"},     ColumnWord{"打", "DZN"},
    ColumnWord{"套", "SET"},   ColumnWord{"箱", "carton"}, ColumnWord{"盒", "box"},
    ColumnWord{"袋", "bag"},   ColumnWord{"包", "XPK"},    ColumnWord{"瓶", "bottle"},
    ColumnWord{"罐", "XCA"},   ColumnWord{"听", "XTN"},    ColumnWord{"桶", "XBJ"},
    ColumnWord{"筐", "XCR"},   ColumnWord{"篮", "XBK"},    ColumnWord{"托", "XPX"},
    ColumnWord{"捆", "XBE"},   ColumnWord{"把", "XBH"},
};

constexpr std::array kCorrections = {
    ColumnWord{"作废", "void"},
    ColumnWord{"更正", "correct"},
    ColumnWord{"作废2", "void 2"},
    ColumnWord{"更正2", "correct 2"},
};

constexpr std::array kSteps = {
    ColumnWord{"收货", "receiving"},
    ColumnWord{"发货", "shipping"},
    ColumnWord{"加工", "transformation"},
    ColumnWord{"初始包装", "initial packing"},
    ColumnWord{"采收", "harvesting"},
    ColumnWord{"冷却", "cooling"},
    ColumnWord{"首次陆上收货", "first land-based receiving"},
};

constexpr std::array kReferenceTypes = {
    ColumnWord{"送货单", "desadv"},
    ColumnWord{"提单", "bol"},
    ColumnWord{"采购单", "po"},
    ColumnWord{"发票", "inv"},
};

constexpr std::array kLinkKinds = {
    ColumnWord{"经营", "runs"},
    ColumnWord{"供货", "supplies"},
    ColumnWord{"开办", "hosts"},
};

constexpr std::array kLicenceKinds = {
    ColumnWord{"食品生产许可", "food_production"},
    ColumnWord{"食品经营许可", "food_trade"},
};

ColumnWords kinds_of(SheetKind kind) noexcept {
    if (kind == SheetKind::kLinks) {
        return {.words = kLinkKinds};
    }
    return kind == SheetKind::kLicences ? ColumnWords{.words = kLicenceKinds, .takes_others = true}
                                        : ColumnWords();
}

}  // namespace

ColumnWords words_of(SheetKind kind, Column column) noexcept {
    switch (column) {
        case Column::kRole:
            return {.words = kRoles};
        case Column::kUnit:
            return {.words = kUnits, .takes_others = true};
        case Column::kCorrection:
            return {.words = kCorrections};
        case Column::kStep:
            return {.words = kSteps};
        case Column::kReferenceType:
            return {.words = kReferenceTypes, .takes_others = true};
        case Column::kKind:
            return kinds_of(kind);
        default:
            return {};
    }
}

}  // namespace suyuan::service
