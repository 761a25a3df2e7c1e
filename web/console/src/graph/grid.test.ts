// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { makeGrid } from './grid';

const grid = makeGrid(Float64Array.of(0, 500, 0, 5000), Float64Array.of(0, 0, 700, 5000), 200, 60);

it('finds the boxes that a rectangle touches, and no others', () => {
  expect(grid.inside({ left: 150, top: 10, right: 520, bottom: 30 }).sort()).toEqual([0, 1]);
  expect(grid.inside({ left: -100, top: -100, right: 9000, bottom: 9000 })).toHaveLength(4);
  expect(grid.inside({ left: 210, top: 0, right: 490, bottom: 900 })).toEqual([]);
});

it('finds the box under a point', () => {
  expect(grid.at(50, 720)).toBe(2);
  expect(grid.at(250, 720)).toBeNull();
});
