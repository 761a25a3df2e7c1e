// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { fitText } from './label';

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
