// SPDX-License-Identifier: Apache-2.0
//
// The mass balance as a sentence: what came in equals where it is.
// Shipped and received cancel within a closed list, so "in" is what entered it from outside.

import type { Balance } from '../api/types';
import { addAmounts, isZero, shareOf, subtractAmounts } from '../format/amount';

export const inFields = ['created', 'produced', 'received', 'shipped'] as const;
export const outFields = ['on_hand', 'in_transit', 'sold', 'used', 'destroyed', 'left', 'unexplained'] as const;
export type OutField = (typeof outFields)[number];

export interface BalanceSheet {
  unit: string | null;
  entered: string;
  parts: { field: OutField; amount: string; share: number }[];
  isBalanced: boolean;
}

export function balanceSheet(balance: Balance): BalanceSheet {
  const entered = subtractAmounts(addAmounts(balance.created, balance.produced, balance.received), balance.shipped);
  const whole = outFields.reduce((sum, field) => sum + Math.abs(Number(balance[field])), 0);
  return {
    unit: balance.unit,
    entered,
    parts: outFields.map((field) => ({ field, amount: balance[field], share: shareOf(balance[field], String(whole)) })),
    isBalanced: isZero(balance.unexplained),
  };
}
