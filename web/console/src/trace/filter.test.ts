// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { PositionRow } from './answer_index';
import { passes, type PositionFilter } from './filter';
import { madePosition, noBalance } from './made_up';

const row: PositionRow = {
  id: 'forward:a',
  half: 'forward',
  isViolation: false,
  position: madePosition('a', { hops: 2, balances: [{ ...noBalance, on_hand: '5', sold: '1' }] }),
};
const inTown = (): string => '410104';

describe('passes', () => {
  const cases: [string, PositionFilter, boolean][] = [
    ['no wish', {}, true],
    ['the half', { half: 'forward' }, true],
    ['the other half', { half: 'back' }, false],
    ['the owner', { operator: 'owner-a' }, true],
    ['another owner', { operator: 'owner-b' }, false],
    ['on hand and not blocked', { isFree: true }, true],
    ['a region', { region: '4101' }, true],
    ['another region', { region: '42' }, false],
    ['a field that is not zero', { field: 'sold' }, true],
    ['a field that is zero', { field: 'destroyed' }, false],
    ['the hour', { reached: { from: Date.UTC(2026, 2, 2), to: Date.UTC(2026, 2, 2, 1) } }, true],
    ['the hour before', { reached: { from: Date.UTC(2026, 2, 1, 23), to: Date.UTC(2026, 2, 2) } }, false],
  ];
  it.each(cases)('%s', (_, wanted, isWanted) => {
    expect(passes(row, wanted, inTown)).toBe(isWanted);
  });

  it('does not call blocked goods free', () => {
    const blocked = { ...row, position: { ...row.position, is_blocked: true } };
    expect(passes(blocked, { isFree: true }, inTown)).toBe(false);
  });
});
