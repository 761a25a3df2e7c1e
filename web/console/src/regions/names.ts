// SPDX-License-Identifier: Apache-2.0
//
// What the regions of an answer are called, by code.

import type { Region } from '../api/types';
import { isEnglish } from '../state/settings';
import { findProvince } from './provinces';

export type RegionsByCode = ReadonlyMap<string, Region>;

// Deeper than any division of a country; what lies in itself by mistake ends here too.
const levelsMost = 8;

// The region and what it lies in, the widest first.
export function regionLine(regions: RegionsByCode, code: string): string[] {
  const line: string[] = [];
  for (let at: string | null | undefined = code; at && line.length < levelsMost; at = regions.get(at)?.parent) {
    line.unshift(at);
  }
  return line;
}

// Without a name in the register: its code behind its province's name.
export function ownRegionName(regions: RegionsByCode, code: string): string {
  const name = regions.get(code)?.name;
  if (name) {
    return name;
  }
  const province = findProvince(code);
  const provinceName = province ? province[isEnglish() ? 'en' : 'zh'] : '';
  return /^\d\d(0000)?$/.test(code) && provinceName ? provinceName : `${provinceName} ${code}`.trim();
}

export const regionPath = (regions: RegionsByCode, code: string): string =>
  regionLine(regions, code)
    .map((one) => ownRegionName(regions, one))
    .join(' ');

// For where its province is plain: "郑州市 金水区".
export const regionName = (regions: RegionsByCode, code: string): string => {
  const line = regionLine(regions, code);
  return (line.length > 1 ? line.slice(1) : line).map((one) => ownRegionName(regions, one)).join(' ');
};
