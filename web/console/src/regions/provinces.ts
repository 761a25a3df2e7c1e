// SPDX-License-Identifier: Apache-2.0
//
// The 34 provincial units of GB/T 2260 as tiles: a map that no boundary can be wrong on.

export interface ProvinceTile {
  code: string;
  zh: string;
  en: string;
  // Two letters (GB/T 2260), for tiles too narrow for English names.
  letters: string;
  column: number;
  row: number;
}

const tile = (code: string, zh: string, en: string, letters: string, column: number, row: number): ProvinceTile => ({ code, zh, en, letters, column, row });

export const provinces: readonly ProvinceTile[] = [
  tile('65', '新疆', 'Xinjiang', 'XJ', 0, 1),
  tile('62', '甘肃', 'Gansu', 'GS', 2, 2),
  tile('63', '青海', 'Qinghai', 'QH', 1, 2),
  tile('64', '宁夏', 'Ningxia', 'NX', 3, 2),
  tile('15', '内蒙古', 'Nei Mongol', 'NM', 4, 1),
  tile('61', '陕西', 'Shaanxi', 'SN', 3, 3),
  tile('14', '山西', 'Shanxi', 'SX', 4, 2),
  tile('13', '河北', 'Hebei', 'HE', 5, 2),
  tile('11', '北京', 'Beijing', 'BJ', 5, 1),
  tile('12', '天津', 'Tianjin', 'TJ', 6, 2),
  tile('21', '辽宁', 'Liaoning', 'LN', 6, 1),
  tile('22', '吉林', 'Jilin', 'JL', 7, 1),
  tile('23', '黑龙江', 'Heilongjiang', 'HL', 7, 0),
  tile('54', '西藏', 'Xizang', 'XZ', 0, 3),
  tile('51', '四川', 'Sichuan', 'SC', 2, 4),
  tile('50', '重庆', 'Chongqing', 'CQ', 3, 4),
  tile('41', '河南', 'Henan', 'HA', 4, 3),
  tile('37', '山东', 'Shandong', 'SD', 5, 3),
  tile('32', '江苏', 'Jiangsu', 'JS', 6, 3),
  tile('42', '湖北', 'Hubei', 'HB', 4, 4),
  tile('34', '安徽', 'Anhui', 'AH', 5, 4),
  tile('31', '上海', 'Shanghai', 'SH', 7, 4),
  tile('33', '浙江', 'Zhejiang', 'ZJ', 6, 4),
  tile('53', '云南', 'Yunnan', 'YN', 1, 5),
  tile('52', '贵州', 'Guizhou', 'GZ', 2, 5),
  tile('43', '湖南', 'Hunan', 'HN', 4, 5),
  tile('36', '江西', 'Jiangxi', 'JX', 5, 5),
  tile('35', '福建', 'Fujian', 'FJ', 6, 5),
  tile('71', '台湾', 'Taiwan', 'TW', 7, 5),
  tile('45', '广西', 'Guangxi', 'GX', 3, 6),
  tile('44', '广东', 'Guangdong', 'GD', 4, 6),
  tile('81', '香港', 'Hong Kong', 'HK', 5, 6),
  tile('82', '澳门', 'Macao', 'MO', 4, 7),
  tile('46', '海南', 'Hainan', 'HI', 3, 7),
];

export const tileColumns = 8;
export const tileRows = 8;

export function findProvince(region: string): ProvinceTile | undefined {
  return provinces.find((province) => region.startsWith(province.code));
}
