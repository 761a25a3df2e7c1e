// SPDX-License-Identifier: Apache-2.0

import type { AccessKey } from './types';

export type KeyState = 'live' | 'expired' | 'revoked';

export function stateOf(key: AccessKey, now: number): KeyState {
  if (key.revoked_at) {
    return 'revoked';
  }
  return key.expires_at && Date.parse(key.expires_at) <= now ? 'expired' : 'live';
}

// What a system may do over the routes that there are.
export const keyActions = ['capture', 'read', 'trace'] as const;

export const keyUses = ['hmac-sm3', 'hmac-sha256', 'bearer'] as const;

export interface Wanted {
  name: string;
  use: string;
  operator: string;
  actions: string[];
  addresses: string;
  days: string;
}

// The body of the request: one address a line, however they were separated.
export function newKeyOf(wanted: Wanted, isForAll: boolean): object {
  const days = Number(wanted.days.trim());
  return {
    name: wanted.name.trim(),
    use: wanted.use,
    actions: wanted.actions,
    addresses: wanted.addresses.split(/[\s,，、;；]+/).filter(Boolean),
    ...(wanted.days.trim() && { days: Number.isInteger(days) ? days : wanted.days.trim() }),
    ...(isForAll && { operator: wanted.operator.trim() }),
  };
}
