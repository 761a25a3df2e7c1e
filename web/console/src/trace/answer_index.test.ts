// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { indexAnswer, wayTo } from './answer_index';
import { madeAnswer, madeMove, madePosition } from './made_up';

const a = madePosition('a', { is_seed: true });
const b = madePosition('b', { hops: 1, explained_by: 0 });
const c = madePosition('c', { hops: 2, explained_by: 1 });

it('walks the way back to the seed', () => {
  const index = indexAnswer(madeAnswer([a, b, c], [madeMove(0, a, b), madeMove(1, b, c)]));
  expect(wayTo(index, index.byId.get('forward:c')!)).toEqual(['c', 'b', 'a']);
});

it('stops where the page with the next move is not read yet', () => {
  const index = indexAnswer(madeAnswer([b, c], [madeMove(1, b, c)]));
  expect(wayTo(index, index.byId.get('forward:c')!)).toEqual(['c', 'b']);
});

it('ends on data that goes round in a circle', () => {
  const x = madePosition('x', { explained_by: 1 });
  const y = madePosition('y', { explained_by: 0 });
  const index = indexAnswer(madeAnswer([x, y], [madeMove(0, x, y), madeMove(1, y, x)]));
  expect(wayTo(index, index.byId.get('forward:x')!).length).toBeLessThanOrEqual(3);
});

it('marks violating positions and counts those of each operator', () => {
  const answer = madeAnswer([a, madePosition('d', { owner: a.owner })], []);
  answer.violations = [{ position: a, event: {} as never, block_event: {} as never, is_possible: false }];
  const index = indexAnswer(answer);
  expect(index.byId.get('forward:a')?.isViolation).toBe(true);
  expect(index.counts.operators.get('owner-a')).toBe(2);
});
