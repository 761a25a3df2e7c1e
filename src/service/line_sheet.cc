// SPDX-License-Identifier: Apache-2.0

#include "service/line_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::service {
namespace {

using enum Column;

// clang-format off: tables read by column.
constexpr ColumnTitle kDocumentTitle  = {kDocument, "单据号", "document", "单号|送货单号|凭证号|单据编号|document number", false};
constexpr ColumnTitle kLineTitle      = {kLine, "行号", "line", "序号|明细号|line number", false};
constexpr ColumnTitle kOperatorTitle  = {kOperator, "经营主体", "operator", "本单位统一社会信用代码|统一社会信用代码|主体代码", false};
constexpr ColumnTitle kSiteTitle      = {kSite, "场所", "site", "场所编码|仓库|门店|摊位|库房", false};
constexpr ColumnTitle kCodeTitle      = {kCode, "追溯码", "trace code", "溯源码|code|二维码", false};
constexpr ColumnTitle kGtinTitle      = {kGtin, "商品条码", "gtin", "条码|条形码|商品编码|barcode", false};
constexpr ColumnTitle kGoodsTitle     = {kGoods, "品名", "goods", "商品名称|名称|产品名称|食品名称|货品|货物名称|product name", false};
constexpr ColumnTitle kLotTitle       = {kLot, "批号", "lot", "批次|生产批号|批次号|lot number|batch", false};
constexpr ColumnTitle kProducedTitle  = {kProducedOn, "生产日期", "production date", "屠宰日期|采收日期|produced on", false};
constexpr ColumnTitle kProducerTitle  = {kProducer, "生产者", "producer", "生产企业|产地主体|厂家|生产厂家", false};
constexpr ColumnTitle kQuantityTitle  = {kQuantity, "数量", "quantity", "重量|净重|件数|amount", true};
constexpr ColumnTitle kUnitTitle      = {kUnit, "单位", "unit", "计量单位|uom", false};
constexpr ColumnTitle kVehicleTitle   = {kVehicle, "车牌号", "vehicle", "车牌|车号|车辆|plate", false};
constexpr ColumnTitle kPersonTitle    = {kPerson, "经手人", "person", "经办人|司机|操作人", false};

constexpr std::array kInboundColumns = {
    kDocumentTitle, kLineTitle,
    ColumnTitle{kTime, "进货时间", "received", "进货日期|入库时间|入库日期|收货时间|收货日期|日期|date", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kQuantityTitle, kUnitTitle,
    ColumnTitle{kPartner, "供货者", "supplier", "供货者统一社会信用代码|供应商代码|供货商代码|supplier code", false},
    ColumnTitle{kPartnerName, "供货者名称", "supplier name", "供应商|供应商名称|供货商|供货商名称|供货单位", false},
    ColumnTitle{kPartnerSite, "发货场所", "from site", "发货地|来源场所", false},
    kVehicleTitle, kPersonTitle,
};
constexpr std::array kOutboundColumns = {
    kDocumentTitle, kLineTitle,
    ColumnTitle{kTime, "出货时间", "shipped", "出货日期|出库时间|出库日期|发货时间|发货日期|销售日期|日期|date", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kQuantityTitle, kUnitTitle,
    ColumnTitle{kPartner, "购货者", "buyer", "购货者统一社会信用代码|客户代码|购买者代码|buyer code", false},
    ColumnTitle{kPartnerName, "购货者名称", "buyer name", "客户|客户名称|购买者|购货单位|收货单位", false},
    ColumnTitle{kPartnerSite, "收货场所", "to site", "收货地|目的场所", false},
    kVehicleTitle, kPersonTitle,
};
constexpr std::array kProcessingColumns = {
    ColumnTitle{kDocument, "加工单号", "process", "加工批次|生产单号|工单号|单据号|process number", true},
    kLineTitle,
    ColumnTitle{kTime, "加工时间", "processed", "加工日期|生产时间|日期|date", true},
    ColumnTitle{kRole, "投入产出", "role", "类型|投料产出|方向|input or output", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kQuantityTitle, kUnitTitle, kPersonTitle,
};
constexpr std::array kStockCountColumns = {
    kDocumentTitle, kLineTitle,
    ColumnTitle{kTime, "盘点时间", "counted", "盘点日期|日期|date", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle,
    ColumnTitle{kQuantity, "实盘数量", "counted quantity", "数量|库存数量|实存数量", true},
    kUnitTitle, kPersonTitle,
};
constexpr std::array kOperatorColumns = {
    ColumnTitle{kOperator, "统一社会信用代码", "operator", "主体代码|经营主体|信用代码|code", true},
    ColumnTitle{kName, "主体名称", "name", "名称|企业名称|单位名称|经营者名称", true},
    ColumnTitle{kKind, "主体类型", "kind", "类型|业态|环节", false},
    ColumnTitle{kRegion, "行政区划代码", "region", "区划代码|区划|行政区划", false},
};
constexpr std::array kSiteColumns = {
    ColumnTitle{kSite, "场所编码", "site", "场所代码|编码|场所", true},
    ColumnTitle{kName, "场所名称", "name", "名称", true},
    ColumnTitle{kOperator, "所属主体", "operator", "统一社会信用代码|经营主体|主体代码", false},
    ColumnTitle{kRegion, "行政区划代码", "region", "区划代码|区划|行政区划", false},
    ColumnTitle{kAddress, "地址", "address", "详细地址", false},
    ColumnTitle{kLatitude, "纬度", "latitude", "", false},
    ColumnTitle{kLongitude, "经度", "longitude", "", false},
    ColumnTitle{kCapacity, "贮存能力", "capacity", "容量|库容", false},
};
constexpr std::array kProductColumns = {
    ColumnTitle{kGtin, "商品条码", "gtin", "条码|商品编码|barcode", true},
    ColumnTitle{kName, "产品名称", "name", "名称|商品名称|品名", true},
    ColumnTitle{kProducer, "生产者", "producer", "生产企业|厂家|生产厂家", false},
    ColumnTitle{kCategory, "食品类别", "category", "类别|分类", false},
    ColumnTitle{kUnit, "单位", "unit", "计量单位|uom", false},
    ColumnTitle{kShelfLife, "保质期天数", "shelf life in days", "保质期", false},
};
constexpr ColumnTitle kFirstDayTitle = {kValidFrom, "起始日期", "valid from", "有效期起|发证日期|开始日期", false};
constexpr ColumnTitle kLastDayTitle  = {kValidTo, "截止日期", "valid to", "有效期止|有效期至|到期日期|结束日期", false};
constexpr std::array kLicenceColumns = {
    ColumnTitle{kNumber, "许可证编号", "licence number", "许可证号|编号|证号", true},
    ColumnTitle{kOperator, "持证主体", "licensee", "统一社会信用代码|经营主体|主体代码", false},
    ColumnTitle{kKind, "许可种类", "kind of licence", "种类|类型", false},
    kFirstDayTitle, kLastDayTitle,
};
constexpr std::array kLinkColumns = {
    ColumnTitle{kKind, "关系", "kind of link", "关联类型|类型", true},
    ColumnTitle{kOperator, "主体", "from operator", "经营主体|统一社会信用代码|供货者|开办者", true},
    ColumnTitle{kLinked, "对方", "linked to", "场所|购货者|摊位|场所编码", true},
    kFirstDayTitle, kLastDayTitle,
};
constexpr std::array kPaperColumns = {
    ColumnTitle{kNumber, "单证编号", "paper number", "证书编号|编号|证号|单证号", true},
    ColumnTitle{kKind, "单证种类", "kind of paper", "种类|类型|证书类型", false},
    ColumnTitle{kIssuer, "签发者", "issuer", "出证单位|签发单位|检测机构", false},
    ColumnTitle{kHolder, "持有者", "holder", "统一社会信用代码|经营主体|持有单位", false},
    kFirstDayTitle, kLastDayTitle,
};
constexpr std::array kVehicleColumns = {
    ColumnTitle{kVehicle, "车牌号", "vehicle", "车牌|车号|号牌|plate", true},
    ColumnTitle{kOperator, "所属主体", "operator", "统一社会信用代码|经营主体|承运单位", false},
};
constexpr std::array kPeopleColumns = {
    ColumnTitle{kPerson, "工号", "person", "人员编号|编号|从业人员编号", true},
    ColumnTitle{kOperator, "所属主体", "operator", "统一社会信用代码|经营主体|用人单位", false},
    ColumnTitle{kName, "姓名", "name", "名称", false},
    ColumnTitle{kPhone, "电话", "phone", "手机|手机号|联系电话", false},
};

// In the order of Column.
constexpr std::array<std::string_view, kColumnCount> kColumnKeys = {
    "document", "line", "time", "operator", "site", "code", "gtin", "goods", "lot", "produced_on", "producer", "quantity", "unit",
    "partner", "partner_name", "partner_site", "vehicle", "person", "role", "name", "kind", "region", "address", "latitude", "longitude",
    "number", "valid_from", "valid_to", "issuer", "holder", "linked", "capacity", "category", "shelf_life_days", "phone",
};

constexpr std::array<Sheet, 12> kSheets = {{
    {SheetKind::kInbound,    "inbound",    "进货", "inbound",     kInboundColumns},
    {SheetKind::kOutbound,   "outbound",   "出货", "outbound",    kOutboundColumns},
    {SheetKind::kProcessing, "processing", "加工", "processing",  kProcessingColumns},
    {SheetKind::kStockCount, "count",      "盘点", "stock count", kStockCountColumns},
    {SheetKind::kOperators,  "operators",  "经营主体", "operators", kOperatorColumns},
    {SheetKind::kSites,      "sites",      "场所", "sites",       kSiteColumns},
    {SheetKind::kProducts,   "products",   "产品", "products",    kProductColumns},
    {SheetKind::kLicences,   "licences",   "许可证", "licences",  kLicenceColumns},
    {SheetKind::kLinks,      "links",      "关联", "links",       kLinkColumns},
    {SheetKind::kPapers,     "papers",     "单证", "papers",      kPaperColumns},
    {SheetKind::kVehicles,   "vehicles",   "车辆", "vehicles",    kVehicleColumns},
    {SheetKind::kPeople,     "people",     "从业人员", "people at work", kPeopleColumns},
}};
// clang-format on

// What is compared of a title.
std::string plain(std::string_view title) {
    std::string out;
    int depth = 0;
    for (const char letter : half_width(title)) {
        if (letter == '(' || letter == '[') {
            ++depth;
        } else if (letter == ')' || letter == ']') {
            --depth;
        } else if (depth == 0 && letter != ' ' && letter != '\t' && letter != '\n' &&
                   letter != '\r' && letter != '*' && letter != '_') {
            out.push_back(
                letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter
            );
        }
    }
    return out;
}

bool is_called(const ColumnTitle& column, std::string_view plain_title) {
    std::string_view others = column.others;
    while (!others.empty()) {
        const std::size_t end = std::min(others.find('|'), others.size());
        if (plain(others.substr(0, end)) == plain_title) {
            return true;
        }
        others.remove_prefix(std::min(end + 1, others.size()));
    }
    return false;
}

bool is_own_title(const ColumnTitle& column, std::string_view plain_title) {
    return plain(column.zh) == plain_title || plain(column.en) == plain_title;
}

const ColumnTitle* column_called(const Sheet& sheet, std::string_view plain_title) {
    // A column's own title goes before another's further spellings.
    auto found = std::ranges::find_if(sheet.columns, [&](const ColumnTitle& column) {
        return is_own_title(column, plain_title);
    });
    if (found == sheet.columns.end()) {
        found = std::ranges::find_if(sheet.columns, [&](const ColumnTitle& column) {
            return is_called(column, plain_title);
        });
    }
    return found == sheet.columns.end() ? nullptr : &*found;
}

const ColumnTitle* column_chosen(const Sheet& sheet, std::string_view name) {
    const auto column = parse_column(name);
    return column ? sheet.find(*column) : column_called(sheet, plain(name));
}

std::string listed(const Sheet& sheet, const std::vector<Column>& columns) {
    std::string text;
    for (const Column column : columns) {
        const ColumnTitle* const title = sheet.find(column);
        text += format("{}“{}”", text.empty() ? "" : "、", title->zh);
    }
    return text;
}

Failure twice(const ColumnTitle& column, std::size_t first, std::size_t second) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("第 {} 列和第 {} 列都是“{}”，请去掉一列。", first + 1, second + 1, column.zh),
            format(
                "columns {} and {} are both \"{}\": take one away", first + 1, second + 1, column.en
            )
        }
    );
}

Status apply_choices(
    ColumnMap& map,
    std::span<const std::string> titles,
    const std::vector<TitleChoice>& choices,
    std::vector<bool>& is_taken
) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const TitleChoice& choice = choices[i];
        // Of equal titles the second choice means the second.
        const auto said = std::ranges::count(
            choices.begin(),
            choices.begin() + static_cast<std::ptrdiff_t>(i),
            choice.title,
            &TitleChoice::title
        );
        auto title = std::ranges::find(titles, choice.title);
        for (auto left = said; left > 0 && title != titles.end(); --left) {
            title = std::find(title + 1, titles.end(), choice.title);
        }
        if (title == titles.end()) {
            title = std::ranges::find(titles, plain(choice.title), plain);
        }
        if (title != titles.end() && choice.column.empty()) {
            is_taken[static_cast<std::size_t>(title - titles.begin())] = true;
            continue;
        }
        const ColumnTitle* const column = column_chosen(map.sheet(), choice.column);
        if (title == titles.end() || column == nullptr) {
            const std::string& name = title == titles.end() ? choice.title : choice.column;
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    format("没有“{}”这一列。", name), format("there is no column \"{}\"", name)
                }
            );
        }
        const auto place = static_cast<std::size_t>(title - titles.begin());
        if (const auto other = map.place(column->column)) {
            return twice(*column, *other, place);
        }
        map.put(column->column, place);
        is_taken[place] = true;
    }
    return {};
}

Result<ColumnMap> map_to(
    const Sheet& sheet, std::span<const std::string> titles, const std::vector<TitleChoice>& choices
) {
    ColumnMap map(sheet);
    std::vector<bool> is_taken(titles.size());
    SUYUAN_TRY_VOID(apply_choices(map, titles, choices, is_taken));
    for (std::size_t i = 0; i < titles.size(); ++i) {
        const std::string title = plain(titles[i]);
        const ColumnTitle* const column =
            is_taken[i] || title.empty() ? nullptr : column_called(sheet, title);
        if (column == nullptr) {
            continue;
        }
        const auto other = map.place(column->column);
        if (!other) {
            map.put(column->column, i);
            continue;
        }
        const bool is_own = is_own_title(*column, title);
        const bool is_other_own = is_own_title(*column, plain(titles[*other]));
        if (is_taken[*other] || (is_other_own && !is_own)) {
            continue;  // chosen otherwise, or called by its own name elsewhere
        }
        if (is_own == is_other_own) {
            return twice(*column, *other, i);
        }
        map.put(column->column, i);
    }
    return map;
}

std::size_t known_in(const ColumnMap& map) {
    return static_cast<std::size_t>(std::ranges::count_if(
        map.sheet().columns,
        [&](const ColumnTitle& column) { return map.place(column.column).has_value(); }
    ));
}

Failure no_sheet_fits(const std::optional<ColumnMap>& nearest) {
    if (!nearest || known_in(*nearest) == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "第一行不是任何模板的表头：请用模板的列名，或指明每一列是什么。",
                "the first row has the titles of no sheet: use those of a template, or say what "
                "each column is"
            }
        );
    }
    std::string english;
    for (const Column column : nearest->missing()) {
        english +=
            format("{}\"{}\"", english.empty() ? "" : ", ", nearest->sheet().find(column)->en);
    }
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format(
                "像是“{}”表，但缺少{}：请补上这些列。",
                nearest->sheet().zh,
                listed(nearest->sheet(), nearest->missing())
            ),
            format(
                "this looks like the {} sheet without its {}: add them",
                nearest->sheet().en,
                english
            )
        }
    );
}

// The sheet of which most columns are there; of equals, one that lacks no required column.
std::optional<ColumnMap> likeliest(
    std::span<const std::string> titles, const std::vector<TitleChoice>& choices
) {
    std::optional<ColumnMap> best;
    const auto rank = [](const ColumnMap& map) {
        return std::pair(map.missing().empty(), known_in(map));
    };
    for (const Sheet& sheet : kSheets) {
        Result<ColumnMap> map = map_to(sheet, titles, choices);
        if (map && (!best || rank(*map) > rank(*best))) {
            best = *std::move(map);
        }
    }
    return best;
}

}  // namespace

const ColumnTitle* Sheet::find(Column column) const noexcept {
    const auto found = std::ranges::find(columns, column, &ColumnTitle::column);
    return found == columns.end() ? nullptr : &*found;
}

std::span<const Sheet> sheets() noexcept {
    return kSheets;
}

const Sheet& sheet_of(SheetKind kind) noexcept {
    const Sheet& sheet = kSheets[static_cast<std::size_t>(kind)];
    SUYUAN_ASSERT(sheet.kind == kind);
    return sheet;
}

const Sheet* find_sheet(std::string_view key) noexcept {
    const auto found = std::ranges::find(kSheets, key, &Sheet::key);
    return found == kSheets.end() ? nullptr : &*found;
}

std::string_view ColumnMap::cell(std::span<const std::string> cells, Column column) const noexcept {
    const auto at = place(column);
    if (!at || *at >= cells.size()) {
        return {};
    }
    std::string_view text = cells[*at];
    constexpr std::string_view kBlanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

Result<ColumnMap> map_columns(
    std::span<const std::string> titles,
    std::optional<SheetKind> kind,
    const std::vector<TitleChoice>& choices
) {
    if (kind) {
        SUYUAN_TRY(ColumnMap map, map_to(sheet_of(*kind), titles, choices));
        if (!map.missing().empty()) {
            return no_sheet_fits(map);
        }
        return map;
    }
    std::optional<ColumnMap> best = likeliest(titles, choices);
    if (!best || !best->missing().empty()) {
        return no_sheet_fits(best);
    }
    return *std::move(best);
}

std::optional<ColumnMap> guess_columns(
    std::span<const std::string> titles, std::optional<SheetKind> kind
) {
    if (kind) {
        const auto map = map_to(sheet_of(*kind), titles, {});
        return map ? *map : ColumnMap(sheet_of(*kind));
    }
    std::optional<ColumnMap> best = likeliest(titles, {});
    return best && known_in(*best) > 0 ? best : std::nullopt;
}

std::vector<Column> ColumnMap::missing() const {
    std::vector<Column> missing;
    for (const ColumnTitle& column : sheet_->columns) {
        if (column.is_required && !place(column.column)) {
            missing.push_back(column.column);
        }
    }
    return missing;
}

std::string_view to_string(Column column) noexcept {
    return kColumnKeys[static_cast<std::size_t>(column)];
}

std::optional<Column> parse_column(std::string_view key) noexcept {
    const auto found = std::ranges::find(kColumnKeys, key);
    return found == kColumnKeys.end()
               ? std::nullopt
               : std::optional(static_cast<Column>(found - kColumnKeys.begin()));
}

std::string half_width(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto at = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
        const bool has_three = i + 2 < text.size();
        if (has_three && at(i) == 0xEF &&
            ((at(i + 1) == 0xBC && at(i + 2) >= 0x81) || (at(i + 1) == 0xBD && at(i + 2) <= 0x9E)
            )) {
            const unsigned code = (at(i + 1) == 0xBC ? 0U : 0x40U) + at(i + 2) - 0x80U + 0x20U;
            out.push_back(static_cast<char>(code));
            i += 2;
        } else if (has_three && text.substr(i, 3) == "\u3000") {
            out.push_back(' ');
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

}  // namespace suyuan::service
