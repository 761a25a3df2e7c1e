// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { ImportPreview, Sheet } from '../api/types';
import { chainMapping, choicesOf, leftOut, missingColumns, missingOperator, samplesOf, tracesOf, withChoice } from './mapping';

const column = (key: string, isRequired = false) => ({ key, zh: key, en: key, is_required: isRequired });
const inbound: Sheet = { key: 'inbound', zh: '进货', en: 'inbound', columns: [column('time', true), column('operator'), column('code'), column('lot'), column('quantity', true)] };
const products: Sheet = { key: 'products', zh: '产品', en: 'products', columns: [column('gtin', true), column('name', true)] };
const preview: ImportPreview = {
  format: 'csv',
  encoding: 'utf-8',
  worksheets: [],
  worksheet: null,
  titles: ['日期', '批号', '数量'],
  rows: [['2026-03-01', 'A1', '1'], ['2026-03-01', 'A2', 'x'], ['2026-03-02', '', '3'], ['2026-03-02', 'A1', '4'], ['2026-03-03', 'A3', '5']],
  sheet: 'inbound',
  columns: [],
  titles_row: 1,
  is_remembered: false,
  problem: null,
};

describe('missingColumns', () => {
  it('names the required ones that no column of the file is', () => {
    expect(missingColumns(inbound, ['time', null, 'lot']).map((one) => one.key)).toEqual(['quantity']);
    expect(missingColumns(inbound, ['quantity', 'time'])).toEqual([]);
  });
});

describe('missingOperator', () => {
  it('is asked of goods whose rows do not say whose they are', () => {
    expect(missingOperator(inbound, ['time', 'quantity'])?.key).toBe('operator');
    expect(missingOperator(inbound, ['operator'])).toBeNull();
  });
  it('is not asked of registers', () => {
    expect(missingOperator(products, ['gtin', 'name'])).toBeNull();
  });
});

describe('withChoice', () => {
  it('takes the column from who had it', () => {
    expect(withChoice(['time', 'lot', null], 2, 'lot')).toEqual(['time', null, 'lot']);
  });
  it('leaves out without touching others that are left out', () => {
    expect(withChoice(['time', null, 'lot'], 0, null)).toEqual([null, null, 'lot']);
  });
});

it('shows values, not gaps, as samples', () => {
  expect(samplesOf(preview, 1, 3)).toEqual(['A1', 'A2', 'A1']);
});

describe('tracesOf', () => {
  const problem = { worksheet: null, row: 3, column: '数量', value: 'x', zh: '', en: '' };
  it('takes each lot once, of rows that were right', () => {
    expect(tracesOf(preview, ['time', 'lot', 'quantity'], [problem], 3)).toEqual(['A1', 'A3']);
  });
  it('prefers the code of a row to its lot', () => {
    const rows = [['urn:x:1', 'A1', '1'], ['', 'A2', '1']];
    expect(tracesOf({ ...preview, rows }, ['code', 'lot', 'quantity'], [], 3)).toEqual(['urn:x:1', 'A2']);
  });
  it('asks for the goods of a delivery by their code, else by its number', () => {
    const titles = ['DeliveryID', 'Station', 'Item code'];
    expect(tracesOf({ ...preview, rows: [['D1', '', 'urn:x:1'], ['D2', '', '']] }, chainMapping(titles), [], 3)).toEqual(['urn:x:1', 'D2']);
  });
  it('has nothing to offer where no column tells codes or lots', () => {
    expect(tracesOf(preview, ['time', null, 'quantity'], [], 3)).toEqual([]);
  });
});

describe('choicesOf', () => {
  const titles = ['日期', '批号', '备注', ''];
  const guessed = (...columns: (string | null)[]): ImportPreview => ({ ...preview, titles, columns: titles.map((title, i) => ({ title, column: columns[i] ?? null })) });
  const said = (asked: ImportPreview, mapping: (string | null)[], ...touched: number[]) =>
    Object.fromEntries(choicesOf(asked, mapping, new Set(touched)).map(({ title, column }) => [title, column]));

  it('leaves a column that nobody knows and nobody touched to the server', () => {
    expect(said(guessed('time', 'lot'), ['time', 'lot', null, null])).toEqual({ 日期: 'time', 批号: 'lot' });
  });
  it('says that a column is none if the user did', () => {
    expect(said(guessed('time', 'lot'), ['time', 'lot', null, null], 2)).toEqual({ 日期: 'time', 批号: 'lot', 备注: null });
  });
  it('says all once a column of the sheet is free, lest it be found elsewhere', () => {
    expect(said(guessed('time', 'lot'), ['time', null, null, null], 1)).toEqual({ 日期: 'time', 批号: null, 备注: null });
  });
  it('says what was left out the last time again', () => {
    expect(said({ ...guessed('time', 'lot'), is_remembered: true }, ['time', 'lot', null, null])).toEqual({ 日期: 'time', 批号: 'lot', 备注: null });
  });
});

it('lists titles that stay out', () => {
  expect(leftOut({ ...preview, titles: ['日期', '', '备注'] }, ['time', null, null])).toEqual(['备注']);
});
