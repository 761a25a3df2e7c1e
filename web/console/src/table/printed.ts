// SPDX-License-Identifier: Apache-2.0

import { headOf, type Column } from './column';

export interface PrintedTable {
  title: string;
  heads: string[];
  rows: string[][];
  total: number;
}

// Some forty pages; whoever needs more rows wants the file.
const rowsMost = 2000;

export function printed<Row>(title: string, columns: readonly Column<Row>[], rows: readonly Row[]): PrintedTable {
  return {
    title,
    heads: columns.map(headOf),
    rows: rows.slice(0, rowsMost).map((row) => columns.map((column) => column.text(row))),
    total: rows.length,
  };
}
