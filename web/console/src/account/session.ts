// SPDX-License-Identifier: Apache-2.0
//
// Who looks at the page, as the server says, and what they may ask it. While the store has no account that is
// whoever sits at this machine, who may do everything.

import { shallowReactive } from 'vue';
import { get, post, Refusal } from '../api/client';
import { shortCode } from '../format/code';
import { recallQueriesOf } from '../state/recent';
import { rememberSettings } from '../state/settings';
import { departments, roles, termIn } from '../wording/policy_words';

export interface Session {
  came: 'nobody' | 'local' | 'session' | 'key';
  account?: { name: string; kind: string; operator: string; department: string };
  roles?: { name: string; zh: string; region: string }[];
  authentication?: 'none' | 'key' | 'password' | 'two_factor';
  expires_at?: string;
  has_just_proved?: boolean;
  must_change_password?: boolean;
  operations: string[];
}

interface Visit {
  session: Session | null;
  refusal: Refusal | null;
  // A session was there and is no more.
  hasEnded: boolean;
  // When this page last proved who it is.
  provedAt: number;
}

export const visit = shallowReactive<Visit>({ session: null, refusal: null, hasEnded: false, provedAt: 0 });

const sessionPath = '/api/v1/session';
const local: Session = { came: 'local', operations: [] };

// A server from before there were accounts does not know the question.
async function ask(): Promise<Session> {
  try {
    return await get<Session>(sessionPath);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) {
      return local;
    }
    throw error;
  }
}

let lastName: string | undefined;

// What one account left in memory is not the next one's: the page begins anew.
export function takeSession(session: Session): void {
  const before = visit.session?.account?.name ?? lastName;
  const now = session.account?.name;
  if (now && before && before !== now) {
    location.reload();
    return;
  }
  lastName = now ?? before;
  if (now !== visit.session?.account?.name) {
    recallQueriesOf(now ?? '');
  }
  const hasEnded = session.came === 'nobody' && (visit.hasEnded || isSignedIn());
  Object.assign(visit, { session, refusal: null, hasEnded });
}

export async function readSession(): Promise<void> {
  try {
    takeSession(await ask());
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    visit.refusal = error;
  }
}

// The server knows the session no more: whoever comes back finds the page where it was.
export function sessionHasEnded(): void {
  if (visit.session?.came === 'session') {
    Object.assign(visit, { session: { came: 'nobody', operations: [] }, hasEnded: true });
  }
}

export interface Proof {
  name?: string;
  password: string;
  code?: string;
  new_password?: string;
}

export const signInPath = '/api/v1/sign-in';
export const proofPath = '/api/v1/reauthentication';
export const passwordPath = '/api/v1/password';

// To any of the three; what they refuse is told where it was typed.
export async function prove(path: string, proof: Proof): Promise<void> {
  await post<Session>(path, { ...proof, code: proof.code?.trim() || undefined });
  visit.provedAt = Date.now();
  await readSession();
}

// Begins anew whatever happened: nothing of the account stays in memory.
export async function signOut(): Promise<void> {
  try {
    await post('/api/v1/sign-out');
  } catch (error) {
    if (!(error instanceof Refusal) || (error.status !== 401 && error.status !== 404)) {
      throw error;
    }
  }
  rememberSettings();
  location.replace('/');
}

export const isLocal = (): boolean => visit.session?.came === 'local';

export const isSignedIn = (): boolean => visit.session?.came === 'session';

export const may = (operation: string): boolean => isLocal() || Boolean(visit.session?.operations.includes(operation));

export const hasCode = (): boolean => visit.session?.authentication === 'two_factor';

export const roleName = (): string => {
  const names = (visit.session?.roles ?? []).map((role) => termIn(roles, role.name));
  return [...new Set(names)].join(' · ');
};

// The regions of a regulator, the operator's code, or the department.
export function whereText(regionNames: Record<string, string> = {}): string {
  const regions = [...new Set((visit.session?.roles ?? []).map((role) => role.region).filter(Boolean))];
  if (regions.length) {
    return regions.map((code) => regionNames[code] ?? code).join(' · ');
  }
  const { operator = '', department = '' } = visit.session?.account ?? {};
  return operator ? shortCode(operator) : department ? termIn(departments, department) : '';
}
