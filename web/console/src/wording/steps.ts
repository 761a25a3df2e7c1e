// SPDX-License-Identifier: Apache-2.0
//
// CBV 2.0 terms that officers meet, in Chinese; English shows the term itself, spaced, unless it is an
// abbreviation.
// Business steps, then dispositions and types of papers.

import { isEnglish } from '../state/settings';

const chinese: Record<string, string> = {
  accepting: '验收',
  arriving: '到达',
  assembling: '组装',
  collecting: '收集',
  commissioning: '赋码',
  consigning: '托运',
  creating_class_instance: '新增批次',
  cycle_counting: '盘点',
  decommissioning: '注销',
  departing: '离开',
  destroying: '销毁',
  disassembling: '拆解',
  dispensing: '分发',
  encoding: '编码',
  entering_exiting: '进出',
  holding: '封控',
  inspecting: '检验',
  installing: '安装',
  killing: '灭码',
  loading: '装车',
  other: '其他',
  packing: '装箱',
  picking: '拣货',
  receiving: '收货',
  removing: '移除',
  repackaging: '改包装',
  repairing: '修理',
  replacing: '替换',
  reserving: '预留',
  retail_selling: '零售',
  sampling: '抽样',
  sensor_reporting: '传感上报',
  shipping: '发货',
  staging_outbound: '待发',
  stock_taking: '盘库',
  stocking: '上架',
  storing: '入库',
  transporting: '运输',
  unloading: '卸车',
  unpacking: '拆箱',
  void_shipping: '取消发货',
};

const otherTerms: Record<string, string> = {
  active: '有效',
  available: '可用',
  completeness_inferred: '推断齐全',
  completeness_verified: '核对齐全',
  conformant: '合格',
  container_closed: '已封箱',
  container_open: '已开箱',
  damaged: '损坏',
  destroyed: '已销毁',
  disposed: '已处理',
  expired: '过期',
  in_progress: '进行中',
  in_transit: '在途',
  inactive: '失效',
  no_pedigree_match: '来源不符',
  non_conformant: '不合格',
  non_sellable_other: '不可售',
  partially_dispensed: '部分分发',
  recalled: '已召回',
  retail_sold: '已零售',
  returned: '已退回',
  sellable_accessible: '在售',
  sellable_not_accessible: '可售未上架',
  stolen: '被盗',
  unknown: '未知',
  bol: '提单',
  cert: '证书',
  desadv: '送货单',
  inv: '发票',
  pedigree: '谱系单',
  po: '采购单',
  poc: '采购确认',
  prodorder: '生产单',
  recadv: '收货单',
  rma: '退货单',
  testprd: '检验程序',
  testres: '检验报告',
  upevt: '上级事件',
};

const papersInEnglish: Record<string, string> = {
  bol: 'bill of lading',
  cert: 'certificate',
  desadv: 'delivery note',
  inv: 'invoice',
  po: 'purchase order',
  poc: 'purchase confirmation',
  prodorder: 'production order',
  recadv: 'receiving advice',
  rma: 'return authorisation',
  testprd: 'test procedure',
  testres: 'test result',
  upevt: 'upstream event',
};

const operatorKinds: Record<string, [string, string]> = {
  importer: ['进口商', 'Importer'],
  stall: ['摊位', 'Stall'],
  wholesaler: ['批发商', 'Wholesaler'],
  processor: ['加工厂', 'Processor'],
  restaurant: ['餐馆', 'Restaurant'],
  canteen: ['食堂', 'Canteen'],
  shop: ['门店', 'Shop'],
  farm: ['养殖种植', 'Farm'],
  slaughterhouse: ['屠宰场', 'Slaughterhouse'],
  cold_store: ['冷库', 'Cold store'],
  market: ['批发市场', 'Wholesale market'],
  distributor: ['配送商', 'Distributor'],
  cooperative: ['合作社', 'Cooperative'],
  producer: ['生产加工', 'Producer'],
  retailer: ['零售', 'Retailer'],
  port: ['口岸', 'Port of entry'],
  first_station: ['首站', 'First station'],
  carrier: ['运输', 'Carrier'],
};

const spaced = (term: string): string => term.replaceAll('_', ' ');

export function stepName(term: string | null): string {
  if (!term) {
    return '';
  }
  const word = term.replace(/^.*[:/-]/, '').toLowerCase();
  return isEnglish() ? (papersInEnglish[word] ?? spaced(word)) : (chinese[word] ?? otherTerms[word] ?? spaced(word));
}

export function operatorKindName(kind: string | null | undefined): string {
  if (!kind) {
    return '';
  }
  return operatorKinds[kind]?.[isEnglish() ? 1 : 0] ?? spaced(kind);
}
