// SPDX-License-Identifier: Apache-2.0
//
// What an answer must be, worked out from the documents alone: what a route asks and how far it reaches from the table of
// docs/policy.md, whether that is permitted from the policy file by the second evaluator (tests/policy/evaluator.ts).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { Evaluator } from '../../policy/build/evaluator.js';
import { operations } from './contract.mjs';

const root = new URL('../../../', import.meta.url);
const policyText = readFileSync(new URL('policy/suyuan-policy.toml', root), 'utf8');
const evaluator = new Evaluator(policyText);

// One of the lists of the file: the words at the beginning of its lines.
const wordsOf = (section) =>
  [...policyText.slice(policyText.indexOf(`[${section}]`)).split(/^\[/m)[1].matchAll(/^([a-z_]+)\s*=/gm)].map((match) => match[1]);

export const purposes = wordsOf('purposes');
export const actions = wordsOf('actions');

// Role → its ways to prove who comes.
export const roles = new Map([...policyText.matchAll(/^\[\[role\]\]\nname = "(\w+)".*\nzh = .*\nauthentication = \[(.*)\]$/gm)].map(
  (match) => [match[1], match[2].match(/\w+/g)],
));

// Kind → its fields that are not of people.
const businessFields = new Map(policyText.split(/^\[\[/m).filter((part) => part.startsWith('resource]]')).map((part) => [
  /^name = "(\w+)"/m.exec(part)[1],
  [...part.matchAll(/^(?:public|internal|confidential) = \[(.*)\]$/gm)].flatMap((match) => match[1].match(/\w+/g)),
]));

// operationId → { action, kind, reach, is_read }
export const needs = (() => {
  const page = readFileSync(new URL('docs/policy.md', root), 'utf8');
  const section = page.slice(page.indexOf('## 9.'), page.indexOf('## 10.'));
  const table = new Map();
  for (const [, names, action, kind, reach] of section.matchAll(/^\| (`.*`) \| ([a-z]+) \| ([a-z_]+) \| ([a-z]+) \|$/gm)) {
    for (const [, name] of names.matchAll(/`(\w+)`/g)) {
      const method = operations.get(name).method;
      table.set(name, { name, action, kind, reach, is_read: method === 'get' || method === 'options' });
    }
  }
  assert.deepEqual([...table.keys()].toSorted(), [...operations.keys()].toSorted());
  return table;
})();

const classes = ['personal', 'confidential', 'internal', 'public'];

// What a subject has to do with a thing: `own` if it is its organisation's, `regions` in which it lies.
const decide = (subject, need, purpose, { own = false, regions = [] }, dataClass) => evaluator.decide({
  subject: { functions: [], validity: [null, null], is_revoked: false, credential: actions, ...subject },
  action: need.action,
  resource: {
    kind: need.kind, data_class: dataClass, regions, supervisors: [], relations: own ? ['own'] : [], share: null,
    incident: { number: 0, open: [null, null] },
  },
  context: { now: 1, purpose, case_number: 0 },
});

// Section 9: the widest view that is permitted: 'everything', 'territory', 'own', and the decision on it; or nothing.
function viewOf(subjects, need, purpose) {
  for (const view of ['everything', 'territory', 'own']) {
    for (const subject of subjects) {
      if ((view === 'territory' && subject.region === 0) || (view === 'own' && !subject.operator)) {
        continue;
      }
      const thing = { everything: {}, territory: { regions: [subject.region] }, own: { own: true } }[view];
      for (const dataClass of classes) {
        const answer = decide(subject, need, purpose, thing, dataClass);
        if (answer.permitted) {
          return { view, answer, subject };
        }
      }
    }
  }
  return undefined;
}

// Purposes with which more than one outcome is to be seen: none, one that opens something, one that does not.
export function purposesToTry(subjects, need) {
  const opening = purposes.find((purpose) => viewOf(subjects, need, purpose));
  const other = purposes.find((purpose) => !viewOf(subjects, need, purpose)) ?? purposes.find((purpose) => purpose !== opening);
  return [...new Set([null, opening, other])].filter((purpose) => purpose !== undefined);
}

const deny = (outcome, row) => ({ outcomes: [outcome], ...(row && { row }) });

// What must come back: { outcomes: those that are right, row: what the trail must say, if it must }.
//
// `who`: { came: 'nobody'|'session'|'key', subjects, must_change, has_just_proved }; `thing`: undefined for what is no thing
// (lists, acts), else { absent } or { own: of whose operator, regions }.
export function expected(need, who, purpose, thing) {
  if (need.reach === 'open') {
    return { outcomes: ['answered', 'absent'] };
  }
  if (who.came === 'nobody' || (need.reach === 'account' && who.came !== 'session')) {
    return deny('unauthenticated');
  }
  if (need.reach === 'account') {
    return { outcomes: [thing === undefined || thing.own ? 'answered' : 'absent'] };
  }
  if (who.must_change) {
    return deny('password-change-needed');
  }
  // Who may not appoint may grant (section 9).
  const either = need.action === 'appoint' ? [need, { ...need, action: 'grant' }] : [need];
  const found = either.map((one) => viewOf(who.subjects, one, purpose)).find((view) => view);
  if (!found) {
    const is_open_to_another = purpose === null && purposes.some((another) => either.some((one) => viewOf(who.subjects, one, another)));
    return is_open_to_another ? deny('purpose-needed')
      : deny('permission-denied', { outcome: 'denied', act: need.action, thing: need.kind, named: need.name });
  }
  const { view, answer, subject } = found;
  if (answer.duties.includes('two_people')) {
    // A route that has learnt to do it may answer.
    return { outcomes: need.reach === 'local' ? ['not-scoped'] : ['not-scoped', 'answered', 'absent', 'reauthentication-needed'], is_partial: true };
  }
  if (answer.duties.includes('reauthenticate') && !who.has_just_proved) {
    return deny('reauthentication-needed');
  }
  if (need.reach === 'local' || (need.reach === 'own' && view === 'territory')) {
    return deny('not-scoped');
  }
  const is_marked = answer.duties.includes('watermark');  // not every file of a route can bear one
  const hides = is_marked || businessFields.get(need.kind).some((field) => !answer.visible.includes(field) || answer.masked.includes(field));
  const outcome = isOpen(view, subject, need, purpose, thing) ? 'answered' : 'absent';
  const row = { outcome: 'permitted', act: need.action, thing: need.kind, rule: answer.rule, role: subject.role, purpose: purpose ?? '', fields: fieldsOf(answer) };
  const is_told = need.is_read ? view !== 'own' && answer.duties.includes('log') && outcome === 'answered' : need.reach !== 'access';
  return {
    outcomes: hides && need.reach !== 'access' ? [outcome, 'not-scoped'] : [outcome],
    is_partial: hides && need.reach !== 'access',
    ...(is_told && { row }),
  };
}

// The things that such a view holds, each by a decision of its own.
function isOpen(view, subject, need, purpose, thing) {
  if (thing === undefined || view === 'everything') {
    return !thing?.absent;
  }
  const own = thing.own !== undefined && thing.own === subject.operator;
  return !thing.absent && classes.some((dataClass) => decide(subject, need, purpose, { own, regions: thing.regions ?? [] }, dataClass).permitted);
}

// As a row of the trail tells them: "name phone*".
const fieldsOf = ({ visible, masked }) => visible.map((field) => (masked.includes(field) ? `${field}*` : field)).join(' ');
