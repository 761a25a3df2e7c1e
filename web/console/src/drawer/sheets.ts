// SPDX-License-Identifier: Apache-2.0
//
// What the drawer shows: a pile of sheets, the last one on top.

import { shallowReactive } from 'vue';
import type { AuditRow, Decision, LookRow, Policy } from '../account/types';
import type { Half } from '../api/types';
import type { PositionRow } from '../trace/answer_index';

export type Sheet =
  | { kind: 'position'; half: Half; key: string }
  | { kind: 'group'; title: string; group: string; rows: PositionRow[] }
  | { kind: 'event'; record: number }
  | { kind: 'trail'; row: AuditRow | LookRow }
  | { kind: 'decision'; decision: Decision; policy: Policy };

interface Drawer {
  sheets: Sheet[];
}

export const drawer = shallowReactive<Drawer>({ sheets: [] });

export const topSheet = (): Sheet | undefined => drawer.sheets[drawer.sheets.length - 1];

// From a table or the graph: whatever was open makes way.
export function openSheet(sheet: Sheet): void {
  drawer.sheets = [sheet];
}

// From within the drawer: one can go back.
export function pushSheet(sheet: Sheet): void {
  drawer.sheets = [...drawer.sheets, sheet];
}

export function popSheet(): void {
  keepSheets(drawer.sheets.length - 1);
}

// The lowest so many.
export function keepSheets(count: number): void {
  drawer.sheets = drawer.sheets.slice(0, Math.max(count, 0));
}

export function closeAllSheets(): void {
  drawer.sheets = [];
}
