// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { storyWords } from './story_words';

describe('storyWords', () => {
  it('takes a title apart at its first colon, in both languages', () => {
    expect(storyWords('洗白批次：豇豆只进了 500 公斤，却卖出 1300 公斤')).toEqual({ head: '洗白批次', rest: '豇豆只进了 500 公斤，却卖出 1300 公斤' });
    expect(storyWords('A contaminated import lot of beef: where is it now?')).toEqual({ head: 'A contaminated import lot of beef', rest: 'Where is it now?' });
  });
  it('leaves a title without a colon, or with one inside a code, whole', () => {
    expect(storyWords('One lot')).toEqual({ head: 'One lot', rest: '' });
    expect(storyWords('Lot urn:epc:id:1')).toEqual({ head: 'Lot urn:epc:id:1', rest: '' });
  });
});
