// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { balanceSheet } from './balance';
import { noBalance } from './made_up';

it('sets what entered against where it is', () => {
  const sheet = balanceSheet({ ...noBalance, created: '5000', produced: '1255', received: '7475', shipped: '7475', on_hand: '4640', in_transit: '60', sold: '800', used: '680', destroyed: '75' });
  expect(sheet.entered).toBe('6255');
  expect(sheet.isBalanced).toBe(true);
  expect(sheet.parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1);
});

it('keeps the unexplained in sight', () => {
  const sheet = balanceSheet({ ...noBalance, received: '10', unexplained: '-2.5', sold: '12.5' });
  expect(sheet.isBalanced).toBe(false);
  expect(sheet.parts.at(-1)).toMatchObject({ field: 'unexplained', amount: '-2.5' });
});
