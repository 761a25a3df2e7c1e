// SPDX-License-Identifier: Apache-2.0
//
// docs/policy.md read a second time, independently of src/policy: sets of words, no tables.

import { parse } from 'smol-toml';

export type Steps = number | 'all';
type Period = [number | null, number | null];

export interface Question {
  subject: {
    role: string;
    region: number;
    department: string | null;
    functions: string[];
    validity: Period;
    is_revoked: boolean;
    authentication: string;
    credential: string[];
  };
  action: string;
  resource: {
    kind: string;
    data_class: string;
    regions: number[];
    supervisors: string[];
    relations: string[];
    share: Period | null;
    incident: { number: number; open: Period };
  };
  context: { now: number; purpose: string | null; case_number: number };
}

interface RuleText {
  rule: string;
  roles?: string[];
  actions?: string[];
  resources?: string[];
  relations?: string[];
  unless_relations?: string[];
  region?: 'subtree' | 'outside';
  departments?: string[];
  functions?: string[];
  purposes?: string[];
  data_class?: string;
  fields?: string[];
  hide?: string[];
  mask?: string[];
  duties?: string[];
  steps_up?: Steps;
  steps_down?: Steps;
}

interface Rule {
  text: RuleText;
  isForbid: boolean;
  place: number; // in the file
}

interface Kind {
  actions: Set<string>;
  fields: string[];
  classOf: Map<string, number>;
}

const classes = ['public', 'internal', 'confidential', 'personal'];
const classNumber = (name: string): number => classes.indexOf(name);

export interface Policy {
  kinds: Map<string, Kind>;
  authentications: Map<string, Set<string>>; // by role
  roles: Map<string, Set<string>>; // by role or group
  duties: string[];
  rules: Rule[];
  candidates: Map<string, Rule[]>; // by role, action and kind: those that can match at all
}

interface FileText {
  duties: Record<string, unknown>;
  resource: ({ name: string; actions: string[] } & Record<string, unknown>)[];
  role: { name: string; authentication: string[] }[];
  group?: { name: string; roles: string[] }[];
  permit?: RuleText[];
  forbid?: RuleText[];
}

// `parse` gives permits and forbids apart: their order in the file is that of their names in it.
function inOrderOfFile(text: string, rules: Rule[]): Rule[] {
  const places = new Map<string, number>();
  for (const [at, line] of text.split('\n').entries()) {
    const named = /^rule = "([^"]+)"/.exec(line);
    if (named?.[1] !== undefined) places.set(named[1], at);
  }
  for (const rule of rules) rule.place = places.get(rule.text.rule) ?? -1;
  return rules.sort((a, b) => a.place - b.place);
}

export function readPolicy(text: string): Policy {
  const file = parse(text) as unknown as FileText;
  const kinds = new Map<string, Kind>();
  for (const resource of file.resource) {
    const classOf = new Map<string, number>();
    for (const [number, name] of classes.entries()) {
      for (const field of (resource[name] as string[] | undefined) ?? []) classOf.set(field, number);
    }
    kinds.set(resource.name, { actions: new Set(resource.actions), fields: [...classOf.keys()], classOf });
  }
  const roles = new Map<string, Set<string>>(file.role.map(({ name }) => [name, new Set([name])]));
  for (const group of file.group ?? []) roles.set(group.name, new Set(group.roles));
  const rules = [
    ...(file.forbid ?? []).map((rule) => ({ text: rule, isForbid: true, place: 0 })),
    ...(file.permit ?? []).map((rule) => ({ text: rule, isForbid: false, place: 0 })),
  ];
  return {
    kinds,
    authentications: new Map(file.role.map(({ name, authentication }) => [name, new Set(authentication)])),
    roles,
    duties: Object.keys(file.duties),
    rules: inOrderOfFile(text, rules),
    candidates: new Map(),
  };
}

const holdsNow = ([from, until]: Period, now: number): boolean => (from === null || from <= now) && (until === null || now < until);

// Section 4.
function relationsOf({ subject, resource, context }: Question): Set<string> {
  const held = new Set(resource.relations);
  const compute = (name: string, holds: boolean): void => {
    if (holds) held.add(name);
    else held.delete(name);
  };
  compute('supervises', resource.regions.includes(subject.region) && subject.department !== null && resource.supervisors.includes(subject.department));
  compute('shared', resource.share !== null && holdsNow(resource.share, context.now));
  const { number, open } = resource.incident;
  compute('incident', number !== 0 && number === context.case_number && holdsNow(open, context.now));
  return held;
}

function candidatesOf(policy: Policy, { subject: { role }, action, resource: { kind } }: Question): Rule[] {
  const key = `${role} ${action} ${kind}`;
  let found = policy.candidates.get(key);
  if (!found) {
    const lists = (list: string[] | undefined, word: string): boolean => list === undefined || list.includes(word);
    const isOneOf = (list: string[] | undefined): boolean => list === undefined || list.some((name) => policy.roles.get(name)?.has(role));
    found = policy.rules.filter(({ text }) => isOneOf(text.roles) && lists(text.actions, action) && lists(text.resources, kind));
    policy.candidates.set(key, found);
  }
  return found;
}

// Section 2: all conditions of the table but roles, actions and resources.
function matches({ text, isForbid }: Rule, { subject, resource, context }: Question, held: Set<string>): boolean {
  const isWithin = subject.region !== 0 && resource.regions.includes(subject.region);
  if (text.relations && !text.relations.some((name) => held.has(name))) return false;
  if (text.region === 'subtree' && !isWithin) return false;
  if (text.region === 'outside' && isWithin) return false;
  if (text.departments && (subject.department === null || !text.departments.includes(subject.department))) return false;
  if (text.functions && !text.functions.some((name) => subject.functions.includes(name))) return false;
  if (text.purposes && (context.purpose === null || !text.purposes.includes(context.purpose))) return false;
  if (isForbid) return !(text.unless_relations ?? []).some((name) => held.has(name));
  return classNumber(resource.data_class) <= classNumber(text.data_class ?? '');
}

// What a permit opens of a kind.
function openedBy({ text }: Rule, kind: Kind): string[] {
  const most = classNumber(text.data_class ?? '');
  return kind.fields.filter(
    (field) => (text.fields?.includes(field) ?? true) && !text.hide?.includes(field) && (kind.classOf.get(field) ?? classes.length) <= most,
  );
}

const more = (a: Steps, b: Steps): Steps => (a === 'all' || b === 'all' ? 'all' : Math.max(a, b));
const denial = (rule: string, rules = ''): string => `deny|${rule}|${rules}||||0|0`;

// The answer as "outcome|rule|rules|visible|masked|duties|up|down".
export function decide(policy: Policy, question: Question): string {
  const { subject, action, resource, context } = question;
  const kind = policy.kinds.get(resource.kind);
  const comes = policy.authentications.get(subject.role);
  if (!kind || !comes || !kind.actions.has(action)) return denial('#unknown');
  if (subject.is_revoked) return denial('#revoked');
  if (!holdsNow(subject.validity, context.now)) return denial('#not-valid');
  if (!comes.has(subject.authentication)) return denial('#authentication');
  if (!subject.credential.includes(action)) return denial('#credential');

  const held = relationsOf(question);
  const matching = candidatesOf(policy, question).filter((rule) => matches(rule, question, held));
  const stop = matching.find((rule) => rule.isForbid && !rule.text.fields);
  if (stop) return denial(stop.text.rule, stop.text.rule);
  const permits = matching.filter((rule) => !rule.isForbid);
  if (permits.length === 0) return denial('#default');

  const opened = new Set<string>();
  const clear = new Set<string>();
  for (const permit of permits) {
    for (const field of openedBy(permit, kind)) {
      opened.add(field);
      if (!permit.text.mask?.includes(field)) clear.add(field);
    }
  }
  const closing = matching.filter((rule) => rule.isForbid && rule.text.fields?.some((field) => opened.has(field)));
  const closed = new Set(closing.flatMap((rule) => rule.text.fields ?? []));
  const visible = kind.fields.filter((field) => opened.has(field) && !closed.has(field));
  if (visible.length === 0) {
    const [first] = closing;
    return first ? denial(first.text.rule, first.text.rule) : denial('#default');
  }
  const masked = visible.filter((field) => !clear.has(field));
  const decider = permits.find((permit) => openedBy(permit, kind).some((field) => visible.includes(field)));
  const took = matching.filter((rule) => !rule.isForbid || closing.includes(rule));
  const duties = new Set(permits.flatMap((permit) => permit.text.duties ?? []));
  if (masked.length > 0) duties.add('mask');
  let up: Steps = 0;
  let down: Steps = 0;
  if (action === 'trace') {
    for (const { text } of permits) {
      up = more(up, text.steps_up ?? 0);
      down = more(down, text.steps_down ?? 0);
    }
  }
  return [
    'permit',
    decider?.text.rule ?? '',
    took.map((rule) => rule.text.rule).join(','),
    visible.join(','),
    masked.join(','),
    policy.duties.filter((duty) => duties.has(duty)).join(','),
    up,
    down,
  ].join('|');
}
