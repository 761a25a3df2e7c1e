// SPDX-License-Identifier: Apache-2.0
//
// The items of an EPCIS event with their roles and quantities, read with distrust: what was sent may
// lack anything.

import type { KeptEvent } from '../api/types';
import { amountText } from '../wording/names';
import type { Word } from '../wording/words';

export interface Thing {
  role: Word;
  code: string;
  quantity: string;
}

const plainLists: readonly [string, Word][] = [
  ['epcList', 'item'],
  ['childEPCs', 'fact_pack'],
  ['inputEPCList', 'fact_input'],
  ['outputEPCList', 'fact_output'],
];
const quantityLists: readonly [string, Word][] = [
  ['quantityList', 'item'],
  ['childQuantityList', 'fact_pack'],
  ['inputQuantityList', 'fact_input'],
  ['outputQuantityList', 'fact_output'],
];

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function quantityOf(entry: object): string {
  const { quantity, uom } = entry as { quantity?: unknown; uom?: unknown };
  return typeof quantity === 'number' ? amountText(String(quantity), typeof uom === 'string' ? uom : null) : '';
}

export function eventThings(event: KeptEvent): Thing[] {
  const things: Thing[] = [];
  if (typeof event['parentID'] === 'string') {
    things.push({ role: 'kind_container', code: event['parentID'], quantity: '' });
  }
  for (const [member, role] of plainLists) {
    for (const code of listOf(event[member])) {
      if (typeof code === 'string') {
        things.push({ role, code, quantity: '' });
      }
    }
  }
  for (const [member, role] of quantityLists) {
    for (const entry of listOf(event[member])) {
      if (typeof entry === 'object' && entry !== null && 'epcClass' in entry && typeof entry.epcClass === 'string') {
        things.push({ role, code: entry.epcClass, quantity: quantityOf(entry) });
      }
    }
  }
  return things;
}
