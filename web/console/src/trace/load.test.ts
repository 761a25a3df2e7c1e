// SPDX-License-Identifier: Apache-2.0

import { afterEach, expect, it, vi } from 'vitest';
import type { Answer } from '../api/types';
import { countRead, readAnswer } from './load';
import { madeAnswer, madePosition } from './made_up';

afterEach(() => vi.unstubAllGlobals());

it('asks for the pages one after the other and puts them together', async () => {
  const pages: Record<string, Answer> = {
    first: madeAnswer([madePosition('a')], [], 'two'),
    two: madeAnswer([madePosition('b'), madePosition('c')], []),
  };
  const asked: string[] = [];
  vi.stubGlobal('fetch', (target: string) => {
    asked.push(target);
    const cursor = new URLSearchParams(target.split('?')[1]).get('cursor') ?? 'first';
    return Promise.resolve(new Response(JSON.stringify(pages[cursor])));
  });
  const read: number[] = [];
  for await (const answer of readAnswer({ code: 'A1' }, new AbortController().signal)) {
    read.push(countRead(answer));
  }
  expect(read).toEqual([1, 3]);
  expect(asked[0]).toContain('code=A1');
  expect(asked[1]).toContain('cursor=two');
});
