// SPDX-License-Identifier: Apache-2.0
//
// Small answers for tests.

import type { Answer, Balance, Move, Position, ReachedPosition } from '../api/types';

export const noBalance: Balance = {
  unit: 'KGM',
  created: '0',
  produced: '0',
  received: '0',
  shipped: '0',
  in_transit: '0',
  sold: '0',
  used: '0',
  destroyed: '0',
  left: '0',
  on_hand: '0',
  unexplained: '0',
};

export function madePosition(key: string, over: Partial<ReachedPosition> = {}): ReachedPosition {
  return {
    key,
    item: { code: 'urn:x:A1', kind: 'lot', name: '牛腩', gtin: null, lot: 'A1', serial: null },
    owner: { code: `owner-${key}`, name: `主体 ${key}`, is_stub: false },
    site: { code: `site-${key}`, name: `场所 ${key}`, is_stub: false },
    region: null,
    possible: '2026-03-02T00:00:00Z',
    certain: '2026-03-02T00:00:00Z',
    is_certain: true,
    is_seed: false,
    hops: 0,
    explained_by: null,
    beyond: null,
    status: 'on_hand',
    is_blocked: false,
    balances: [],
    ...over,
  };
}

export function madeMove(number: number, from: Position, to: Position): Move {
  const at = { first: '2026-03-02T00:00:00Z', last: '2026-03-02T00:00:00Z' };
  return {
    number,
    kind: 'shipment',
    from,
    to,
    leave: at,
    arrive: at,
    quantity: null,
    carrier: null,
    is_certain: true,
    is_skewed: false,
    is_in_transit: false,
    is_all_to_all: false,
    is_timeless: false,
    events: [],
  };
}

export function madeAnswer(positions: ReachedPosition[], moves: Move[], next: string | null = null): Answer {
  const count = positions.length;
  return {
    text: 'A1',
    seed: { kind: 'lot', code: 'urn:x:A1', name: '牛腩', has_events: true },
    other_readings: [],
    question: { direction: 'forward', owner: null, site: null, from: null, to: null, as_of: null, escalate: false },
    cut_off: null,
    digest: '',
    seconds: 0,
    totals: { positions: count, back_positions: 0, forward_positions: count, moves: moves.length, sources: 0, operators: 0, sites: 0, vehicles: 0, people: 0, open_ends: 0, violations: 0 },
    balances: [],
    page: { first: 0, positions: count, rows: count, cursor: '', next },
    parts: { back: null, forward: { positions, moves } },
    sources: [],
    regions: [],
    operators: [],
    sites: [],
    vehicles: [],
    people: [],
    open_ends: [],
    violations: [],
  };
}
