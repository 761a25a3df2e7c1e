// SPDX-License-Identifier: Apache-2.0
//
// Filter and sort of thousands of rows.

import type { Column, Order } from './column';

// Every word must be in some column; words are set apart by blanks.
export function filterRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], typed: string): readonly Row[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return rows;
  }
  return rows.filter((row) => {
    const text = columns.map((column) => column.text(row).toLowerCase()).join('\n');
    return words.every((word) => text.includes(word));
  });
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

// Comparing Chinese is slow, so every distinct text is compared once and rows by its rank.
function ranksOf(texts: readonly string[]): Map<string, number> {
  const distinct = [...new Set(texts)].sort(collator.compare);
  return new Map(distinct.map((text, rank) => [text, rank]));
}

export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null): readonly Row[] {
  const column = columns.find((candidate) => candidate.key === order?.key);
  if (!column || !order) {
    return rows;
  }
  const keys = rows.map((row) => (column.sort ?? column.text)(row));
  const texts = keys.filter((key) => typeof key === 'string');
  const ranks = texts.length > 0 ? ranksOf(texts) : null;
  const numbers = Float64Array.from(keys, (key) => (typeof key === 'number' ? key : (ranks?.get(key) ?? 0)));
  const places = Array.from(rows, (_, i) => i);
  const sign = order.isFalling ? -1 : 1;
  places.sort((a, b) => sign * (numbers[a]! - numbers[b]!) || a - b);
  return places.map((i) => rows[i]!);
}

export function nextOrder(order: Order | null, key: string): Order | null {
  if (order?.key !== key) {
    return { key, isFalling: false };
  }
  return order.isFalling ? null : { key, isFalling: true };
}
