// SPDX-License-Identifier: Apache-2.0
//
// The pages of the console, and which operation of openapi/suyuan.yaml opens each: what is not open is not offered.

import type { Word } from '../wording/words';
import { isSignedIn, may, visit } from './session';

export const operationOf = {
  trace: 'trace',
  import: 'createImport',
  item: 'getItem',
  operator: 'getOperator',
  site: 'getSite',
  looks: 'listLooks',
  keys: 'listKeys',
  audit: 'searchAudit',
  staff: 'listAccounts',
  // Everybody may ask what the policy says; the page is for those who hand out roles or answer for it.
  policy: 'listAccounts',
  sessions: 'listSessions',
  password: 'changePassword',
} as const;

export type Page = keyof typeof operationOf;

export const titleOf: Record<Page, Word> = {
  trace: 'traceShort',
  import: 'importTitle',
  item: 'item',
  operator: 'kind_operator',
  site: 'kind_site',
  looks: 'looksTitle',
  keys: 'keysTitle',
  audit: 'auditTitle',
  staff: 'staffTitle',
  policy: 'policyTitle',
  sessions: 'sessionsTitle',
  password: 'passwordTitle',
};

export interface AccountPage {
  page: Page;
  hint: Word;
  icon: 'view' | 'key' | 'list' | 'screens' | 'lock' | 'people' | 'rules';
}

const accountPages: readonly AccountPage[] = [
  { page: 'looks', hint: 'looksHint', icon: 'view' },
  { page: 'keys', hint: 'keysHint', icon: 'key' },
  { page: 'staff', hint: 'staffHint', icon: 'people' },
  { page: 'policy', hint: 'policyHint', icon: 'rules' },
  { page: 'audit', hint: 'auditHint', icon: 'list' },
  { page: 'sessions', hint: 'sessionsHint', icon: 'screens' },
  { page: 'password', hint: 'passwordOthersEnd', icon: 'lock' },
];

export const isOpen = (page: Page): boolean => may(operationOf[page]);

export const isAccountPage = (page: string | undefined): page is Page => accountPages.some((one) => one.page === page);

// Of whoever signed in: who sits at a machine without accounts has none.
export const ownPages = (): readonly AccountPage[] => (isSignedIn() ? accountPages.filter(({ page }) => isOpen(page)).map(withHint) : []);

// An owner keeps the operator's keys and staff, an officer those of all.
export const keepsAll = (): boolean => !visit.session?.account?.operator;

const hintsOfAll: Partial<Record<Page, Word>> = { keys: 'keysHintAll', staff: 'staffHintAll' };

const withHint = (one: AccountPage): AccountPage => ({ ...one, hint: (keepsAll() && hintsOfAll[one.page]) || one.hint });
