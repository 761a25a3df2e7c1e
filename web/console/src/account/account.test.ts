// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { settings } from '../state/settings';
import { auditParameters, operatorCode } from './audit';
import { newKeyOf, stateOf } from './keys';
import { choicesOf, fieldsText, organisationName, rangeOf, whoOf } from './looks';
import { purposesIn } from './purpose';
import type { AccessKey } from './types';

describe('the purposes that the server offers', () => {
  it('are read in both languages', () => {
    expect(purposesIn('须说明目的：请在 Suyuan-Purpose 头中写明其一：supervision, case。')).toEqual(['supervision', 'case']);
    expect(purposesIn('Say why, in the header Suyuan-Purpose: security.')).toEqual(['security']);
  });
  it('are none where none is named', () => {
    expect(purposesIn('Say why.')).toEqual([]);
    expect(purposesIn('')).toEqual([]);
  });
});

describe('a key', () => {
  const key = { expires_at: '2026-01-02T00:00:00Z', revoked_at: null } as AccessKey;
  it('is in use until its day or until it is taken back', () => {
    expect(stateOf(key, Date.parse('2026-01-01T00:00:00Z'))).toBe('live');
    expect(stateOf(key, Date.parse('2026-01-02T00:00:00Z'))).toBe('expired');
    expect(stateOf({ ...key, revoked_at: '2026-01-01T00:00:00Z' }, 0)).toBe('revoked');
  });
  it('is asked for as it was typed', () => {
    const wanted = { name: ' till ', use: 'hmac-sm3', operator: ' 911 ', actions: ['read'], addresses: '10.0.0.0/8，\n 192.168.1.7 ;', days: '30' };
    const body = { name: 'till', use: 'hmac-sm3', actions: ['read'], addresses: ['10.0.0.0/8', '192.168.1.7'], days: 30 };
    expect(newKeyOf(wanted, false)).toEqual(body);
    expect(newKeyOf({ ...wanted, addresses: '' }, true)).toEqual({ ...body, addresses: [], operator: '911' });
  });
  it('leaves it to the server to refuse days that are no number', () => {
    expect(newKeyOf({ name: 'a', use: 'bearer', operator: '', actions: [], addresses: '', days: 'ten' }, false)).toMatchObject({ days: 'ten' });
    expect(newKeyOf({ name: 'a', use: 'bearer', operator: '', actions: [], addresses: '', days: ' ' }, false)).not.toHaveProperty('days');
  });
});

describe('a row of the trail', () => {
  it('says who, by organisation and role', () => {
    expect(whoOf({ organisation: 'market_regulation', role: 'regulator_county' })).toBe('市场监督管理 · 县级监管人员');
    expect(whoOf({ organisation: 'https://ns.suyuan.example/uscc/91110105MA01ABCD1X', role: '' })).toBe('91110105MA01ABCD1X');
    expect(organisationName('')).toBe('');
  });
  it('tells the fields, and which were masked', () => {
    expect(fieldsText('lot quantity phone*')).toBe('批次、数量、手机号码（脱敏）');
    settings.language = 'en';
    expect(fieldsText('lot new_word')).toBe('lot, new_word');
    settings.language = 'zh';
    expect(fieldsText('')).toBe('');
  });
  it('is chosen by each value once', () => {
    const rows = [{ purpose: 'b' }, { purpose: '' }, { purpose: 'a' }, { purpose: 'b' }];
    expect(choicesOf(rows, (row) => row.purpose, (text) => text.toUpperCase())).toEqual([{ value: 'a', text: 'A' }, { value: 'b', text: 'B' }]);
  });
});

describe('what is asked of the trail', () => {
  it('is whole days of whoever looks', () => {
    const { from, to } = rangeOf('2026-03-01', '2026-03-01');
    expect(Date.parse(to!) - Date.parse(from!)).toBe(86_400_000 - 1);
    expect(new Date(from!).getDate()).toBe(1);
    expect(rangeOf('', '')).toEqual({ from: undefined, to: undefined });
  });
  it('takes a social credit code for the operator that it is of', () => {
    expect(operatorCode(' 91110105ma01abcd1x ')).toBe('https://ns.suyuan.example/uscc/91110105MA01ABCD1X');
    expect(operatorCode('https://id.gs1.org/417/6909999900411')).toBe('https://id.gs1.org/417/6909999900411');
    expect(auditParameters({ from: '', to: '', act: 'sign_in', actor: ' a1 ', named: '', owner: '' })).toEqual({ from: undefined, to: undefined, act: 'sign_in', actor: 'a1', named: '', owner: '' });
  });
});
