// SPDX-License-Identifier: Apache-2.0
//
// The last few codes that were traced in this browser.

import { reactive } from 'vue';

export interface RecentQuery {
  text: string;
  name: string | null;
}

const kept = 'recent';
const most = 6;

function isQuery(entry: unknown): entry is RecentQuery {
  return typeof entry === 'object' && entry !== null && 'text' in entry && typeof entry.text === 'string';
}

function read(): RecentQuery[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(kept) ?? '[]');
    return Array.isArray(list) ? list.filter(isQuery).slice(0, most) : [];
  } catch {
    return [];
  }
}

export const recent = reactive<{ queries: RecentQuery[] }>({ queries: read() });

export function withQuery(queries: readonly RecentQuery[], query: RecentQuery): RecentQuery[] {
  return [query, ...queries.filter((other) => other.text !== query.text)].slice(0, most);
}

export function rememberQuery(text: string, name: string | null): void {
  if (!text) {
    return;
  }
  recent.queries = withQuery(recent.queries, { text, name });
  try {
    localStorage.setItem(kept, JSON.stringify(recent.queries));
  } catch {
    return;
  }
}
