// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { breakText, fitText } from './label';

const tenEach = (text: string): number => text.length * 10;

it('leaves what fits', () => {
  expect(fitText('冷库', 20, tenEach)).toBe('冷库');
});

it('cuts a long name with an ellipsis', () => {
  expect(fitText('北郊农产品批发市场', 50, tenEach)).toBe('北郊农产…');
});

it('survives no room at all', () => {
  expect(fitText('冷库', 0, tenEach)).toBe('…');
});

it('breaks a long name over two lines, between words where there are any', () => {
  expect(breakText('冷库', 20, tenEach)).toEqual(['冷库', '']);
  expect(breakText('北郊农产品批发市场', 50, tenEach)).toEqual(['北郊农产品', '批发市场']);
  expect(breakText('Northern wholesale market', 120, tenEach)).toEqual(['Northern', 'wholesale market']);
  expect(breakText('Wholesalemarket', 50, tenEach)).toEqual(['Whole', 'salemarket']);
  expect(breakText('冷库', 0, tenEach)).toEqual(['冷', '库']);
});
