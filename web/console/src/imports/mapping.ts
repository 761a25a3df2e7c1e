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

// What of the first rows a trace may be asked for: trace codes, else lots, of rows without faults.
export function tracesOf(preview: ImportPreview, mapping: Mapping, problems: readonly RowProblem[], most: number): string[] {
  const bad = new Set(problems.filter((problem) => !problem.worksheet || problem.worksheet === preview.worksheet).map((problem) => problem.row));
  const firstRow = firstRowOf(preview);
  const at = ['code', 'lot'].map((key) => mapping.indexOf(key)).find((place) => place >= 0);
  if (at === undefined) {
    return [];
  }
  const codes = preview.rows.filter((_, i) => !bad.has(i + firstRow)).map((row) => row[at]?.trim() ?? '');
  return [...new Set(codes.filter(Boolean))].slice(0, most);
}
