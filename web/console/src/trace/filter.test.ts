// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { PositionRow } from './answer_index';
import { passes, type PositionFilter } from './filter';
import { madePosition, noBalance } from './made_up';

const row: PositionRow = {
  id: 'forward:a',
  half: 'forward',
  isViolation: false,
  position: madePosition('a', { hops: 2, region: '410104', balances: [{ ...noBalance, on_hand: '5', sold: '1' }] }),
};

describe('passes', () => {
  const cases: [string, PositionFilter, boolean][] = [
    ['no wish', {}, true],
    ['the half', { half: 'forward' }, true],
    ['the other half', { half: 'back' }, false],
    ['the owner', { operator: 'owner-a' }, true],
    ['another owner', { operator: 'owner-b' }, false],
    ['on hand and not blocked', { isFree: true }, true],
    ['a region', { region: '4101' }, true],
    ['a region that holds its own', { region: '410100' }, true],
    ['another region', { region: '42' }, false],
    ['another region of one rank', { region: '411000' }, false],
    ['no region', { region: '' }, false],
    ['a field that is not zero', { field: 'sold' }, true],
    ['a field that is zero', { field: 'destroyed' }, false],
    ['the hour', { reached: { from: Date.UTC(2026, 2, 2), to: Date.UTC(2026, 2, 2, 1) } }, true],
    ['the hour before', { reached: { from: Date.UTC(2026, 2, 1, 23), to: Date.UTC(2026, 2, 2) } }, false],
  ];
  it.each(cases)('%s', (_, wanted, isWanted) => {
    expect(passes(row, wanted)).toBe(isWanted);
  });

  it('finds what has no region', () => {
    const nowhere = { ...row, position: { ...row.position, region: null } };
    expect(passes(nowhere, { region: '' })).toBe(true);
    expect(passes(nowhere, { region: '41' })).toBe(false);
  });

  it('does not call blocked goods free', () => {
    const blocked = { ...row, position: { ...row.position, is_blocked: true } };
    expect(passes(blocked, { isFree: true })).toBe(false);
  });
});
