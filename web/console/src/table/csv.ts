// SPDX-License-Identifier: Apache-2.0
//
// RFC 4180 with the mark that makes spreadsheet programs read UTF-8.

import { headOf, type Column } from './column';

const byteOrderMark = '\ufeff';

// A cell that starts like a formula would be run by a spreadsheet program; numbers stay numbers.
function disarmed(text: string): string {
  const startsFormula = /^[=+\-@\t\r]/.test(text);
  return startsFormula && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text;
}

export function csvCell(text: string): string {
  const safe = disarmed(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => csvCell(headOf(column))).join(',')];
  for (const row of rows) {
    lines.push(columns.map((column) => csvCell(column.text(row))).join(','));
  }
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`;
}
