// SPDX-License-Identifier: Apache-2.0
//
// One question to the server that a component asks: running, answered or refused; ended with it.

import { onScopeDispose, shallowReactive } from 'vue';
import { isAbort, Refusal } from '../api/client';

export interface Asked<Body> {
  isRunning: boolean;
  body: Body | null;
  refusal: Refusal | null;
  ask: () => Promise<void>;
  cancel: () => void;
}

export function askServer<Body>(question: (signal: AbortSignal) => Promise<Body>): Asked<Body> {
  let running: AbortController | null = null;
  const asked = shallowReactive<Asked<Body>>({
    isRunning: false,
    body: null,
    refusal: null,
    cancel: () => {
      running?.abort();
      running = null;
      asked.isRunning = false;
    },
    ask: async () => {
      running?.abort();
      const controller = new AbortController();
      running = controller;
      Object.assign(asked, { isRunning: true, refusal: null });
      try {
        asked.body = await question(controller.signal);
      } catch (error) {
        if (isAbort(error)) {
          return;
        }
        if (!(error instanceof Refusal)) {
          throw error;
        }
        asked.refusal = error;
      } finally {
        if (running === controller) {
          asked.isRunning = false;
        }
      }
    },
  });
  onScopeDispose(asked.cancel);
  return asked;
}
