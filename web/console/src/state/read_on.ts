// SPDX-License-Identifier: Apache-2.0
//
// Rows that come page by page: those that are there, and the next page when it is asked for.

import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { askServer, type Asked } from './ask_server';

export interface PageOf<Row> {
  rows: Row[];
  next: string | null;
}

export interface ReadOn<Row> {
  rows: ShallowRef<Row[]>;
  next: Ref<string | null>;
  asked: Asked<PageOf<Row>>;
}

// `page` reads what follows a cursor.
export function readOn<Row>(first: PageOf<Row>, page: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>): ReadOn<Row> {
  const rows = shallowRef(first.rows);
  const next = ref(first.next);
  const asked = askServer(async (signal) => {
    const more = await page(next.value ?? undefined, signal);
    rows.value = [...rows.value, ...more.rows];
    next.value = more.next;
    return more;
  });
  return { rows, next, asked };
}
