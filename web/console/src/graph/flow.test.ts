// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { indexAnswer } from '../trace/answer_index';
import { madeAnswer, madeMove, madePosition, noBalance } from '../trace/made_up';
import { buildFlow, groupOf } from './flow';

const shop = { code: 'shop', name: '超市', is_stub: false };
const onHand = (amount: string) => [{ ...noBalance, on_hand: amount }];
const a = madePosition('a', { is_seed: true });
const b = madePosition('b', { owner: shop, hops: 1, balances: onHand('10'), is_blocked: true });
const c = madePosition('c', { owner: shop, hops: 1, balances: onHand('2.5'), status: 'negative' });
const index = indexAnswer(madeAnswer([a, b, c], [madeMove(0, a, b), madeMove(1, a, c), madeMove(2, b, c)]));

describe('buildFlow', () => {
  it('makes a box of every position', () => {
    const flow = buildFlow(index, index.rows, null, new Set());
    expect(flow.boxes.map((box) => box.id)).toEqual(['position:a', 'position:b', 'position:c']);
    expect(flow.lines).toHaveLength(3);
  });

  it('groups by operator, sums amounts and lets the worst status speak', () => {
    const flow = buildFlow(index, index.rows, groupOf('operator'), new Set());
    expect(flow.boxes).toHaveLength(2);
    expect(flow.boxes[1]).toMatchObject({ group: 'shop', status: 'negative', blocked: 1, onHand: [{ amount: '12.5', unit: 'KGM' }] });
    expect(flow.lines).toEqual([{ from: 0, to: 1, kind: 'shipment', isCertain: true, count: 2 }]);
  });

  it('groups by region', () => {
    const placed = [{ ...a, region: '410105' }, { ...b, region: '410105' }, c];
    const { rows } = indexAnswer(madeAnswer(placed, []));
    expect(buildFlow(index, rows, groupOf('region'), new Set()).boxes.map((box) => [box.group, box.rows.length])).toEqual([['410105', 2], ['', 1]]);
  });

  it('opens the groups that were asked for', () => {
    const flow = buildFlow(index, index.rows, groupOf('operator'), new Set(['shop']));
    expect(flow.boxes).toHaveLength(3);
  });

  it('counts a position once that stands in both halves', () => {
    const answer = madeAnswer([a, b], [madeMove(0, a, b)]);
    answer.parts.back = { positions: [madePosition('b', { is_seed: true })], moves: [] };
    const both = indexAnswer(answer);
    expect(buildFlow(both, both.rows, null, new Set()).boxes).toHaveLength(2);
  });
});
