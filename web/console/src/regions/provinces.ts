// SPDX-License-Identifier: Apache-2.0
//
// The 34 provincial units of GB/T 2260 as tiles: a map that no boundary can be wrong on.

export interface ProvinceTile {
  code: string;
  zh: string;
  en: string;
  column: number;
  row: number;
}

const tile = (code: string, zh: string, en: string, column: number, row: number): ProvinceTile => ({ code, zh, en, column, row });

export const provinces: readonly ProvinceTile[] = [
  tile('65', '新疆', 'Xinjiang', 0, 1),
  tile('62', '甘肃', 'Gansu', 2, 2),
  tile('63', '青海', 'Qinghai', 1, 2),
  tile('64', '宁夏', 'Ningxia', 3, 2),
  tile('15', '内蒙古', 'Nei Mongol', 4, 1),
  tile('61', '陕西', 'Shaanxi', 3, 3),
  tile('14', '山西', 'Shanxi', 4, 2),
  tile('13', '河北', 'Hebei', 5, 2),
  tile('11', '北京', 'Beijing', 5, 1),
  tile('12', '天津', 'Tianjin', 6, 2),
  tile('21', '辽宁', 'Liaoning', 6, 1),
  tile('22', '吉林', 'Jilin', 7, 1),
  tile('23', '黑龙江', 'Heilongjiang', 7, 0),
  tile('54', '西藏', 'Xizang', 0, 3),
  tile('51', '四川', 'Sichuan', 2, 4),
  tile('50', '重庆', 'Chongqing', 3, 4),
  tile('41', '河南', 'Henan', 4, 3),
  tile('37', '山东', 'Shandong', 5, 3),
  tile('32', '江苏', 'Jiangsu', 6, 3),
  tile('42', '湖北', 'Hubei', 4, 4),
  tile('34', '安徽', 'Anhui', 5, 4),
  tile('31', '上海', 'Shanghai', 7, 4),
  tile('33', '浙江', 'Zhejiang', 6, 4),
  tile('53', '云南', 'Yunnan', 1, 5),
  tile('52', '贵州', 'Guizhou', 2, 5),
  tile('43', '湖南', 'Hunan', 4, 5),
  tile('36', '江西', 'Jiangxi', 5, 5),
  tile('35', '福建', 'Fujian', 6, 5),
  tile('71', '台湾', 'Taiwan', 7, 5),
  tile('45', '广西', 'Guangxi', 3, 6),
  tile('44', '广东', 'Guangdong', 4, 6),
  tile('81', '香港', 'Hong Kong', 5, 6),
  tile('82', '澳门', 'Macao', 4, 7),
  tile('46', '海南', 'Hainan', 3, 7),
];

export const tileColumns = 8;
export const tileRows = 8;

export function findProvince(region: string): ProvinceTile | undefined {
  return provinces.find((province) => region.startsWith(province.code));
}
