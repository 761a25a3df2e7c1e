// SPDX-License-Identifier: Apache-2.0
//
// How many positions of an answer lie in each region.

import type { PositionRow } from '../trace/answer_index';
import { regionLine, type RegionsByCode } from './names';

export interface RegionCount {
  code: string;
  positions: number;
  operators: number;
  sites: number;
  blocked: number;
}

// One row per position: what stands in both halves counts once. "" is "no region registered".
export function countRegions(rows: readonly PositionRow[], areaOf: (code: string) => string = (code) => code): RegionCount[] {
  interface Tally {
    positions: Set<string>;
    operators: Set<string>;
    sites: Set<string>;
    blocked: number;
  }
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const code = row.position.region ? areaOf(row.position.region) : '';
    let tally = tallies.get(code);
    if (!tally) {
      tally = { positions: new Set(), operators: new Set(), sites: new Set(), blocked: 0 };
      tallies.set(code, tally);
    }
    const { position } = row;
    if (tally.positions.has(position.key)) {
      continue;
    }
    tally.positions.add(position.key);
    tally.blocked += position.is_blocked ? 1 : 0;
    if (position.owner) {
      tally.operators.add(position.owner.code);
    }
    if (position.site) {
      tally.sites.add(position.site.code);
    }
  }
  return [...tallies]
    .map(([code, tally]) => ({
      code,
      positions: tally.positions.size,
      operators: tally.operators.size,
      sites: tally.sites.size,
      blocked: tally.blocked,
    }))
    .sort((a, b) => b.positions - a.positions || a.code.localeCompare(b.code));
}

// The part of the widest region that a region lies in: a prefecture, for a county of a province.
export const areaWithin = (regions: RegionsByCode) => (code: string): string => {
  const line = regionLine(regions, code);
  return line[1] ?? line[0] ?? code;
};

export function sumBy(counts: readonly RegionCount[], digits: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { code, positions } of counts) {
    const prefix = code.slice(0, digits);
    sums.set(prefix, (sums.get(prefix) ?? 0) + positions);
  }
  return sums;
}

// Five steps of colour by the logarithm, so that one big city does not fade all others.
export function shadeOf(count: number, most: number): number {
  if (count === 0) {
    return 0;
  }
  return most <= 1 ? 3 : 1 + Math.round((4 * Math.log(count)) / Math.log(most));
}
