// SPDX-License-Identifier: Apache-2.0
//
// Look-ups into an answer that every view shares, built once per answer in O(positions + moves).

import type { Answer, Half, Move, ReachedPosition, Region } from '../api/types';

export interface PositionRow {
  id: string;
  half: Half;
  position: ReachedPosition;
  isViolation: boolean;
}

export interface AnswerIndex {
  rows: PositionRow[];
  byId: Map<string, PositionRow>;
  moves: Record<Half, Map<number, Move>>;
  incoming: Record<Half, Map<string, Move[]>>;
  outgoing: Record<Half, Map<string, Move[]>>;
  counts: {
    operators: Map<string, number>;
    sites: Map<string, number>;
  };
  regions: Map<string, Region>;
}

export const rowId = (half: Half, key: string): string => `${half}:${key}`;

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

function count(map: Map<string, number>, key: string | undefined): void {
  if (key) {
    map.set(key, (map.get(key) ?? 0) + 1);
  }
}

export function indexAnswer(answer: Answer): AnswerIndex {
  const index: AnswerIndex = {
    rows: [],
    byId: new Map(),
    moves: { back: new Map(), forward: new Map() },
    incoming: { back: new Map(), forward: new Map() },
    outgoing: { back: new Map(), forward: new Map() },
    counts: { operators: new Map(), sites: new Map() },
    regions: new Map(answer.regions.map((region) => [region.code, region])),
  };
  const violating = new Set(answer.violations.map((violation) => violation.position.key));
  for (const half of ['forward', 'back'] as const) {
    for (const position of answer.parts[half]?.positions ?? []) {
      const row: PositionRow = { id: rowId(half, position.key), half, position, isViolation: violating.has(position.key) };
      index.rows.push(row);
      index.byId.set(row.id, row);
      count(index.counts.operators, position.owner?.code);
      count(index.counts.sites, position.site?.code);
    }
    for (const move of answer.parts[half]?.moves ?? []) {
      index.moves[half].set(move.number, move);
      push(index.outgoing[half], move.from.key, move);
      push(index.incoming[half], move.to.key, move);
    }
  }
  return index;
}

// The keys on the way from the seed to a position, the position first; short where pages are missing.
export function wayTo(index: AnswerIndex, row: PositionRow): string[] {
  const keys = [row.position.key];
  let at: PositionRow | undefined = row;
  while (at && at.position.explained_by !== null) {
    const move = index.moves[row.half].get(at.position.explained_by);
    const before = row.half === 'forward' ? move?.from.key : move?.to.key;
    // A way is never longer than the list; the bound holds even for data that contradicts itself.
    if (!before || keys.length > index.rows.length) {
      break;
    }
    keys.push(before);
    at = index.byId.get(rowId(row.half, before));
  }
  return keys;
}
