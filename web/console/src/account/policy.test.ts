// SPDX-License-Identifier: Apache-2.0

import { afterEach, describe, expect, it } from 'vitest';
import { settings } from '../state/settings';
import { firstQuestion, hiddenFields, parametersOf, plainFields, questionText, relationsToChoose, roleText, rulesOf, termText } from './policy';
import type { Decision, Policy } from './types';

const policy = {
  relations: [{ name: 'own', zh: '本单位', en: 'own' }, { name: 'supervises', zh: '监管对象', en: 'supervised' }],
  resources: [{ name: 'event', zh: '事件', actions: ['read'], fields: ['lot', 'quantity', 'phone'] }],
  rules: [{ name: 'territory-events', zh: '辖区内', en: 'Within the region.', source: '食品安全法 第一百一十条', forbids: false }],
} as unknown as Policy;
const decision: Decision = { action: 'read', resource: 'event', is_permitted: true, rule: 'territory-events', rules: ['territory-events'], visible: ['lot'], masked: ['phone'], duties: ['log'] };

afterEach(() => {
  settings.language = 'zh';
});

describe('a question', () => {
  it('is at first what a county inspector sees of a shop of the county', () => {
    expect(parametersOf(firstQuestion('110105'))).toEqual({ role: 'regulator_county', region: '110105', department: 'market_regulation', at: '110105', supervised_by: 'market_regulation', purpose: 'supervision' });
    expect(questionText({ role: '县级监管人员', region: '朝阳区', at: '朝阳区', purpose: '日常监管' })).toBe('朝阳区的县级监管人员为“日常监管”，能看到朝阳区这家主体的什么？');
    expect(questionText({ role: '承运者', region: '北京 110105', at: '', purpose: '' })).toBe('北京 110105 的承运者，能看到这家主体的什么？');
    expect(questionText({ role: '承运者', region: '', at: '', purpose: '' })).toBe('承运者，能看到这家主体的什么？');
    settings.language = 'en';
    expect(questionText({ role: 'Carrier', region: '', at: '110105', purpose: '' })).toBe('What can a Carrier see of this shop in 110105?');
  });
  it('asks two relations by what makes them', () => {
    const asked = { ...firstQuestion(''), functions: ['catering', 'sampling'], relations: ['own', 'shared', 'incident', 'one_up'], purpose: '' };
    expect(parametersOf(asked)).toEqual({ role: 'regulator_county', department: 'market_regulation', function: 'catering|sampling', supervised_by: 'market_regulation', relation: 'own|one_up', shared: 'true', in_open_case: 'true' });
  });
  it('leaves out the relation that follows from the rest', () => {
    expect(relationsToChoose(policy).map(({ name }) => name)).toEqual(['own']);
  });
});

describe('an answer', () => {
  it('names its rule and the law', () => {
    expect(rulesOf(policy, decision)).toEqual([{ name: 'territory-events', source: '食品安全法 第一百一十条', forbids: false, text: '辖区内', isBuiltIn: false }]);
    settings.language = 'en';
    expect(rulesOf(policy, decision)[0]?.text).toBe('Within the region.');
  });
  it('by no rule says so', () => {
    const denied = { ...decision, is_permitted: false, rule: '#default', rules: [] };
    expect(rulesOf(policy, denied)).toEqual([{ name: '#default', source: '', forbids: true, text: '没有规则许可，默认拒绝', isBuiltIn: true }]);
    expect(rulesOf(policy, { ...denied, rule: '#new' })[0]?.text).toBe('#new');
  });
  it('tells what is seen in full apart from what is masked', () => {
    expect(plainFields({ ...decision, visible: ['lot', 'phone'] })).toEqual(['lot']);
  });
  it('tells what is not seen', () => {
    expect(hiddenFields(policy, decision)).toEqual(['quantity']);
    expect(hiddenFields(policy, { ...decision, resource: 'moon' })).toEqual([]);
  });
  it('shows a word that is new as it came', () => {
    expect(termText(policy.relations, 'own')).toBe('本单位');
    expect(termText(policy.relations, 'cousin')).toBe('cousin');
    expect(roleText({ name: 'carrier', zh: '承运者', en: 'carrier' })).toBe('承运者');
  });
});
