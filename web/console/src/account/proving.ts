// SPDX-License-Identifier: Apache-2.0
//
// A form that proves who somebody is: what was typed, whether it is under way, and what the server had against it.

import { reactive, shallowReactive } from 'vue';
import { Refusal } from '../api/client';
import { prove, readSession, type Proof } from './session';

export interface Typed {
  name: string;
  password: string;
  code: string;
  newPassword: string;
  again: string;
}

export interface Proving {
  typed: Typed;
  state: { isRunning: boolean; refusal: Refusal | null };
  // Whether the server took it.
  send: (path: string, proof: Proof) => Promise<boolean>;
}

const empty = (): Typed => ({ name: '', password: '', code: '', newPassword: '', again: '' });

export function proving(): Proving {
  const typed = reactive<Typed>(empty());
  const state = shallowReactive<Proving['state']>({ isRunning: false, refusal: null });
  async function send(path: string, proof: Proof): Promise<boolean> {
    if (state.isRunning) {
      return false;
    }
    Object.assign(state, { isRunning: true, refusal: null });
    try {
      await prove(path, proof);
      Object.assign(typed, empty());
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      state.refusal = error;
      // The code was of one use, right or not; of the session it may be the end.
      typed.code = '';
      if (error.status === 401) {
        await readSession();
      }
      return false;
    } finally {
      state.isRunning = false;
    }
  }
  return { typed, state, send };
}
