// SPDX-License-Identifier: Apache-2.0
//
// The trace on screen: asked, read in pages, cancelled or refused.

import { reactive, shallowReactive } from 'vue';
import { isAbort, Refusal } from '../api/client';
import type { Answer } from '../api/types';
import { traceParameters, type Address } from '../state/address';
import { rememberQuery } from '../state/recent';
import { indexAnswer, type AnswerIndex } from './answer_index';
import { clearFilter } from './filter';
import { countRead, readAnswer } from './load';

export type Phase = 'idle' | 'asking' | 'reading' | 'ready' | 'stopped' | 'refused';

interface Tracing {
  phase: Phase;
  answer: Answer | null;
  index: AnswerIndex | null;
  refusal: Refusal | null;
}

// Shallow: twenty thousand positions must not become twenty thousand proxies.
export const tracing = shallowReactive<Tracing>({ phase: 'idle', answer: null, index: null, refusal: null });
export const progress = reactive({ read: 0, total: 0 });

let running: AbortController | null = null;

function show(answer: Answer): void {
  tracing.answer = answer;
  tracing.index = indexAnswer(answer);
  progress.read = countRead(answer);
  progress.total = answer.totals.positions;
}

export function forget(): void {
  running?.abort();
  running = null;
  tracing.phase = 'idle';
  tracing.answer = null;
  tracing.index = null;
  tracing.refusal = null;
}

export async function ask(address: Address): Promise<void> {
  forget();
  clearFilter();
  const controller = new AbortController();
  running = controller;
  tracing.phase = 'asking';
  progress.read = 0;
  progress.total = 0;
  try {
    let isFirst = true;
    for await (const answer of readAnswer(traceParameters(address), controller.signal)) {
      progress.read = countRead(answer);
      if (isFirst || !answer.page.next) {
        show(answer);
      }
      tracing.phase = answer.page.next ? 'reading' : 'ready';
      isFirst = false;
    }
    rememberQuery(address.q ?? '', tracing.answer?.seed.name ?? null);
  } catch (error) {
    if (isAbort(error) || running !== controller) {
      return;
    }
    if (!(error instanceof Refusal)) {
      throw error;
    }
    tracing.refusal = error;
    tracing.phase = tracing.answer ? 'stopped' : 'refused';
  }
}

// Keeps what was read so far.
export function cancel(): void {
  running?.abort();
  running = null;
  if (tracing.answer) {
    show(tracing.answer);
    tracing.phase = 'stopped';
  } else {
    tracing.phase = 'idle';
  }
}
