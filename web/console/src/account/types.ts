// SPDX-License-Identifier: Apache-2.0
//
// The shapes of openapi/suyuan.yaml about accounts, keys and the trail.

export interface SessionRow {
  id: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  is_this: boolean;
}

export type KeyUse = 'bearer' | 'hmac-sha256' | 'hmac-sm3';

export interface AccessKey {
  id: string;
  name: string;
  use: KeyUse;
  role: string;
  operator: string;
  actions: string[];
  addresses: string[];
  created_at: string | null;
  expires_at: string | null;
  revoked_at: string | null;
}

export interface IssuedKey extends AccessKey {
  secret: string;
}

export interface LookRow {
  at: string;
  organisation: string;
  role: string;
  act: string;
  thing: string;
  purpose: string;
  fields: string;
  rule: string;
}

export interface AuditRow extends LookRow {
  number: number;
  actor: string;
  named: string;
  outcome: 'permitted' | 'denied';
  policy: string;
  case_number: number;
  detail: string;
  owner_count: number;
  request: string;
}
