// SPDX-License-Identifier: Apache-2.0
//
// Accounts over HTTP: an owner keeps the shop's staff, the security officer everybody; and what the
// policy decides, as anybody who signed in may ask.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { caller } from './support/contract.mjs';
import { browser, createAccount, findings, signIn, uscc } from './support/people.mjs';
import { startServer } from './support/server.mjs';

const shop = uscc('91110105MA01ABCD1X');
const other = uscc('91110106MA01ABCD2X');

let server;
let call;
let signed;

before(async () => {
  const people = {};
  const prepare = (folder) => {
    const make = (name, ...options) => {
      people[name] = createAccount(folder, name, ...options);
    };
    make('owner', '--kind', 'operator', '--role', 'operator_owner', '--operator', shop);
    make('neighbour', '--kind', 'operator', '--role', 'operator_owner', '--operator', other);
    for (const role of ['security', 'audit', 'system']) make(role, '--kind', 'officer', '--role', `${role}_officer`);
  };
  server = await startServer({ prepare });
  call = caller(server.url);
  signed = {};
  for (const [name, made] of Object.entries(people)) signed[name] = await signIn(call, server.url, made);
});

after(async () => {
  assert.equal(await server?.stop((folder) => assert.deepEqual(findings(folder), [])), 0);
});

const as = (name) => browser(server.url, signed[name].cookie);
const names = (body) => body.accounts.map(({ name }) => name);
const listed = async (name, query = {}) => (await call('listAccounts', { headers: as(name), query })).body;

test('an owner makes a clerk, who signs in, records, and is gone on the next request', async () => {
  const { status, body } = await call('createAccount', { headers: as('owner'), body: { name: '录入员一', role: 'operator_clerk' } });
  assert.equal(status, 201, JSON.stringify(body));
  assert.equal(body.enrolment, null);
  const clerk = await signIn(call, server.url, body);
  const session = await call('getSession', { headers: browser(server.url, clerk.cookie) });
  assert.equal(session.status, 200);
  assert.ok(!session.body.operations.includes('createAccount'));
  assert.deepEqual(names(await listed('owner')).toSorted(), ['owner', '录入员一'].toSorted());
  assert.deepEqual(names(await listed('neighbour')), ['neighbour']);
  assert.equal((await call('disableAccount', { headers: as('neighbour'), path: { name: '录入员一' } })).status, 404);
  assert.equal((await call('disableAccount', { headers: as('owner'), path: { name: '录入员一' } })).status, 204);
  assert.equal((await call('listSessions', { headers: browser(server.url, clerk.cookie) })).status, 401);
  assert.ok((await listed('owner')).accounts.find(({ name }) => name === '录入员一').disabled_at);
  assert.equal((await call('enableAccount', { headers: as('owner'), path: { name: '录入员一' } })).status, 204);
  const again = await call('resetAccount', { headers: as('owner'), path: { name: '录入员一' } });
  assert.equal(again.status, 200);
  assert.notEqual(again.body.password, body.password);
});

test('an owner gives roles of the shop and no other, to the shop\'s and nobody else\'s', async () => {
  for (const body of [
    { name: 'spy', role: 'regulator_county' },
    { name: 'spy', role: 'security_officer' },
    { name: 'spy', role: 'integrator' },
    { name: 'spy', role: 'operator_clerk', operator: other },
    { name: 'spy', role: 'operator_clerk', kind: 'regulator' },
    { name: 'spy', role: 'operator_clerk', region: '410000' },
    { name: 'two words', role: 'operator_clerk' },
    { role: 'operator_clerk' },
    { name: 'spy', role: 'operator_clerk', until: 'tomorrow' },
  ]) {
    const made = await call('createAccount', { headers: as('owner'), body });
    assert.equal(made.status, 400, JSON.stringify([body, made.body]));
  }
  assert.equal((await call('addGrant', { headers: as('owner'), path: { name: 'neighbour' }, body: { role: 'operator_clerk' } })).status, 404);
  assert.equal((await call('createAccount', { headers: as('owner'), body: { name: 'neighbour', role: 'operator_clerk' } })).status, 409);
  const granted = await call('addGrant', { headers: as('owner'), path: { name: '录入员一' }, body: { role: 'data_officer', until: '2099-01-01T00:00:00+08:00' } });
  assert.equal(granted.status, 201, JSON.stringify(granted.body));
  const theirs = await call('revokeGrant', { headers: as('neighbour'), path: { name: 'neighbour' }, body: { grant: granted.body.id } });
  assert.equal(theirs.status, 409);  // one's own account comes first
  assert.equal((await call('revokeGrant', { headers: as('owner'), path: { name: '录入员一' }, body: { grant: 'g0' } })).status, 404);
  assert.equal((await call('revokeGrant', { headers: as('owner'), path: { name: '录入员一' }, body: { grant: granted.body.id } })).status, 204);
  const row = (await listed('owner')).accounts.find(({ name }) => name === '录入员一').grants.find(({ id }) => id === granted.body.id);
  assert.ok(row.revoked_at && row.until.startsWith('2098-12-31T16:00'));
});

test('nobody takes their own account away', async () => {
  for (const operation of ['disableAccount', 'resetAccount']) {
    assert.equal((await call(operation, { headers: as('owner'), path: { name: 'owner' } })).status, 409, operation);
  }
});

test('the security officer keeps everybody\'s, the audit officer reads, the system officer does not', async () => {
  const made = await call('createAccount', { headers: as('security'), body: {
    name: '监管员一', kind: 'regulator', role: 'regulator_county', region: '110105', department: 'market_regulation', functions: ['circulation'],
  } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const plain = await call('createAccount', { headers: as('security'), body: {
    name: '监管员二', kind: 'regulator', role: 'regulator_county', region: '110105', department: 'market_regulation',
  } });
  assert.equal(plain.status, 201, JSON.stringify(plain.body));
  assert.match(plain.body.enrolment, /^otpauth:/);
  assert.equal(plain.body.recovery_codes.length, 10);
  const all = names(await listed('audit'));
  assert.ok(all.includes('监管员二') && all.includes('owner') && all.includes('neighbour'));
  assert.equal((await call('createAccount', { headers: as('audit'), body: { name: 'x', kind: 'operator', role: 'operator_clerk' } })).status, 403);
  assert.equal((await call('listAccounts', { headers: as('system') })).status, 403);
  const roles = await call('addGrant', { headers: as('security'), path: { name: 'audit' }, body: { role: 'security_officer' } });
  assert.equal(roles.status, 409, '三员分立');
});

test('accounts come page by page', async () => {
  const whole = names(await listed('audit'));
  const paged = [];
  for (let after = ''; after !== null;) {
    const page = await listed('audit', after ? { size: 2, after } : { size: 2 });
    assert.ok(page.accounts.length <= 2);
    paged.push(...names(page));
    after = page.next;
  }
  assert.deepEqual(paged, whole);
});

test('whoever signed in may read the policy and ask what it decides; nobody else may', async () => {
  const { body: policy } = await call('getPolicy', { headers: as('owner') });
  assert.ok(policy.rules.length > 50 && policy.roles.some(({ name }) => name === 'regulator_county'));
  assert.equal((await call('getPolicy', {})).status, 401);
  const query = { role: 'regulator_county', region: '110105', department: 'market_regulation', at: '110105', supervised_by: 'market_regulation', purpose: 'supervision' };
  const here = (await call('listDecisions', { headers: as('owner'), query })).body.decisions;
  const there = (await call('listDecisions', { headers: as('owner'), query: { ...query, at: '410105' } })).body.decisions;
  const read = (list, resource) => list.find((row) => row.resource === resource && row.action === 'read');
  assert.equal(read(here, 'event').is_permitted, true);
  assert.equal(read(there, 'event').is_permitted, false);
  assert.ok(policy.rules.some(({ name }) => name === read(here, 'event').rule));
  assert.ok(here.length > 40);
  const one = (await call('listDecisions', { headers: as('owner'), query: { ...query, action: 'read', resource: 'stock' } })).body.decisions;
  assert.equal(one.length, 1);
  for (const wrong of [{ role: 'king' }, { role: 'operator_owner', at: '41' }, { role: 'operator_owner', relation: 'cousin' }, { role: 'operator_owner', resource: 'moon' }, {}]) {
    assert.equal((await call('listDecisions', { headers: as('owner'), query: wrong })).status, 400, JSON.stringify(wrong));
  }
});
