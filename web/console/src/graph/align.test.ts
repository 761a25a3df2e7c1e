// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { alignInOrder } from './align';

it('leaves places that are far enough apart', () => {
  expect(alignInOrder([0, 20, 50], 10)).toEqual([0, 20, 50]);
});

it('spreads places that coincide around their middle', () => {
  expect(alignInOrder([10, 10, 10], 10)).toEqual([0, 10, 20]);
});

it('keeps the order even where the wanted places are the other way round', () => {
  expect(alignInOrder([30, 0], 10)).toEqual([10, 20]);
});
