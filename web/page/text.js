// SPDX-License-Identifier: Apache-2.0
//
// Every word that the page says, in both languages, and how moments and amounts are written.

const words = {
  brand: ['溯源', 'Suyuan'],
  askLabel: ['追溯码、批号、单证号、车牌、名称', 'A code, lot, paper, plate or name'],
  ask: ['一键追溯', 'Trace'],
  direction: ['方向', 'Direction'],
  full: ['全链', 'Both ways'],
  back: ['溯来源', 'Back'],
  forward: ['追去向', 'Forward'],
  moreOptions: ['时间与范围', 'Time and scope'],
  from: ['事件起', 'Events from'],
  to: ['事件止', 'Events to'],
  asOf: ['按此日所知', 'As known on'],
  escalate: ['单件按整批追', 'One thing stands for its lot'],
  large: ['大字', 'Large'],
  otherLanguage: ['English', '中文'],
  loading: ['正在追溯……', 'Tracing…'],
  loadingMore: ['正在读取其余位置：', 'Reading the other positions: '],
  offline: ['连不上服务，请确认它在运行后重试。', 'The server does not answer; check that it runs, then try again.'],
  welcomeTitle: ['输入任意一个码，看清来龙去脉', 'Type any code and see where it came from and where it went'],
  welcomeHow: ['可以输入：', 'What can be typed:'],
  welcomeLot: ['批号或追溯码', 'a lot or trace code'],
  welcomePallet: ['托盘、箱码（SSCC）', 'a pallet or case (SSCC)'],
  welcomePaper: ['送货单、报关单等单证号', 'a delivery note, customs declaration or other paper'],
  welcomeVehicle: ['车牌，可限定日期', 'a plate, within dates if you like'],
  welcomePlace: ['经营主体、场所的名称或编码', 'the name or code of an operator or site'],
  welcomeCounts: ['库中有', 'Stored:'],
  statEvents: ['条事件', 'events'],
  statItems: ['种物品', 'items'],
  statOperators: ['个主体', 'operators'],
  statSites: ['处场所', 'sites'],
  tryStory: ['演示故事', 'The demo story'],
  summary: ['概要', 'Summary'],
  seed: ['追溯对象', 'Traced'],
  otherReadings: ['也可能是', 'It can also mean'],
  suggestions: ['是不是要找', 'Did you mean'],
  cutOff: ['数据截至', 'Data up to'],
  took: ['用时', 'Took'],
  seconds: ['秒', 's'],
  digest: ['结果摘要', 'Digest'],
  positions: ['位置', 'Positions'],
  operators: ['主体', 'Operators'],
  sites: ['场所', 'Sites'],
  vehicles: ['车辆', 'Vehicles'],
  people: ['人员', 'People'],
  openEnds: ['断链', 'Open ends'],
  violations: ['违规流出', 'Violations'],
  sources: ['源头', 'Sources'],
  balance: ['物料平衡', 'Mass balance'],
  flow: ['流向图', 'Flow'],
  flowHint: ['点任意一格看它为什么在名单上。', 'Select any box to read why it is on the list.'],
  flowTooLarge: ['位置太多，图只画最先到达的', 'Too many positions; the drawing shows the first'],
  partForward: ['去向', 'Forward'],
  partBack: ['来源', 'Back'],
  place: ['在哪', 'Where'],
  item: ['什么', 'What'],
  arrival: ['最早到达', 'Earliest arrival'],
  departure: ['最晚离开', 'Latest departure'],
  onHand: ['现存', 'On hand'],
  status: ['状态', 'Status'],
  why: ['为什么', 'Why'],
  whyTitle: ['为什么在名单上', 'Why it is on the list'],
  close: ['关闭', 'Close'],
  certain: ['确定', 'certain'],
  possible: ['可能', 'possible'],
  blocked: ['已封控', 'blocked'],
  name: ['名称', 'Name'],
  code: ['编码', 'Code'],
  first: ['最早', 'First'],
  last: ['最晚', 'Last'],
  kind: ['类别', 'Kind'],
  event: ['事件', 'Event'],
  blockedBy: ['封控于', 'Blocked by'],
  filter: ['筛选', 'Filter'],
  download: ['导出 CSV', 'Download CSV'],
  none: ['没有', 'None'],
  noRows: ['没有符合的行', 'No row matches'],
  rows: ['行', 'rows'],
  previous: ['上一页', 'Previous'],
  next: ['下一页', 'Next'],
  unknown: ['未知', 'unknown'],
  stub: ['未登记', 'not registered'],
  unit: ['单位', 'Unit'],
  pieces: ['件', 'pieces'],
  created: ['新增', 'Created'],
  produced: ['产出', 'Produced'],
  received: ['收到', 'Received'],
  shipped: ['发出', 'Shipped'],
  in_transit_amount: ['在途', 'In transit'],
  sold: ['售出', 'Sold'],
  used: ['投入', 'Used'],
  destroyed: ['销毁', 'Destroyed'],
  left: ['离境', 'Left'],
  on_hand_amount: ['现存', 'On hand'],
  unexplained: ['未说明', 'Unexplained'],
  balanceNote: ['新增＋产出＋收到＝现存＋发出＋在途＋售出＋投入＋销毁＋离境＋未说明', 'Created + produced + received = on hand + shipped + in transit + sold + used + destroyed + left + unexplained'],
  unknownTime: ['时间未知', 'time unknown'],
  isSeed: ['追溯起点', 'where the trace starts'],
  status_on_hand: ['在库', 'On hand'],
  status_in_transit: ['在途', 'In transit'],
  status_closed: ['已清空', 'Empty'],
  status_negative: ['负库存', 'Negative'],
  status_unknown: ['数量不明', 'Amount unknown'],
  end_unknown_supplier: ['来源不明', 'Unknown supplier'],
  end_in_transit: ['发出无人签收', 'Shipped, never received'],
  end_negative_stock: ['负库存', 'Negative stock'],
  end_skewed_clocks: ['收货早于发货', 'Received before shipped'],
  end_two_containers: ['同时在两个容器', 'In two containers at once'],
  end_conflict: ['版本冲突', 'Conflicting versions'],
  end_missing_time: ['缺事件时间', 'No event time'],
  end_all_to_all: ['投料未对应产出', 'Inputs not told apart'],
  seed_item: ['物品', 'Item'],
  seed_lot: ['批次', 'Lot'],
  seed_container: ['容器', 'Container'],
  seed_paper: ['单证', 'Paper'],
  seed_vehicle: ['车辆', 'Vehicle'],
  seed_person: ['人员', 'Person'],
  seed_operator: ['主体', 'Operator'],
  seed_site: ['场所', 'Site'],
  seed_product: ['产品', 'Product'],
};

let index = localStorage.getItem('language') === 'en' ? 1 : 0;

export const isEnglish = () => index === 1;
export const t = (key) => (words[key] ?? [key, key])[index];

export function switchLanguage() {
  index = 1 - index;
  localStorage.setItem('language', index === 1 ? 'en' : 'zh');
}

// Every element with data-text gets its words.
export function translate(root) {
  document.documentElement.lang = index === 1 ? 'en' : 'zh-CN';
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = t(element.dataset.text);
  }
}

// "2026-03-02 08:00" in the zone of whoever looks; the zone stands in the title of the column.
export function moment(text) {
  if (!text) {
    return t('unknownTime');
  }
  const date = new Date(text);
  const pad = (number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

export function zone() {
  const minutes = -new Date().getTimezoneOffset();
  const sign = minutes < 0 ? '−' : '+';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${hours}${rest ? ':' + String(rest).padStart(2, '0') : ''}`;
}

const unitNames = { KGM: ['公斤', 'kg'], LTR: ['升', 'l'] };

export function amount(text, unit) {
  const name = unit ? (unitNames[unit] ?? [unit, unit])[index] : t('pieces');
  const [whole, rest] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${rest ? `${grouped}.${rest}` : grouped} ${name}`;
}

// "(01)06909999000012(10)A20260301" for GS1 keys, the text itself for others.
export function shortCode(code) {
  const gs1 = 'https://id.gs1.org/';
  if (!code.startsWith(gs1)) {
    return code.replace(/^urn:epcglobal:cbv:bt:[^:]*:/, '');
  }
  const parts = code.slice(gs1.length).split('/');
  return parts.map((part, i) => (i % 2 === 0 ? `(${part})` : decodeURIComponent(part))).join('');
}

export function placeName(place) {
  if (!place) {
    return t('unknown');
  }
  if (place.name) {
    return place.name;
  }
  return place.code.startsWith('site:') ? `${shortCode(place.code.slice(5))}` : shortCode(place.code);
}

export function itemName(item) {
  if (!item) {
    return t('unknown');
  }
  const detail = item.lot ?? item.serial;
  if (item.name) {
    return detail ? `${item.name} · ${detail}` : item.name;
  }
  return shortCode(item.code);
}
