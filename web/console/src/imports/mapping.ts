// SPDX-License-Identifier: Apache-2.0
//
// Which column of a file is which column of a sheet; null: it is left out.

import type { ImportPreview, RowProblem, Sheet, SheetColumn } from '../api/types';

export type Mapping = (string | null)[];

export function missingColumns(sheet: Sheet, mapping: Mapping): SheetColumn[] {
  return sheet.columns.filter((column) => column.is_required && !mapping.includes(column.key));
}

// A column of a sheet is in one column of the file: who had it gives it up.
export function withChoice(mapping: Mapping, at: number, column: string | null): Mapping {
  return mapping.map((other, i) => (i === at ? column : other === column ? null : other));
}

// The sheet's column of goods' owners, if the file has none and each row would need one.
export function missingOperator(sheet: Sheet, mapping: Mapping): SheetColumn | null {
  const operator = sheet.columns.find((column) => column.key === 'operator');
  const isOfGoods = sheet.columns.some((column) => column.key === 'quantity');
  return operator && isOfGoods && !mapping.includes(operator.key) ? operator : null;
}

export const samplesOf = (preview: ImportPreview, at: number, most: number): string[] =>
  preview.rows.map((row) => row[at]?.trim() ?? '').filter(Boolean).slice(0, most);

// A workbook of three worksheets, whose columns are fixed: it is read as a whole.
export const isChain = (sheet: string | null): boolean => sheet === 'foodchain-lab';

// Titles are the first row of a table, the first two of a worksheet of deliveries.
const firstRowOf = (preview: ImportPreview): number => (isChain(preview.sheet) ? 3 : 2);

// What the user said about the file's titles. A column that was never anything and that nobody touched is
// left to the server, which tells that it was not read; unless a column of the sheet is free, which the
// server would look for again.
export function choicesOf(preview: ImportPreview, mapping: Mapping, touched: ReadonlySet<number>): { title: string; column: string | null }[] {
  const guessed = preview.columns.map((column) => column.column);
  const isFree = guessed.some((column) => column !== null && !mapping.includes(column));
  const isSaid = (at: number): boolean => preview.is_remembered || isFree || touched.has(at) || (mapping[at] ?? guessed[at] ?? null) !== null;
  return preview.titles.map((title, at) => ({ title, column: mapping[at] ?? null })).filter((column, at) => column.title && isSaid(at));
}

export const leftOut = (preview: ImportPreview, mapping: Mapping): string[] => preview.titles.filter((title, at) => title && !mapping[at]);

// Of a worksheet of deliveries: the goods' own code where it says one, else the delivery's number.
export const chainMapping = (titles: readonly string[]): Mapping =>
  titles.map((title) => ({ 'Item code': 'code', DeliveryID: 'lot' })[title] ?? null);

// What of the first rows a trace may be asked for: trace codes, else lots, of rows without faults.
export function tracesOf(preview: ImportPreview, mapping: Mapping, problems: readonly RowProblem[], most: number): string[] {
  const bad = new Set(problems.filter((problem) => !problem.worksheet || problem.worksheet === preview.worksheet).map((problem) => problem.row));
  const firstRow = firstRowOf(preview);
  const places = ['code', 'lot'].map((key) => mapping.indexOf(key));
  const codes = preview.rows.filter((_, i) => !bad.has(i + firstRow)).map((row) => places.map((at) => row[at]?.trim()).find(Boolean) ?? '');
  return [...new Set(codes.filter(Boolean))].slice(0, most);
}
