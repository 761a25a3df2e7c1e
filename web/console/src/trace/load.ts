// SPDX-License-Identifier: Apache-2.0
//
// Reads an answer page by page and puts the pages together.

import { get, type Parameters } from '../api/client';
import type { Answer } from '../api/types';

// Small enough to show something at once, then large steps for the rest.
const firstPage = '1000';
const otherPages = '5000';

const lists = ['sources', 'operators', 'sites', 'vehicles', 'people', 'open_ends', 'violations'] as const;

function append<Row>(rows: Row[], more: readonly Row[]): void {
  for (const row of more) {
    rows.push(row);
  }
}

function mergePage(answer: Answer, more: Answer): void {
  for (const half of ['back', 'forward'] as const) {
    const part = answer.parts[half];
    const rest = more.parts[half];
    if (part && rest) {
      append(part.positions, rest.positions);
      append(part.moves, rest.moves);
    }
  }
  for (const list of lists) {
    append<unknown>(answer[list], more[list]);
  }
  const known = new Set(answer.regions.map((region) => region.code));
  append(answer.regions, more.regions.filter((region) => !known.has(region.code)));
  answer.page = { ...more.page, first: 0 };
}

export const countRead = (answer: Answer): number =>
  (answer.parts.back?.positions.length ?? 0) + (answer.parts.forward?.positions.length ?? 0);

// Yields the same, growing answer after every page.
export async function* readAnswer(parameters: Parameters, signal: AbortSignal): AsyncGenerator<Answer> {
  const answer = await get<Answer>('/api/v1/trace', { ...parameters, perPage: firstPage }, signal);
  yield answer;
  while (answer.page.next) {
    const page = { ...parameters, perPage: otherPages, cursor: answer.page.next };
    mergePage(answer, await get<Answer>('/api/v1/trace', page, signal));
    yield answer;
  }
}
