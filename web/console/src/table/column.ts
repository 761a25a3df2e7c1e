// SPDX-License-Identifier: Apache-2.0

export interface Column<Row> {
  key: string;
  title: string;
  // Said beside the title where there is room, as the zone of moments.
  hint?: string;
  // What is read, filtered and exported.
  text: (row: Row) => string;
  // What is sorted, where it differs from the text.
  sort?: (row: Row) => string | number;
  // Share of the width that is left, beside other columns.
  width: number;
  isNumber?: boolean;
  // On a phone the first column is the headline of a card; these follow it.
  isOnPhone?: boolean;
  // Seen only where there is room; found and exported everywhere.
  isWide?: boolean;
}

export interface Order {
  key: string;
  isFalling: boolean;
}

export const headOf = <Row>(column: Column<Row>): string => (column.hint ? `${column.title} (${column.hint})` : column.title);
