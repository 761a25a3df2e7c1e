// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { addAmounts, fromMicro, groupDigits, isZero, shareOf, subtractAmounts, toMicro } from './amount';
import { codeBelow, shortCode } from './code';
import { zone } from './moment';

describe('amounts', () => {
  it('add exactly where floating point does not', () => {
    expect(addAmounts('0.1', '0.2')).toBe('0.3');
    expect(subtractAmounts('1', '1.000001')).toBe('-0.000001');
  });
  it.each(['0', '12', '-3.5', '123456789012345678.000001'])('read and write %s alike', (text) => {
    expect(fromMicro(toMicro(text))).toBe(text);
  });
  it('know zero in every spelling', () => {
    expect(['0', '-0', '0.000'].map(isZero)).toEqual([true, true, true]);
  });
  it('group digits before the point only', () => {
    expect(groupDigits('-1234567.1234')).toBe('-1,234,567.1234');
  });
  it('have no share of nothing', () => {
    expect(shareOf('5', '0')).toBe(0);
    expect(shareOf('5', '20')).toBe(0.25);
  });
});

describe('shortCode', () => {
  it.each([
    ['https://id.gs1.org/01/06909999000012/10/A20260301', '(01)06909999000012(10)A20260301'],
    ['https://id.gs1.org/01/06909999000012/10/A%2F1', '(01)06909999000012(10)A/1'],
    ['https://id.gs1.org/01/06909999000012/10/%zz', '(01)06909999000012(10)%zz'],
    ['urn:epcglobal:cbv:bt:6909999900015:DN-20260304-207', 'DN-20260304-207'],
    ['site:https://id.gs1.org/417/6909999900411', '(417)6909999900411'],
    ['https://ns.suyuan.example/uscc/91350100M000100Y43', '91350100M000100Y43'],
    ['豫A23456', '豫A23456'],
    ['https://ns.suyuan.example/lot/https:%2F%2Fid.gs1.org%2F417%2F6909999900015/冷冻牛腩%2020kg%2F箱/A20260301·D1', '冷冻牛腩 20kg/箱 · A20260301·D1'],
    ['https://ns.suyuan.example/paper/https:%2F%2Fid.gs1.org%2F417%2F6909999900015/D1', 'D1'],
    ['https://ns.suyuan.example/site/91350100M000100Y43/后院%20冷库', '后院 冷库'],
    ['https://ns.suyuan.example/partner/91350100M000100Y43/东海渔业合作社', '东海渔业合作社'],
    ['https://ns.suyuan.example/code/https:%2F%2Fid.gs1.org%2F01%2F06909999000012', '(01)06909999000012'],
    ['https://ns.suyuan.example/', 'https://ns.suyuan.example/'],
  ])('of %s', (code, short) => {
    expect(shortCode(code)).toBe(short);
  });
});

it('says no code twice', () => {
  expect([codeBelow('豫A23456', '豫A23456'), codeBelow('豫A23456', '一号车')]).toEqual(['', '豫A23456']);
});

it('names the zone', () => {
  expect([zone(-480), zone(210), zone(0)]).toEqual(['UTC+8', 'UTC−3:30', 'UTC+0']);
});
