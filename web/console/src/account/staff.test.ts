// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import policyFile from '../../../../policy/suyuan-policy.toml?raw';
import { Refusal } from '../api/client';
import { hasEnded, isPast, isRegion, kindNames, liveGrants, newAccountOf, newGrantOf, nothingWished, rolesOfKind, toldOf } from './staff';
import type { Account, Grant } from './types';

describe('an account that is asked for', () => {
  it('of an owner has a name and a role, whatever else was typed', () => {
    const wished = { ...nothingWished('operator'), name: ' 录入员一 ', role: 'operator_clerk', operator: 'x', region: '410000' };
    expect(newAccountOf(wished, false)).toEqual({ name: '录入员一', role: 'operator_clerk' });
  });
  it('of the security officer says where it holds', () => {
    const wished = { ...nothingWished('regulator'), name: 'a', role: 'regulator_county', region: ' 110105 ', department: 'market_regulation', functions: ['catering'], operator: 'x' };
    expect(newAccountOf(wished, true)).toEqual({ name: 'a', kind: 'regulator', role: 'regulator_county', region: '110105', department: 'market_regulation', functions: ['catering'] });
    expect(newAccountOf({ ...wished, kind: 'custodian', role: 'carrier' }, true)).toEqual({ name: 'a', kind: 'custodian', operator: 'x', role: 'carrier' });
    expect(newAccountOf({ ...wished, kind: 'officer', role: 'audit_officer' }, true)).toEqual({ name: 'a', kind: 'officer', role: 'audit_officer' });
  });
  it('holds to the end of its last day', () => {
    const { until } = newGrantOf({ ...nothingWished('operator'), role: 'data_officer', until: '2099-03-01' }, false) as { until: string };
    expect(new Date(until).getDate()).toBe(1);
    expect(new Date(Date.parse(until) + 1).getDate()).toBe(2);
  });
  it('is not for a day that is over', () => {
    const noon = new Date('2026-03-01T12:00:00');
    expect([isPast('2026-02-28', noon), isPast('2026-03-01', noon), isPast('', noon)]).toEqual([true, false, false]);
  });
  it('knows six digits', () => {
    expect([isRegion(' 110105'), isRegion('11010'), isRegion('abc'), isRegion('')]).toEqual([true, false, false, false]);
  });
});

it('every role that somebody signs in with is of one kind of account', () => {
  const blocks = [...policyFile.matchAll(/\[\[role\]\]\nname = "(\w+)"[^\n]*\n[^\n]*\nauthentication = \[([^\]]*)\]/g)];
  const signing = blocks.filter((found) => /password|two_factor/.test(found[2]!)).map((found) => found[1]);
  expect(signing.length).toBeGreaterThan(10);
  expect(kindNames.flatMap((kind) => rolesOfKind[kind]).toSorted()).toEqual(signing.toSorted());
});

it('grants that were taken back are not listed, those that ended are told', () => {
  const grant = (id: string, more: Partial<Grant>): Grant => ({ id, role: 'a', region: '', department: '', functions: [], from: null, until: null, revoked_at: null, ...more });
  const account = { grants: [grant('1', {}), grant('2', { revoked_at: '2026-01-01T00:00:00Z' }), grant('3', { until: '2026-01-01T00:00:00Z' })] } as Account;
  expect(liveGrants(account).map(({ id }) => id)).toEqual(['1', '3']);
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(account.grants.map((one) => hasEnded(one, now))).toEqual([false, false, true]);
});

describe('what was refused is told', () => {
  const refusal = (detail: string, reasons: string[] = []): Refusal => new Refusal('请求有误', detail, 400, reasons);
  it('under its field', () => {
    expect(toldOf(refusal('请求体有误。', ['/name 不能为空。']), ['name'])).toEqual({ byField: { name: '不能为空。' }, rest: [] });
    for (const detail of ['账号名“a”已被使用。', 'A name has 1 to 64 bytes.', 'The name \'a\' is taken.']) {
      expect(toldOf(refusal(detail), ['name']).byField).toEqual({ name: detail });
    }
    expect(toldOf(refusal('region 须为 GB/T 2260 的六位代码，如 410100。'), ['region']).rest).toEqual([]);
  });
  it('above the form where there is no such field', () => {
    expect(toldOf(refusal('请求体有误。', ['/kind 没有这一项。']), ['name'])).toEqual({ byField: {}, rest: ['/kind 没有这一项。'] });
    expect(toldOf(refusal('三员分立：不得兼任。'), ['name']).rest).toEqual(['三员分立：不得兼任。']);
    expect(toldOf(refusal(''), []).rest).toEqual(['请求有误']);
    expect(toldOf(null, ['name'])).toEqual({ byField: {}, rest: [] });
  });
});
