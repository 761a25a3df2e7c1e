// SPDX-License-Identifier: Apache-2.0
//
// What a number or a bar leads to: the rows of the positions table that it counts.

import { reactive } from 'vue';
import type { Balance, Half, StockStatus } from '../api/types';
import { isZero } from '../format/amount';
import { isFree } from '../wording/names';
import type { PositionRow } from './answer_index';

export type BalanceField = Exclude<keyof Balance, 'unit'>;

export interface PositionFilter {
  half?: Half;
  operator?: string;
  site?: string;
  status?: StockStatus;
  isFree?: boolean;
  hops?: number;
  region?: string;
  // Half-open, in milliseconds.
  reached?: { from: number; to: number };
  field?: BalanceField;
  label?: string;
}

export const filter = reactive<{ current: PositionFilter }>({ current: {} });

export function clearFilter(): void {
  filter.current = {};
}

// "" is no region; a wider region holds those whose codes begin like its own (GB/T 2260).
function isIn(region: string, wanted: string): boolean {
  return wanted === '' ? region === '' : region.startsWith(wanted.replace(/(00)+$/, ''));
}

function isReached(row: PositionRow, reached: { from: number; to: number }): boolean {
  if (!row.position.possible) {
    return false;
  }
  const at = Date.parse(row.position.possible);
  return at >= reached.from && at < reached.to;
}

export function passes(row: PositionRow, wanted: PositionFilter): boolean {
  const { position } = row;
  const { field, reached, region } = wanted;
  return (
    (!wanted.half || row.half === wanted.half) &&
    (!wanted.operator || position.owner?.code === wanted.operator) &&
    (!wanted.site || position.site?.code === wanted.site) &&
    (!wanted.status || position.status === wanted.status) &&
    (!wanted.isFree || isFree(position)) &&
    (wanted.hops === undefined || position.hops === wanted.hops) &&
    (region === undefined || isIn(position.region ?? '', region)) &&
    (!reached || isReached(row, reached)) &&
    (!field || position.balances.some((balance) => !isZero(balance[field])))
  );
}
