// SPDX-License-Identifier: Apache-2.0
//
// What the page has to ask whoever sits before it, one question at a time, while a request waits.

import { shallowReactive } from 'vue';
import type { Purpose } from './purpose';

export type Question = { kind: 'purpose'; offered: string[] } | { kind: 'proof' };

export const asking = shallowReactive<{ question: Question | null }>({ question: null });

let settle: ((answer: Purpose | true | null) => void) | null = null;
let turn: Promise<unknown> = Promise.resolve();

// null: they would rather not.
export function answerQuestion(answer: Purpose | true | null): void {
  asking.question = null;
  settle?.(answer);
  settle = null;
}

// A question whose request was given up is no more.
export function put(question: Question, signal?: AbortSignal | null): Promise<Purpose | true | null> {
  if (signal?.aborted) {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    const giveUp = (): void => answerQuestion(null);
    signal?.addEventListener('abort', giveUp, { once: true });
    settle = (answer) => {
      signal?.removeEventListener('abort', giveUp);
      resolve(answer);
    };
    asking.question = question;
  });
}

// Requests that are refused together wait for one another's answers.
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}
