// SPDX-License-Identifier: Apache-2.0
//
// Which boxes lie in a rectangle, without looking at all of them.

import type { Box2 } from './camera';

export interface Grid {
  inside(area: Box2): number[];
  at(x: number, y: number): number | null;
}

export function makeGrid(x: Float64Array, y: Float64Array, boxWidth: number, boxHeight: number): Grid {
  const cell = Math.max(boxWidth, boxHeight) * 2;
  const cells = new Map<number, number[]>();
  // A prime above any number of rows keeps cells of other columns apart.
  const keyOf = (column: number, row: number): number => column * 1_000_003 + row;
  let columns = 0;
  let rows = 0;
  for (let v = 0; v < x.length; v += 1) {
    const column = Math.floor(x[v]! / cell);
    const row = Math.floor(y[v]! / cell);
    columns = Math.max(columns, column);
    rows = Math.max(rows, row);
    const key = keyOf(column, row);
    const members = cells.get(key);
    if (members) {
      members.push(v);
    } else {
      cells.set(key, [v]);
    }
  }
  const overlaps = (v: number, area: Box2): boolean =>
    x[v]! <= area.right && x[v]! + boxWidth >= area.left && y[v]! <= area.bottom && y[v]! + boxHeight >= area.top;
  const inside = (area: Box2): number[] => {
    const found: number[] = [];
    const firstColumn = Math.max(0, Math.floor((area.left - boxWidth) / cell));
    const firstRow = Math.max(0, Math.floor((area.top - boxHeight) / cell));
    const lastColumn = Math.min(columns, Math.floor(area.right / cell));
    const lastRow = Math.min(rows, Math.floor(area.bottom / cell));
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      for (let row = firstRow; row <= lastRow; row += 1) {
        for (const v of cells.get(keyOf(column, row)) ?? []) {
          if (overlaps(v, area)) {
            found.push(v);
          }
        }
      }
    }
    return found;
  };
  return {
    inside,
    at: (px, py) => inside({ left: px, right: px, top: py, bottom: py })[0] ?? null,
  };
}
