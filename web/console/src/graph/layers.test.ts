// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { layOut, layOutLargest, rowsPerColumn, type LayoutOptions } from './layers';

const options: LayoutOptions = { boxWidth: 200, boxHeight: 60, gapX: 80, gapY: 15, aspect: 1.8 };

function layOutPairs(count: number, pairs: readonly (readonly [number, number])[]) {
  return layOut(
    count,
    Int32Array.from(pairs, ([from]) => from),
    Int32Array.from(pairs, ([, to]) => to),
    options,
  );
}

function expectNoOverlap(layout: ReturnType<typeof layOut>): void {
  const columns = new Map<number, number[]>();
  layout.x.forEach((x, v) => columns.set(x, [...(columns.get(x) ?? []), layout.y[v]!]));
  for (const places of columns.values()) {
    places.sort((a, b) => a - b);
    places.slice(1).forEach((place, i) => expect(place - places[i]!).toBeGreaterThanOrEqual(options.boxHeight));
  }
}

describe('layOut', () => {
  it('puts a box right of everything that leads to it', () => {
    const layout = layOutPairs(4, [[0, 1], [1, 2], [0, 2], [2, 3]]);
    expect([...layout.layer]).toEqual([0, 1, 2, 3]);
    expect(layout.x[3]).toBeGreaterThan(layout.x[2]!);
  });

  it('marks the line that closes a cycle and still places every box', () => {
    const layout = layOutPairs(3, [[0, 1], [1, 2], [2, 1]]);
    expect([...layout.isReturning]).toEqual([0, 0, 1]);
    expect([...layout.layer]).toEqual([0, 1, 2]);
  });

  it('survives a cycle that nothing leads into', () => {
    const layout = layOutPairs(2, [[0, 1], [1, 0]]);
    expect([...layout.isReturning].filter(Boolean)).toHaveLength(1);
  });

  it('keeps boxes of one column apart', () => {
    expectNoOverlap(layOutPairs(9, [[0, 1], [0, 2], [0, 3], [1, 4], [2, 4], [3, 5], [3, 6], [3, 7], [3, 8]]));
  });

  it('orders a layer by where its goods come from', () => {
    const layout = layOutPairs(6, [[0, 2], [0, 3], [1, 4], [1, 5]]);
    const isFirstAbove = layout.y[0]! < layout.y[1]!;
    expect(layout.y[2]! < layout.y[4]!).toBe(isFirstAbove);
    expect(layout.y[3]! < layout.y[5]!).toBe(isFirstAbove);
  });

  it('folds a tall layer into columns without overlap', () => {
    const pairs = Array.from({ length: 400 }, (_, i) => [0, i + 1] as const);
    const layout = layOutPairs(401, pairs);
    expect(new Set(layout.x).size).toBeGreaterThan(3);
    expectNoOverlap(layout);
    expect(layout.height).toBeLessThanOrEqual((rowsPerColumn(401, options) + 1) * 75);
  });

  it('lays out nothing', () => {
    expect(layOutPairs(0, [])).toMatchObject({ width: 0, height: 0 });
  });

  it('does not recurse: a chain of 20,000 is laid out', () => {
    const count = 20_000;
    const layout = layOutPairs(count, Array.from({ length: count - 1 }, (_, i) => [i, i + 1] as const));
    expect(layout.layer[count - 1]).toBe(count - 1);
  });
});

describe('layOutLargest', () => {
  const shown = (count: number, pairs: readonly (readonly [number, number])[], aspect: number): { zoom: number; layout: ReturnType<typeof layOut> } => {
    const from = Int32Array.from(pairs, ([one]) => one);
    const to = Int32Array.from(pairs, ([, other]) => other);
    const layout = layOutLargest(count, from, to, { ...options, aspect });
    return { zoom: Math.min(aspect / layout.width, 1 / layout.height), layout };
  };
  const star = (leaves: number) => Array.from({ length: leaves }, (_, i) => [0, i + 1] as const);

  it('folds a tall layer where the frame is wide, and not where it is tall', () => {
    expect(new Set(shown(17, star(16), 3).layout.x).size).toBeGreaterThan(3);
    expect(new Set(shown(13, star(12), 0.4).layout.x).size).toBe(2);
  });
  it('is never smaller than without trying, and keeps boxes apart', () => {
    const from = Int32Array.from(star(30), ([one]) => one);
    const to = Int32Array.from(star(30), ([, other]) => other);
    const plain = layOut(31, from, to, { ...options, aspect: 3 });
    const { zoom, layout } = shown(31, star(30), 3);
    expect(zoom).toBeGreaterThanOrEqual(Math.min(3 / plain.width, 1 / plain.height));
    expectNoOverlap(layout);
  });
});
