// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { indexAnswer } from '../trace/answer_index';
import { madeAnswer, madePosition } from '../trace/made_up';
import { countRegions, shadeOf, sumBy } from './counts';
import { findProvince, provinces, tileColumns, tileRows } from './provinces';
import { squarify } from './treemap';

describe('provinces', () => {
  it('are 34, each on a tile of its own within the grid', () => {
    expect(provinces).toHaveLength(34);
    expect(new Set(provinces.map((tile) => `${tile.column},${tile.row}`)).size).toBe(34);
    expect(new Set(provinces.map((tile) => tile.letters)).size).toBe(34);
    expect(provinces.every((tile) => tile.column < tileColumns && tile.row < tileRows)).toBe(true);
  });

  it('are found by a region within', () => {
    expect(findProvince('410104')?.zh).toBe('河南');
    expect(findProvince('')).toBeUndefined();
  });
});

describe('countRegions', () => {
  const answer = madeAnswer([madePosition('a'), madePosition('b', { is_blocked: true })], []);
  answer.parts.back = { positions: [madePosition('a')], moves: [] };
  const { rows } = indexAnswer(answer);

  it('counts a position once though it stands in both halves', () => {
    expect(countRegions(rows, () => '410104')).toEqual([{ code: '410104', positions: 2, operators: 2, sites: 2, blocked: 1 }]);
  });

  it('keeps what has no region', () => {
    expect(countRegions(rows, () => null)[0]?.code).toBe('');
  });
});

it('sums counties to provinces', () => {
  const counts = ['410104', '410105', '420102'].map((code) => ({ code, positions: 2, operators: 1, sites: 1, blocked: 0 }));
  expect([...sumBy(counts, 2)]).toEqual([['41', 4], ['42', 2]]);
});

it('shades by the order of magnitude', () => {
  expect([0, 1, 10, 10_000].map((count) => shadeOf(count, 10_000))).toEqual([0, 1, 2, 5]);
});

describe('squarify', () => {
  const whole = { x: 0, y: 0, width: 100, height: 60 };

  it('fills the whole by weight', () => {
    const weights = [14, 5, 3, 2, 2, 1, 1];
    const areas = squarify(weights, whole).map((rectangle) => rectangle.width * rectangle.height);
    areas.forEach((area, i) => expect(area).toBeCloseTo((6000 * weights[i]!) / 28));
  });

  it('makes nothing of nothing', () => {
    expect(squarify([], whole)).toEqual([]);
  });
});
