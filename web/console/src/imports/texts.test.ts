// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import type { FileImport } from '../api/types';
import { settings } from '../state/settings';
import { bytesText, headline, titleIn } from './texts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KB'],
  [150 * 1024, '150 KB'],
  [5.25 * 1024 ** 2, '5.3 MB'],
  [4 * 1024 ** 4, '4096 GB'],
])('tells %d bytes', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it('begins a line with a capital, where a language has any', () => {
  const known = settings.language;
  const said = (['zh', 'en'] as const).map((language) => {
    settings.language = language;
    return titleIn({ zh: '进货', en: 'inbound' });
  });
  settings.language = known;
  expect(said).toEqual(['进货', 'Inbound']);
});

it('says when a file said nothing new', () => {
  const done = { state: 'done', bad_rows: 0, stored: 0, duplicates: 3, registry_rows: 0 } as FileImport;
  expect(headline(done)).toBe('导入完成，没有新内容');
  expect(headline({ ...done, stored: 1 })).toBe('导入完成');
  expect(headline({ ...done, duplicates: 0 })).toBe('导入完成');
  expect(headline({ ...done, registry_rows: 2 })).toBe('导入完成');
});
