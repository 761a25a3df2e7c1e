// SPDX-License-Identifier: Apache-2.0

import { expect, it } from 'vitest';
import { settings } from '../state/settings';
import { bytesText, titleIn } from './texts';

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
