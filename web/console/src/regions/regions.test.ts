// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { indexAnswer } from '../trace/answer_index';
import { madeAnswer, madePosition } from '../trace/made_up';
import type { Region } from '../api/types';
import { areaWithin, countRegions, shadeOf, sumBy } from './counts';
import { ownRegionName, regionName, regionPath } from './names';
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
  const region = '410104';
  const answer = madeAnswer([madePosition('a', { region }), madePosition('b', { region, is_blocked: true }), madePosition('c')], []);
  answer.parts.back = { positions: [madePosition('a', { region })], moves: [] };
  const { rows } = indexAnswer(answer);

  it('counts a position once though it stands in both halves', () => {
    expect(countRegions(rows)[0]).toEqual({ code: '410104', positions: 2, operators: 2, sites: 2, blocked: 1 });
  });

  it('keeps what has no region', () => {
    expect(countRegions(rows)[1]).toMatchObject({ code: '', positions: 1 });
  });
});

describe('names of regions', () => {
  const row = (code: string, name: string | null, parent: string | null): Region => ({ code, name, parent });
  const regions = new Map([row('410000', '河南省', null), row('410100', '郑州市', '410000'), row('410105', '金水区', '410100'), row('419001', '济源市', '410000'), row('420102', null, null), row('9', '环', '9')].map((one) => [one.code, one]));

  it('are read from the widest on', () => {
    expect(regionPath(regions, '410105')).toBe('河南省 郑州市 金水区');
    expect(regionName(regions, '410105')).toBe('郑州市 金水区');
    expect(regionName(regions, '410000')).toBe('河南省');
    expect(ownRegionName(regions, '410105')).toBe('金水区');
  });

  it('are codes where the register has no name', () => {
    expect(ownRegionName(regions, '420102')).toBe('湖北 420102');
    expect(ownRegionName(regions, '420000')).toBe('湖北');
    expect(regionPath(regions, '990101')).toBe('990101');
  });

  it('end for a region that lies in itself', () => {
    expect(regionPath(regions, '9').split(' ')).toHaveLength(8);
  });

  it('put counties into prefectures, and what stands alone by itself', () => {
    const area = areaWithin(regions);
    expect(['410105', '410100', '419001', '410000', '420102'].map(area)).toEqual(['410100', '410100', '419001', '410000', '420102']);
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
