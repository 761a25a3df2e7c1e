// SPDX-License-Identifier: Apache-2.0

import type { Parameters } from '../api/client';
import { rangeOf } from './looks';

export interface AuditFilter {
  from: string;
  to: string;
  act: string;
  actor: string;
  named: string;
  owner: string;
}

const own = 'https://ns.suyuan.example/uscc/';

// A social credit code stands for the code that the store keeps.
export function operatorCode(text: string): string {
  const code = text.trim();
  return /^[0-9A-Za-z]{18}$/.test(code) ? own + code.toUpperCase() : code;
}

export function auditParameters(filter: AuditFilter): Parameters {
  return {
    ...rangeOf(filter.from, filter.to),
    act: filter.act,
    actor: filter.actor.trim(),
    named: filter.named.trim(),
    owner: operatorCode(filter.owner),
  };
}
