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

export interface Grant {
  id: string;
  role: string;
  region: string;
  department: string;
  functions: string[];
  from: string | null;
  until: string | null;
  revoked_at: string | null;
}

export interface Account {
  id: string;
  name: string;
  kind: string;
  operator: string;
  department: string;
  region: string;
  created_at: string;
  disabled_at: string | null;
  grants: Grant[];
}

export interface HandedOut {
  id: string;
  name: string;
  password: string;
  enrolment: string | null;
  recovery_codes: string[];
}

export interface Term {
  name: string;
  zh: string;
  en: string;
}

export interface Rule extends Term {
  source: string;
  forbids: boolean;
}

export interface Policy {
  version: string;
  digest: string;
  actions: Term[];
  relations: Term[];
  duties: Term[];
  departments: Term[];
  functions: Term[];
  purposes: Term[];
  fields: Term[];
  roles: (Term & { authentications: string[] })[];
  resources: { name: string; zh: string; actions: string[]; fields: string[] }[];
  rules: Rule[];
}

export interface Decision {
  action: string;
  resource: string;
  is_permitted: boolean;
  rule: string;
  rules: string[];
  visible: string[];
  masked: string[];
  duties: string[];
}
