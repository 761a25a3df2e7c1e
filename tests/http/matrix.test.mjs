// SPDX-License-Identifier: Apache-2.0
//
// Who may do what: every operation of the running router × every role of the policy × one's own thing, a neighbour's, one
// elsewhere and none × every state of a credential. What must come back, and what the trail must say of it, is worked out
// from docs/policy.md and the policy file (support/needs.mjs).

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { caller, operations } from './support/contract.mjs';
import { keepEvidence } from './support/evidence.mjs';
import { actions, expected, needs, purposesToTry, roles } from './support/needs.mjs';
import { browser, cookieOf, createAccount, createKey, findings, importDocument, said, signIn, suyuan } from './support/people.mjs';
import { startServer } from './support/server.mjs';
import { absent, documentOf, eventOf, live, register, worlds } from './support/territories.mjs';

const began = Date.now();
const [mine, near, far] = worlds;
const here = { county: 110105, city: 110100, province: 110000, station: 110105, elsewhere: 110106 };

// How an account of a role is made: kind, organisation, region.
function accountOf(role) {
  const [first, second] = role.split('_');
  if (first === 'regulator') {
    return { kind: 'regulator', department: 'market_regulation', region: here[second] };
  }
  const kind = { laboratory: 'laboratory', department: 'department', market: 'market_owner', cold: 'custodian', carrier: 'custodian' }[first] ??
    (role.endsWith('_officer') && role !== 'data_officer' ? 'officer' : 'operator');
  return {
    kind,
    ...(['operator', 'market_owner', 'custodian'].includes(kind) && { operator: mine.own }),
    ...(kind === 'department' && { department: 'health', region: 110000 }),
  };
}

const optionsOf = ({ kind, operator, department, region }) => [
  ...(kind ? ['--kind', kind] : []), ...(operator ? ['--operator', operator] : []), ...(department ? ['--department', department] : []),
  ...(region ? ['--region', String(region)] : []),
];

// Everybody who comes: with a session each role that can have one, a county's inspector of elsewhere besides.
const people = [...roles]
  .filter(([, ways]) => ways.some((way) => way === 'password' || way === 'two_factor'))
  .flatMap(([role, ways]) => [
    { name: role.replaceAll('_', '-'), role, ways, ...accountOf(role) },
    ...(role === 'regulator_county' ? [{ name: 'inspector-elsewhere', role, ways, ...accountOf(role), region: here.elsewhere }] : []),
  ]);
const keyRoles = [...roles].filter(([, ways]) => ways.includes('key')).map(([role]) => role);
const neighbours = worlds.map((one) => ({ name: `owner-${one.name}`, role: 'operator_owner', kind: 'operator', operator: one.own, world: one }));

const subjectOf = (person, authentication, changes = {}) => ({
  role: person.role, region: person.region ?? 0, department: person.department ?? null, operator: person.operator, authentication, ...changes,
});

let store;
let server;
let call;
const signed = new Map();
const keys = {};
let sheets = [];
const cells = [];  // { state, need, who, purpose, thing, outcome, request, want }

before(async () => {
  store = mkdtempSync(join(tmpdir(), 'suyuan-matrix-'));
});

after(async () => {
  await server?.stop();
  rmSync(store, { recursive: true });
});

// The parameter of a path, or of a query that cannot be left out, of an operation about a thing.
const namedIn = { captureID: 'job', eventID: 'event', record: 'record', number: 'paper', plate: 'plate', key: 'position', sheet: 'sheet', file: 'file' };

function nameOf(need) {
  const { path } = operations.get(need.name);
  const parameter = /\{(\w+)\}/.exec(path)?.[1];
  const about = path.split('/').at(3);
  const found = {
    code: { operators: 'own', sites: 'site', regions: 'region' }[about] ?? 'lot',
    id: { people: 'person', sessions: 'session', keys: 'key', imports: 'import' }[about],
    name: 'account',
    ...namedIn,
  }[parameter];
  assert.ok(parameter === undefined || found, `nobody has a ${parameter} yet: ${need.name} ${path}`);
  return { parameter, about: found };
}

const isRequired = (need, name) => JSON.stringify(operations.get(need.name).parameters ?? []).match(new RegExp(`parameters/${name}"|"name":"${name}","in":"query","required":true`, 'i'));

// The things that an operation is asked for; undefined: it is about none.
function thingsOf(need) {
  const { about } = nameOf(need);
  if (['region', 'sheet', 'file'].includes(about)) {
    return [undefined];  // everybody's
  }
  const is_about_one = (about && need.name !== 'discoverEvent' && need.name !== 'discoverCaptureJob') || isRequired(need, 'code');
  return is_about_one ? [...worlds.filter((one) => about !== 'import' || one.import), absent] : [undefined];
}

const isOwnSession = (who, thing) => who.session !== undefined && thing?.session === who.session;

// What an act is done with: `is_probe` where doing it would spoil what the others meet. A probe bears a parameter that
// nobody knows, which only whoever was let in is told.
function requestOf(need, thing, who) {
  const one = thing ?? mine;
  const { parameter, about } = nameOf(need);
  const values = { ...one, region: '110105', sheet: sheets[0], file: 'index.html' };
  const path = parameter ? { [parameter]: values[about] ?? 'x' } : {};
  const query = {
    ...(isRequired(need, 'code') && { code: one.lot }),
    ...(isRequired(need, 'q') && { q: one.word }),
    ...(isRequired(need, 'position') && { position: one.position }),
    ...(isRequired(need, 'role') && { role: 'operator_owner' }),
  };
  if (need.is_read) {
    return { path, query };
  }
  const number = 1000 + cells.length;
  const fresh = { ...mine, event: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}` };
  const bodies = {
    captureEvent: () => eventOf(fresh), captureDocument: () => documentOf([eventOf(fresh)]), importDocument: () => documentOf([eventOf(fresh)]),
  };
  const makes = bodies[need.name];
  const is_mine = about === 'session' ? isOwnSession(who, thing) : thing === mine;
  const keepsAll = who.subjects.some(({ role }) => role === 'security_officer') && ['key', 'account'].includes(about) && !thing?.absent;
  const is_probe = !makes && (thing === undefined || is_mine || keepsAll);
  return { path, query: is_probe ? { ...query, nobodyKnows: '1' } : query, body: makes?.() ?? {} };
}

const slugs = new Map([
  ['Not permitted', 'permission-denied'], ['Cannot be narrowed yet', 'not-scoped'], ['A purpose is needed', 'purpose-needed'],
  ['Prove again who you are', 'reauthentication-needed'], ['Change the password first', 'password-change-needed'],
]);

function outcomeOf({ status }, title) {
  if (status < 300 || (status === 400 && title === 'Unknown parameter')) {
    return 'answered';
  }
  return { 401: 'unauthenticated', 403: slugs.get(title), 404: 'absent' }[status] ?? `${status} ${title}`;
}

async function ask(need, { path, query, body }, headers) {
  const operation = operations.get(need.name);
  const target = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]));
  const response = await fetch(`${server.url}${target}?${new URLSearchParams(query)}`, {
    method: operation.method.toUpperCase(),
    headers: { 'Accept-Language': 'en', ...(body && { 'Content-Type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const is_problem = response.status >= 400 && text.startsWith('{');
  return { outcome: outcomeOf(response, is_problem ? JSON.parse(text).title : ''), text, request: response.headers.get('X-Request-Id') };
}

// Every operation with every thing and purpose, as one who comes in one state.
async function askAll(state, who, headers, { wanted } = {}) {
  const questions = [];
  for (const need of needs.values()) {
    for (const thing of thingsOf(need)) {
      for (const purpose of who.came === 'nobody' ? [null] : purposesToTry(who.subjects, need)) {
        questions.push({ need, thing, purpose });
      }
    }
  }
  for (let next = 0; next < questions.length; next += 4) {
    await Promise.all(questions.slice(next, next + 4).map(async ({ need, thing, purpose }) => {
      const asked = requestOf(need, thing, who);
      const answer = await ask(need, asked, { ...headers, ...(purpose && { 'Suyuan-Purpose': purpose }) });
      const about = thing && { absent: thing.absent, own: thing.own, regions: thing.regions };
      const want = wanted?.(need) ?? expected(need, who, purpose, need.reach === 'account' && about ? { own: isOwnSession(who, thing) } : about);
      cells.push({ state, need, who: who.name, purpose, thing: thing?.name, ...answer, want, text: undefined });
      checkWords(who, need, asked, answer);
    }));
  }
}

// Whose words an answer may hold: of what was asked for in a refusal, else of the own and of the territory.
function checkWords(who, need, asked, { outcome, text }) {
  for (const one of worlds) {
    const is_theirs = who.subjects.some(({ operator, region }) => operator === one.own || (region && one.regions.includes(region)));
    const was_asked = outcome !== 'answered' && JSON.stringify(asked).includes(one.word);
    assert.ok(is_theirs || was_asked || !text.includes(one.word), `${who.name} was told of ${one.name}: ${need.name} ${text.slice(0, 500)}`);
  }
}

const nobody = { name: 'nobody', came: 'nobody', subjects: [] };
const comer = (person, authentication, changes = {}) => ({
  name: person.name, came: 'session', has_just_proved: true, subjects: [subjectOf(person, authentication)], session: person.session, ...changes,
});
const authenticationOf = ({ ways }) => (ways.includes('password') ? 'password' : 'two_factor');
const headersOf = ({ name }) => browser(server.url, signed.get(name).cookie);

async function open() {
  server = await startServer({ kept: store });
  call = caller(server.url);
}

async function shut() {
  assert.equal(await server.stop(), 0);
  server = undefined;
}

test('the table is the running router\'s', async () => {
  await open();
  const { body } = await call('getSession');
  assert.equal(body.came, 'local');
  sheets = (await call('listSheets')).body.sheets.map(({ key }) => key);
  assert.deepEqual(body.operations.toSorted(), [...needs.keys()].toSorted());
  await shut();
});

test('before the first password is changed nothing is open but that', async () => {
  importDocument(store, register);
  for (const person of [...people, ...neighbours]) {
    person.made = createAccount(store, person.name, '--role', person.role, ...optionsOf(person));
  }
  for (const one of worlds) {
    one.account = `clerk-${one.name}`;
    createAccount(store, one.account, '--kind', 'operator', '--role', 'operator_clerk', '--operator', one.own);
  }
  // Of an account that is made for a role of one factor, a grant that wants two.
  for (const person of people.filter(({ ways, kind }) => !ways.includes('password') && kind !== 'officer')) {
    const plain = { name: `plain-${person.name}`, role: 'operator_clerk', kind: person.kind, department: person.department, region: person.region };
    const made = createAccount(store, plain.name, '--role', plain.role, ...optionsOf({ ...plain, kind: person.kind }));
    said('account', 'grant', plain.name, '--data', store, '--role', person.role, ...optionsOf({ ...person, kind: undefined, operator: undefined }));
    const grants = suyuan('account', 'list', '--data', store).find(({ name }) => name === plain.name).grants;
    said('account', 'revoke', grants.find(({ role }) => role === plain.role).id, '--data', store);
    person.plain = { ...person, name: plain.name, made };
  }
  for (const role of keyRoles) {
    const create = (name, use, ...options) => createKey(store, '--name', name, '--use', use, '--role', role, '--operator', mine.own, ...options.flatMap((action) => ['--action', action]));
    keys.all = create('all', 'bearer', ...actions);
    keys.reads = create('reads', 'bearer', 'read');
    keys.revoked = create('revoked', 'bearer', ...actions);
    keys.rotated = create('rotated', 'bearer', ...actions);
    said('key', 'revoke', keys.revoked.id, '--data', store);
    suyuan('key', 'rotate', keys.rotated.id, '--overlap-hours', '0', '--data', store);
  }
  await open();
  for (const person of people.slice(0, 2)) {
    const { made } = person;
    const { headers } = await call('signIn', { body: { name: made.name, password: made.password, code: made.recovery_codes.pop() } });
    await askAll('first password', comer(person, authenticationOf(person), { must_change: true }), browser(server.url, cookieOf({ headers })));
  }
});

test('everybody, with what they came for', async () => {
  for (const person of [...people, ...neighbours]) {
    signed.set(person.name, await signIn(call, server.url, person.made));
  }
  for (const { plain } of people.filter((person) => person.plain)) {
    signed.set(plain.name, await signIn(call, server.url, plain.made));
  }
  await live(call, (one) => headersOf(neighbours.find(({ world }) => world === one)));
  await askAll('none', nobody, {});
  await askAll('unknown session', nobody, { Cookie: '__Host-suyuan=aaaa', Origin: server.url });
  await askAll('unknown key', nobody, { Authorization: 'Bearer suyuan_k0_aaaa' });
  for (const person of people) {
    await askAll('session', comer(person, authenticationOf(person)), headersOf(person));
    if (person.plain) {
      await askAll('password only', comer(person.plain, 'password'), headersOf(person.plain));
    }
  }
  const mineOwner = neighbours[0];
  await askAll('session', comer(mineOwner, 'password', { session: mine.session }), headersOf(mineOwner));
});

test('keys', async () => {
  const as = (key, credential) => ({ name: `key ${key}`, came: 'key', subjects: [{ role: keyRoles[0], region: 0, department: null, operator: mine.own, authentication: 'key', credential }] });
  const bearer = (key) => ({ Authorization: `Bearer ${keys[key].secret}` });
  await askAll('key', as('all', actions), bearer('all'));
  await askAll('key of one action', as('reads', ['read']), bearer('reads'));
  await askAll('revoked key', nobody, bearer('revoked'));
  await askAll('expired key', nobody, bearer('rotated'));
});

// The same sessions again, after what the command line did.
const again = async (state, whoOf) => {
  await open();
  for (const person of people) {
    await askAll(state, whoOf(person), headersOf(person));
  }
  await shut();
};

test('grants that were taken back, and those that ended', async () => {
  await shut();
  for (const { name, grants } of suyuan('account', 'list', '--data', store)) {
    const person = people.find((one) => one.name === name);
    for (const grant of person ? grants : []) {
      said('account', 'revoke', grant.id, '--data', store);
    }
  }
  const revoked = (person) => comer(person, authenticationOf(person), { subjects: [subjectOf(person, authenticationOf(person), { is_revoked: true })] });
  await again('grant taken back', revoked);
  for (const person of people) {
    said('account', 'grant', person.name, '--data', store, '--role', person.role, '--until', '2020-12-31', ...optionsOf({ ...person, kind: undefined, operator: undefined }));
  }
  await again('grant ended', (person) => comer(person, authenticationOf(person), { subjects: [subjectOf(person, authenticationOf(person), { validity: [null, 0] })] }));
});

test('accounts that were closed, and sessions that were ended', async () => {
  const half = Math.ceil(people.length / 2);
  for (const person of people.slice(0, half)) {
    said('account', 'disable', person.name, '--data', store);
  }
  await open();
  for (const person of people.slice(half)) {
    assert.equal((await call('signOut', { headers: headersOf(person) })).status, 204);
  }
  await shut();
  await again('account closed or signed out', (person) => ({ ...nobody, name: person.name }));
});

// Request → its rows of the trail.
function trail() {
  const rows = new Map();
  const page = 10_000;
  for (let before = [], length = page; length === page;) {
    const list = suyuan('audit', 'search', '--data', store, '--limit', String(page), ...before);
    for (const row of list) {
      rows.set(row.request, [...(rows.get(row.request) ?? []), row]);
    }
    length = list.length;
    before = ['--before', String(list.at(-1)?.number)];
  }
  return rows;
}

test('no cell is wrong, and the trail says what it must', async () => {
  const rows = trail();
  const wrong = [];
  const counts = { states: {}, outcomes: {}, rows: 0, partial: 0 };
  for (const cell of cells) {
    const { need, want, outcome } = cell;
    const told = rows.get(cell.request) ?? [];
    const what = `${cell.state}: ${cell.who} ${need.name} ${cell.thing ?? ''} ${cell.purpose ?? ''}: ${outcome}, not ${want.outcomes}`;
    if (!want.outcomes.includes(outcome)) {
      wrong.push(what);
    } else {
      wrong.push(...findingsOf(cell, told).map((finding) => `${what.split(', not')[0]}: ${finding}`));
    }
    counts.states[cell.state] = (counts.states[cell.state] ?? 0) + 1;
    counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
    counts.rows += told.length;
    counts.partial += want.is_partial ? 1 : 0;
  }
  const seconds = (Date.now() - began) / 1000;
  console.log(`${cells.length} cells, ${wrong.length} wrong, ${counts.rows} rows of the trail (${seconds} s)\n${JSON.stringify(counts, null, 1)}`);
  keepEvidence('authorisation matrix', {
    operations: needs.size, roles: roles.size, people: people.length, cells: cells.length, wrong: wrong.length, ...counts, seconds, passed: wrong.length === 0,
  });
  assert.deepEqual(wrong.slice(0, 40), []);
  assert.ok(cells.length > 5_000, `${cells.length} cells`);
  assert.ok(seconds < 120, `${seconds} s`);
  assert.deepEqual(findings(store), []);
});

// What is wrong with what the trail says of a cell.
function findingsOf({ need, want, outcome }, told) {
  if (need.reach === 'open' || need.reach === 'account') {
    return [];  // acts on the account itself, which tell themselves
  }
  const is_let_in = outcome === 'answered' || outcome === 'absent';
  if (!want.row || (want.is_partial && !is_let_in)) {
    return told.length === 0 ? [] : [`a row too many: ${JSON.stringify(told)}`];
  }
  if (told.length !== 1) {
    return [`${told.length} rows, not ${JSON.stringify(want.row)}`];
  }
  return Object.entries(want.row).filter(([name, value]) => told[0][name] !== value).map(([name, value]) => `${name}: ${told[0][name]}, not ${value}`);
}
