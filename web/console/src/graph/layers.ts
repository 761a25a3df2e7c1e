// SPDX-License-Identifier: Apache-2.0
//
// Our own layered layout: goods flow from left to right.
//
//   1. A depth-first walk marks the lines that close a cycle (returns, rework); they do not count below.
//   2. The layer of a box is the length of the longest way to it.
//   3. Two sweeps each way order every layer by the mean place of its neighbours.
//   4. A tall layer is folded into columns; the boxes of others move next to their neighbours.
//
// 1, 2 and 4 are O(V + E), 3 sorts layers: O(E + V log V). No limit on size, no recursion.

import { alignInOrder } from './align';

export interface LayoutOptions {
  boxWidth: number;
  boxHeight: number;
  gapX: number;
  gapY: number;
  // Width divided by height that a large picture should have.
  aspect: number;
}

export interface Layout {
  x: Float64Array;
  y: Float64Array;
  layer: Int32Array;
  // 1 where the line runs against the flow.
  isReturning: Uint8Array;
  width: number;
  height: number;
}

interface Neighbours {
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
}

// Compressed adjacency: the lines that leave box v are lines[starts[v] .. starts[v + 1]).
function neighboursOf(count: number, from: Int32Array, to: Int32Array): Neighbours {
  const starts = new Int32Array(count + 1);
  for (const v of from) {
    starts[v + 1]! += 1;
  }
  for (let v = 0; v < count; v += 1) {
    starts[v + 1]! += starts[v]!;
  }
  const next = starts.slice();
  const ends = new Int32Array(from.length);
  const lines = new Int32Array(from.length);
  from.forEach((v, line) => {
    const at = next[v]!;
    next[v] = at + 1;
    ends[at] = to[line]!;
    lines[at] = line;
  });
  return { starts, ends, lines };
}

const mark = { fresh: 0, open: 1, done: 2 } as const;

function findReturning(count: number, out: Neighbours, roots: Iterable<number>): Uint8Array {
  const isReturning = new Uint8Array(out.lines.length);
  const marks = new Uint8Array(count);
  const next = out.starts.slice(0, count);
  const stack: number[] = [];
  for (const root of roots) {
    if (marks[root] !== mark.fresh) {
      continue;
    }
    stack.push(root);
    marks[root] = mark.open;
    while (stack.length > 0) {
      const v = stack[stack.length - 1]!;
      const at = next[v]!;
      if (at === out.starts[v + 1]) {
        marks[v] = mark.done;
        stack.pop();
        continue;
      }
      next[v] = at + 1;
      const w = out.ends[at]!;
      if (marks[w] === mark.open) {
        isReturning[out.lines[at]!] = 1;
      } else if (marks[w] === mark.fresh) {
        marks[w] = mark.open;
        stack.push(w);
      }
    }
  }
  return isReturning;
}

// Boxes without an incoming line first, so that cycles are cut where goods came from last.
function rootsFirst(count: number, to: Int32Array): number[] {
  const hasIncoming = new Uint8Array(count);
  for (const v of to) {
    hasIncoming[v] = 1;
  }
  const all = Array.from({ length: count }, (_, v) => v);
  return [...all.filter((v) => !hasIncoming[v]), ...all.filter((v) => hasIncoming[v])];
}

function longestWays(count: number, out: Neighbours, isReturning: Uint8Array): Int32Array {
  const waiting = new Int32Array(count);
  for (let at = 0; at < out.ends.length; at += 1) {
    if (!isReturning[out.lines[at]!]) {
      waiting[out.ends[at]!]! += 1;
    }
  }
  const layer = new Int32Array(count);
  const queue: number[] = [];
  for (let v = 0; v < count; v += 1) {
    if (waiting[v] === 0) {
      queue.push(v);
    }
  }
  for (let head = 0; head < queue.length; head += 1) {
    const v = queue[head]!;
    for (let at = out.starts[v]!; at < out.starts[v + 1]!; at += 1) {
      if (isReturning[out.lines[at]!]) {
        continue;
      }
      const w = out.ends[at]!;
      layer[w] = Math.max(layer[w]!, layer[v]! + 1);
      waiting[w]! -= 1;
      if (waiting[w] === 0) {
        queue.push(w);
      }
    }
  }
  return layer;
}

function meanOf(values: Float64Array, near: Neighbours, v: number, layer: Int32Array, isBefore: boolean): number {
  let sum = 0;
  let count = 0;
  for (let at = near.starts[v]!; at < near.starts[v + 1]!; at += 1) {
    const w = near.ends[at]!;
    if (layer[w] !== layer[v] && layer[w]! < layer[v]! === isBefore) {
      sum += values[w]!;
      count += 1;
    }
  }
  return count === 0 ? values[v]! : sum / count;
}

// The share of its layer that lies above a box, so that short and tall layers compare.
function writePlaces(place: Float64Array, members: readonly number[]): void {
  members.forEach((v, i) => {
    place[v] = (i + 0.5) / members.length;
  });
}

function orderLayers(layers: number[][], layer: Int32Array, out: Neighbours, into: Neighbours): void {
  const place = new Float64Array(layer.length);
  const wanted = new Float64Array(layer.length);
  layers.forEach((members) => writePlaces(place, members));
  const sweep = (members: number[], near: Neighbours, isBefore: boolean): void => {
    for (const v of members) {
      wanted[v] = meanOf(place, near, v, layer, isBefore);
    }
    members.sort((a, b) => wanted[a]! - wanted[b]! || place[a]! - place[b]!);
    writePlaces(place, members);
  };
  for (let round = 0; round < 2; round += 1) {
    layers.forEach((members) => sweep(members, into, true));
    for (let i = layers.length - 1; i >= 0; i -= 1) {
      sweep(layers[i]!, out, false);
    }
  }
  layers.forEach((members) => sweep(members, into, true));
}

// Boxes to a column so that the whole picture has about the wanted shape.
export function rowsPerColumn(count: number, options: LayoutOptions): number {
  const cell = (options.boxWidth + options.gapX) / (options.boxHeight + options.gapY);
  return Math.max(9, Math.ceil(Math.sqrt((count * cell) / options.aspect)));
}

// Columns of one folded layer stand closer than layers, between which lines need room.
const foldGap = 0.4;

// A layer taller than `rows` becomes several columns. Every second one is lower by half a box, so that
// lines to it show between the boxes before it.
function placeColumns(layers: number[][], rows: number, options: LayoutOptions, x: Float64Array, y: Float64Array): void {
  const stepX = options.boxWidth + options.gapX * foldGap;
  const stepY = options.boxHeight + options.gapY;
  let left = 0;
  for (const members of layers) {
    const columns = Math.ceil(members.length / rows);
    const perColumn = Math.ceil(members.length / columns);
    members.forEach((v, i) => {
      const column = Math.floor(i / perColumn);
      x[v] = left + column * stepX;
      y[v] = ((i % perColumn) - (perColumn - 1) / 2 + (column % 2) / 2) * stepY;
    });
    left += (columns - 1) * stepX + options.boxWidth + options.gapX;
  }
}

// Layers of one column move next to their neighbours; folded ones stay where they are.
function alignColumns(layers: number[][], rows: number, layer: Int32Array, out: Neighbours, into: Neighbours, step: number, y: Float64Array): void {
  const align = (members: number[], near: Neighbours, isBefore: boolean): void => {
    if (members.length > rows) {
      return;
    }
    const aligned = alignInOrder(
      members.map((v) => meanOf(y, near, v, layer, isBefore)),
      step,
    );
    members.forEach((v, i) => {
      y[v] = aligned[i]!;
    });
  };
  for (let round = 0; round < 3; round += 1) {
    for (let i = layers.length - 2; i >= 0; i -= 1) {
      align(layers[i]!, out, false);
    }
    for (let i = 1; i < layers.length; i += 1) {
      align(layers[i]!, into, true);
    }
  }
}

function shiftToOrigin(values: Float64Array, size: number): number {
  if (values.length === 0) {
    return 0;
  }
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  for (let i = 0; i < values.length; i += 1) {
    values[i]! -= least;
  }
  return most - least + size;
}

// Tries every height of a column and takes the one that can be shown largest, and of equals the one that
// folds least: for pictures so small that trying costs nothing.
const tryMost = 300;
const rowsLeast = 4;
const rowsMost = 14;
// A fold hides which layer a box is of; it must be worth it.
const foldGain = 1.06;

export function layOutLargest(count: number, from: Int32Array, to: Int32Array, options: LayoutOptions): Layout {
  if (count > tryMost) {
    return layOut(count, from, to, options);
  }
  const zoomOf = (layout: Layout): number => Math.min(options.aspect / Math.max(1, layout.width), 1 / Math.max(1, layout.height));
  let best = layOut(count, from, to, options, rowsMost);
  for (let rows = rowsMost - 1; rows >= rowsLeast; rows -= 1) {
    const layout = layOut(count, from, to, options, rows);
    if (zoomOf(layout) > zoomOf(best) * foldGain) {
      best = layout;
    }
  }
  return best;
}

export function layOut(count: number, from: Int32Array, to: Int32Array, options: LayoutOptions, rows = rowsPerColumn(count, options)): Layout {
  const out = neighboursOf(count, from, to);
  const into = neighboursOf(count, to, from);
  const isReturning = findReturning(count, out, rootsFirst(count, to));
  const layer = longestWays(count, out, isReturning);
  const layers: number[][] = [];
  for (let v = 0; v < count; v += 1) {
    (layers[layer[v]!] ??= []).push(v);
  }
  orderLayers(layers, layer, out, into);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  placeColumns(layers, rows, options, x, y);
  alignColumns(layers, rows, layer, out, into, options.boxHeight + options.gapY, y);
  return {
    x,
    y,
    layer,
    isReturning,
    width: shiftToOrigin(x, options.boxWidth),
    height: shiftToOrigin(y, options.boxHeight),
  };
}
