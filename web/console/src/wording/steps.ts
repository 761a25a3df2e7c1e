// SPDX-License-Identifier: Apache-2.0
//
// CBV 2.0 terms that officers meet, in Chinese; English shows the term itself, spaced.

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
};

const spaced = (term: string): string => term.replaceAll('_', ' ');

export function stepName(term: string | null): string {
  if (!term) {
    return '';
  }
  const word = term.replace(/^.*[:/-]/, '');
  return isEnglish() ? spaced(word) : (chinese[word] ?? spaced(word));
}

export function operatorKindName(kind: string | null | undefined): string {
  if (!kind) {
    return '';
  }
  return operatorKinds[kind]?.[isEnglish() ? 1 : 0] ?? spaced(kind);
}
