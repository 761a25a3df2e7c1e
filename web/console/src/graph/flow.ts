// SPDX-License-Identifier: Apache-2.0
//
// The answer as boxes and lines: one box per position, or per operator, site, region or hop.

import type { MoveKind, StockStatus } from '../api/types';
import { addAmounts } from '../format/amount';
import type { AnswerIndex, PositionRow } from '../trace/answer_index';

export type Grouping = 'none' | 'operator' | 'site' | 'region' | 'hop';
export const groupings: readonly Grouping[] = ['none', 'operator', 'site', 'region', 'hop'];

// More boxes than this are grouped by operator until the user says otherwise.
export const boxesBeforeGrouping = 300;

export interface Box {
  id: string;
  // The group that it stands for, null for a single position.
  group: string | null;
  rows: PositionRow[];
  status: StockStatus;
  blocked: number;
  violations: number;
  isSeed: boolean;
  isCertain: boolean;
  onHand: { amount: string; unit: string | null }[];
}

export interface Line {
  from: number;
  to: number;
  kind: MoveKind;
  isCertain: boolean;
  count: number;
}

export interface Flow {
  boxes: Box[];
  lines: Line[];
}

export type GroupOf = (row: PositionRow) => string;

export function groupOf(grouping: Grouping): GroupOf | null {
  switch (grouping) {
    case 'operator':
      return (row) => row.position.owner?.code ?? '';
    case 'site':
      return (row) => row.position.site?.code ?? '';
    case 'region':
      return (row) => row.position.region ?? '';
    case 'hop':
      return (row) => String(row.position.hops).padStart(4, '0');
    case 'none':
      return null;
  }
}

// What should catch the eye first decides the colour of a group.
const rank: Record<StockStatus, number> = { negative: 4, unknown: 3, on_hand: 2, in_transit: 1, closed: 0 };

function addRow(box: Box, row: PositionRow): void {
  const { position } = row;
  box.rows.push(row);
  box.status = rank[position.status] > rank[box.status] ? position.status : box.status;
  box.blocked += position.is_blocked ? 1 : 0;
  box.violations += row.isViolation ? 1 : 0;
  box.isSeed ||= position.is_seed && row.half === box.rows[0]?.half;
  box.isCertain ||= position.is_certain;
  for (const balance of position.balances) {
    const sum = box.onHand.find((entry) => entry.unit === balance.unit);
    if (sum) {
      sum.amount = addAmounts(sum.amount, balance.on_hand);
    } else {
      box.onHand.push({ amount: balance.on_hand, unit: balance.unit });
    }
  }
}

function openBox(id: string, group: string | null): Box {
  return { id, group, rows: [], status: 'closed', blocked: 0, violations: 0, isSeed: false, isCertain: false, onHand: [] };
}

// In the full answer a position stands in both halves; the first one seen makes the box.
export function buildFlow(index: AnswerIndex, rows: readonly PositionRow[], groupFor: GroupOf | null, expanded: ReadonlySet<string>): Flow {
  const boxes: Box[] = [];
  const boxById = new Map<string, number>();
  const boxOfKey = new Map<string, number>();
  for (const row of rows) {
    const { key } = row.position;
    if (boxOfKey.has(key)) {
      continue;
    }
    const group = groupFor ? groupFor(row) : null;
    const isGroup = group !== null && !expanded.has(group);
    const id = isGroup ? `group:${group}` : `position:${key}`;
    let at = boxById.get(id);
    if (at === undefined) {
      at = boxes.push(openBox(id, isGroup ? group : null)) - 1;
      boxById.set(id, at);
    }
    boxOfKey.set(key, at);
    const box = boxes[at];
    if (box) {
      addRow(box, row);
    }
  }
  return { boxes, lines: buildLines(index, rows, boxOfKey, boxes.length) };
}

function buildLines(index: AnswerIndex, rows: readonly PositionRow[], boxOfKey: Map<string, number>, boxCount: number): Line[] {
  const lines: Line[] = [];
  const lineAt = new Map<number, number>();
  const halves = new Set(rows.map((row) => row.half));
  for (const half of halves) {
    for (const move of index.moves[half].values()) {
      const from = boxOfKey.get(move.from.key);
      const to = boxOfKey.get(move.to.key);
      if (from === undefined || to === undefined || from === to) {
        continue;
      }
      const pair = from * boxCount + to;
      const known = lineAt.get(pair);
      const line = known === undefined ? undefined : lines[known];
      if (line) {
        line.count += 1;
        line.isCertain ||= move.is_certain;
      } else {
        lineAt.set(pair, lines.push({ from, to, kind: move.kind, isCertain: move.is_certain, count: 1 }) - 1);
      }
    }
  }
  return lines;
}
