// SPDX-License-Identifier: Apache-2.0
//
// What other views ask of the graph: to show a position, to open a group.

import { reactive } from 'vue';

interface Focus {
  // The position to bring to the middle; taken by the graph when it draws.
  key: string | null;
  expanded: ReadonlySet<string>;
}

export const focus = reactive<Focus>({ key: null, expanded: new Set() });

export function focusFlow(key: string): void {
  focus.key = key;
}

export function expandGroup(group: string): void {
  focus.expanded = new Set([...focus.expanded, group]);
}

export function collapseAll(): void {
  focus.expanded = new Set();
}
