// SPDX-License-Identifier: Apache-2.0
//
// The last few codes that were traced in this browser by whoever uses it.

import { reactive } from 'vue';

export interface RecentQuery {
  text: string;
  name: string | null;
}

let kept = 'recent';
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

// Nobody sees what another account looked for.
export function recallQueriesOf(account: string): void {
  kept = account ? `recent ${account}` : 'recent';
  recent.queries = read();
}

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
