// SPDX-License-Identifier: Apache-2.0

import { afterEach, describe, expect, test } from 'vitest';
import type { Reading, RegisteredPaper, RegisteredPerson } from '../api/types';
import { settings } from '../state/settings';
import { registeredLines, registeredPath } from './registered';

const carrier = 'https://ns.suyuan.example/uscc/91410102MA0000007D';
const seed = (kind: Reading['kind'], code: string): Reading => ({ kind, code, name: null, has_events: true });

const nobody: RegisteredPerson = {
  id: 'E-1', operator: null, operator_name: null, name: null, phone: null, title: null, history: [], has_more_history: false,
};

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
    const lines = registeredLines({ ...nobody, operator: carrier, operator_name: 'Somebody' });
    expect(lines.map(({ label, text }) => [label, text])).toEqual([['Employer', 'Somebody']]);
    expect(registeredLines({ ...nobody, name: '张伟' })).toEqual([{ label: 'Name', text: '张伟', operator: null }]);
  });

  test('a person says the title of today and what was before, with employers that are others', () => {
    settings.language = 'zh';
    const row = (title: string | null, valid_from: string | null, valid_to: string | null, operator = carrier) =>
      ({ title, valid_from, valid_to, operator, operator_name: operator === carrier ? '某公司' : null });
    const history = [row('仓库主管', '2026-01-05', null), row('司机', '2024-03-01', '2026-01-04', 'urn:example:other'), row(null, null, '2024-02-29')];
    const person = { ...nobody, operator: carrier, operator_name: '某公司', title: '仓库主管', history };
    expect(registeredLines(person).map(({ label, text }) => [label, text])).toEqual([
      ['用人单位', '某公司'], ['岗位', '仓库主管'],
      ['任职经历', '2026-01-05 起 仓库主管；2024-03-01 – 2026-01-04 司机 urn:example:other；至 2024-02-29'],
    ]);
    const many = Array.from({ length: 11 }, () => row('司机', '2024-03-01', '2024-03-01'));
    expect(registeredLines({ ...person, history: many }).at(-1)?.text.split('；').length).toBe(11);
    expect(registeredLines({ ...person, history: many }).at(-1)?.text.endsWith('；…')).toBe(true);
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
