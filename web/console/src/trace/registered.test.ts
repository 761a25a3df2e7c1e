// SPDX-License-Identifier: Apache-2.0

import { afterEach, describe, expect, test } from 'vitest';
import type { Reading, RegisteredPaper } from '../api/types';
import { settings } from '../state/settings';
import { registeredLines, registeredPath } from './registered';

const carrier = 'https://ns.suyuan.example/uscc/91410102MA0000007D';
const seed = (kind: Reading['kind'], code: string): Reading => ({ kind, code, name: null, has_events: true });

afterEach(() => {
  settings.language = 'zh';
});

describe('what is registered of a seed', () => {
  test('plates, people and papers have a page, and nothing else', () => {
    expect(registeredPath(seed('vehicle', '豫A12345'))).toBe(`/api/v1/vehicles/${encodeURIComponent('豫A12345')}`);
    expect(registeredPath(seed('person', 'E0000001-01'))).toBe('/api/v1/people/E0000001-01');
    expect(registeredPath(seed('paper', 'urn:x:1'))).toBe('/api/v1/papers/urn%3Ax%3A1');
    expect(registeredPath(seed('lot', 'L-1'))).toBeNull();
  });

  test('a plate says its carrier, by the code if it has no name', () => {
    settings.language = 'zh';
    expect(registeredLines({ plate: '豫A12345', operator: carrier, operator_name: '某运输公司' })).toEqual([{ label: '承运单位', text: '某运输公司', operator: carrier }]);
    expect(registeredLines({ plate: '豫A12345', operator: carrier, operator_name: null })[0]?.text).toContain('91410102MA0000007D');
    expect(registeredLines({ plate: '豫A12345', operator: null, operator_name: null })).toEqual([]);
  });

  test('a person says name and employer; what was erased is left out', () => {
    settings.language = 'en';
    const lines = registeredLines({ id: 'E-1', operator: carrier, operator_name: 'Somebody', name: null, phone: null });
    expect(lines.map(({ label, text }) => [label, text])).toEqual([['Employer', 'Somebody']]);
    expect(registeredLines({ id: 'E-1', operator: null, operator_name: null, name: '张伟', phone: null })).toEqual([{ label: 'Name', text: '张伟', operator: null }]);
  });

  test('a paper says its kind, issuer, holder and days', () => {
    settings.language = 'zh';
    const paper: RegisteredPaper = {
      number: 'urn:x:1', kind: 'cert', issuer: carrier, issuer_name: '某市场', holder: null, holder_name: null, valid_from: '2026-01-01', valid_to: null,
    };
    expect(registeredLines(paper).map(({ label, text }) => [label, text])).toEqual([['单证种类', '证书'], ['签发者', '某市场'], ['有效期', '2026-01-01 起']]);
    expect(registeredLines({ ...paper, kind: '送货单', valid_to: '2026-02-01' }).at(-1)?.text).toBe('2026-01-01 – 2026-02-01');
  });
});
