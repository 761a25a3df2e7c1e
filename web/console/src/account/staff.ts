// SPDX-License-Identifier: Apache-2.0
//
// Whom an account is of, what is asked for a new one, and where a refusal of it belongs.

import type { Refusal } from '../api/client';
import { rangeOf } from './looks';
import type { Account, Grant } from './types';

// Which roles a kind of account is for; what else it needs is told below.
export const rolesOfKind: Record<string, readonly string[]> = {
  operator: ['operator_owner', 'operator_clerk', 'data_officer'],
  regulator: ['regulator_station', 'regulator_county', 'regulator_city', 'regulator_province'],
  department: ['department_officer'],
  laboratory: ['laboratory'],
  market_owner: ['market_owner'],
  custodian: ['cold_store', 'carrier'],
  officer: ['system_officer', 'security_officer', 'audit_officer'],
};

export const kindNames = ['operator', 'regulator', 'department', 'laboratory', 'market_owner', 'custodian', 'officer'] as const;
export type KindName = (typeof kindNames)[number];

export const hasOperator = (kind: string): boolean => ['operator', 'market_owner', 'custodian'].includes(kind);
export const hasRegion = (kind: string): boolean => ['regulator', 'department'].includes(kind);

export interface Wished {
  name: string;
  kind: string;
  operator: string;
  role: string;
  region: string;
  department: string;
  functions: string[];
  until: string;
}

export const nothingWished = (kind: string): Wished => ({ name: '', kind, operator: '', role: '', region: '', department: '', functions: [], until: '' });

// The body of the request for a grant: an owner's staff act for the operator, whatever the region.
export function newGrantOf(wished: Wished, isForAll: boolean): object {
  const { to: until } = rangeOf('', wished.until);
  const placed = isForAll && hasRegion(wished.kind);
  return {
    role: wished.role,
    ...(placed && { region: wished.region.trim(), department: wished.department, functions: wished.functions }),
    ...(until && { until }),
  };
}

export function newAccountOf(wished: Wished, isForAll: boolean): object {
  return {
    name: wished.name.trim(),
    ...(isForAll && { kind: wished.kind }),
    ...(isForAll && hasOperator(wished.kind) && { operator: wished.operator.trim() }),
    ...newGrantOf(wished, isForAll),
  };
}

export const isRegion = (text: string): boolean => /^\d{6}$/.test(text.trim());

export const isPast = (day: string, now = new Date()): boolean => Boolean(day) && Date.parse(rangeOf('', day).to ?? '') < now.getTime();

export const liveGrants = (account: Account): Grant[] => account.grants.filter((grant) => !grant.revoked_at);

export const hasEnded = (grant: Grant, now: number): boolean => Boolean(grant.until) && Date.parse(grant.until!) <= now;

export interface Told {
  byField: Record<string, string>;
  rest: string[];
}

// Details that name no member, by how they begin in either language.
const begins: readonly [RegExp, string][] = [
  [/^(账号名|a name|the name)/i, 'name'],
  [/^region/i, 'region'],
];

// Under which field each part of a refusal belongs.
export function toldOf(refusal: Refusal | null, fields: readonly string[]): Told {
  const told: Told = { byField: {}, rest: [] };
  for (const reason of refusal?.reasons ?? []) {
    const [, field = '', text = ''] = /^\/(\w+) (.*)$/s.exec(reason) ?? [];
    if (fields.includes(field)) {
      told.byField[field] = text;
    } else {
      told.rest.push(reason);
    }
  }
  if (refusal && !refusal.reasons.length) {
    const text = refusal.detail || refusal.title;
    const field = begins.find(([head]) => head.test(text))?.[1];
    if (field && fields.includes(field)) {
      told.byField[field] = text;
    } else {
      told.rest.push(text);
    }
  }
  return told;
}
