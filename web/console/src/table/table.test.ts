// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { Column } from './column';
import { csvCell, csvOf } from './csv';
import { printed } from './printed';
import { filterRows, nextOrder, sortRows } from './rows';
import { linesOf, topsOf, windowOf } from './window';

interface Row {
  name: string;
  amount: number;
}

const columns: Column<Row>[] = [
  { key: 'name', title: '名称', text: (row) => row.name, width: 1 },
  { key: 'amount', title: '数量', hint: '公斤', text: (row) => `${row.amount} 公斤`, sort: (row) => row.amount, width: 1 },
];
const rows: Row[] = [
  { name: '摊位 10', amount: 9 },
  { name: '冷库', amount: 100 },
  { name: '摊位 2', amount: 20 },
];
const names = (list: readonly Row[]): string[] => list.map((row) => row.name);

describe('filterRows', () => {
  it('wants every word, in whichever column', () => {
    expect(names(filterRows(rows, columns, '摊位 20'))).toEqual(['摊位 2']);
  });
  it('gives all rows for blanks', () => {
    expect(filterRows(rows, columns, '  ')).toBe(rows);
  });
});

describe('sortRows', () => {
  it('sorts text as Chinese readers do, numbers in names by value', () => {
    expect(names(sortRows(rows, columns, { key: 'name', isFalling: false }))).toEqual(['冷库', '摊位 2', '摊位 10']);
  });
  it('sorts by the number behind the text', () => {
    expect(names(sortRows(rows, columns, { key: 'amount', isFalling: true }))).toEqual(['冷库', '摊位 2', '摊位 10']);
  });
  it('keeps the order of equals', () => {
    const equal = rows.map((row) => ({ ...row, amount: 1 }));
    expect(names(sortRows(equal, columns, { key: 'amount', isFalling: true }))).toEqual(names(equal));
  });
});

it('turns rising, falling and unsorted in a circle', () => {
  const rising = nextOrder(null, 'name');
  const falling = nextOrder(rising, 'name');
  expect([rising, falling, nextOrder(falling, 'name')]).toEqual([{ key: 'name', isFalling: false }, { key: 'name', isFalling: true }, null]);
});

describe('csv', () => {
  it.each([
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['=1+1', "'=1+1"],
    ['@cmd', "'@cmd"],
    ['-12.5', '-12.5'],
    ['-rm', "'-rm"],
  ])('writes %s', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
  it('starts with the mark of UTF-8 and names the columns', () => {
    expect(csvOf(columns, rows.slice(0, 1))).toBe('\ufeff名称,数量 (公斤)\r\n摊位 10,9 公斤\r\n');
  });
});

it('prints heads and cells', () => {
  expect(printed('表', columns, rows)).toMatchObject({ heads: ['名称', '数量 (公斤)'], total: 3 });
});

describe('windowOf', () => {
  const even = (count: number): Float64Array => topsOf(count, () => 44);

  it('holds what is in sight and some rows beyond', () => {
    expect(windowOf(4400, 440, even(20_000))).toEqual({ first: 92, end: 119 });
  });
  it('stays within a short list', () => {
    expect(windowOf(0, 600, even(3))).toEqual({ first: 0, end: 3 });
    expect(windowOf(9999, 600, even(3))).toEqual({ first: 0, end: 3 });
    expect(windowOf(9999, 600, even(0))).toEqual({ first: 0, end: 0 });
  });
  it('finds rows of different heights', () => {
    const tops = topsOf(100, (row) => (row % 2 ? 100 : 20));
    expect([...tops.slice(0, 4)]).toEqual([0, 20, 120, 140]);
    // Row 50 begins at 3,000.
    expect(windowOf(3000, 20, tops)).toEqual({ first: 42, end: 60 });
  });
});

describe('linesOf', () => {
  it('gives one line to what fits', () => {
    expect(linesOf('', 10)).toBe(1);
    expect(linesOf('北郊农产品批发市场', 10)).toBe(1);
  });
  it('counts the lines of a long Chinese name', () => {
    expect(linesOf('特别长的名称用来看版面会不会被撑破的国际食品', 10)).toBe(3);
  });
  it('keeps words whole and breaks those that fit no line', () => {
    expect(linesOf('2026-03-04 05:24 · shipping · DN-20260304-204', 14)).toBe(3);
    expect(linesOf('x'.repeat(60), 10)).toBe(4);
  });
});
