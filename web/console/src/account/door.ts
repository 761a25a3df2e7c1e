// SPDX-License-Identifier: Apache-2.0
//
// What is done about a refusal before a page shows it: whoever must sign in, say why or prove who they are is asked.

import type { Doorkeeper, Refusal } from '../api/client';
import { told, tellPurpose, purposesIn } from './purpose';
import { inTurn, put } from './questions';
import { isSignedIn, passwordPath, proofPath, readSession, sessionHasEnded, signInPath, visit } from './session';

type Signal = AbortSignal | null | undefined;

// Which answers the server gives for a reason alone: "/api/v1/events". Others are asked for without, as a reason that
// does not fit closes what is open without one.
const needing = new Set<string>();

const placeOf = (target: string): string => target.split('?')[0]!.split('/').slice(0, 4).join('/');

function mendPurpose(refusal: Refusal, target: string, signal: Signal): Promise<boolean> {
  const offered = purposesIn(refusal.detail);
  const place = placeOf(target);
  const wasTold = needing.has(place) ? told.purpose : null;
  return inTurn(async () => {
    const fits = told.purpose && told.purpose !== wasTold && offered.includes(told.purpose.name);
    if (!fits) {
      const answer = offered.length ? await put({ kind: 'purpose', offered }, signal) : null;
      if (answer === null || answer === true) {
        return false;
      }
      tellPurpose(answer);
    }
    needing.add(place);
    return true;
  });
}

function mendProof(signal: Signal): Promise<boolean> {
  const before = visit.provedAt;
  return inTurn(async () => visit.provedAt !== before || (await put({ kind: 'proof' }, signal)) === true);
}

async function mend(refusal: Refusal, target: string, signal?: Signal): Promise<boolean> {
  const isProof = [signInPath, proofPath, passwordPath].includes(target);
  if (!isSignedIn() || isProof) {
    return false;
  }
  switch (refusal.kind) {
    case 'unauthenticated':
      sessionHasEnded();
      return false;
    case 'password-change-needed':
      await readSession();
      return false;
    case 'purpose-needed':
      return mendPurpose(refusal, target, signal);
    case 'reauthentication-needed':
      return mendProof(signal);
    default:
      return false;
  }
}

function headers(target: string): Record<string, string> {
  const { purpose } = told;
  if (!purpose || !needing.has(placeOf(target))) {
    return {};
  }
  return { 'Suyuan-Purpose': purpose.name, ...(purpose.caseNumber && { 'Suyuan-Case': purpose.caseNumber }) };
}

export const doorkeeper: Doorkeeper = { headers, mend };

// The next answer that wants a reason asks for one.
export function forgetPurpose(): void {
  tellPurpose(null);
  needing.clear();
}
