// SPDX-License-Identifier: Apache-2.0
//
// What the columns of the sheets are called.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "service/line_sheet.h"

namespace suyuan::service {
namespace {

using enum Column;

// clang-format off: tables read by column.
constexpr ColumnTitle kDocumentTitle  = {kDocument, "单据号", "document", "单号|送货单号|凭证号|单据编号|document number", false};
constexpr ColumnTitle kLineTitle      = {kLine, "行号", "line", "明细号|line number", false};
constexpr ColumnTitle kOperatorTitle  = {kOperator, "经营主体", "operator", "本单位统一社会信用代码|统一社会信用代码|主体代码", false};
constexpr ColumnTitle kSiteTitle      = {kSite, "场所", "site", "场所编码|仓库|门店|摊位|库房", false};
constexpr ColumnTitle kCodeTitle      = {kCode, "追溯码", "trace code", "溯源码|code|二维码", false};
constexpr ColumnTitle kGtinTitle      = {kGtin, "商品条码", "gtin", "条码|条形码|barcode", false};
constexpr ColumnTitle kGoodsCodeTitle = {kGoodsCode, "商品编码", "goods code", "货号|物料编码|产品编码|sku", false};
constexpr ColumnTitle kGoodsTitle     = {kGoods, "品名", "goods", "商品名称|名称|产品名称|食品名称|货品|货物名称|product name", false};
constexpr ColumnTitle kLotTitle       = {kLot, "批号", "lot", "批次|生产批号|批次号|lot number|batch", false};
constexpr ColumnTitle kProducedTitle  = {kProducedOn, "生产日期", "production date", "屠宰日期|采收日期|produced on", false};
constexpr ColumnTitle kProducerTitle  = {kProducer, "生产者", "producer", "生产企业|产地主体|厂家|生产厂家", false};
constexpr ColumnTitle kSourceTitle    = {kSource, "原供货者", "source", "货源|进货来源|来源供货者", false};
constexpr ColumnTitle kQuantityTitle  = {kQuantity, "数量", "quantity", "重量|净重|件数|amount", true};
constexpr ColumnTitle kUnitTitle      = {kUnit, "单位", "unit", "计量单位|uom", false};
constexpr ColumnTitle kVehicleTitle   = {kVehicle, "车牌号", "vehicle", "车牌|车号|车辆|plate", false};
constexpr ColumnTitle kPersonTitle    = {kPerson, "经手人", "person", "经办人|司机|操作人", false};

constexpr ColumnTitle kSpecificationTitle = {kSpecification, "规格", "specification", "规格型号|包装规格", false};
constexpr ColumnTitle kKeepsTitle     = {kShelfLife, "保质期", "shelf life", "保质期限|质保期", false};
constexpr ColumnTitle kTestReportTitle = {kTestReport, "检验报告号", "test report", "检测报告号|检验报告编号|检测报告编号|检测报告|检验报告", false};
constexpr ColumnTitle kCertificateTitle = {kCertificate, "合格证号", "certificate", "合格证|合格证编号|承诺达标合格证|承诺达标合格证号|检验合格证号", false};
constexpr ColumnTitle kQuarantineTitle = {kQuarantine, "检疫证号", "quarantine certificate", "检疫证明|检疫证|检疫证明号|检疫合格证明编号|动物检疫合格证明", false};
constexpr ColumnTitle kCustomsTitle   = {kCustoms, "报关单号", "customs declaration", "报关单|报关单编号", false};
constexpr ColumnTitle kCorrectionTitle = {kCorrection, "更正作废", "correction", "更正|作废|更正/作废|correct or void", false};

constexpr std::array kInboundColumns = {
    kDocumentTitle, kLineTitle,
    ColumnTitle{kTime, "进货时间", "received", "进货日期|入库时间|入库日期|收货时间|收货日期|日期|时间|date|time", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsCodeTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kQuantityTitle, kUnitTitle,
    ColumnTitle{kPartner, "供货者", "supplier", "供货者统一社会信用代码|供应商统一社会信用代码|供货商统一社会信用代码|供应商信用代码|供货商信用代码|供应商税号|供货商税号|供应商代码|供货商代码|supplier code", false},
    ColumnTitle{kPartnerName, "供货者名称", "supplier name", "供应商|供应商名称|供货商|供货商名称|供货单位", false},
    ColumnTitle{kPartnerSite, "发货场所", "from site", "发货地|来源场所", false},
    kVehicleTitle, kPersonTitle, kSpecificationTitle, kKeepsTitle, kTestReportTitle, kCertificateTitle, kQuarantineTitle, kCustomsTitle, kCorrectionTitle,
};
constexpr std::array kOutboundColumns = {
    kDocumentTitle, kLineTitle,
    ColumnTitle{kTime, "出货时间", "shipped", "出货日期|出库时间|出库日期|发货时间|发货日期|销售日期|日期|时间|date|time", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsCodeTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kSourceTitle, kQuantityTitle, kUnitTitle,
    ColumnTitle{kPartner, "购货者", "buyer", "购货者统一社会信用代码|客户统一社会信用代码|客户信用代码|客户税号|购货单位统一社会信用代码|客户代码|购买者代码|buyer code", false},
    ColumnTitle{kPartnerName, "购货者名称", "buyer name", "客户|客户名称|购买者|购货单位|收货单位", false},
    ColumnTitle{kPartnerSite, "收货场所", "to site", "收货地|目的场所", false},
    kVehicleTitle, kPersonTitle, kSpecificationTitle, kKeepsTitle, kTestReportTitle, kCertificateTitle, kQuarantineTitle, kCustomsTitle, kCorrectionTitle,
};
constexpr std::array kProcessingColumns = {
    ColumnTitle{kDocument, "加工单号", "process", "加工批次|生产单号|工单号|单据号|process number", true},
    kLineTitle,
    ColumnTitle{kTime, "加工时间", "processed", "加工日期|生产时间|日期|时间|date|time", true},
    ColumnTitle{kRole, "投入产出", "role", "类型|投料产出|方向|input or output", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsCodeTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kSourceTitle, kQuantityTitle, kUnitTitle, kPersonTitle, kCorrectionTitle,
};
constexpr std::array kStockCountColumns = {
    kDocumentTitle, kLineTitle,
    ColumnTitle{kTime, "盘点时间", "counted", "盘点日期|日期|时间|date|time", true},
    kOperatorTitle, kSiteTitle, kCodeTitle, kGtinTitle, kGoodsCodeTitle, kGoodsTitle, kLotTitle, kProducedTitle, kProducerTitle, kSourceTitle,
    ColumnTitle{kQuantity, "实盘数量", "counted quantity", "数量|库存数量|实存数量", true},
    kUnitTitle, kPersonTitle, kCorrectionTitle,
};
constexpr std::array kWideColumns = {
    ColumnTitle{kStep, "关键追溯事件", "critical tracking event", "cte|critical tracking event type|追溯事件", true},
    ColumnTitle{kCode, "追溯批号", "traceability lot code", "tlc|traceability lot code tlc|追溯码", false},
    ColumnTitle{kGoods, "产品描述", "product description", "traceability product description|品名", false},
    ColumnTitle{kQuantity, "数量", "quantity", "amount", false},
    ColumnTitle{kUnit, "单位", "unit of measure", "uom|unit", false},
    ColumnTitle{kTime, "日期", "date", "event date|date and time|时间", true},
    ColumnTitle{kOperator, "经营主体", "business", "operator|business id", false},
    ColumnTitle{kSite, "场所", "location", "location id|location code|gln", false},
    ColumnTitle{kSiteText, "场所描述", "location description", "", false},
    ColumnTitle{kRole, "投入产出", "input or output", "role", false},
    ColumnTitle{kProcess, "加工单号", "transformation number", "transformation id|process", false},
    ColumnTitle{kFromOperator, "上一供货者", "previous source business", "immediate previous source business", false},
    ColumnTitle{kFromSite, "上一供货场所", "previous source location", "immediate previous source|immediate previous source location|ship from|ship from location", false},
    ColumnTitle{kFromText, "上一供货描述", "previous source description", "immediate previous source description|immediate previous source location description|ship from location description", false},
    ColumnTitle{kToOperator, "下一收货者", "subsequent recipient business", "immediate subsequent recipient business", false},
    ColumnTitle{kToSite, "下一收货场所", "subsequent recipient location", "immediate subsequent recipient|immediate subsequent recipient location|ship to|ship to location", false},
    ColumnTitle{kToText, "下一收货描述", "subsequent recipient description", "immediate subsequent recipient description|immediate subsequent recipient location description|ship to location description", false},
    ColumnTitle{kLotSource, "批号赋码场所", "traceability lot code source", "tlc source|tlc source location", false},
    ColumnTitle{kLotReference, "批号赋码参考", "traceability lot code source reference", "tlc source reference", false},
    ColumnTitle{kReferenceType, "参考单据类型", "reference document type", "document type", false},
    ColumnTitle{kDocument, "参考单据号", "reference document number", "document number|reference document", false},
    ColumnTitle{kCommodity, "品类品种", "commodity and variety", "commodity|commodity & variety", false},
    ColumnTitle{kFarm, "采收农场", "farm", "harvest location|farm location description|farm location", false},
    ColumnTitle{kField, "采收地块", "field or growing area", "growing area|field|growing area coordinates|container name", false},
    ColumnTitle{kHarvestedOn, "采收日期", "harvest date", "date of harvesting|date harvested", false},
    ColumnTitle{kHarvester, "采收者", "harvester", "harvester business name and phone", false},
    ColumnTitle{kCooledAt, "冷却场所", "cooling location", "location where cooled", false},
    ColumnTitle{kCooledOn, "冷却日期", "cooling date", "date of cooling|date cooled", false},
    ColumnTitle{kSiteName, "场所名称", "location name", "", false},
    ColumnTitle{kFromSiteName, "上一供货场所名称", "previous source location name", "", false},
    ColumnTitle{kToSiteName, "下一收货场所名称", "subsequent recipient location name", "", false},
    ColumnTitle{kEventId, "事件编号", "event id", "", false},
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
    ColumnTitle{kTitle, "岗位", "job title", "岗位名称|职务|工种|title", false},
    ColumnTitle{kValidFrom, "起始日期", "valid from", "任职日期|任职起始日期|上岗日期|开始日期", false},
    ColumnTitle{kValidTo, "截止日期", "valid to", "离岗日期|离职日期|任职截止日期|结束日期", false},
};

// In the order of Column.
constexpr std::array<std::string_view, kColumnCount> kColumnKeys = {
    "document", "line", "time", "operator", "site", "code", "gtin", "goods", "lot", "produced_on", "producer", "quantity", "unit",
    "partner", "partner_name", "partner_site", "vehicle", "person", "role", "name", "kind", "region", "address", "latitude", "longitude",
    "number", "valid_from", "valid_to", "issuer", "holder", "linked", "capacity", "category", "shelf_life_days", "phone",
    "goods_code", "specification", "test_report", "certificate", "quarantine", "customs", "correction", "row_in_file", "source",
    "step", "site_text", "process", "from_operator", "from_site", "from_text", "to_operator", "to_site", "to_text", "lot_source", "lot_reference", "reference_type",
    "commodity", "farm", "field", "harvested_on", "harvester", "cooled_at", "cooled_on",
    "site_name", "from_site_name", "to_site_name", "event_id", "title",
};

constexpr std::array<Sheet, 14> kSheets = {{
    {SheetKind::kInbound,    "inbound",    "进货", "inbound",     kInboundColumns},
    {SheetKind::kOutbound,   "outbound",   "出货", "outbound",    kOutboundColumns},
    {SheetKind::kProcessing, "processing", "加工", "processing",  kProcessingColumns},
    {SheetKind::kStockCount, "count",      "盘点", "stock count", kStockCountColumns},
    {SheetKind::kWide,       "fsma-204",   "FSMA 204 宽表", "FSMA 204 sheet", kWideColumns},
    {SheetKind::kOperators,  "operators",  "经营主体", "operators", kOperatorColumns},
    {SheetKind::kSites,      "sites",      "场所", "sites",       kSiteColumns},
    {SheetKind::kProducts,   "products",   "产品", "products",    kProductColumns},
    {SheetKind::kLicences,   "licences",   "许可证", "licences",  kLicenceColumns},
    {SheetKind::kLinks,      "links",      "关联", "links",       kLinkColumns},
    {SheetKind::kPapers,     "papers",     "单证", "papers",      kPaperColumns},
    {SheetKind::kVehicles,   "vehicles",   "车辆", "vehicles",    kVehicleColumns},
    {SheetKind::kPeople,     "people",     "从业人员", "people at work", kPeopleColumns},
    {SheetKind::kChain,      "foodchain-lab", "FoodChain-Lab 工作簿", "FoodChain-Lab workbook", {}},
}};
// clang-format on

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

std::string_view to_string(Column column) noexcept {
    return kColumnKeys[static_cast<std::size_t>(column)];
}

std::optional<Column> parse_column(std::string_view key) noexcept {
    const auto found = std::ranges::find(kColumnKeys, key);
    return found == kColumnKeys.end()
               ? std::nullopt
               : std::optional(static_cast<Column>(found - kColumnKeys.begin()));
}

std::string plain_title(std::string_view title) {
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
