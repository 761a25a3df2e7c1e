// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { eventThings } from './event_things';

it('lists the container and what is packed into it', () => {
  const things = eventThings({ type: 'AggregationEvent', parentID: 'pallet', childQuantityList: [{ epcClass: 'lot', quantity: 600, uom: 'KGM' }] });
  expect(things).toEqual([
    { role: 'kind_container', code: 'pallet', quantity: '' },
    { role: 'fact_pack', code: 'lot', quantity: '600 公斤' },
  ]);
});

it('skips what is not shaped as the standard says', () => {
  expect(eventThings({ type: 'ObjectEvent', epcList: 'x', quantityList: [null, 7, { quantity: 1 }] })).toEqual([]);
});
