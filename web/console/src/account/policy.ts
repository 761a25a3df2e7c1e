// SPDX-License-Identifier: Apache-2.0
//
// A question to the policy, and how its answer reads.

import { isEnglish } from '../state/settings';
import { roles, termIn } from '../wording/policy_words';
import { t, tOr } from '../wording/words';
import type { Decision, Policy, Rule, Term } from './types';

export interface Question {
  role: string;
  region: string;
  department: string;
  functions: string[];
  at: string;
  supervisedBy: string;
  relations: string[];
  purpose: string;
}

// What can a county inspector of this county see of this shop?
export const firstQuestion = (region: string): Question => ({
  role: 'regulator_county',
  region,
  department: 'market_regulation',
  functions: [],
  at: region,
  supervisedBy: 'market_regulation',
  relations: [],
  purpose: 'supervision',
});

// Two relations are asked for by what makes them; supervision follows from the rest.
const asked: Record<string, string> = { shared: 'shared', incident: 'in_open_case' };

export const relationsToChoose = (policy: Policy): Term[] => policy.relations.filter(({ name }) => name !== 'supervises');

export function parametersOf(question: Question): Record<string, string> {
  const parameters: Record<string, string> = {
    role: question.role,
    region: question.region.trim(),
    department: question.department,
    function: question.functions.join('|'),
    at: question.at.trim(),
    supervised_by: question.supervisedBy,
    relation: question.relations.filter((relation) => !asked[relation]).join('|'),
    purpose: question.purpose,
  };
  for (const relation of question.relations) {
    if (asked[relation]) {
      parameters[asked[relation]] = 'true';
    }
  }
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value));
}

const sentence = (term: { zh: string; en: string }): string => (isEnglish() ? term.en : term.zh);

// The policy has the Chinese word of a role alone.
export const roleText = (role: Term): string => (isEnglish() ? termIn(roles, role.name) : role.zh);

export const termText = (terms: readonly Term[], name: string): string => {
  const term = terms.find((one) => one.name === name);
  return term ? sentence(term) : name;
};

export interface InWords {
  role: string;
  region: string;
  at: string;
  purpose: string;
}

// Between digits and Chinese words.
const spaced = (place: string): string => (/\d$/.test(place) && !isEnglish() ? `${place} ` : place);

export function questionText({ role, region, at, purpose }: InWords): string {
  const who = region ? t('whoAt', { region: spaced(region), role }) : t('whoPlain', { role });
  return t('questionPlain', { who, why: purpose ? t('whyPart', { purpose }) : '', shop: at ? t('shopAt', { region: spaced(at) }) : t('shopSomewhere') });
}

// The rules that a decision names: all that add up, else the one that decided, a built-in one included.
export function rulesOf(policy: Policy, decision: Decision): (Pick<Rule, 'name' | 'source' | 'forbids'> & { text: string; isBuiltIn: boolean })[] {
  const names = [...new Set([decision.rule, ...decision.rules])];
  return names.map((name) => {
    const rule = policy.rules.find((one) => one.name === name);
    return rule
      ? { name, source: rule.source, forbids: rule.forbids, text: sentence(rule), isBuiltIn: false }
      : { name, source: '', forbids: !decision.is_permitted, text: tOr(`rule_${name}`, name), isBuiltIn: true };
  });
}

// What is seen masked is among what is seen.
export const plainFields = ({ visible, masked }: Decision): string[] => visible.filter((field) => !masked.includes(field));

export function hiddenFields(policy: Policy, decision: Decision): string[] {
  const seen = new Set([...decision.visible, ...decision.masked]);
  const all = policy.resources.find(({ name }) => name === decision.resource)?.fields ?? [];
  return all.filter((field) => !seen.has(field));
}
