// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { addressText, parseAddress, traceParameters } from './address';
import { withQuery } from './recent';

describe('the address', () => {
  it('is that of the page before: q and direction', () => {
    const address = parseAddress('?q=%E8%B1%ABA23456&direction=full');
    expect(address).toEqual({ q: '豫A23456', direction: 'full' });
    expect(addressText(address)).toBe('/?q=%E8%B1%ABA23456&direction=full');
  });
  it('leaves out what is empty or unknown', () => {
    expect(parseAddress('?q=+A1+&from=&lang=en&utm=1')).toEqual({ q: 'A1' });
  });
  it('asks the server for the trace and nothing of the page', () => {
    expect(traceParameters({ q: 'A1', direction: 'back', tab: 'map', from: '2026-03-01' })).toEqual({ code: 'A1', direction: 'back', from: '2026-03-01' });
  });
});

it('remembers the newest queries once each', () => {
  const queries = ['f', 'e', 'd', 'c', 'b', 'a'].map((text) => ({ text, name: null }));
  expect(withQuery(queries, { text: 'c', name: '牛腩' }).map((query) => query.text)).toEqual(['c', 'f', 'e', 'd', 'b', 'a']);
  expect(withQuery(queries, { text: 'g', name: null })).toHaveLength(6);
});
