// SPDX-License-Identifier: Apache-2.0
//
// A flow that has its places: what the painter draws and the pointer hits.

import type { Flow } from './flow';
import { makeGrid, type Grid } from './grid';
import { layOutLargest, type Layout } from './layers';

export interface BoxText {
  title: string;
  detail: string;
  amount: string;
  // Without its status, for where room is short.
  shortAmount: string;
  badges: string[];
}

export interface Scene {
  flow: Flow;
  layout: Layout;
  grid: Grid;
  boxWidth: number;
  boxHeight: number;
  textOf: (box: number) => BoxText;
}

export function makeScene(flow: Flow, scale: number, aspect: number, gap: number, textOf: (box: number) => BoxText): Scene {
  const boxWidth = Math.round(212 * scale);
  const boxHeight = Math.round(68 * scale);
  const from = Int32Array.from(flow.lines, (line) => line.from);
  const to = Int32Array.from(flow.lines, (line) => line.to);
  const layout = layOutLargest(flow.boxes.length, from, to, { boxWidth, boxHeight, gapX: gap * scale, gapY: 14 * scale, aspect });
  const known: BoxText[] = [];
  return {
    flow,
    layout,
    grid: makeGrid(layout.x, layout.y, boxWidth, boxHeight),
    boxWidth,
    boxHeight,
    // Words are made when a box first comes into sight.
    textOf: (box) => (known[box] ??= textOf(box)),
  };
}
